#include <algorithm>
#include <memory>

#include "commands.h"
#include "key_input.h"
#include "overlap_answer.h"
#include "overlap_text.h"
#include "picture.h"
#include "quality_text.h"
#include "session.h"

namespace vesica_cli {
namespace {

constexpr const char* kHelp = R"(How far lists overlap.

Each INPUT is a CSV or TSV file, - for standard input, or NAME=FILE to give the set a name. Files are read as
HubSpot, Salesforce, Marketo, LinkedIn and spreadsheets write them: with or without byte order mark, UTF-8 or UTF-16,
any line end, quoted line ends, notes above the header, a report's footer below the rows. An INPUT may also be an image
that `vesica sketch` wrote; lists are then read under its profile, and figures have intervals (95 %).

For two sets: both sizes, what is in both, its share of each, the overlap coefficient (its share of the smaller set:
100 % when the smaller is wholly within the larger), Jaccard, Dice, the ratio of sizes. For 3 to 8 sets: every region
and every pair (sketches: 3 or 4 sets); for more: every pair. --svg draws the regions: up to 3 sets as circles of the
areas they stand for, 4 and more as an UpSet plot. Row numbers are those of a spreadsheet: the file's first row is 1.
In JSON (first_rows) they count from 0.)";

struct OverlapOptions {
  std::vector<std::string> inputs;
  InputOptions input;
  IdentityOptions identity;
  RunOptions run;
  PictureOptions pictures;
};

Failure RefuseBroken(const std::vector<KeyInput>& inputs) {
  std::vector<std::string> lines;
  for (const KeyInput& input : inputs) {
    if (Failure failure = BrokenLines(input, &lines)) return failure;
  }
  if (lines.empty()) return {};
  std::string text = "--strict:";
  for (const std::string& line : lines) text += "\n  " + line;
  return {kExitData, text};
}

// What the text answer has and the JSON has not.
Failure NoteFacts(const std::vector<KeyInput>& inputs, const Notes& notes) {
  for (const KeyInput& input : inputs) {
    std::vector<std::string> lines;
    if (Failure failure = BrokenLines(input, &lines)) return failure;
    for (const std::string& line : lines) notes.Say(line);
    if (input.column == nullptr) continue;
    if (input.column->footer_records() > 0) {
      notes.Say(input.Label() + ": " + std::to_string(input.column->footer_records()) + " report footer rows left out");
    }
    const CellCounts counts = input.column->Counts();
    if (counts.split_cells > 0) {
      notes.Say(input.Label() + ": " + std::to_string(counts.split_cells) + " cells hold several keys, split at '" +
                std::string(1, input.split) + "'");
    }
    if (counts.display_names > 0) {
      notes.Say(input.Label() + ": display names taken off " + std::to_string(counts.display_names) + " addresses");
    }
  }
  return {};
}

using Images = std::vector<std::shared_ptr<const Image>>;

bool AnyImage(const Images& images) {
  return std::any_of(images.begin(), images.end(), [](const auto& image) { return image != nullptr; });
}

// Pictures show regions: as many sets as these are counted of.
Failure CheckDrawable(const PictureOptions& pictures, const Images& images) {
  if (!pictures.any()) return {};
  const bool sketch = std::any_of(images.begin(), images.end(), [](const auto& image) {
    return image != nullptr && image->info.representation != VESICA_REPRESENTATION_EXACT;
  });
  const char* const option = pictures.svg ? "--svg" : "--html";
  if (images.size() > kMostRegionSets) {
    return {kExitUsage, std::string(option) + " takes 8 inputs at most: of more, only pairs are counted"};
  }
  if (sketch && images.size() > kMostEstimatedSets) {
    return {kExitUsage, std::string(option) + " takes 4 inputs at most where one is a sketch"};
  }
  return {};
}

Failure ReadImages(const std::vector<InputSpec>& specs, Images* out) {
  for (const InputSpec& spec : specs) {
    std::shared_ptr<Image> image;
    if (IsImage(spec.path)) {
      image = std::make_shared<Image>();
      if (Failure failure = ReadImage(spec.path, image.get())) return failure;
    }
    out->push_back(std::move(image));
  }
  return {};
}

// The profile for the lists: that of the saved audiences unless told otherwise. Where there are no lists, its name
// will do.
Failure OpenProfileWith(IdentityOptions options, const Images& images, const Notes& notes, OpenProfile* out) {
  const auto first = std::find_if(images.begin(), images.end(), [](const auto& image) { return image != nullptr; });
  if (first != images.end()) {
    if (Failure failure = AdoptIdentity((*first)->info, &options)) return failure;
  }
  if (std::find(images.begin(), images.end(), nullptr) != images.end()) return OpenProfileFor(options, notes, out);
  out->name = (*first)->info.profile;
  out->kind = KindOfProfile(options.profile);
  return {};
}

// The pictures first: where they cannot be written there is no answer.
Failure WriteAnswer(const OverlapAnswer& answer, const OpenProfile& profile, const std::vector<KeyInput>& inputs,
                    const OverlapOptions& options, const Notes& notes) {
  std::string text;
  const bool as_text = !options.run.json && !options.pictures.to_standard_output();
  if (as_text) {
    if (Failure failure = OverlapText(answer, profile, inputs, &text)) return failure;
  } else if (Failure failure = NoteFacts(inputs, notes)) {
    return failure;
  }
  if (options.run.json) {
    if (Failure failure = answer.Json(&text)) return failure;
    text += "\n";
  }
  const auto render = [&](const vesica_report_options* wanted, const vesica_output* output, vesica_error* error) {
    return answer.Report(wanted, output, error);
  };
  if (Failure failure = WritePictures(options.pictures, render)) return failure;
  return WriteOut(text);
}

Failure RunOverlap(const OverlapOptions& options) {
  if (options.inputs.size() < 2) return {kExitUsage, "overlap takes two inputs or more"};
  if (options.run.exact_bytes && options.inputs.size() > kMostRegionSets) {
    return {kExitUsage, "--exact-bytes takes 8 inputs at most"};
  }
  if (Failure failure = CheckPictures(options.pictures, options.run.json ? "--json" : "")) return failure;
  const Notes notes(options.run.quiet);
  std::vector<InputSpec> specs;
  if (Failure failure = ParseInputs(options.inputs, &specs)) return failure;
  uint64_t budget = 0;
  if (!options.run.memory.empty()) {
    if (Failure failure = ParseBytes(options.run.memory, "--memory", &budget)) return failure;
  }
  Images images;
  if (Failure failure = ReadImages(specs, &images)) return failure;
  if (Failure failure = CheckDrawable(options.pictures, images)) return failure;
  if (options.run.exact_bytes && AnyImage(images)) return {kExitUsage, "--exact-bytes takes lists, not images"};
  OpenProfile profile;
  if (Failure failure = OpenProfileWith(options.identity, images, notes, &profile)) return failure;
  Progress progress(options.run.quiet);
  ContextHandle context;
  if (Failure failure = OpenContext(options.run, &progress, &context)) return failure;
  std::vector<KeyInput> inputs;
  if (Failure failure = OpenKeyInputs(specs, options.input, profile, options.run.threads, notes, &inputs, images)) {
    return failure;
  }
  OverlapAnswer answer;
  const Failure counting = answer.Count(profile, context.get(), options.run, notes, budget, &inputs);
  progress.Clear();
  if (counting) return counting;
  if (options.run.strict) {
    if (Failure failure = RefuseBroken(inputs)) return failure;
  }
  return WriteAnswer(answer, profile, inputs, options, notes);
}

}  // namespace

void AddOverlapCommand(CLI::App* program, Command* chosen) {
  const auto options = std::make_shared<OverlapOptions>();
  CLI::App* command = program->add_subcommand("overlap", kHelp);
  command->add_option("INPUT", options->inputs, "FILE, - or NAME=FILE")->required()->type_name("");
  AddInputOptions(command, &options->input);
  AddIdentityOptions(command, &options->identity);
  command->add_option("--threads", options->run.threads, "Threads, 1 if not given")->check(CLI::Range(1u, 256u));
  command->add_option("--memory", options->run.memory,
                      "Most working memory of the counting, such as 512M; files are then read in several passes where "
                      "one does not fit. Reading takes 2 MiB a thread on top");
  command->add_flag("--exact-bytes", options->run.exact_bytes,
                    "Compare keys byte by byte wherever hashes agree; keeps all keys in memory");
  AddPictureOptions(command, &options->pictures);
  command->add_flag("--json", options->run.json, "Answer in JSON; remarks go to standard error");
  command->add_flag("--strict", options->run.strict, "A broken row is an error: exit code 65, no answer");
  command->add_flag("--quiet", options->run.quiet, "No remarks, no progress bar, no questions");
  command->callback([=] { *chosen = [=] { return RunOverlap(*options); }; });
}

}  // namespace vesica_cli
