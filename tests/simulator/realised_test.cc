// What the simulator counted while it drew is what a study of its events counts: every count of every table.
#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "tests/simulator/simulated_study.h"

namespace vesica {
namespace {

using namespace vesica_simulator;  // NOLINT(google-build-using-namespace): what is planted, and its names

const SimulatedStudy& study() { return TheStudy(); }
const Realised& realised() { return study().realised(); }

constexpr uint64_t kFixedPoint = 10'000;  // amounts of tables are in 1e-4

std::string Text(bool value) { return value ? "true" : "false"; }

TEST(Realised, RowsAndPeople) {
  uint64_t rows = 0, people = 0;
  for (const CompanyCounts& company : study().simulator.companies()) {
    rows += company.rows;
    people += company.people;
  }
  EXPECT_EQ(rows, realised().rows);
  EXPECT_GT(rows, 200'000u);
  EXPECT_EQ(study().Row("market", {{"team", "sales"}}).Count("n_known"), people);
  EXPECT_EQ(study().simulator.progress(), 1);
}

TEST(Realised, Circles) {
  const std::map<std::string, uint8_t> circles = {{"marketing", kInMarketing},
                                                  {"brand", kInBrand},
                                                  {"demand", kInDemand},
                                                  {"sales", kInSales},
                                                  {"target_marketing", kInMarketingTargets},
                                                  {"target_sales", kInSalesTargets}};
  const std::vector<Cells> rows = study().Where("circles", {});
  EXPECT_EQ(rows.size(), 6u);
  for (const Cells& row : rows) {
    const uint8_t a = circles.at(row["a"]), b = circles.at(row["b"]);
    EXPECT_EQ(row.Count("n_a"), PeopleIn(realised().circles, a));
    EXPECT_EQ(row.Count("n_b"), PeopleIn(realised().circles, b));
    EXPECT_EQ(row.Count("n_both"), PeopleIn(realised().circles, a, b));
  }
}

TEST(Realised, RegionsAndFunnels) {
  uint64_t in_exactly[4] = {};
  for (uint32_t region = 1; region < 8; ++region) {
    uint64_t people = 0;
    for (size_t set = 0; set < kCircleSets; ++set) {
      const uint32_t own = ((set & kInBrand) != 0) | ((set & kInDemand) != 0) << 1 | ((set & kInSales) != 0) << 2;
      if (own == region) people += realised().circles[set];
    }
    in_exactly[__builtin_popcount(region)] += people;
    const std::map<std::string, std::string> cells = {
        {"brand", Text(region & 1)}, {"demand", Text(region & 2)}, {"sales", Text(region & 4)}};
    EXPECT_EQ(study().Row("regions", cells).Count("people"), people) << region;
  }
  const Cells funnels = study().Row("funnels");
  EXPECT_EQ(funnels.Count("in_one"), in_exactly[1]);
  EXPECT_EQ(funnels.Count("in_two"), in_exactly[2]);
  EXPECT_EQ(funnels.Count("in_three"), in_exactly[3]);
  EXPECT_EQ(funnels.Count("demand_in_brand"), PeopleIn(realised().circles, kInDemand, kInBrand));
}

TEST(Realised, SegmentsGapsAndReach) {
  const Plan& plan = study().plan();
  const std::vector<std::string> dimensions = {"region", "industry", "size", "title"};
  uint64_t most_missed = 0;
  for (size_t k = 0; k < dimensions.size(); ++k) {
    for (size_t i = 0; i < realised().segments[k].size(); ++i) {
      const CircleCounts& counts = realised().segments[k][i];
      const std::vector<std::string> names = {
          plan.regions[i % plan.regions.size()].name, plan.industries[i % plan.industries.size()].name,
          plan.sizes[i % plan.sizes.size()].name, plan.titles[i % plan.titles.size()]};
      const Cells row = study().Row(
          "segments", {{"dimension", dimensions[k]}, {"value", names[k]}, {"a", "marketing"}, {"b", "sales"}});
      EXPECT_EQ(row.Count("n_a"), PeopleIn(counts, kInMarketing));
      EXPECT_EQ(row.Count("n_b"), PeopleIn(counts, kInSales));
      EXPECT_EQ(row.Count("n_both"), PeopleIn(counts, kInMarketing, kInSales));
      const uint64_t missed = PeopleIn(counts, kInSales) - PeopleIn(counts, kInMarketing, kInSales);
      EXPECT_EQ(study().Row("gaps", {{"dimensions", dimensions[k]}, {"values", names[k]}}).Count("n_missed"), missed);
      most_missed = std::max(most_missed, missed);
    }
  }
  EXPECT_EQ(study().Row("reach", {{"step", "1"}}).Count("sales_gained"), most_missed);
  for (const Gap& gap : plan.gaps) {
    const CircleCounts& counts = realised().pairs[gap.region * plan.industries.size() + gap.industry];
    const std::string values = plan.regions[gap.region].name + " / " + plan.industries[gap.industry].name;
    bool found = false;
    for (const Cells& row : study().Where("gaps", {})) {
      if (row["dimensions"].find("title") != std::string::npos || row["dimensions"].find("size") != std::string::npos ||
          row["values"].find(plan.regions[gap.region].name) == std::string::npos ||
          row["values"].find(plan.industries[gap.industry].name) == std::string::npos) {
        continue;
      }
      found = true;
      EXPECT_EQ(row.Count("n_sales"), PeopleIn(counts, kInSales)) << values;
      EXPECT_EQ(row.Count("n_marketing"), PeopleIn(counts, kInMarketing)) << values;
    }
    EXPECT_TRUE(found) << values;
  }
}

TEST(Realised, Companies) {
  const std::vector<Cells>& rows = study().Rows("companies");
  for (const CompanyCounts& company : study().simulator.companies()) {
    const auto row = std::find_if(rows.begin(), rows.end(), [&](const Cells& cells) {
      return cells["company"] == CompanyName(company.company.index);
    });
    ASSERT_NE(row, rows.end());
    EXPECT_EQ(row->Count("n_marketing"), company.marketing);
    EXPECT_EQ(row->Count("n_sales"), company.sales);
    EXPECT_EQ(row->Count("n_both"), company.both);
    EXPECT_EQ(row->Count("n_brand"), company.brand);
    EXPECT_EQ(row->Count("n_demand"), company.demand);
    EXPECT_EQ(row->Count("n_brand_demand"), company.brand_demand);
  }
}

TEST(Realised, Market) {
  for (const auto& [team, circle] : std::map<std::string, uint8_t>{
           {"brand", kInBrand}, {"demand", kInDemand}, {"marketing", kInMarketing}, {"sales", kInSales}}) {
    const Cells row = study().Row("market", {{"team", team}});
    EXPECT_EQ(row.Count("n_reached"), PeopleIn(realised().circles, circle));
    EXPECT_EQ(row.Count("n_market"), PeopleIn(realised().circles, kInMarket));
    EXPECT_EQ(row.Count("n_reached_in_market"), PeopleIn(realised().circles, circle, kInMarket));
  }
}

TEST(Realised, RecencyAndMix) {
  std::array<Responses, kRecencyBuckets> buckets;
  std::array<Responses, kMixes> mixes;
  for (size_t bucket = 0; bucket < kRecencyBuckets; ++bucket) {
    for (size_t mix = 0; mix < kMixes; ++mix) {
      for (const Responses& cell : realised().contacts[bucket][mix]) {
        for (Responses* of : {&buckets[bucket], &mixes[mix]}) {
          of->contacts += cell.contacts;
          of->responses += cell.responses;
        }
      }
    }
  }
  for (size_t bucket = 0; bucket < kRecencyBuckets; ++bucket) {
    const Cells row = study().Row("recency", {{"bucket", kRecencyNames[bucket]}});
    EXPECT_EQ(row.Count("contacts"), buckets[bucket].contacts);
    EXPECT_EQ(row.Count("responses"), buckets[bucket].responses);
    EXPECT_EQ(row.Count("people"), realised().recency_people[bucket]);
  }
  for (size_t mix = 0; mix < kMixes; ++mix) {
    const Cells row = study().Row("mix", {{"mix", kMixNames[mix]}});
    EXPECT_EQ(row.Count("contacts"), mixes[mix].contacts);
    EXPECT_EQ(row.Count("responses"), mixes[mix].responses);
    EXPECT_EQ(row.Count("people"), realised().mix_people[mix]);
  }
  EXPECT_EQ(study().CountOf("quality", {{"table", "recency"}, {"reason", "not_due"}}, "rows"),
            realised().contacts_not_due);
}

TEST(Realised, AccountsAndRoles) {
  uint64_t accounts = 0, of_ten = 0;
  for (const Cells& row : study().Rows("accounts")) {
    accounts += row["company"] != "-";
    of_ten += row["company"] != "-" && row.Count("known") == kMostMembers;
  }
  EXPECT_EQ(accounts, realised().accounts);
  EXPECT_EQ(of_ten, realised().accounts_of_ten);
  for (size_t i = 0; i < Realised::kAtLeast.size(); ++i) {
    const Cells row = study().Row("buying_groups", {{"at_least", std::to_string(Realised::kAtLeast[i])}});
    EXPECT_EQ(row.Count("accounts"), realised().accounts);
    EXPECT_EQ(row.Count("marketing_accounts"), realised().groups[i].marketing);
    EXPECT_EQ(row.Count("sales_accounts"), realised().groups[i].sales);
    EXPECT_EQ(row.Count("shared_accounts"), realised().groups[i].shared);
    EXPECT_EQ(row.Count("same_person_accounts"), realised().groups[i].same_person);
    EXPECT_EQ(row.Count("covered"), realised().covered_accounts);
  }
  for (size_t title = 0; title < study().plan().titles.size(); ++title) {
    uint64_t known = 0, sales = 0;
    for (const Cells& row : study().Rows("roles")) {
      if (row["company"] == "-" || row["role"] != study().plan().titles[title]) continue;
      known += row.Count("known");
      sales += row.Count("sales");
    }
    EXPECT_EQ(known, PeopleIn(realised().segments[3][title], 0));
    EXPECT_EQ(sales, PeopleIn(realised().segments[3][title], kInSales));
  }
}

TEST(Realised, Funnel) {
  std::array<Realised::StageCounts, kStages> all;
  for (size_t month = 0; month < realised().funnel.size(); ++month) {
    for (size_t stage = 0; stage < kStages; ++stage) {
      const Realised::StageCounts& of = realised().funnel[month][stage];
      all[stage].entered += of.entered;
      all[stage].from_previous += of.from_previous;
      all[stage].returned += of.returned;
      const std::map<std::string, std::string> cells = {
          {"cohort", "2024-" + std::string(month < 9 ? "0" : "") + std::to_string(month + 1)},
          {"stage", kStageNames[stage]}};
      EXPECT_EQ(study().CountOf("funnel", cells, "entered"), of.entered);
      EXPECT_EQ(study().CountOf("funnel", cells, "from_previous"), of.from_previous);
    }
  }
  for (size_t stage = 0; stage < kStages; ++stage) {
    const Cells row = study().Row("funnel", {{"cohort", "-"}, {"stage", kStageNames[stage]}});
    EXPECT_EQ(row.Count("entered"), all[stage].entered);
    EXPECT_EQ(row.Count("from_previous"), all[stage].from_previous);
    EXPECT_EQ(row.Count("from_first"), all[stage].entered);
    EXPECT_EQ(row.Count("returned"), all[stage].returned);
    EXPECT_EQ(row.Count("skipped_into"), stage == 0 ? 0 : all[stage].entered - all[stage].from_previous);
  }
}

TEST(Realised, Flows) {
  std::vector<std::string> names = {"untouched", "brand", "demand", "marketing"};
  names.insert(names.end(), kStageNames.begin(), kStageNames.begin() + kStages);
  for (const char* outcome : {"open", "won", "lost", "disqualified"}) names.emplace_back(outcome);
  ASSERT_EQ(names.size(), Realised::kNodes);
  size_t edges = 0;
  for (const auto& [attribution, flows] :
       {std::pair("first", &realised().first_flows), std::pair("last", &realised().last_flows),
        std::pair("any", &realised().any_flows)}) {
    for (size_t from = 0; from < names.size(); ++from) {
      for (size_t to = 0; to < names.size(); ++to) {
        edges += (*flows)[from][to] > 0;
        EXPECT_EQ(study().CountOf("flows", {{"attribution", attribution}, {"from", names[from]}, {"to", names[to]}},
                                  "people"),
                  (*flows)[from][to])
            << attribution << " " << names[from] << " " << names[to];
      }
    }
  }
  EXPECT_EQ(study().Where("flows", {}).size(), edges);
}

TEST(Realised, HandoffAndDelay) {
  std::array<uint64_t, kDelays + 1> leads = {}, responses = {};
  for (size_t source = 0; source < realised().handoffs.size(); ++source) {
    const Realised::Handoff& of = realised().handoffs[source];
    const Cells row =
        study().Row("handoff", {{"all_sources", "false"}, {"source", study().plan().sources[source].name}});
    EXPECT_EQ(row.Count("handed_off"), of.handed_off);
    EXPECT_EQ(row.Count("not_due"), of.not_due);
    EXPECT_EQ(row.Count("accepted"), of.accepted);
    EXPECT_EQ(row.Count("disqualified_untouched"), of.disqualified_untouched);
    EXPECT_EQ(row.Count("contacted"), of.contacted);
    EXPECT_EQ(row.Count("ignored"), of.ignored);
    EXPECT_EQ(row.Count("within_sla"), of.within_sla);
    for (size_t delay = 0; delay <= kDelays; ++delay) {
      leads[delay] += of.leads[delay];
      responses[delay] += of.responses[delay];
    }
  }
  for (size_t delay = 0; delay <= kDelays; ++delay) {
    const Cells row = study().Row("response_delay", {{"bucket", kDelayNames[delay]}});
    EXPECT_EQ(row.Count("leads"), leads[delay]) << delay;
    EXPECT_EQ(row.Count("responses"), responses[delay]) << delay;
  }
}

TEST(Realised, Reasons) {
  const Plan& plan = study().plan();
  for (size_t source = 0; source < plan.sources.size(); ++source) {
    for (size_t reason = 0; reason < plan.reasons.size(); ++reason) {
      const std::map<std::string, std::string> cells = {
          {"all_sources", "false"},
          {"source", plan.sources[source].name},
          {"dimension", "-"},
          {"reason", plan.reasons[reason].empty() ? "-" : plan.reasons[reason]}};
      EXPECT_EQ(study().CountOf("reasons", cells, "people"), realised().reasons[source][reason].people);
      EXPECT_EQ(study().CountOf("reasons", cells, "recycled"), realised().reasons[source][reason].recycled);
    }
  }
}

TEST(Realised, ContentAndRevenue) {
  for (size_t team = 0; team < kTeamNames.size(); ++team) {
    const Cells row = study().Row("content", {{"team", kTeamNames[team]}});
    EXPECT_EQ(row.Count("made"), realised().content[team].made);
    EXPECT_EQ(row.Count("used"), realised().content[team].used);
    EXPECT_EQ(row.Count("used_by_sales"), realised().content[team].used_by_sales);
  }
  for (size_t currency = 0; currency < study().plan().currencies.size(); ++currency) {
    const Realised::Revenue& of = realised().revenue[currency];
    const Cells row = study().Row("revenue", {{"currency", study().plan().currencies[currency]}});
    EXPECT_EQ(row.Count("won"), of.won);
    EXPECT_EQ(row.Count("lost"), of.lost);
    EXPECT_EQ(row.Count("won_amount"), of.won_amount * kFixedPoint);
    EXPECT_EQ(row.Count("primed_won"), of.primed_won);
    EXPECT_EQ(row.Count("primed_lost"), of.primed_lost);
    EXPECT_EQ(row.Count("primed_amount"), of.primed_amount * kFixedPoint);
  }
}

TEST(Realised, Trend) {
  ASSERT_EQ(realised().months.size(), 12u);
  for (size_t month = 0; month < 12; ++month) {
    const Cells row =
        study().Row("trend", {{"period", "2024-" + std::string(month < 9 ? "0" : "") + std::to_string(month + 1)}});
    EXPECT_EQ(row.Count("n_marketing"), realised().months[month].marketing);
    EXPECT_EQ(row.Count("n_sales"), realised().months[month].sales);
    EXPECT_EQ(row.Count("n_both"), realised().months[month].both);
  }
}

TEST(Realised, NothingIsLeftOut) {
  for (const char* reason : {"blank", "invalid", "duplicate", "no_time", "future_time", "naive_time", "unknown_event",
                             "conflicting_segment", "unknown_segment", "free_mail", "role_address", "no_account"}) {
    EXPECT_EQ(study().CountOf("quality", {{"table", "-"}, {"reason", reason}}, "rows"), 0u) << reason;
  }
}

}  // namespace
}  // namespace vesica
