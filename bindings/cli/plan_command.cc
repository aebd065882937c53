#include <array>
#include <charconv>
#include <cmath>
#include <memory>
#include <nlohmann/json.hpp>

#include "commands.h"
#include "library.h"
#include "text_table.h"

namespace vesica_cli {
namespace {

constexpr const char* kHelp = R"(How large sketches have to be, before there are any.

For two audiences of the sizes given, of which the smaller has the share --overlap of its keys in the other, and a wanted
--error: half the width of the 95 % interval of the intersection, over the intersection. With --bytes: the error to expect
of sketches of that size.)";

struct PlanOptions {
  std::string sizes, bytes;
  std::string overlap = "0.16", error = "0.2";
  bool json = false;
};

constexpr std::array<const char*, 3> kNames = {"exact", "minhash", "hyperloglog"};

// "50k", "1.5M", "2e6" or "120000": k, M, G and T are of 1000, as people count people.
bool ParseSize(std::string_view text, double* out) {
  double unit = 1;
  if (!text.empty()) {
    const char last = static_cast<char>(text.back() | 0x20);
    unit = last == 'k' ? 1e3 : last == 'm' ? 1e6 : last == 'g' ? 1e9 : last == 't' ? 1e12 : 1;
    if (unit != 1) text.remove_suffix(1);
  }
  const auto [end, wrong] = std::from_chars(text.data(), text.data() + text.size(), *out);
  *out *= unit;
  return wrong == std::errc() && end == text.data() + text.size() && !text.empty();
}

// "0.16" or "16%".
bool ParseShare(std::string_view text, double* out) {
  const bool percent = text.ends_with('%');
  if (percent) text.remove_suffix(1);
  const auto [end, wrong] = std::from_chars(text.data(), text.data() + text.size(), *out);
  if (percent) *out /= 100;
  return wrong == std::errc() && end == text.data() + text.size();
}

Failure ToQuestion(const PlanOptions& options, vesica_plan_question* out) {
  *out = {};
  out->struct_size = sizeof(*out);
  const size_t comma = options.sizes.find(',');
  const std::string_view sizes = options.sizes;
  if (comma == std::string::npos || !ParseSize(sizes.substr(0, comma), &out->size_a) ||
      !ParseSize(sizes.substr(comma + 1), &out->size_b)) {
    return {kExitUsage, "--sizes takes two numbers of keys, such as 50k,1M"};
  }
  if (!ParseShare(options.overlap, &out->share_of_smaller) || !ParseShare(options.error, &out->relative_half_width)) {
    return {kExitUsage, "--overlap and --error take a share, such as 0.16 or 16%"};
  }
  return {};
}

std::string ErrorText(double half_width) {
  if (!std::isfinite(half_width)) return "none";
  return PercentText({half_width, half_width, half_width});
}

vesica_builder_options OptionsOf(uint32_t representation, uint64_t sketch_bytes) {
  vesica_builder_options options = {};
  options.struct_size = sizeof(options);
  options.representation = representation;
  options.sketch_bytes = sketch_bytes;
  return options;
}

Failure AnswerAll(const vesica_plan_question& question, std::array<vesica_plan_answer, 3>* out) {
  for (uint32_t i = 0; i < out->size(); ++i) {
    vesica_plan_answer& answer = (*out)[i];
    answer = {};
    answer.struct_size = sizeof(answer);
    vesica_builder_options options = OptionsOf(i, 0);
    vesica_error error = NoError();
    if (Failure failure = FromLibrary(vesica_plan(&question, &options, &answer, &error), error)) return failure;
  }
  return {};
}

std::string ToText(const vesica_plan_question& question, const std::array<vesica_plan_answer, 3>& answers) {
  const auto count = [](double value) { return CountText(vesica_estimate{value, value, value}); };
  TextTable table;
  table.AddRow({"", "--bytes", "image of first", "of second", "error (95 %)", "ns a row"});
  for (size_t i = 0; i < answers.size(); ++i) {
    const vesica_plan_answer& answer = answers[i];
    const bool reaches = (answer.flags & VESICA_PLAN_REACHES_ERROR) != 0;
    table.AddRow({kNames[i], answer.sketch_bytes == 0 ? "-" : CountText(answer.sketch_bytes),
                  count(answer.image_bytes_a), count(answer.image_bytes_b),
                  ErrorText(answer.relative_half_width) + (reaches ? "" : " (not reached)"),
                  NumberText(answer.build_ns_per_row)});
  }
  const double smaller = std::min(question.size_a, question.size_b);
  std::string text = "An overlap of " + count(smaller * question.share_of_smaller) + " keys (" +
                     ErrorText(question.share_of_smaller) + " of " + count(smaller) + ") to within " +
                     ErrorText(question.relative_half_width) + ":\n\n" + table.ToText(2);
  for (size_t i = 0; i < answers.size(); ++i) {
    if ((answers[i].flags & VESICA_PLAN_SMALLEST) != 0) text += std::string("\nFewest bytes: ") + kNames[i] + "\n";
  }
  return text;
}

std::string ToJson(const std::array<vesica_plan_answer, 3>& answers) {
  nlohmann::ordered_json json = nlohmann::ordered_json::array();
  for (size_t i = 0; i < answers.size(); ++i) {
    const vesica_plan_answer& answer = answers[i];
    json.push_back(
        {{"kind", kNames[i]},
         {"reaches_error", (answer.flags & VESICA_PLAN_REACHES_ERROR) != 0},
         {"smallest", (answer.flags & VESICA_PLAN_SMALLEST) != 0},
         {"sketch_bytes", answer.sketch_bytes},
         {"image_bytes", {static_cast<uint64_t>(answer.image_bytes_a), static_cast<uint64_t>(answer.image_bytes_b)}},
         {"half_width", answer.relative_half_width},
         {"build_ns_per_row", answer.build_ns_per_row}});
  }
  return json.dump(2) + "\n";
}

Failure ErrorsAt(const vesica_plan_question& question, const PlanOptions& options, std::string* out) {
  uint64_t bytes = 0;
  if (Failure failure = ParseBytes(options.bytes, "--bytes", &bytes)) return failure;
  nlohmann::ordered_json json;
  TextTable table;
  table.AddRow({"", "error (95 %)"});
  Failure first;
  bool any = false;
  for (const uint32_t kind : {VESICA_REPRESENTATION_MINHASH, VESICA_REPRESENTATION_HYPERLOGLOG}) {
    const vesica_builder_options sketch = OptionsOf(kind, bytes);
    double half_width = 0;
    vesica_error error = NoError();
    const Failure failure = FromLibrary(vesica_plan_half_width(&question, &sketch, &half_width, &error), error);
    if (failure && !first) first = failure;
    any |= !failure;
    json[kNames[kind]] = nullptr;  // also where it is infinite
    if (!failure && std::isfinite(half_width)) json[kNames[kind]] = half_width;
    table.AddRow({kNames[kind], failure ? "no such size" : ErrorText(half_width)});
  }
  if (!any) return first;
  *out = options.json ? json.dump(2) + "\n" : "Sketches of " + CountText(bytes) + " bytes each:\n\n" + table.ToText(2);
  return {};
}

Failure RunPlan(const PlanOptions& options) {
  vesica_plan_question question;
  if (Failure failure = ToQuestion(options, &question)) return failure;
  std::string text;
  if (!options.bytes.empty()) {
    if (Failure failure = ErrorsAt(question, options, &text)) return failure;
    return WriteOut(text);
  }
  std::array<vesica_plan_answer, 3> answers;
  if (Failure failure = AnswerAll(question, &answers)) return failure;
  return WriteOut(options.json ? ToJson(answers) : ToText(question, answers));
}

}  // namespace

void AddPlanCommand(CLI::App* program, Command* chosen) {
  const auto options = std::make_shared<PlanOptions>();
  CLI::App* command = program->add_subcommand("plan", kHelp);
  command->add_option("--sizes", options->sizes, "Keys of both audiences, such as 50k,1M")->required();
  command->add_option("--overlap", options->overlap, "Share of the smaller audience that is in the other")
      ->capture_default_str();
  command->add_option("--error", options->error, "Half-width wanted, over the intersection: 0.2 is 20 %")
      ->capture_default_str();
  command->add_option("--bytes", options->bytes, "Tell the error of sketches of so many bytes instead");
  command->add_flag("--json", options->json, "Answer in JSON");
  command->callback([=] { *chosen = [=] { return RunPlan(*options); }; });
}

}  // namespace vesica_cli
