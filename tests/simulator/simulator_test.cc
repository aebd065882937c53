// How events leave the simulator: the same for any batches and any other companies, byte for byte.
#include "simulator/simulator.h"

#include <set>
#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "nlohmann/json.hpp"
#include "tests/simulator/simulated_study.h"

namespace vesica_simulator {
namespace {

Plan SmallPlan() {
  Plan plan;
  plan.companies = 5;
  plan.people = 200;
  return plan;
}

std::string CsvOf(const Plan& plan, uint32_t batch_rows = 1u << 16) {
  Simulator simulator(plan, batch_rows);
  std::string text;
  while (const Batch* batch = simulator.Next()) {
    if (text.empty()) text = CsvHead(*batch);
    AppendCsv(*batch, &text);
  }
  return text;
}

// FNV-1a (Fowler, Noll, Vo), 64 bits.
uint64_t HashOf(std::string_view text) {
  uint64_t hash = 0xcbf29ce484222325;
  for (unsigned char c : text) hash = (hash ^ c) * 0x100000001b3;
  return hash;
}

TEST(Simulator, GoldenBytes) {
  EXPECT_EQ(HashOf(CsvOf(SmallPlan())), 9886581589237283532u);
  Plan dirty = SmallPlan();
  dirty.dirt = 0.05;
  EXPECT_EQ(HashOf(CsvOf(dirty)), 5818415322268460788u);
}

TEST(Simulator, AnyBatchesAreTheSameRows) {
  for (const double dirt : {0.0, 0.02}) {
    Plan plan = SmallPlan();
    plan.dirt = dirt;
    const std::string whole = CsvOf(plan);
    for (uint32_t rows : {1u, 7u, 64u, 1000u}) EXPECT_EQ(CsvOf(plan, rows), whole) << rows;
  }
}

TEST(Simulator, CompaniesDoNotDependOnOthers) {
  Plan more = SmallPlan();
  more.companies = 9;
  EXPECT_TRUE(CsvOf(more).starts_with(CsvOf(SmallPlan())));
  Plan other = SmallPlan();
  other.seed = 2;
  EXPECT_NE(CsvOf(other), CsvOf(SmallPlan()));
  // One company alone, without those before it.
  const Plan plan = SmallPlan();
  Realised all(plan), alone(plan);
  std::vector<Event> expected, events;
  Generator first(plan), second(plan);
  for (uint32_t index = 0; index < 4; ++index) first.Generate(index, &expected, &all);
  second.Generate(3, &events, &alone);
  ASSERT_EQ(events.size(), expected.size());
  for (size_t i = 0; i < events.size(); ++i) {
    EXPECT_EQ(events[i].time, expected[i].time);
    EXPECT_EQ(events[i].account, expected[i].account);
    EXPECT_EQ(events[i].kind, expected[i].kind);
  }
}

TEST(Simulator, EverythingIsClearlyMadeUp) {
  const std::string csv = CsvOf(SmallPlan());
  for (size_t at = csv.find('@'); at != std::string::npos; at = csv.find('@', at + 1)) {
    const size_t end = csv.find(',', at);
    ASSERT_TRUE(std::string_view(csv).substr(at, end - at).ends_with(".example"));
  }
  for (size_t line = csv.find('\n') + 1; line < csv.size(); line = csv.find('\n', line) + 1) {
    ASSERT_EQ(csv.compare(line, 10, "synthetic-"), 0);
  }
}

TEST(Simulator, EventsAreByTimeAndEndWithThePeriod) {
  const Plan plan = SmallPlan();
  Generator generator(plan);
  Realised realised(plan);
  std::vector<Event> events;
  generator.Generate(1, &events, &realised);
  EXPECT_TRUE(
      std::is_sorted(events.begin(), events.end(), [](const auto& a, const auto& b) { return a.time < b.time; }));
  EXPECT_EQ(events.back().time, plan.days * kDay - 1);
}

TEST(Simulator, TruthSaysWhatWasPlantedAndRealised) {
  Simulator simulator(SmallPlan());
  while (simulator.Next() != nullptr) {
  }
  const nlohmann::json truth = nlohmann::json::parse(TruthJson(simulator));
  EXPECT_NE(std::string(truth["note"]).find("Synthetic"), std::string::npos);
  EXPECT_EQ(truth["as_of"], "2024-12-30T23:59:59Z");
  EXPECT_EQ(truth["planted"]["circles"]["coverage"], 0.16);
  EXPECT_EQ(truth["realised"]["rows"], simulator.realised().rows);
  EXPECT_EQ(truth["realised"]["circles"]["shared"]["marketing,sales"],
            PeopleIn(simulator.realised().circles, kInMarketing, kInSales));
  EXPECT_EQ(truth["realised"]["companies"].size(), 5u);
}

TEST(Simulator, FlawedRowsAreCountedAndChangeNothing) {
  Plan plan;
  plan.companies = 20;
  plan.people = 300;
  const vesica::SimulatedStudy clean(plan);
  plan.dirt = 0.03;
  const vesica::SimulatedStudy dirty(plan);
  const Realised& realised = dirty.realised();
  const std::pair<const char*, uint64_t> flaws[] = {{"blank", realised.blank_persons},
                                                    {"invalid", realised.invalid_persons},
                                                    {"unknown_event", realised.unknown_events},
                                                    {"naive_time", realised.naive_times},
                                                    {"duplicate", realised.duplicates}};
  for (const auto& [reason, rows] : flaws) {
    EXPECT_GT(rows, 5u) << reason;
    EXPECT_EQ(dirty.CountOf("quality", {{"table", "-"}, {"reason", reason}}, "rows"), rows) << reason;
    EXPECT_EQ(clean.CountOf("quality", {{"table", "-"}, {"reason", reason}}, "rows"), 0u) << reason;
  }
  for (const char* table : {"circles", "regions", "companies", "recency", "mix", "funnel", "flows", "handoff",
                            "revenue", "content", "reasons", "trend", "market", "buying_groups"}) {
    ASSERT_EQ(clean.Rows(table).size(), dirty.Rows(table).size()) << table;
    for (size_t row = 0; row < clean.Rows(table).size(); ++row) {
      EXPECT_TRUE(clean.Rows(table)[row] == dirty.Rows(table)[row]) << table << " " << row;
    }
  }
}

TEST(Plan, TellsThePublishedFigures) {
  const Plan plan;
  EXPECT_NEAR(plan.response_rates[0] / plan.response_rates.back(), 1.56, 1e-9);
  double regions = 0, industries = 0;
  for (const CompanyGroup& group : plan.company_regions) regions += group.share * group.coverage;
  for (const CompanyGroup& group : plan.company_industries) industries += group.share * group.coverage;
  EXPECT_NEAR(regions, plan.coverage, 1e-9);
  EXPECT_NEAR(industries, plan.coverage, 1e-9);
  EXPECT_NEAR(plan.marketing_kinds[2] / (plan.marketing_kinds[1] + plan.marketing_kinds[2]), 0.05, 1e-9);
}

TEST(Plan, FaultsAreFound) {
  EXPECT_EQ(FaultOf(Plan{}), "");
  const auto fault = [](void (*change)(Plan*)) {
    Plan plan;
    change(&plan);
    return FaultOf(plan);
  };
  EXPECT_NE(fault([](Plan* p) { p->companies = 0; }), "");
  EXPECT_NE(fault([](Plan* p) { p->people = 10; }), "");
  EXPECT_NE(fault([](Plan* p) { p->days = 30; }), "");
  EXPECT_NE(fault([](Plan* p) { p->dirt = 1.5; }), "");
  EXPECT_NE(fault([](Plan* p) { p->size_ratio = 40; }), "");
  EXPECT_NE(fault([](Plan* p) { p->regions[0].share = 0.5; }), "");
  EXPECT_NE(fault([](Plan* p) { p->contact_rates.pop_back(); }), "");
  EXPECT_NE(fault([](Plan* p) { p->gaps[0].region = 99; }), "");
  EXPECT_NE(fault([](Plan* p) { p->response_rates[0] = 0.9; }), "");
  EXPECT_NE(fault([](Plan* p) { p->in_market = 0; }), "");
}

}  // namespace
}  // namespace vesica_simulator
