#include "report/figures/figures.h"

#include <algorithm>
#include <array>
#include <utility>

namespace vesica {
namespace {

StudyRows MarketingAndSales(const StudyRows& all) {
  return all.Where([&](size_t i) { return all.Text(i, "a") == "marketing" && all.Text(i, "b") == "sales"; });
}

StudyRows SingleSegments(const StudyRows& all) {
  return MarketingAndSales(all.Where([&](size_t i) { return all.IsNull(i, "dimension_2"); }));
}

StudyRows PairsOfSegments(const StudyRows& all) {
  return MarketingAndSales(all.Where([&](size_t i) { return !all.IsNull(i, "dimension_2"); }));
}

StudyRows FirstAttribution(const StudyRows& all) { return all.Where("attribution", "first"); }

TableLook IdealLook() {
  return {.columns = {"n_b", "target_ratio", "n_a", "size_shortfall", "n_both", "reach_shortfall"}};
}
TableLook CirclesLook() { return {.columns = {"a", "b", "n_a", "n_b", "n_both"}}; }

TableLook HandoffLook() {
  return {.columns = {"source", "handed_off", "not_due", "due", "contacted", "within_sla", "within_sla_share",
                      "median_hours", "accepted", "accepted_share", "disqualified_untouched", "ignored",
                      "ignored_share"}};
}

TableLook SegmentLook() {
  return {.columns = {"dimension", "value", "dimension_2", "value_2", "n_b", "n_both", "share_of_b", "reach_shortfall",
                      "n_a", "size_ratio", "size_shortfall"}};
}

const std::vector<FigureMaker>& Makers() {
  static const auto* makers = new std::vector<FigureMaker>{
      {{"circles", "Areas are as many people as they stand for; what the circles share is in both."},
       CirclesOfStudy,
       "circles",
       nullptr,
       CirclesLook()},
      {{"ideal", "The target in the same way: marketing's circle holds all of sales'."},
       IdealCircles,
       "circles",
       MarketingAndSales,
       IdealLook()},
      {{"reached",
        "The same as lengths, which are read more truly than areas; and, where teams are told apart, who reached "
        "them."},
       ReachedFigure,
       "circles",
       nullptr,
       {}},
      {{"regions", "How many people are in exactly which of the circles of brand, demand and sales."},
       RegionsFigure,
       "regions",
       nullptr,
       {}},
      {{"benchmark",
        "One's own share, how the study's companies are spread, and what others published, each on one scale. What the "
        "published figures are shares of is not always said: their caveats are in the table."},
       BenchmarkFigure,
       "published",
       nullptr,
       {}},
      {{"segments", "Share of each segment's sales people whom marketing reaches, and of how many."},
       SegmentsFigure,
       "segments",
       SingleSegments,
       SegmentLook()},
      {{"segment_pairs", "The same where two dimensions meet."},
       SegmentPairsFigure,
       "segments",
       PairsOfSegments,
       SegmentLook()},
      {{"gaps", "Segments with most of sales' people whom marketing misses."}, GapsFigure, "gaps", nullptr, {}},
      {{"reach", "What if marketing added segments, each time the one that newly reaches most of sales' people?"},
       ReachFigure,
       "reach",
       nullptr,
       {}},
      {{"recency",
        "Share of sales' contacts answered, by the time since marketing last reached the person, with 95 % intervals. "
        "It "
        "compares; it does not prove cause."},
       RecencyFigure,
       "recency",
       nullptr,
       {}},
      {{"mix",
        "Share of sales' contacts answered, by what marketing had shown the person, with 95 % intervals. It compares; "
        "it "
        "does not prove cause."},
       MixFigure,
       "mix",
       nullptr,
       {}},
      {{"funnel",
        "How many people entered each stage, how many of the stage before went on, and in how many days (median)."},
       FunnelFigure,
       "funnel",
       [](const StudyRows& all) { return all.Where([&](size_t i) { return all.IsNull(i, "cohort"); }); },
       {}},
      {{"flows", "Ribbons are as wide as there are people: from the first touch, by stages, to the outcome."},
       FlowsFigure,
       "flows",
       FirstAttribution,
       {}},
      {{"handoff", "Of those due: contacted by sales in time or later, disqualified untouched, or ignored."},
       HandoffFigure,
       "handoff",
       nullptr,
       HandoffLook()},
      {{"response_delay",
        "Share who responded, by how long sales took to make contact, with 95 % intervals. It compares; it does not "
        "prove "
        "cause."},
       ResponseDelayFigure,
       "response_delay",
       nullptr,
       {}},
      {{"buying_groups", "Accounts of which marketing, sales, or both reach at least so many people."},
       BuyingGroupsFigure,
       "buying_groups",
       nullptr,
       {}},
      {{"trend", "The circles of each period's events alone: smaller than those of the whole time."},
       TrendFigure,
       "trend",
       nullptr,
       {}},
      {{"market", "How much of the market each team reaches, and how much of its reach is in the market."},
       MarketFigure,
       "market",
       nullptr,
       {}},
  };
  return *makers;
}

}  // namespace

std::span<const FigureMaker> FigureMakers() { return Makers(); }

const FigureMaker* FindFigureMaker(std::string_view name) {
  const auto& makers = Makers();
  const auto found =
      std::find_if(makers.begin(), makers.end(), [&](const FigureMaker& maker) { return name == maker.figure.name; });
  return found == makers.end() ? nullptr : &*found;
}

Figure NewFigure(std::string_view name, std::string title, std::string description) {
  Figure figure;
  figure.name = name;
  figure.title = std::move(title);
  figure.description = std::move(description);
  return figure;
}

Figure DrawnFigure(std::string_view name, std::string title, std::string description, double width, double height,
                   Drawing drawing) {
  Figure figure = NewFigure(name, std::move(title), std::move(description));
  figure.width = width;
  figure.height = height;
  figure.body = std::move(drawing).Finish();
  return figure;
}

std::span<const StudyFigure> StudyFigures() {
  static const auto* figures = [] {
    std::vector<StudyFigure> all;
    for (const FigureMaker& maker : Makers()) all.push_back(maker.figure);
    return new std::vector<StudyFigure>(std::move(all));
  }();
  return *figures;
}

absl::StatusOr<Table> FiguresTable() {
  TableBuilder to("figures", {{"figure", ColumnType::kText}, {"description", ColumnType::kText}},
                  "Every picture of a study");
  for (const StudyFigure& figure : StudyFigures()) to.Row().Text(figure.name).Text(figure.description);
  return std::move(to).Finish();
}

}  // namespace vesica
