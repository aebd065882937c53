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

Failure SketchOf(const AudienceHandle& from, const vesica_builder_options& options, AudienceHandle* out) {
  vesica_error error = NoError();
  vesica_audience* made = nullptr;
  const vesica_status status = vesica_audience_sketch(from.get(), &options, &made, &error);
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

Failure SketchOfList(const SketchOptions& options, const vesica_builder_options& wanted, const Notes& notes,
                     vesica_context* context, AudienceHandle* out) {
  std::vector<InputSpec> specs;
  if (Failure failure = ParseInputs({options.input}, &specs)) return failure;
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
  return SketchOf(exact, wanted, out);
}

Failure SayImage(const vesica_audience* audience, const std::string& path, size_t size_bytes, const Notes& notes) {
  vesica_image_info info = {};
  info.struct_size = sizeof(info);
  vesica_estimate count = {};
  vesica_error error = NoError();
  if (Failure failure = FromLibrary(vesica_audience_describe(audience, &info, &error), error)) return failure;
  if (Failure failure = FromLibrary(vesica_audience_count(audience, &count, &error), error)) return failure;
  notes.Say((path == "-" ? "standard output" : Escaped(path)) + ": " + IntervalText(count) + " keys, " +
            DescribeImage(info) + ", " + CountText(size_bytes) + " bytes");
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
  if (IsImage(options.input)) {
    Image image;
    AudienceHandle whole;
    if (Failure failure = ReadImage(options.input, &image)) return failure;
    if (Failure failure = LoadImage(image, context.get(), &whole)) return failure;
    if (Failure failure = SketchOf(whole, wanted, &audience)) return failure;
  } else if (Failure failure = SketchOfList(options, wanted, notes, context.get(), &audience)) {
    return failure;
  }
  progress.Clear();
  size_t size_bytes = 0;
  if (Failure failure = WriteImage(audience.get(), options.output, &size_bytes)) return failure;
  return SayImage(audience.get(), options.output, size_bytes, notes);
}

struct MergeOptions {
  std::vector<std::string> inputs;
  std::string output;
  bool quiet = false;
};

Failure RunMerge(const MergeOptions& options) {
  const Notes notes(options.quiet);
  ContextHandle context;
  Progress progress(options.quiet);
  if (Failure failure = OpenContext(RunOptions(), &progress, &context)) return failure;
  AudienceHandle merged;
  for (const std::string& path : options.inputs) {
    Image image;
    AudienceHandle next;
    if (Failure failure = ReadImage(path, &image)) return failure;
    if (Failure failure = LoadImage(image, context.get(), &next)) return failure;
    if (merged == nullptr) {
      merged = std::move(next);
      continue;
    }
    vesica_error error = NoError();
    vesica_audience* both = nullptr;
    const vesica_status status = vesica_audience_union(context.get(), merged.get(), next.get(), &both, &error);
    merged.reset(both);
    if (Failure failure = FromLibrary(status, error)) {
      failure.message = "\"" + Escaped(path) + "\": " + failure.message;
      return failure;
    }
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
  command->callback([=] { *chosen = [=] { return RunSketch(*options); }; });
}

void AddMergeCommand(CLI::App* program, Command* chosen) {
  const auto options = std::make_shared<MergeOptions>();
  CLI::App* command = program->add_subcommand("merge", "Several images as one: the image of all their keys together.");
  command->add_option("IMAGE", options->inputs, "Images of one kind, or exact ones")->required()->type_name("");
  command->add_option("-o,--output", options->output, "The image to write; - is standard output")->required();
  command->add_flag("--quiet", options->quiet, "No remarks");
  command->callback([=] { *chosen = [=] { return RunMerge(*options); }; });
}

}  // namespace vesica_cli
