#include "overlap_text.h"

#include <cmath>
#include <nlohmann/json.hpp>

#include "escape.h"
#include "quality_text.h"
#include "text_table.h"

namespace vesica_cli {
namespace {

// The ratio of marketing to sales audience that alignment aims at.
constexpr double kTargetRatio = 20;

std::string JoinedLabels(const std::vector<KeyInput>& inputs, uint32_t members) {
  std::string out;
  for (size_t i = 0; i < inputs.size(); ++i) {
    if ((members >> i & 1) != 0) out += (out.empty() ? "" : " & ") + inputs[i].Label();
  }
  return out;
}

// How the sizes compare, and with the ideal of 20 : 1.
std::string RatioReading(const vesica_overlap& overlap, const std::string& a, const std::string& b) {
  const double ratio = overlap.size_ratio.value;
  if (std::isnan(ratio) || overlap.a.value == 0) return "undefined: a list is empty";
  if (ratio == 1) return "1 : 1    both lists are of one size; the usual aim of marketing to sales is 20 : 1";
  const double larger = ratio > 1 ? ratio : 1 / ratio;
  const std::string side = larger >= kTargetRatio * 0.95 && larger <= kTargetRatio * 1.05 ? "about at"
                           : larger < kTargetRatio                                        ? "below"
                                                                                          : "above";
  return RatioText(larger) + " : 1    " + (ratio > 1 ? a : b) + " is the larger; " + side +
         " 20 : 1, the usual aim of marketing to sales";
}

std::string Headline(const vesica_overlap& overlap, const std::string& a, const std::string& b,
                     const std::string& things) {
  if (std::isnan(overlap.overlap_coefficient.value)) {
    return "The overlap is undefined: " + (overlap.a.value == 0 ? a : b) + " holds no valid key.\n";
  }
  const bool a_smaller = overlap.a.value <= overlap.b.value;
  const vesica_estimate& size = a_smaller ? overlap.a : overlap.b;
  return CountText(overlap.intersection) + " of the " + CountText(size) + " " + things + " in " + (a_smaller ? a : b) +
         " are also in " + (a_smaller ? b : a) + ": " + PercentText(overlap.overlap_coefficient) + "\n";
}

std::string PairText(const vesica_overlap& overlap, const std::string& a, const std::string& b,
                     const std::string& things) {
  TextTable sizes;
  const vesica_estimate only_a{overlap.a.value - overlap.intersection.value, 0, 0};
  const vesica_estimate only_b{overlap.b.value - overlap.intersection.value, 0, 0};
  sizes.AddRow({"", a, b});
  sizes.AddRow({"distinct " + things, IntervalText(overlap.a), IntervalText(overlap.b)});
  sizes.AddRow({"in both", IntervalText(overlap.intersection), IntervalText(overlap.intersection)});
  sizes.AddRow({"only here", CountText(only_a), CountText(only_b)});
  sizes.AddRow({"share in both", PercentIntervalText(overlap.share_of_a), PercentIntervalText(overlap.share_of_b)});

  const std::string both = CountText(overlap.union_size) + " " + things + " in either";
  std::string out = Headline(overlap, a, b, things) + "\n" + sizes.ToText(2) + "\n";
  const auto line = [&](std::string name, const std::string& value, const std::string& reading) {
    name.resize(22, ' ');
    out += "  " + name + value + (reading.empty() ? "" : std::string(value.size() < 9 ? 9 - value.size() : 1, ' ')) +
           reading + "\n";
  };
  line("overlap coefficient", PercentIntervalText(overlap.overlap_coefficient), "in both, of the smaller list");
  line("Jaccard", PercentIntervalText(overlap.jaccard), "in both, of the " + both);
  line("Dice", PercentIntervalText(overlap.dice), "in both twice, of both sizes added");
  line("size ratio", RatioReading(overlap, a, b), "");
  return out;
}

Failure RegionsText(const OverlapAnswer& answer, const std::vector<KeyInput>& inputs, const std::string& things,
                    std::string* out) {
  TextTable table;
  table.AddRow({"Regions: " + things + " that are in exactly", ""});
  for (uint32_t members = 1; members < 1u << inputs.size(); ++members) {
    vesica_estimate region;
    if (Failure failure = answer.Region(members, &region)) return failure;
    if (region.value > 0) table.AddRow({"  " + JoinedLabels(inputs, members), IntervalText(region)});
  }
  *out += table.ToText(0) + "  (what is not listed is empty)\n\n";
  return {};
}

Failure PairsText(const OverlapAnswer& answer, const std::vector<KeyInput>& inputs, std::string* out) {
  TextTable table;
  table.AddRow({"Pairs", "first", "second", "in both", "of first", "of second", "of smaller", "Jaccard", "size ratio"});
  for (uint32_t a = 0; a < inputs.size(); ++a) {
    for (uint32_t b = a + 1; b < inputs.size(); ++b) {
      vesica_overlap pair;
      if (Failure failure = answer.Pair(a, b, &pair)) return failure;
      const bool defined = !std::isnan(pair.size_ratio.value);
      table.AddRow({"  " + inputs[a].Label() + " & " + inputs[b].Label(), CountText(pair.a), CountText(pair.b),
                    IntervalText(pair.intersection), PercentText(pair.share_of_a), PercentText(pair.share_of_b),
                    PercentText(pair.overlap_coefficient), PercentText(pair.jaccard),
                    defined ? NumberText(pair.size_ratio.value) : "undefined"});
    }
  }
  *out += table.ToText(0);
  return {};
}

// The library's warnings, which it tells in JSON only.
Failure AddWarnings(const OverlapAnswer& answer, std::string* out) {
  std::string text;
  if (Failure failure = answer.Json(&text)) return failure;
  const nlohmann::json json = nlohmann::json::parse(text, nullptr, false);
  if (json.is_discarded() || !json.contains("warnings")) return {};
  for (const nlohmann::json& warning : json["warnings"]) {
    if (warning.is_string()) *out += "warning: " + Escaped(warning.get<std::string>()) + "\n";
  }
  return {};
}

}  // namespace

Failure OverlapText(const OverlapAnswer& answer, const OpenProfile& profile, const std::vector<KeyInput>& inputs,
                    std::string* out) {
  const std::string things = profile.Things();
  if (inputs.size() == 2) {
    vesica_overlap overlap;
    if (Failure failure = answer.Pair(0, 1, &overlap)) return failure;
    *out += PairText(overlap, inputs[0].Label(), inputs[1].Label(), things);
  } else {
    if (answer.has_regions()) {
      if (Failure failure = RegionsText(answer, inputs, things, out)) return failure;
    }
    if (Failure failure = PairsText(answer, inputs, out)) return failure;
  }
  const std::string quality = QualityTable(inputs, answer.sets());
  if (!quality.empty()) *out += "\n" + quality;
  std::vector<std::string> faults;
  for (size_t i = 0; i < inputs.size(); ++i) {
    if (Failure failure = FaultLines(inputs[i], answer.sets()[i], &faults)) return failure;
  }
  if (!faults.empty()) *out += "\n";
  for (const std::string& fault : faults) *out += fault + "\n";
  *out += "\n";
  if (Failure failure = AddWarnings(answer, out)) return failure;
  vesica_answer_info info;
  if (Failure failure = answer.Info(&info)) return failure;
  const std::string method = vesica_method_text(info.method);
  if ((info.flags & VESICA_ANSWER_EXACT) != 0) {
    *out += "Counted exactly (" + method + ") under " + profile.name +
            "; expected false matches: " + NumberText(info.expected_false_matches) + "\n";
  } else {
    *out += "Estimated (" + method + ") under " + profile.name + "; in parentheses the 95 % intervals\n";
  }
  return {};
}

}  // namespace vesica_cli
