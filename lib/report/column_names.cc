#include "report/column_names.h"

#include <algorithm>
#include <array>
#include <iterator>

#include "report/markup.h"

namespace vesica {
namespace {

struct Known {
  std::string_view name, heading;
  FigureKind kind = FigureKind::kPlain;
};

using enum FigureKind;

// By name.
constexpr Known kColumns[] = {
    {"a", "Circle A"},
    {"accepted_share", "Accepted, share", kShare},
    {"accounts", "Accounts"},
    {"at_least", "At least … people"},
    {"b", "Circle B"},
    {"both", "By both"},
    {"brand_demand_coefficient", "Brand and demand in common", kShare},
    {"bucket", "Time"},
    {"caveat", "What is unclear", kLongText},
    {"chance_gain", "Gain by chance", kNumber},
    {"change", "Change, points", kPoints},
    {"cohort", "Month of the first stage"},
    {"companies", "Companies"},
    {"contacts", "Contacts"},
    {"conversion", "Of the stage before", kShare},
    {"corrected", "Corrected for an empty cell"},
    {"coverage", "Reached by marketing", kShare},
    {"coverage_after", "Reached after it", kShare},
    {"coverage_before", "Reached before it", kShare},
    {"covered_share", "Covered, share", kShare},
    {"cumulative", "Of the first stage", kShare},
    {"definition", "Definition", kLongText},
    {"demand_in_brand", "Demand's people who are brand's"},
    {"demand_in_brand_share", "Demand's people who are brand's, share", kShare},
    {"design_error", "Design error", kShare},
    {"dice", "Dice", kShare},
    {"dimension", "Dimension"},
    {"dimension_2", "Second dimension"},
    {"dimensions", "Dimensions"},
    {"disqualified_untouched", "Disqualified untouched"},
    {"due", "Due"},
    {"expected_max", "Expected, most"},
    {"expected_min", "Expected, least"},
    {"figure", "Figure", kShare},
    {"from_first", "Who were in the first stage"},
    {"from_previous", "Who came from the stage before"},
    {"handed_off", "Handed to sales"},
    {"ignored_share", "Ignored, share", kShare},
    {"in_both_share", "In both, share", kShare},
    {"in_market_share", "People in the market, share", kShare},
    {"in_one", "In one circle only"},
    {"in_one_share", "In one only, share", kShare},
    {"in_three", "In all three"},
    {"in_three_share", "In all three, share", kShare},
    {"in_two", "In two"},
    {"in_two_share", "In two, share", kShare},
    {"index", "Sales' share over marketing's", kRatio},
    {"jaccard", "Jaccard", kShare},
    {"known", "People known"},
    {"marketing_share", "Share of marketing's people", kShare},
    {"mean", "Mean", kShare},
    {"median", "Median", kShare},
    {"median_days", "Median days", kNumber},
    {"median_hours", "Median hours to contact", kNumber},
    {"method", "Method"},
    {"mh_risk_ratio", "Risk ratio, pooled over strata", kRatio},
    {"missed_share", "Missed, share", kShare},
    {"mix", "Shown before the contact"},
    {"n_a", "People in A"},
    {"n_b", "People in B"},
    {"n_both", "People in both"},
    {"n_brand", "Brand's people"},
    {"n_brand_demand", "Brand's and demand's"},
    {"n_covered", "Sales' people reached after it"},
    {"n_demand", "Demand's people"},
    {"n_disqualified", "Disqualified in all"},
    {"n_first", "In the first stage"},
    {"n_known", "People known"},
    {"n_market", "People in the market"},
    {"n_marketing", "Marketing's people"},
    {"n_marketing_after", "Marketing's people after it"},
    {"n_missed", "Missed by marketing"},
    {"n_outside", "Reached outside the market"},
    {"n_previous", "In the stage before"},
    {"n_reached", "People reached"},
    {"n_reached_in_market", "Reached in the market"},
    {"n_sales", "Sales' people"},
    {"n_union", "People in either"},
    {"not_due", "Not due yet"},
    {"outside_share", "Outside the market, share", kShare},
    {"overlap_coefficient", "Of the smaller circle", kShare},
    {"p10", "10 % are below", kShare},
    {"p25", "25 % are below", kShare},
    {"p25_days", "Faster quarter, days", kNumber},
    {"p75", "75 % are below", kShare},
    {"p75_days", "Slower quarter, days", kNumber},
    {"p90", "90 % are below", kShare},
    {"people_added", "People to add"},
    {"percentile", "Companies below it, share", kShare},
    {"pooled", "All people pooled", kShare},
    {"primed_amount", "Worth of primed deals"},
    {"primed_amount_share", "Worth of primed deals, share", kShare},
    {"primed_lost", "Primed, lost"},
    {"primed_share", "Won deals that were primed, share", kShare},
    {"primed_won", "Primed, won"},
    {"rate", "Response rate", kShare},
    {"reach_shortfall", "People in B missed by A"},
    {"risk_difference", "Difference to never, points", kPoints},
    {"risk_ratio", "Risk ratio to never", kRatio},
    {"sales_gained", "Sales' people gained"},
    {"sales_in_both", "Sales' people who are both's"},
    {"sales_in_both_share", "Sales' people who are both's, share", kShare},
    {"sales_in_brand", "Sales' people who are brand's"},
    {"sales_in_brand_share", "Sales' people who are brand's, share", kShare},
    {"sales_in_demand", "Sales' people who are demand's"},
    {"sales_in_demand_share", "Sales' people who are demand's, share", kShare},
    {"sales_share", "Share of sales' people", kShare},
    {"sd", "Standard deviation", kShare},
    {"share", "Share", kShare},
    {"share_of_a", "Share of A", kShare},
    {"share_of_b", "Share of B", kShare},
    {"share_of_market_reached", "Of the market, reached", kShare},
    {"share_of_reached_in_market", "Of those reached, in the market", kShare},
    {"shared_accounts", "Accounts both teams reach"},
    {"shared_share_of_sales", "Of sales' accounts, shared", kShare},
    {"size_ratio", "Size ratio", kRatio},
    {"size_shortfall", "People A lacks to the target"},
    {"source", "Source", kLongText},
    {"target_ratio", "Target ratio", kRatio},
    {"undefined", "Without one"},
    {"unused_share", "Unused, share", kShare},
    {"used_by_sales_share", "Used by sales, share", kShare},
    {"value_2", "Second value"},
    {"warning", "Warning", kLongText},
    {"win_rate_not", "Won of those not primed", kShare},
    {"win_rate_primed", "Won of those primed", kShare},
    {"within_sla", "Contacted in time"},
    {"within_sla_share", "Contacted in time, share", kShare},
    {"year", "Year", kYear},
};

static_assert(std::is_sorted(std::begin(kColumns), std::end(kColumns),
                             [](const Known& a, const Known& b) { return a.name < b.name; }));

struct Named {
  std::string_view value, text;
};

constexpr Named kCircles[] = {{"marketing", "Marketing"},
                              {"sales", "Sales"},
                              {"brand", "Brand"},
                              {"demand", "Demand"},
                              {"target_marketing", "Marketing's target list"},
                              {"target_sales", "Sales' target list"}};
constexpr Named kMixes[] = {{"none", "Nothing"},
                            {"brand", "Brand"},
                            {"demand", "Demand"},
                            {"both", "Brand and demand"},
                            {"marketing", "Other marketing"},
                            {"interaction", "Interaction of both"}};
constexpr Named kMetrics[] = {{"coverage", "Sales' people reached by marketing"},
                              {"brand_demand_coefficient", "Brand and demand in common"},
                              {"brand_demand_overlap", "Brand and demand in common"},
                              {"target_overlap", "Target lists in common"},
                              {"size_ratio", "Marketing's size over sales'"}};

std::string Find(const auto& names, std::string_view value) {
  const auto found = std::find_if(std::begin(names), std::end(names), [&](const Named& n) { return n.value == value; });
  return std::string(found == std::end(names) ? value : found->text);
}

std::string WithSpaces(std::string_view name, bool capital) {
  std::string text(name);
  std::replace(text.begin(), text.end(), '_', ' ');
  if (capital && !text.empty() && text[0] >= 'a' && text[0] <= 'z') text[0] = static_cast<char>(text[0] - 'a' + 'A');
  return text;
}

// "7d" as {"7", "days"}.
struct Duration {
  std::string_view number, unit;
};
Duration DurationOf(std::string_view text) {
  if (text.empty()) return {};
  const std::string_view number = text.substr(0, text.size() - 1);
  switch (text.back()) {
    case 'd':
      return {number, number == "1" ? "day" : "days"};
    case 'h':
      return {number, number == "1" ? "hour" : "hours"};
    case 'm':
      return {number, "min"};
    default:
      return {number, "s"};
  }
}

}  // namespace

ColumnName NameOf(std::string_view column) {
  const auto* const found =
      std::lower_bound(std::begin(kColumns), std::end(kColumns), column,
                       [](const Known& known, std::string_view name) { return known.name < name; });
  if (found != std::end(kColumns) && found->name == column) return {std::string(found->heading), found->kind};
  return {WithSpaces(column, /*capital=*/true), kPlain};
}

std::string ValueText(std::string_view column, std::string_view value) {
  if (column == "a" || column == "b" || column == "team") return Find(kCircles, value);
  if (column == "mix") return Find(kMixes, value);
  if (column == "metric") return Find(kMetrics, value);
  if (column == "bucket") return BucketText(value);
  if (column == "group") return value == "all" ? "All companies" : WithSpaces(value, /*capital=*/true);
  return std::string(value);
}

std::string NullText(std::string_view column) {
  constexpr std::array<std::string_view, 6> kOfAll = {"company", "team", "cohort", "source", "table", "group"};
  if (std::find(kOfAll.begin(), kOfAll.end(), column) != kOfAll.end()) return "(all)";
  constexpr std::array<std::string_view, 5> kOfData = {"value", "value_2", "values", "reason", "role"};
  return std::find(kOfData.begin(), kOfData.end(), column) != kOfData.end() ? "(unknown)" : "–";
}

std::string DurationText(std::string_view duration) {
  const Duration parts = DurationOf(duration);
  return Concat({parts.number, " ", parts.unit});
}

std::string BucketText(std::string_view bucket) {
  if (bucket == "never") return "Never";
  if (bucket == "later") return "Later";
  const size_t comma = bucket.find(',');
  if (bucket.size() < 5 || comma == std::string_view::npos) return std::string(bucket);
  const std::string_view from = bucket.substr(1, comma - 1), to = bucket.substr(comma + 1, bucket.size() - comma - 2);
  const Duration low = DurationOf(from), high = DurationOf(to);
  if (to == "inf") return Concat({"Over ", low.number, " ", low.unit});
  if (from == "0" || low.number == "0") return Concat({"Up to ", high.number, " ", high.unit});
  if (low.unit == high.unit || (low.number == "1" && low.unit.substr(0, 3) == high.unit.substr(0, 3))) {
    return Concat({low.number, " to ", high.number, " ", high.unit});
  }
  return Concat({low.number, " ", low.unit, " to ", high.number, " ", high.unit});
}

}  // namespace vesica
