#include "vesica/study.h"

#include <gmock/gmock.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <random>
#include <string>
#include <vector>

#include "tests/model/random_events.h"
#include "tests/model/study_runner.h"

namespace vesica {
namespace {

StudyOptions ByRegion() {
  StudyOptions options;
  options.by = {"region", "industry", "title"};
  options.by_pairs = {{"region", "industry"}};
  options.strata = "region";
  options.role = "title";
  options.min_support = 2;
  return options;
}

std::string AllText(const std::map<std::string, Table>& tables) {
  std::string text;
  for (const auto& [name, table] : tables) {
    if (name != "settings") text += name + "\n" + ToCsv(table);
  }
  return text;
}

TEST(Study, TablesDoNotDependOnThreadsPartitionsBatchesOrOrder) {
  std::mt19937_64 rng(7);
  const auto rows = RandomEvents(rng, {.rows = 3000, .people = 500});
  StudyOptions options = ByRegion();
  const std::string expected = AllText(RunStudy(rows, options));
  for (uint32_t threads : {1u, 2u, 5u}) {
    for (uint32_t partitions : {1u, 7u, 64u}) {
      auto shuffled = rows;
      std::shuffle(shuffled.begin(), shuffled.end(), rng);
      options.partitions = partitions;
      EXPECT_EQ(AllText(RunStudy(shuffled, options, {}, {.threads = threads, .batches = threads * 3})), expected)
          << threads << " threads, " << partitions << " partitions";
    }
  }
}

TEST(Study, TablesAreTheSameWithSpilling) {
  std::mt19937_64 rng(8);
  const auto rows = RandomEvents(rng, {.rows = 320'000, .people = 9000});
  StudyOptions options = ByRegion();
  options.partitions = 16;
  const std::string expected = AllText(RunStudy(rows, options));
  constexpr uint64_t kBudget = 22u << 20;
  const Context context = Context::Create({.threads = 1, .memory_budget_bytes = kBudget, .progress = nullptr}).value();
  options.spill_directory = "/no/such/directory";
  Study study = Study::Create(context, EmailIdentity(), options).value();
  const EventRows all(rows);
  EXPECT_EQ(GetErrorInfo(study.Add(all.batch())).code, ErrorCode::kIo);  // so it does spill
  options.spill_directory = std::filesystem::temp_directory_path();
  for (uint32_t threads : {1u, 2u}) {
    const RunHow how = {.threads = threads, .batches = 4, .budget_bytes = kBudget};
    EXPECT_EQ(AllText(RunStudy(rows, options, {}, how)), expected);
  }
}

TEST(Study, CanGoOnAfterARun) {
  std::mt19937_64 rng(9);
  const auto rows = RandomEvents(rng);
  const Context context = Context::Create({.threads = 2}).value();
  Study study = Study::Create(context, EmailIdentity(), ByRegion()).value();
  const EventRows first(std::vector<EventRow>(rows.begin(), rows.begin() + 100));
  const EventRows second(std::vector<EventRow>(rows.begin() + 100, rows.end()));
  ASSERT_TRUE(study.Add(first.batch()).ok());
  ASSERT_TRUE(study.Run().ok());
  ASSERT_TRUE(study.Add(second.batch()).ok());
  const std::string names[] = {"circles"};
  const auto tables = study.Run(names);
  ASSERT_TRUE(tables.ok());
  EXPECT_EQ(ToCsv(tables->front()), ToCsv(RunStudy(rows, ByRegion()).at("circles")));
  EXPECT_EQ(study.quality().rows, rows.size());
}

TEST(Study, StopsWhenAskedTo) {
  std::mt19937_64 rng(10);
  const EventRows rows(RandomEvents(rng));
  bool go_on = true;
  double last = 0;
  bool fell = false;
  const Context context = Context::Create({.threads = 1,
                                           .memory_budget_bytes = 0,
                                           .progress =
                                               [&](double fraction) {
                                                 fell = fell || fraction < last;
                                                 last = fraction;
                                                 return go_on;
                                               }})
                              .value();
  Study study = Study::Create(context, EmailIdentity(), {}).value();
  ASSERT_TRUE(study.Add(rows.batch()).ok());
  last = 0;
  ASSERT_TRUE(study.Run().ok());
  EXPECT_FALSE(fell);
  go_on = false;
  EXPECT_EQ(GetErrorInfo(study.Run().status()).code, ErrorCode::kCancelled);
}

TEST(Study, SaysWhatMemoryItNeedsWhereItMayNotSpill) {
  std::mt19937_64 rng(11);
  const EventRows rows(RandomEvents(rng, {.rows = 100'000, .people = 5000}));
  const Context context = Context::Create({.threads = 1, .memory_budget_bytes = 3u << 20}).value();
  Study study = Study::Create(context, EmailIdentity(), {}).value();
  const absl::Status added = study.Add(rows.batch());
  EXPECT_EQ(GetErrorInfo(added).code, ErrorCode::kOverBudget) << added;
}

TEST(Study, RefusesOptionsAndTablesThatAreNone) {
  const Context context = Context::Create({}).value();
  StudyOptions options;
  options.strata = "region";
  EXPECT_FALSE(Study::Create(context, EmailIdentity(), options).ok());
  Study study = Study::Create(context, EmailIdentity(), {}).value();
  const std::string names[] = {"circels"};
  EXPECT_EQ(study.Run(names).status().code(), absl::StatusCode::kInvalidArgument);
}

TEST(Study, RefusesDimensionsThatNamePeople) {
  auto run = [](std::vector<std::string> labels, bool force, size_t unnamed = 0) {
    std::vector<EventRow> all;
    for (size_t i = 0; i < labels.size() + unnamed; ++i) {
      const EventRow row = {{"person", "p" + std::to_string(i) + "@x.com"},
                            {"event", "exposed"},
                            {"name", i < labels.size() ? labels[i] : ""}};
      for (const char* team : {"brand", "demand", "marketing"}) {  // the rows of a person repeat the name
        all.push_back(row);
        all.back()["team"] = team;
      }
    }
    StudyOptions options;
    options.by = {"name"};
    options.force_by = force;
    const Context context = Context::Create({}).value();
    Study study = Study::Create(context, EmailIdentity(), options).value();
    const EventRows rows(all);
    EXPECT_TRUE(study.Add(rows.batch()).ok());
    return study.Run().status();
  };
  std::vector<std::string> names;
  for (int i = 0; i < 300; ++i) names.push_back("Person " + std::to_string(i));
  EXPECT_FALSE(run(names, false).ok());
  EXPECT_FALSE(run(names, false, 5000).ok());  // most people have no name
  EXPECT_TRUE(run(names, true).ok());
  std::vector<std::string> cities;
  for (int i = 0; i < 900; ++i) cities.push_back("City " + std::to_string(i % 300));
  EXPECT_TRUE(run(cities, false).ok());
  EXPECT_FALSE(run({"a@x.com", "b@x.com"}, false).ok());
  EXPECT_FALSE(run({"+372 555 1234", "(0)20 7946 0000"}, false).ok());
  EXPECT_TRUE(run({"EMEA", "APAC", "100-500"}, false).ok());
}

TEST(StudyOptions, AreSetFromText) {
  StudyOptions options;
  EXPECT_TRUE(options.Set("exposure_window", "45d").ok());
  EXPECT_EQ(options.exposure_window, 45 * kDay);
  EXPECT_TRUE(options.Set("recency_buckets", "1d,12d").ok());
  EXPECT_EQ(options.recency_buckets, (std::vector<int64_t>{kDay, 12 * kDay}));
  EXPECT_TRUE(options.Set("by", "region, industry").ok());
  EXPECT_TRUE(options.Set("by_pairs", "region:industry").ok());
  EXPECT_TRUE(options.Set("as_of", "1970-01-01").ok());
  EXPECT_EQ(options.as_of, kDay - 1);
  EXPECT_TRUE(options.Set("target_ratio", "12.5").ok());
  EXPECT_TRUE(options.Validate().ok());
  for (auto [name, value] : {std::pair{"sla", "24"},
                             {"sla", "-1h"},
                             {"sla", "h"},
                             {"min_cell", "x"},
                             {"min_cell", "-1"},
                             {"as_of", "soon"},
                             {"force_by", "yes"},
                             {"by_pairs", "region"},
                             {"no_such", "1"}}) {
    EXPECT_FALSE(options.Set(name, value).ok()) << name << " " << value;
  }
}

TEST(Study, CountsWhatItLeavesOut) {
  auto row = [](const char* person, const char* time) {
    return EventRow{{"person", person}, {"event", "engaged"}, {"time", time}, {"region", "x"}};
  };
  StudyOptions options;
  options.by = {"region"};
  options.as_of = 20 * kDay;
  const Table quality = RunStudy({row("a@x.com", "1970-01-02"),
                                  row("A@x.com", "1970-01-02"),
                                  row("a@x.com", "1970-02-02"),
                                  row("info@gmail.com", ""),
                                  row("", ""),
                                  {{"person", "a@x.com"}, {"event", "engaged"}}},
                                 options, {"quality"})
                            .at("quality");
  auto rows = [&](const char* reason) { return RowWhere(quality, {{"reason", reason}, {"company", "-"}})["rows"]; };
  EXPECT_EQ(rows("duplicate"), "1");
  EXPECT_EQ(rows("future_time"), "1");
  EXPECT_EQ(rows("blank"), "1");
  EXPECT_EQ(rows("free_mail"), "1");
  EXPECT_EQ(rows("role_address"), "1");
  EXPECT_EQ(rows("no_time"), "2");
  EXPECT_EQ(rows("no_account"), "1");
  EXPECT_EQ(rows("unknown_segment"), "0");
}

}  // namespace
}  // namespace vesica
