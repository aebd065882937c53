#include <algorithm>
#include <memory>

#include "audience_input.h"
#include "commands.h"
#include "escape.h"
#include "image_file.h"
#include "key_input.h"
#include "quality_text.h"
#include "session.h"
#include "text_table.h"

namespace vesica_cli {
namespace {

constexpr const char* kHelp = R"(An audience as a small file, to store, send, merge and compare.

Reads INPUT as `vesica overlap` does and writes its audience as an image: a MinHash (the smallest error for its bytes), a
HyperLogLog (a fixed size, the fastest to merge) or every hash. Images hold no keys, but who has one can test guesses at
them, unless it is made with --secret-file. Two images can be compared if they were made under one profile, hash width
and secret. INPUT may be an image too, which is then made smaller.)";

struct SketchOptions {
  std::string input, output;
  std::string kind = "minhash", bytes = "16K";
  bool plain = false, exact_count = false;
  std::string list_words;  // an option given that only lists have
  InputOptions read;
  IdentityOptions identity;
  RunOptions run;
};

Failure ToBuilderOptions(const SketchOptions& options, vesica_builder_options* out) {
  *out = {};
  out->struct_size = sizeof(*out);
  out->representation = options.kind == "minhash"       ? VESICA_REPRESENTATION_MINHASH
                        : options.kind == "hyperloglog" ? VESICA_REPRESENTATION_HYPERLOGLOG
                                                        : VESICA_REPRESENTATION_EXACT;
  if (options.plain) {
    if (options.kind != "hyperloglog") return {kExitUsage, "--plain is for --kind hyperloglog"};
    out->flags = VESICA_BUILDER_PLAIN_REGISTERS;
  }
  return ParseBytes(options.bytes, "--bytes", &out->sketch_bytes);
}

Failure SketchOf(vesica_context* context, const AudienceHandle& from, const vesica_builder_options& options,
                 AudienceHandle* out) {
  vesica_error error = NoError();
  vesica_audience* made = nullptr;
  const vesica_status status = vesica_audience_sketch(context, from.get(), &options, &made, &error);
  out->reset(made);
  return FromLibrary(status, error);
}

// What was read, for people.
Failure SayWhatWasRead(const KeyInput& input, const SetFacts& facts, const Notes& notes) {
  notes.Say(input.Label() + ": " + CountText(facts.quality.rows) + " keys read, " + CountText(facts.quality.blank) +
            " blank, " + CountText(facts.quality.invalid) + " invalid");
  std::vector<std::string> lines;
  if (Failure failure = FaultLines(input, facts, &lines)) return failure;
  for (const std::string& line : lines) notes.Say(line);
  return {};
}

Failure SketchOfList(const SketchOptions& options, const std::vector<InputSpec>& specs,
                     const vesica_builder_options& wanted, const Notes& notes, vesica_context* context,
                     AudienceHandle* out) {
  OpenProfile profile;
  if (Failure failure = OpenProfileFor(options.identity, notes, &profile)) return failure;
  std::vector<KeyInput> inputs;
  if (Failure failure = OpenKeyInputs(specs, options.read, profile, options.run.threads, notes, &inputs)) {
    return failure;
  }
  vesica_builder_options building = wanted;
  if (options.exact_count) building.representation = VESICA_REPRESENTATION_EXACT;
  SetFacts facts;
  if (Failure failure = MakeAudience(profile, context, building, notes, &inputs, 0, out, &facts)) return failure;
  if (Failure failure = SayWhatWasRead(inputs[0], facts, notes)) return failure;
  if (!options.exact_count) return {};
  const AudienceHandle exact = std::move(*out);
  return SketchOf(context, exact, wanted, out);
}

Failure SayImage(const vesica_audience* audience, const std::string& path, size_t size_bytes, const Notes& notes) {
  vesica_image_info info = {};
  info.struct_size = sizeof(info);
  vesica_estimate count = {};
  vesica_error error = NoError();
  if (Failure failure = FromLibrary(vesica_audience_describe(audience, &info, &error), error)) return failure;
  if (Failure failure = FromLibrary(vesica_audience_count(audience, &count, &error), error)) return failure;
  notes.Say((path == "-" ? "standard output" : Escaped(path)) + ": " + IntervalText(count) +
            (count.value == 1 && count.upper == 1 ? " key, " : " keys, ") + DescribeImage(info) + ", " +
            CountText(size_bytes) + " bytes");
  return {};
}

Failure RunSketch(const SketchOptions& options) {
  const Notes notes(options.run.quiet);
  vesica_builder_options wanted;
  if (Failure failure = ToBuilderOptions(options, &wanted)) return failure;
  Progress progress(options.run.quiet);
  ContextHandle context;
  if (Failure failure = OpenContext(options.run, &progress, &context)) return failure;
  AudienceHandle audience;
  std::vector<InputSpec> specs;
  if (Failure failure = ParseInputs({options.input}, &specs)) return failure;
  if (IsImage(specs[0].path)) {
    if (!options.list_words.empty()) {
      return {kExitUsage, options.list_words + " is for lists; " + specs[0].name + " is an image"};
    }
    Image image;
    AudienceHandle whole;
    if (Failure failure = ReadImage(specs[0].path, &image)) return failure;
    if (Failure failure = LoadImage(image, context.get(), &whole)) return failure;
    if (Failure failure = SketchOf(context.get(), whole, wanted, &audience)) return failure;
  } else if (Failure failure = SketchOfList(options, specs, wanted, notes, context.get(), &audience)) {
    return failure;
  }
  progress.Clear();
  size_t size_bytes = 0;
  if (Failure failure = WriteImage(audience.get(), options.output, &size_bytes)) return failure;
  return SayImage(audience.get(), options.output, size_bytes, notes);
}

struct MergeOptions {
  std::vector<std::string> inputs;
  std::string output, kind, bytes = "16K";
  bool quiet = false;
};

// What the images make together: the kind of the sketches among them, of the smallest size; a sketch of --kind and
// --bytes where all are exact.
Failure MergedOptions(const MergeOptions& options, const std::vector<Image>& images, vesica_builder_options* out) {
  SketchOptions wanted;
  if (!options.kind.empty()) wanted.kind = options.kind;
  wanted.bytes = options.bytes;
  if (Failure failure = ToBuilderOptions(wanted, out)) return failure;
  bool sketch = false;
  for (const Image& image : images) {
    const vesica_image_info& info = image.info;
    if (info.representation == VESICA_REPRESENTATION_EXACT) continue;
    if (!sketch) {
      sketch = true;
      if (options.kind.empty()) out->representation = info.representation;
      out->sketch_bytes = info.sketch_bytes;
    }
    out->sketch_bytes = std::min(out->sketch_bytes, info.sketch_bytes);
    if (out->representation == VESICA_REPRESENTATION_HYPERLOGLOG && info.mantissa_bits == 0) {
      out->flags = VESICA_BUILDER_PLAIN_REGISTERS;
    }
  }
  return {};
}

Failure RunMerge(const MergeOptions& options) {
  const Notes notes(options.quiet);
  ContextHandle context;
  Progress progress(options.quiet);
  if (Failure failure = OpenContext(RunOptions(), &progress, &context)) return failure;
  std::vector<Image> images(options.inputs.size());
  std::vector<AudienceHandle> owned(images.size());
  std::vector<const vesica_audience*> audiences;
  for (size_t i = 0; i < images.size(); ++i) {
    if (Failure failure = ReadImage(options.inputs[i], &images[i])) return failure;
    if (Failure failure = LoadImage(images[i], context.get(), &owned[i])) return failure;
    images[i].bytes = std::string();
    audiences.push_back(owned[i].get());
  }
  vesica_builder_options wanted;
  if (Failure failure = MergedOptions(options, images, &wanted)) return failure;
  vesica_error error = NoError();
  vesica_audience* made = nullptr;
  const vesica_status status = vesica_audience_merge(context.get(), audiences.data(),
                                                     static_cast<uint32_t>(audiences.size()), &wanted, &made, &error);
  const AudienceHandle merged(made);
  progress.Clear();
  if (Failure failure = FromLibrary(status, error)) {
    if (error.index < images.size()) {
      failure.message = "\"" + Escaped(options.inputs[error.index]) + "\": " + failure.message;
    }
    return failure;
  }
  size_t size_bytes = 0;
  if (Failure failure = WriteImage(merged.get(), options.output, &size_bytes)) return failure;
  return SayImage(merged.get(), options.output, size_bytes, notes);
}

}  // namespace

void AddSketchCommand(CLI::App* program, Command* chosen) {
  const auto options = std::make_shared<SketchOptions>();
  CLI::App* command = program->add_subcommand("sketch", kHelp);
  command->add_option("INPUT", options->input, "FILE, - or an image")->required()->type_name("");
  command->add_option("-o,--output", options->output, "The image to write, such as crm.vsc; - is standard output")
      ->required();
  command->add_option("--kind", options->kind, "minhash, hyperloglog or exact")
      ->check(CLI::IsMember({"minhash", "hyperloglog", "exact"}))
      ->capture_default_str();
  command
      ->add_option("--bytes", options->bytes,
                   "Size of a sketch: a MinHash image has at most so many bytes, 1K to 4M (few keys stay exact); a "
                   "HyperLogLog as many registers as fit, 16 to 1M")
      ->capture_default_str();
  command->add_flag("--plain", options->plain, "HyperLogLog as in the literature, without mantissa bits");
  command->add_flag("--exact-count", options->exact_count,
                    "Count the distinct keys exactly too, which takes memory, and store the count with the sketch");
  AddInputOptions(command, &options->read);
  AddIdentityOptions(command, &options->identity);
  command->add_option("--threads", options->run.threads, "Threads, 1 if not given")->check(CLI::Range(1u, 256u));
  command->add_option("--memory", options->run.memory, "Most working memory, such as 512M");
  command->add_flag("--quiet", options->run.quiet, "No remarks, no progress bar, no questions");
  command->callback([=] {
    for (const char* word : {"--profile", "--level", "--country", "--secret-file", "--hash-bits", "--column",
                             "--hashed", "--delimiter", "--multi", "--no-header", "--no-quotes", "--exact-count"}) {
      if (command->count(word) > 0) options->list_words = word;
    }
    *chosen = [=] { return RunSketch(*options); };
  });
}

void AddMergeCommand(CLI::App* program, Command* chosen) {
  const auto options = std::make_shared<MergeOptions>();
  CLI::App* command = program->add_subcommand(
      "merge",
      "Several images as one: the image of all their keys together, of the kind and smallest size of "
      "the sketches among them.");
  command->add_option("IMAGE", options->inputs, "MinHash or HyperLogLog images of one kind, and exact ones")
      ->required()
      ->type_name("");
  command->add_option("--kind", options->kind, "Of the result where all images are exact: minhash if not given")
      ->check(CLI::IsMember({"minhash", "hyperloglog", "exact"}));
  command->add_option("--bytes", options->bytes, "Of the result where all images are exact")->capture_default_str();
  command->add_option("-o,--output", options->output, "The image to write; - is standard output")->required();
  command->add_flag("--quiet", options->quiet, "No remarks");
  command->callback([=] { *chosen = [=] { return RunMerge(*options); }; });
}

}  // namespace vesica_cli
