#include "report/overlap_page.h"

#include <cmath>
#include <utility>

#include "report/figures_text.h"
#include "report/html_page.h"
#include "report/label.h"
#include "report/markup.h"
#include "report/table_html.h"

namespace vesica {
namespace {

constexpr std::string_view kPairsSay = "Sizes, what they share, and shares.";
constexpr double kTargetRatio = 20;  // of marketing to sales, that alignment aims at

StudyRows AllRows(const Table& table) {
  std::vector<uint64_t> rows(table.rows());
  for (uint64_t i = 0; i < rows.size(); ++i) rows[i] = i;
  return {table, std::move(rows)};
}

std::string Card(const std::optional<Table>& table, std::string_view heading, std::string_view says) {
  if (!table.has_value() || table->rows() == 0) return {};
  Markup to;
  to.Raw("\n").Open("div").Attribute("class", "card").Element("h3", heading);
  to.Raw(ScrollingTable(AllRows(*table), says)).Close();
  return std::move(to).Finish();
}

std::string WarningsMarkup(const std::optional<Table>& warnings) {
  if (!warnings.has_value() || warnings->rows() == 0) return {};
  Markup to;
  to.Raw("\n").Open("div").Attribute("class", "warnings").Element("h3", "Before you trust this").Open("ul");
  for (uint64_t row = 0; row < warnings->rows(); ++row) {
    to.Open("li").Element("bdi", warnings->columns().front().TextAt(row)).Close();
  }
  to.Close().Close();
  return std::move(to).Finish();
}

std::string ShortName(std::string_view name) { return FitText(name, 1, 40); }

// How the sizes compare, and with the ideal.
std::string SizesReading(const Overlap& overlap, const std::string& a, const std::string& b) {
  const double ratio = overlap.size_ratio.value;
  if (!std::isfinite(ratio) || ratio <= 0) return {};
  const bool a_larger = ratio >= 1;
  return Concat({a_larger ? a : b, " is ", RatioText(a_larger ? ratio : 1 / ratio), " times as large as ",
                 a_larger ? b : a, "; marketing's circle aims at ", RatioText(kTargetRatio), " times sales'."});
}

std::vector<std::string> Reading(const Overlap& overlap, const std::string& a, const std::string& b) {
  const bool a_smaller = overlap.a.value <= overlap.b.value;
  const std::string &small = a_smaller ? a : b, &large = a_smaller ? b : a;
  const Estimate& size = a_smaller ? overlap.a : overlap.b;
  if (std::isnan(overlap.overlap_coefficient.value)) return {Concat({small, " is empty: there is no share of it."})};
  const bool exact = IsExact(overlap.method);
  std::vector<std::string> sentences = {
      Concat({exact ? "" : "About ", CountText(overlap.intersection.value), " of the ", CountText(size.value), " in ",
              small, " are also in ", large, "."})};
  if (overlap.below_resolution) {
    sentences.emplace_back(
        "The interval reaches from none to half of the smaller set or more: take larger sketches to tell.");
  }
  if (std::string sizes = SizesReading(overlap, a, b); !sizes.empty()) sentences.push_back(std::move(sizes));
  return sentences;
}

std::string HeadlineMarkup(const OverlapPage& page) {
  if (!page.pair.has_value()) return {};
  const Overlap& overlap = *page.pair;
  const std::string a = ShortName(page.names[0]), b = ShortName(page.names[1]);
  const std::string& small = overlap.a.value <= overlap.b.value ? a : b;
  const Estimate& share = overlap.overlap_coefficient;
  Markup to;
  to.Raw("\n").Open("div").Attribute("class", "headline").Open("div");
  to.Open("div").Attribute("class", "figure").Text(PercentText(share.value)).Close();
  if (share.lower < share.upper) {
    const std::string interval =
        Concat({PercentText(share.lower), " to ", PercentText(share.upper), " (95 % interval)"});
    to.Open("span").Attribute("class", "interval").Text(interval).Close();
  }
  to.Open("div").Attribute("class", "of").Text("of ").Element("bdi", small).Text(" in both").Close().Close();
  to.Open("div").Attribute("class", "reading");
  for (const std::string& sentence : Reading(overlap, a, b)) to.Open("p").Element("bdi", sentence).Close();
  to.Close().Close();
  return std::move(to).Finish();
}

std::string MethodMarkup(const OverlapPage& page) {
  const bool exact = IsExact(page.method);
  Markup to;
  to.Raw("\n").Open("div").Attribute("class", "card").Element("h3", "How these figures were made");
  to.Open("dl").Attribute("class", "terms");
  const auto term = [&](std::string_view name, std::string_view says) {
    to.Open("div").Element("dt", name).Open("dd").Element("bdi", says).Close().Close();
  };
  term("Method", Concat({MethodText(page.method),
                         exact ? ": every key was counted." : ": estimated, each figure with its 95 % interval."}));
  if (!page.stamp.empty()) term("What makes keys the same", page.stamp);
  if (!exact) {
    term("Sizes",
         "Of compared sets they are estimated from all samples together, of what was read from each alone: they "
         "differ a little.");
  }
  if (exact) {
    std::string expected = "fewer than 0.01";
    if (page.expected_false_matches >= 0.01) expected = NumberText(page.expected_false_matches, 2);
    term("Keys merged by equal hashes", Concat({expected, " are to be expected."}));
  }
  term("Overlap coefficient", "In both, of the smaller set. It is 100 % where one set holds the other.");
  term("Jaccard", "In both, of all that are in either.");
  term("Dice", "Twice those in both, of both sizes added.");
  term("Size ratio", "The first set's size over the second's.");
  to.Close().Close();
  return std::move(to).Finish();
}

std::string TitleOf(const OverlapPage& page, const ReportOptions& options) {
  if (!options.title.empty()) return options.title;
  if (page.names.size() == 1) return Concat({"The size of ", ShortName(page.names[0])});
  std::string names;
  for (size_t i = 0; i < page.names.size(); ++i) {
    names += Concat({i == 0 ? "" : i + 1 < page.names.size() ? ", " : " and ", ShortName(page.names[i])});
  }
  return Concat({"How far ", names, " overlap"});
}

}  // namespace

std::string OverlapPageOf(const OverlapPage& page, const ReportOptions& options) {
  const std::string behind = page.regions.has_value()
                                 ? TableBehind(AllRows(*page.regions), "How many are in exactly these sets")
                                 : TableBehind(AllRows(*page.pairs), kPairsSay);
  const std::string_view reading = page.picture.name == "upset"
                                       ? "Each row is a combination of sets: dots say which, the bar how many."
                                       : "Areas are in proportion to sizes.";
  const std::string figure = FigureMarkup(page.picture, reading, behind);
  Page out{.title = TitleOf(page, options), .facts = {}, .sections = {}};
  out.facts = {IsExact(page.method) ? "Counted exactly" : "Estimated from sketches"};
  out.sections.push_back({"overview", "Overview", "The overlap",
                          Concat({WarningsMarkup(page.warnings), HeadlineMarkup(page), figure,
                                  page.regions.has_value() ? Card(page.pairs, "Each two sets", kPairsSay) : ""})});
  out.sections.push_back({"method", "Method", "Where the figures come from",
                          Concat({Card(page.sets, "What was read", "Rows read for each set, and its distinct keys."),
                                  MethodMarkup(page)})});
  return HtmlPage(out, options.theme);
}

}  // namespace vesica
