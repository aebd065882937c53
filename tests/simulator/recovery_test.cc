// The planted figures, found again in the tables of a study within their sampling error. Seeds are fixed: a figure that
// strays is a fault of the simulator or of the study, not bad luck. 4.5 standard deviations are passed by chance once
// in 150,000 figures.
#include <array>
#include <cmath>
#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "tests/simulator/simulated_study.h"

namespace vesica {
namespace {

using namespace vesica_simulator;  // NOLINT(google-build-using-namespace): what is planted, and its names

constexpr double kDeviations = 4.5;

// A plan of fewer and livelier companies: what is rare by default is frequent, and what companies are differs.
Plan LivelyPlan() {
  Plan plan;
  plan.seed = 5;
  plan.companies = 60;
  plan.days = 500;
  plan.coverage = 0.40;
  plan.company_regions = {{"Testland", 0.7, 0.34}, {"", 0.3, 0.54}};
  plan.company_industries = {{"testing", 1, 0.40}};
  plan.currencies = {"USD", "JPY"};
  plan.currency_of_region = {1, 0};
  plan.size_ratio = 6;
  plan.worked_accounts = 0.30;
  plan.sales_leads = 0.95;
  plan.contacted = 0.50;
  plan.dropped_untouched = 0.15;
  plan.conversions = {1, 0.90, 0.85, 0.90, 0.90, 0.80, 0};
  plan.skips = 0.30;
  plan.returns = 0.40;
  plan.win_rate_primed = 0.60;
  plan.win_rate_not = 0.30;
  plan.primed_amount = 1.50;
  plan.unasked_responses = 0.10;
  plan.people_per_asset = 15;
  return plan;
}

const SimulatedStudy& LivelyStudy() {
  static const auto* study = new SimulatedStudy(LivelyPlan());
  return *study;
}

class Recovery : public testing::TestWithParam<const SimulatedStudy& (*)()> {
 protected:
  static const SimulatedStudy& study() { return GetParam()(); }
  static const Plan& plan() { return study().plan(); }
};

INSTANTIATE_TEST_SUITE_P(Plans, Recovery, testing::Values(&TheStudy, &LivelyStudy),
                         [](const auto& info) { return std::string(info.index == 0 ? "Usual" : "Lively"); });

// `count` of `of` are drawn with that probability each. What is drawn by accounts of several people strays further:
// `cluster` is how many people share one draw.
void ExpectShare(uint64_t count, uint64_t of, double probability, const std::string& what, double cluster = 1) {
  ASSERT_GT(of, 0u) << what;
  const double n = static_cast<double>(of);
  EXPECT_NEAR(static_cast<double>(count) / n, probability,
              kDeviations * std::sqrt(probability * (1 - probability) * cluster / n) + 0.5 / n)
      << what << ": " << count << " of " << of;
}

// Of the sum of two uniform numbers up to the median each.
void ExpectQuartiles(const Cells& row, double median, uint64_t count, const std::string& what) {
  const double error = kDeviations * median / std::sqrt(static_cast<double>(count));
  EXPECT_NEAR(row.Number("median_days"), median, error / 2) << what;
  EXPECT_NEAR(row.Number("p25_days"), median * std::sqrt(0.5), error * 0.62) << what;
  EXPECT_NEAR(row.Number("p75_days"), median * (2 - std::sqrt(0.5)), error * 0.62) << what;
}

TEST_P(Recovery, SizesAndOverlapsOfCircles) {
  const Cells circles = study().Row("circles", {{"a", "marketing"}, {"b", "sales"}});
  const uint64_t people = study().Row("market", {{"team", "sales"}}).Count("n_known");
  const uint64_t sales = circles.Count("n_b"), marketing = circles.Count("n_a");
  const double sales_share = SharesOf(plan()).sales;
  constexpr double kAccount = 8, kContactedOfWorked = 3.1;  // people
  ExpectShare(sales, people, sales_share, "sales", kContactedOfWorked + 1);
  ExpectShare(marketing, people, plan().size_ratio * sales_share, "marketing", kAccount);
  double expected = 0;  // of sales' people: reached by marketing
  for (const CompanyCounts& company : study().simulator.companies()) {
    expected += company.company.coverage * static_cast<double>(company.sales);
  }
  ExpectShare(circles.Count("n_both"), sales, expected / static_cast<double>(sales), "coverage", 2);

  const auto& kinds = plan().marketing_kinds;
  const Cells brand_demand = study().Row("circles", {{"a", "brand"}, {"b", "demand"}});
  ExpectShare(brand_demand.Count("n_a"), marketing, kinds[0] + kinds[2], "brand");
  ExpectShare(brand_demand.Count("n_b"), marketing, kinds[1] + kinds[2], "demand");
  ExpectShare(brand_demand.Count("n_both"), brand_demand.Count("n_b"), kinds[2] / (kinds[1] + kinds[2]), "both");
  const uint64_t covered = circles.Count("n_both");
  const auto& own = plan().sales_kinds;
  ExpectShare(study().Row("circles", {{"a", "brand"}, {"b", "sales"}}).Count("n_both"), covered, own[0] + own[2], "");
  ExpectShare(study().Row("circles", {{"a", "demand"}, {"b", "sales"}}).Count("n_both"), covered, own[1] + own[2], "");

  const Cells targets = study().Row("circles", {{"a", "target_marketing"}, {"b", "target_sales"}});
  const uint64_t listed = targets.Count("n_b");
  ExpectShare(listed, people, sales_share * plan().sales_targets + (1 - sales_share) * plan().other_targets,
              "targets of sales", kContactedOfWorked);
  ExpectShare(targets.Count("n_both"), listed, plan().target_overlap, "targets of both");
  ExpectShare(targets.Count("n_a") - targets.Count("n_both"), people - listed, plan().marketing_targets,
              "targets of marketing");
}

TEST_P(Recovery, MeansOfCompanies) {
  auto expect_mean = [&](const std::string& group, const std::string& value, double coverage) {
    const Cells row = study().Row("benchmark", {{"group", group}, {"value", value}, {"metric", "coverage"}});
    // Of few companies the deviation found may be far too small; it is about half of the mean.
    const double error = std::max(row.Number("sd"), coverage / 2) / std::sqrt(row.Number("companies"));
    EXPECT_GT(row.Count("companies"), 3u);
    EXPECT_NEAR(row.Number("mean"), coverage, kDeviations * error) << group << " " << value;
  };
  expect_mean("all", "-", plan().coverage);
  for (const CompanyGroup& group : plan().company_regions) {
    expect_mean("company_region", group.name.empty() ? "-" : group.name, group.coverage);
  }
  for (const CompanyGroup& group : plan().company_industries) {
    expect_mean("company_industry", group.name, group.coverage);
  }
  // What the simulator says it planted in each company is what it drew from, too.
  double sum = 0, squares = 0;
  for (const CompanyCounts& company : study().simulator.companies()) {
    const double planted = plan().company_regions[company.company.region].coverage *
                           plan().company_industries[company.company.industry].coverage / plan().coverage;
    const double relative = company.company.coverage / planted - 1;
    sum += relative;
    squares += relative * relative;
  }
  const auto n = static_cast<double>(study().simulator.companies().size());
  EXPECT_NEAR(sum / n, 0, kDeviations * plan().coverage_spread / std::sqrt(n));
  EXPECT_NEAR(std::sqrt(squares / n), plan().coverage_spread, kDeviations * plan().coverage_spread / std::sqrt(2 * n));
}

TEST_P(Recovery, Market) {
  const Cells sales = study().Row("market", {{"team", "sales"}}), all = study().Row("market", {{"team", "marketing"}});
  ExpectShare(sales.Count("n_market"), sales.Count("n_known"), plan().in_market, "in the market");
  ExpectShare(sales.Count("n_reached_in_market"), sales.Count("n_reached"), plan().sales_in_market, "of sales");
  const double covered =
      static_cast<double>(study().Row("circles", {{"a", "marketing"}, {"b", "sales"}}).Count("n_both")) /
      static_cast<double>(all.Count("n_reached"));
  ExpectShare(all.Count("n_reached_in_market"), all.Count("n_reached"),
              covered * plan().sales_in_market + (1 - covered) * plan().marketing_in_market, "of marketing");
}

TEST_P(Recovery, GapsAndTitles) {
  double coverage = 0, sales = 0;
  for (const CompanyCounts& company : study().simulator.companies()) {
    const auto shares = SharesOf(plan(), SharesOf(plan()), company.company.coverage);
    coverage += shares.gap_coverage * static_cast<double>(company.sales);
    sales += static_cast<double>(company.sales);
  }
  uint64_t in_gaps = 0, missed = 0;
  for (const Gap& gap : plan().gaps) {
    const Cells row = study().Row(
        "gaps", {{"dimensions", "region, industry"},
                 {"values", plan().regions[gap.region].name + ", " + plan().industries[gap.industry].name}});
    in_gaps += row.Count("n_sales");
    missed += row.Count("n_missed");
    EXPECT_GT(row.Number("index"), 2);
  }
  ExpectShare(missed, in_gaps, 1 - coverage / sales, "missed in gaps");
  ExpectShare(in_gaps, static_cast<uint64_t>(sales), SharesOf(plan()).worked_gaps, "sales' people in gaps", 3.1 + 1);
  for (size_t title = 0; title < plan().titles.size(); ++title) {
    const Cells row = study().Row(
        "segments", {{"dimension", "title"}, {"value", plan().titles[title]}, {"a", "marketing"}, {"b", "sales"}});
    ExpectShare(row.Count("n_b"), PeopleIn(study().realised().segments[3][title], 0),
                plan().contact_rates[title] * plan().worked_accounts, plan().titles[title], 3);
  }
}

TEST_P(Recovery, DimensionsOfPeople) {
  auto expect_shares = [&](const std::string& dimension, const std::vector<Value>& values, size_t gap_of) {
    // Outside the gaps' surplus: marketing reaches others as they are, but in gaps.
    uint64_t people = 0;
    std::vector<uint64_t> of_value;
    for (const Value& value : values) {
      of_value.push_back(
          study()
              .Row("segments", {{"dimension", dimension}, {"value", value.name}, {"a", "brand"}, {"b", "demand"}})
              .Count("n_union"));
    }
    for (size_t i = 0; i < values.size(); ++i) {
      const bool gap = std::any_of(plan().gaps.begin(), plan().gaps.end(), [&](const Gap& one) {
        return gap_of == 0 ? one.region == i : gap_of == 1 && one.industry == i;
      });
      people += gap ? 0 : of_value[i];
    }
    double all = 0;
    for (size_t i = 0; i < values.size(); ++i) {
      const bool gap = std::any_of(plan().gaps.begin(), plan().gaps.end(), [&](const Gap& one) {
        return gap_of == 0 ? one.region == i : gap_of == 1 && one.industry == i;
      });
      all += gap ? 0 : values[i].share;
    }
    for (size_t i = 0; i < values.size(); ++i) {
      const bool gap = std::any_of(plan().gaps.begin(), plan().gaps.end(), [&](const Gap& one) {
        return gap_of == 0 ? one.region == i : gap_of == 1 && one.industry == i;
      });
      if (!gap) ExpectShare(of_value[i], people, values[i].share / all, values[i].name, 8);
    }
  };
  expect_shares("region", plan().regions, 0);
  expect_shares("industry", plan().industries, 1);
  expect_shares("size", plan().sizes, 2);
}

// Responses by what they went by: each cell against the plan, and the tables' margins against the sums of cells.
TEST_P(Recovery, Responses) {
  std::array<Responses, kRecencyBuckets> buckets;
  std::array<Responses, kMixes> mixes;
  for (size_t bucket = 0; bucket < kRecencyBuckets; ++bucket) {
    for (size_t mix = 0; mix < kMixes; ++mix) {
      for (size_t delay = 0; delay <= kDelays; ++delay) {
        const Responses& cell = study().realised().contacts[bucket][mix][delay];
        const double rate = plan().response_rates[bucket] * plan().mix_effects[mix] *
                            (delay == kDelays ? 1 : plan().delay_effects[delay]);
        const auto contacts = static_cast<double>(cell.contacts);
        EXPECT_NEAR(cell.expected, contacts * rate, 1e-6 * (1 + contacts));
        for (Responses* of : {&buckets[bucket], &mixes[mix]}) {
          of->expected += contacts * rate;
          of->variance += contacts * rate * (1 - rate);
        }
      }
    }
  }
  for (size_t bucket = 0; bucket < kRecencyBuckets; ++bucket) {
    const Cells row = study().Row("recency", {{"bucket", kRecencyNames[bucket]}});
    EXPECT_NEAR(row.Number("responses"), buckets[bucket].expected, kDeviations * std::sqrt(buckets[bucket].variance));
  }
  for (size_t mix = 0; mix < kMixes; ++mix) {
    const Cells row = study().Row("mix", {{"mix", kMixNames[mix]}});
    EXPECT_NEAR(row.Number("responses"), mixes[mix].expected, kDeviations * std::sqrt(mixes[mix].variance));
  }
  // The effect of seeing marketing within 30 days, where neither delays nor kinds of exposure weigh in.
  uint64_t seen = 0, seen_responses = 0;
  for (size_t mix : {1u, 2u, 3u, 4u}) {
    for (size_t bucket : {0u, 1u}) {
      seen += study().realised().contacts[bucket][mix][kDelays].contacts;
      seen_responses += study().realised().contacts[bucket][mix][kDelays].responses;
    }
  }
  ExpectShare(seen_responses, seen, plan().response_rates[0], "published: 56 % more", 1.2);
}

TEST_P(Recovery, BuyingGroups) {
  // Of an account that sales works on, the chance of each number of people contacted.
  std::array<double, Realised::kAtLeast.size()> expected = {};
  for (size_t members = kFewestMembers; members <= kMostMembers; ++members) {
    std::vector<double> chance = {1};
    for (uint32_t seat = 0; seat < members; ++seat) {
      const double rate = plan().contact_rates[TitleOf(plan(), seat)];
      chance.push_back(0);
      for (size_t k = chance.size() - 1; k > 0; --k) chance[k] = chance[k] * (1 - rate) + chance[k - 1] * rate;
      chance[0] *= 1 - rate;
    }
    for (size_t i = 0; i < expected.size(); ++i) {
      for (size_t k = Realised::kAtLeast[i]; k <= members; ++k) {
        expected[i] += plan().worked_accounts * chance[k] / (kMostMembers - kFewestMembers + 1);
      }
    }
  }
  for (size_t i = 0; i < expected.size(); ++i) {
    const Cells row = study().Row("buying_groups", {{"at_least", std::to_string(Realised::kAtLeast[i])}});
    ExpectShare(row.Count("sales_accounts"), row.Count("accounts"), expected[i], "accounts of sales");
  }
}

// Cohorts old enough that nothing of them is still to come.
TEST_P(Recovery, ConversionsAndTimes) {
  const double accepted = plan().contacted * plan().conversions[kSal];
  const std::array<double, kStages> conversions = {1,
                                                   plan().conversions[kLead],
                                                   plan().conversions[kMql],
                                                   accepted * (1 - plan().skips),
                                                   plan().conversions[kSql],
                                                   plan().conversions[kOpportunity],
                                                   0};
  size_t cohorts = 0;
  std::array<uint64_t, kStages> entered = {}, from_previous = {};
  for (const char* cohort : {"2024-01", "2024-02", "2024-03", "2024-04", "2024-05", "2024-06"}) {
    ++cohorts;
    for (size_t stage = 0; stage < kStages; ++stage) {
      const Cells row = study().Row("funnel", {{"cohort", cohort}, {"stage", kStageNames[stage]}});
      entered[stage] += row.Count("entered");
      from_previous[stage] += row.Count("from_previous");
      if (stage > 0 && row.Count("from_previous") > 50) {
        ExpectQuartiles(row, plan().median_days[stage], row.Count("from_previous"),
                        std::string(cohort) + kStageNames[stage]);
      }
    }
  }
  EXPECT_EQ(cohorts, 6u);
  for (size_t stage = 1; stage < kSql; ++stage) {
    ExpectShare(from_previous[stage], entered[stage - 1], conversions[stage], kStageNames[stage]);
  }
  ExpectShare(from_previous[kSql], entered[kSal], conversions[kSql], "SQL");
  ExpectShare(entered[kSql] - from_previous[kSql], entered[kMql], accepted * plan().skips, "skipped SAL");
  ExpectShare(from_previous[kOpportunity], entered[kSql], conversions[kOpportunity], "Opportunity");
  const Cells mql = study().Row("funnel", {{"cohort", "-"}, {"stage", "MQL"}});
  const Cells sql = study().Row("funnel", {{"cohort", "-"}, {"stage", "SQL"}});
  ExpectShare(mql.Count("returned"), sql.Count("entered"), plan().returns, "returned");
  for (uint8_t stage : {kLead, kMql}) {
    const Cells row = study().Row("funnel", {{"cohort", "-"}, {"stage", kStageNames[stage]}});
    ExpectQuartiles(row, plan().median_days[stage], row.Count("from_previous"), kStageNames[stage]);
  }
}

TEST_P(Recovery, HandoffAndDelay) {
  const Cells all = study().Row("handoff", {{"all_sources", "true"}});
  const uint64_t due = all.Count("due");
  ExpectShare(all.Count("contacted"), due, plan().contacted, "contacted");
  ExpectShare(all.Count("disqualified_untouched"), due, plan().dropped_untouched, "dropped");
  ExpectShare(all.Count("ignored"), due, 1 - plan().contacted - plan().dropped_untouched, "ignored");
  ExpectShare(all.Count("accepted"), due, plan().contacted * plan().conversions[kSal], "accepted");
  double within_sla = 0;
  for (size_t delay = 0; delay + 1 < kDelays; ++delay) within_sla += plan().delays[delay];
  ExpectShare(all.Count("within_sla"), due, plan().contacted * within_sla, "within SLA");
  for (const Value& source : plan().sources) {
    const Cells row = study().Row("handoff", {{"all_sources", "false"}, {"source", source.name}});
    ExpectShare(row.Count("handed_off"), all.Count("handed_off"), source.share, source.name);
  }
  uint64_t unasked = 0;
  for (size_t delay = 0; delay <= kDelays; ++delay) {
    const Cells row = study().Row("response_delay", {{"bucket", kDelayNames[delay]}});
    if (delay < kDelays) {
      ExpectShare(row.Count("leads"), all.Count("contacted"), plan().delays[delay], kDelayNames[delay]);
    } else {
      unasked = row.Count("responses");
      ExpectShare(unasked, row.Count("leads"), plan().unasked_responses, "unasked");
    }
  }
  // The first contact of a lead answers the sooner the better: the order of the planted effects.
  EXPECT_GT(study().Row("response_delay", {{"bucket", kDelayNames[0]}}).Number("rate"),
            study().Row("response_delay", {{"bucket", kDelayNames[4]}}).Number("rate"));
  // Median of the delays: the fourth of the buckets holds it, from the shares before it on.
  const double before = plan().delays[0] + plan().delays[1] + plan().delays[2];
  const double median = 1 + 23 * (0.5 - before) / plan().delays[3];
  const double error = 23 / plan().delays[3] * 0.5 / std::sqrt(all.Number("contacted"));
  EXPECT_NEAR(all.Number("median_hours"), median, kDeviations * error);
}

TEST_P(Recovery, Reasons) {
  uint64_t people = 0, recycled = 0;
  for (size_t source = 0; source < plan().sources.size(); ++source) {
    for (size_t reason = 0; reason < plan().reasons.size(); ++reason) {
      const Cells row = study().Row("reasons", {{"all_sources", "false"},
                                                {"source", plan().sources[source].name},
                                                {"dimension", "-"},
                                                {"reason", reason == 0 ? "-" : plan().reasons[reason]}});
      ExpectShare(row.Count("people"), row.Count("n_disqualified"), plan().reasons_of_source[source][reason],
                  plan().reasons[reason]);
      people += row.Count("people");
      recycled += row.Count("recycled");
    }
  }
  // Some come back only after the last second: at most 40 days of a year are lost.
  EXPECT_LT(static_cast<double>(recycled), static_cast<double>(people) * plan().recycled * 1.1);
  EXPECT_GT(static_cast<double>(recycled), static_cast<double>(people) * plan().recycled * 0.7);
}

TEST_P(Recovery, Content) {
  uint64_t made = 0, used = 0, by_sales = 0;
  for (const char* team : kTeamNames) made += study().Row("content", {{"team", team}}).Count("made");
  for (size_t team = 0; team < kTeamNames.size(); ++team) {
    const Cells row = study().Row("content", {{"team", kTeamNames[team]}});
    ExpectShare(row.Count("made"), made, plan().asset_teams[team], kTeamNames[team]);
    used += row.Count("used");
    by_sales += row.Count("used_by_sales");
  }
  ExpectShare(used, made, plan().assets_used, "used");
  ExpectShare(by_sales, used, plan().assets_used_by_sales, "by sales");
}

TEST_P(Recovery, Revenue) {
  uint64_t primed = 0, primed_won = 0, closed = 0, won = 0;
  double primed_amount = 0, amount = 0;
  for (const std::string& currency : plan().currencies) {
    const Cells row = study().Row("revenue", {{"currency", currency}});
    primed += row.Count("primed_won") + row.Count("primed_lost");
    primed_won += row.Count("primed_won");
    closed += row.Count("won") + row.Count("lost");
    won += row.Count("won");
    primed_amount += row.Number("primed_amount") / 1e4;
    amount += row.Number("won_amount") / 1e4;
  }
  ExpectShare(primed_won, primed, plan().win_rate_primed, "primed");
  ExpectShare(won - primed_won, closed - primed, plan().win_rate_not, "not primed");
  const double deviation = plan().mean_amount / std::sqrt(12.0);
  EXPECT_NEAR(primed_amount / static_cast<double>(primed_won), plan().primed_amount * plan().mean_amount,
              kDeviations * plan().primed_amount * deviation / std::sqrt(static_cast<double>(primed_won)));
  EXPECT_NEAR((amount - primed_amount) / static_cast<double>(won - primed_won), plan().mean_amount,
              kDeviations * deviation / std::sqrt(static_cast<double>(won - primed_won)));
}

// Whoever has k exposures is in a month's circle unless all of them are in others.
TEST_P(Recovery, Trend) {
  const auto& kinds = plan().marketing_kinds;
  std::array<double, 4> counts = plan().exposures;  // of 1 to 4: people of both kinds have 2 at least
  counts[0] -= kinds[2] * plan().exposures[0];
  counts[1] += kinds[2] * plan().exposures[0];
  const uint64_t people = study().Row("circles", {{"a", "marketing"}, {"b", "sales"}}).Count("n_a");
  const std::array<uint32_t, 13> starts = {0, 31, 60, 91, 121, 152, 182, 213, 244, 274, 305, 335, 366};  // of 2024
  auto share_before = [&](uint32_t day) {
    const double x = std::min(1.0, day / static_cast<double>(plan().days));
    return (1 - plan().growth) * x + plan().growth * x * x;
  };
  for (size_t month = 0; month < 12; ++month) {
    const double share = share_before(starts[month + 1]) - share_before(starts[month]);
    double reached = 0;
    for (size_t k = 0; k < counts.size(); ++k)
      reached += counts[k] * (1 - std::pow(1 - share, static_cast<double>(k + 1)));
    const std::string period = "2024-" + std::string(month < 9 ? "0" : "") + std::to_string(month + 1);
    ExpectShare(study().Row("trend", {{"period", period}}).Count("n_marketing"), people, reached, period);
  }
}

}  // namespace
}  // namespace vesica
