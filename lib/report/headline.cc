#include "report/headline.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <string_view>
#include <vector>

#include "report/column_names.h"
#include "report/figures_text.h"
#include "report/marketing_sales.h"
#include "report/markup.h"
#include "report/table_html.h"

namespace vesica {
namespace {

constexpr double kFewPeople = 30;  // below which one person more or less is seen in the share

// A figure that others published for all companies, and who; without it, NaN.
struct Published {
  double figure = std::nan("");
  std::string source, year;
};

Published PublishedFigure(const StudyView& view, std::string_view metric) {
  const StudyRows rows = view.Rows("published");
  for (size_t i = 0; i < rows.size(); ++i) {
    if (rows.Text(i, "metric") != metric || rows.Text(i, "group") != "all") continue;
    const std::string_view source = rows.Text(i, "source");
    return {rows.Number(i, "figure"), std::string(source.substr(0, source.find(','))),
            CellText(*rows.table()->Find("year"), rows.rows()[i])};
  }
  return {};
}

std::string PeopleText(double count) { return CountText(count) + (std::llround(count) == 1 ? " person" : " people"); }

std::string Difference(double share, double published) {
  const double points = std::round((share - published) * 1000) / 10;
  if (points == 0) return "the same";
  return NumberText(std::abs(points), 1) + (points > 0 ? " points above it" : " points below it");
}

std::string WhatIsReached(const MarketingSales& circles) {
  const std::string reached = CountText(circles.both), all = PeopleText(circles.sales.value);
  if (circles.exact()) {
    const double missed = circles.sales.value - circles.both.value;
    return Concat({"Marketing reaches ", reached, " of the ", all, " whom sales contacts", missed > 0 ? "; " : ".",
                   missed > 0 ? Concat({CountText(missed), " it does not."}) : ""});
  }
  return Concat({"Marketing reaches about ", CountText(circles.both.value), " of the ", all,
                 " whom sales contacts: between ", CountText(circles.both.lower), " and ",
                 CountText(circles.both.upper), "."});
}

std::string HowItCompares(const StudyView& view, const MarketingSales& circles) {
  const Published published = PublishedFigure(view, "coverage");
  std::string text = "Ideally it reaches all of them.";
  if (std::isnan(published.figure)) return text;
  text += Concat({" The published average of B2B companies is ", PercentText(published.figure), " (", published.source,
                  ", ", published.year, ")"});
  const bool tells =
      circles.exact() || circles.coverage.lower > published.figure || circles.coverage.upper < published.figure;
  return text + (tells ? Concat({": this is ", Difference(circles.coverage.value, published.figure), "."})
                       : std::string(": the interval holds it, so this tells neither more nor less."));
}

std::string HowLarge(const MarketingSales& circles) {
  if (std::isnan(circles.size_ratio.value)) return {};
  const double lacking = std::ceil(circles.target_ratio * circles.sales.value) - circles.marketing.value;
  std::string text =
      Concat({"Marketing's circle is ", RatioText(circles.size_ratio.value), " times as large as sales'"});
  const std::string target = SettingText(circles.target_ratio);
  if (lacking <= 0) return text + Concat({": the target of ", target, " times is met."});
  return text + Concat({": ", PeopleText(lacking), " short of the target of ", target, " times."});
}

void AppendStat(std::string_view label, std::string_view value, std::string_view beside, Markup* to) {
  to->Open("div").Element("dt", label).Open("dd");
  to->Open("div").Attribute("class", "value").Text(KeptTogether(value)).Close();
  if (!beside.empty()) to->Open("div").Attribute("class", "beside").Text(KeptTogether(beside)).Close();
  to->Close().Close();
}

void AppendPairStat(const StudyView& view, std::string_view a, std::string_view b, std::string_view label,
                    std::string_view metric, Markup* to) {
  const StudyRows all = view.Rows("circles");
  const StudyRows rows = all.Where("a", a).Where("b", b);
  if (rows.empty() || rows.IsNull(0, "overlap_coefficient")) return;
  const Published published = PublishedFigure(view, metric);
  const Estimate share = rows.Interval(0, "overlap_coefficient");
  std::string beside = "of the smaller circle";
  if (share.lower < share.upper) {
    beside = Concat({PercentText(share.lower), " to ", PercentText(share.upper), " (95 %) ", beside});
  }
  if (!std::isnan(published.figure)) beside += Concat({"; published: ", PercentText(published.figure)});
  AppendStat(label, PercentText(share.value), beside, to);
}

void AppendHandoffStats(const StudyView& view, Markup* to) {
  const StudyRows all = view.Rows("handoff");
  const StudyRows rows = all.Where([&](size_t i) { return all.Bool(i, "all_sources"); });
  if (rows.empty() || !(rows.Number(0, "due") > 0)) return;
  if (!rows.IsNull(0, "ignored_share")) {
    AppendStat("Handed to sales and ignored", PercentText(rows.Number(0, "ignored_share")),
               Concat({CountText(rows.Number(0, "ignored")), " of ", CountText(rows.Number(0, "due")), " due"}), to);
  }
  if (!rows.IsNull(0, "within_sla_share")) {
    AppendStat("Contacted in time", PercentText(rows.Number(0, "within_sla_share")),
               Concat({"within ", DurationText(view.Setting("sla")), " of the hand-off"}), to);
  }
}

}  // namespace

std::vector<std::string> HeadlineReading(const StudyView& view) {
  const std::optional<MarketingSales> circles = MarketingSalesOf(view);
  if (!circles.has_value()) return {};
  if (circles->suppressed) {
    return {Concat({"Hidden: some of the counts are below ", view.Setting("min_cell"), " people."})};
  }
  if (!(circles->sales.value > 0)) {
    return {"Sales contacted nobody in these events, so there is nothing that marketing could reach a share of."};
  }
  std::vector<std::string> reading = {WhatIsReached(*circles)};
  if (circles->below_resolution) {
    reading.emplace_back(
        "The sketches are too small to tell: the interval reaches from nobody to half of the smaller circle or "
        "more. Larger sketches, or events, tell more.");
    return reading;
  }
  reading.push_back(HowItCompares(view, *circles));
  if (std::string large = HowLarge(*circles); !large.empty()) reading.push_back(std::move(large));
  if (circles->sales.value < kFewPeople) {
    reading.push_back(Concat(
        {"Beware: of so few, one person more or less is ", NumberText(100 / circles->sales.value, 1), " points."}));
  }
  return reading;
}

std::string HeadlineMarkup(const StudyView& view) {
  const std::optional<MarketingSales> circles = MarketingSalesOf(view);
  if (!circles.has_value()) return {};
  Markup to;
  to.Open("div").Attribute("class", "headline").Open("div");
  const bool told = !circles->suppressed && !std::isnan(circles->coverage.value);
  to.Open("p")
      .Attribute("class", "figure")
      .Text(told ? KeptTogether(PercentText(circles->coverage.value)) : kUndefinedText);
  if (told && circles->coverage.lower < circles->coverage.upper) {
    to.Open("span").Attribute("class", "interval");
    to.Text(Concat({PercentText(circles->coverage.lower), " to ", PercentText(circles->coverage.upper), " (95 %)"}))
        .Close();
  }
  to.Close();
  to.Open("p").Attribute("class", "of").Text("of the people whom sales contacts are reached by marketing").Close();
  to.Close().Open("div").Attribute("class", "reading");
  for (const std::string& sentence : HeadlineReading(view)) to.Element("p", KeptTogether(sentence));
  return std::move(to).Finish();
}

std::string StatsMarkup(const StudyView& view) {
  Markup to;
  to.Open("dl").Attribute("class", "stats");
  const size_t empty = to.size();
  const std::optional<MarketingSales> circles = MarketingSalesOf(view);
  if (circles.has_value() && !circles->suppressed && !std::isnan(circles->size_ratio.value)) {
    AppendStat("Marketing to sales", RatioText(circles->size_ratio.value) + " : 1",
               Concat({"target: ", SettingText(circles->target_ratio), " : 1"}), &to);
  }
  const StudyRows benchmark = view.Rows("benchmark");
  for (size_t i = 0; !view.of_one_company() && i < benchmark.size(); ++i) {
    if (benchmark.Text(i, "group") != "all" || benchmark.Text(i, "metric") != "coverage") continue;
    if (benchmark.Number(i, "companies") < 2 || benchmark.IsNull(i, "mean")) continue;
    const Estimate mean = benchmark.Interval(i, "mean");
    AppendStat("Mean of the companies", PercentText(mean.value),
               Concat({PercentText(mean.lower), " to ", PercentText(mean.upper), " (95 %), of ",
                       CountText(benchmark.Number(i, "companies"))}),
               &to);
  }
  AppendPairStat(view, "brand", "demand", "Brand and demand in common", "brand_demand_overlap", &to);
  AppendPairStat(view, "target_marketing", "target_sales", "Target lists in common", "target_overlap", &to);
  AppendHandoffStats(view, &to);
  if (to.size() == empty) return {};
  return std::move(to).Finish();
}

std::string ThreeCirclesMarkup(const StudyView& view) {
  const StudyRows rows = view.Rows("funnels");
  const double people = rows.Number(0, "people");
  // One circle alone covers no other.
  if (!(people > 0) || rows.Number(0, "n_sales") == people || rows.Number(0, "n_demand") == people) return {};
  struct Stat {
    const char *label, *share, *of;
  };
  constexpr Stat kStats[] = {{"In one of the three circles only", "in_one_share", "people"},
                             {"In two of them", "in_two_share", "people"},
                             {"In all three", "in_three_share", "people"},
                             {"Sales' people who are demand's", "sales_in_demand_share", "n_sales"},
                             {"Sales' people who are brand's", "sales_in_brand_share", "n_sales"},
                             {"Demand's people who are brand's", "demand_in_brand_share", "n_demand"}};
  Markup to;
  to.Raw("\n").Open("div").Attribute("class", "card").Element("h3", "How far each circle covers the next");
  to.Open("dl").Attribute("class", "stats");
  for (const Stat& stat : kStats) {
    if (rows.IsNull(0, stat.share)) continue;
    AppendStat(stat.label, PercentText(rows.Number(0, stat.share)), "of " + CountText(rows.Number(0, stat.of)), &to);
  }
  return std::move(to).Finish();
}

}  // namespace vesica
