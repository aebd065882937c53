// Studies that keep sketches of circles instead of events.
#include <gmock/gmock.h>

#include <cmath>
#include <random>
#include <string>
#include <vector>

#include "alignment/sketch_tables.h"
#include "tests/model/random_events.h"
#include "tests/model/study_runner.h"
#include "vesica/study.h"

namespace vesica {
namespace {

StudyOptions Sketched(uint32_t bytes, std::vector<std::string> by = {}) {
  StudyOptions options;
  options.sketch_bytes = bytes;
  options.by = std::move(by);
  if (options.by.size() > 1) options.by_pairs = {{options.by[0], options.by[1]}};
  return options;
}

// Events of people who are always of the same segment.
std::vector<EventRow> SteadyEvents(std::mt19937_64& rng, size_t rows) {
  std::vector<EventRow> events = RandomEvents(rng, {.rows = rows, .people = 80, .companies = 3, .conflicts = false});
  for (EventRow& row : events) {
    const size_t person = row.contains("person") ? row["person"].size() + row["person"][1] : 0;
    row["region"] = std::string(1, static_cast<char>('r' + person % 3));
    row["industry"] = std::string(1, static_cast<char>('i' + person % 2));
  }
  return events;
}

std::string AllText(const std::map<std::string, Table>& tables) {
  std::string text;
  for (const auto& [name, table] : tables) {
    if (name != "settings") text += name + "\n" + ToCsv(table);
  }
  return text;
}

// Where every circle fits its sketch whole, the figures are those that events give, and intervals are points.
TEST(SketchStudy, SmallCirclesAreExact) {
  std::mt19937_64 rng(1);
  for (int round = 0; round < 20; ++round) {
    const auto rows = SteadyEvents(rng, 600);
    StudyOptions options = Sketched(4096, {"region", "industry"});
    const auto sketched = RunStudy(rows, options);
    ASSERT_EQ(sketched.size(), 5u);
    options.sketch_bytes = 0;
    const auto exact = RunStudy(rows, options);
    for (const char* name : {"circles", "segments", "companies"}) {
      const auto expected = RowsOf(exact.at(name)), found = RowsOf(sketched.at(name));
      ASSERT_EQ(found.size(), expected.size()) << name;
      for (size_t i = 0; i < found.size(); ++i) {
        for (const auto& [column, value] : expected[i]) {
          if (value.find('.') == std::string::npos) {
            ASSERT_EQ(found[i].at(column), value) << name << ' ' << column << ' ' << i;
          } else {
            ASSERT_NEAR(std::stod(found[i].at(column)), std::stod(value), 1e-8) << name << ' ' << column << ' ' << i;
          }
          if (found[i].contains(column + "_lower")) {
            ASSERT_EQ(found[i].at(column + "_lower"), found[i].at(column)) << name << ' ' << column << ' ' << i;
            ASSERT_EQ(found[i].at(column + "_upper"), found[i].at(column)) << name << ' ' << column << ' ' << i;
          }
        }
        ASSERT_EQ(found[i].at("method"), "exact-64");
      }
    }
  }
}

// Rows of companies whose sales circle has `sales` people, of whom marketing, twenty times as many, reached a share.
std::vector<EventRow> Mission(uint32_t companies, uint32_t sales, double share) {
  std::vector<EventRow> rows;
  for (uint32_t company = 0; company < companies; ++company) {
    const std::string name = "c" + std::to_string(company);
    const uint32_t both = static_cast<uint32_t>(sales * share);
    for (uint32_t i = 0; i < 20 * sales; ++i) {
      rows.push_back({{"company", name},
                      {"person", name + "p" + std::to_string(i) + "@x.com"},
                      {"event", "exposed"},
                      {"team", i % 2 == 0 ? "brand" : "demand"}});
    }
    for (uint32_t i = 20 * sales - both; i < 21 * sales - both; ++i) {
      rows.push_back({{"company", name},
                      {"person", name + "p" + std::to_string(i) + "@x.com"},
                      {"event", "contacted"},
                      {"team", "sales"}});
    }
  }
  return rows;
}

TEST(SketchStudy, DoesNotDependOnThreadsBatchesOrOrder) {
  std::mt19937_64 rng(2);
  auto rows = Mission(3, 600, 0.16);  // enough for every worker to have some of each circle
  const auto more = SteadyEvents(rng, 2000);
  rows.insert(rows.end(), more.begin(), more.end());
  const StudyOptions options = Sketched(1024, {"region", "industry"});
  const std::string expected = AllText(RunStudy(rows, options));
  for (uint32_t threads : {1u, 2u, 4u}) {
    std::shuffle(rows.begin(), rows.end(), rng);
    EXPECT_EQ(AllText(RunStudy(rows, options, {}, {.threads = threads, .batches = threads})), expected);
  }
}

// 95 % intervals of every company, and of all together.
TEST(SketchStudy, IntervalsCoverWhatWasCounted) {
  constexpr uint32_t kCompanies = 60, kSales = 400;
  const auto tables = RunStudy(Mission(kCompanies, kSales, 0.16), Sketched(2048), {"circles", "companies"});
  uint32_t covered = 0, sizes = 0;
  for (const auto& row : RowsOf(tables.at("companies"))) {
    EXPECT_EQ(row.at("method"), "minhash");
    covered += std::stod(row.at("coverage_lower")) <= 0.16 && 0.16 <= std::stod(row.at("coverage_upper"));
    sizes +=
        std::stod(row.at("n_marketing_lower")) <= 20 * kSales && 20 * kSales <= std::stod(row.at("n_marketing_upper"));
  }
  EXPECT_GE(covered, 54u);  // of 60; fewer than one time in 80 by chance
  EXPECT_GE(sizes, 54u);
  const auto all = RowsOf(tables.at("circles")).front();
  EXPECT_EQ(all.at("company"), "-");
  EXPECT_LE(std::stod(all.at("share_of_b_lower")), 0.16);
  EXPECT_GE(std::stod(all.at("share_of_b_upper")), 0.16);
  EXPECT_NEAR(std::stod(all.at("share_of_b")), 0.16, 0.02);
  EXPECT_NEAR(std::stod(all.at("n_a")), 20.0 * kSales * kCompanies, 0.02 * 20 * kSales * kCompanies);
}

// What b lacks is as uncertain as b, where that is no exact circle either.
TEST(SketchStudy, IntervalsOfShortfallsCoverWhatWasCounted) {
  constexpr uint32_t kCompanies = 60, kSales = 600, kBoth = 96;
  uint32_t missed = 0, lacking = 0;
  StudyOptions options = Sketched(1024);
  options.target_ratio = 40;
  const auto tables = RunStudy(Mission(kCompanies, kSales, 0.16), options, {"circles"});
  for (const auto& row : RowsOf(tables.at("circles"))) {
    if (row.at("company") == "-" || row.at("a") != "marketing") continue;
    EXPECT_EQ(row.at("method"), "minhash");
    const auto covers = [&](const std::string& column, double truth) {
      return std::stod(row.at(column + "_lower")) <= truth && truth <= std::stod(row.at(column + "_upper"));
    };
    missed += covers("reach_shortfall", kSales - kBoth);
    lacking += covers("size_shortfall", 20.0 * kSales);
  }
  EXPECT_GE(missed, 53u);  // of 60; fewer than one time in 200 by chance
  EXPECT_GE(lacking, 53u);
}

// One person of sales, whom marketing reaches: most sketches of marketing do not show that person.
TEST(SketchStudy, IntervalsOfOnePersonReachFromNoneToAll) {
  constexpr uint32_t kCompanies = 40, kMarketing = 3000;
  std::vector<EventRow> rows;
  for (uint32_t company = 0; company < kCompanies; ++company) {
    const std::string name = "c" + std::to_string(company);
    for (uint32_t i = 0; i <= kMarketing; ++i) {
      rows.push_back({{"company", name},
                      {"person", name + "p" + std::to_string(i == kMarketing ? 0 : i) + "@x.com"},
                      {"event", i == kMarketing ? "contacted" : "exposed"},
                      {"team", i == kMarketing ? "sales" : "brand"}});
    }
  }
  uint32_t unseen = 0;
  for (const auto& row : RowsOf(RunStudy(rows, Sketched(1024), {"circles"}).at("circles"))) {
    if (row.at("company") == "-" || row.at("a") != "marketing") continue;
    EXPECT_EQ(row.at("n_b_upper"), "1");
    EXPECT_NEAR(std::stod(row.at("share_of_b_upper")), 1, 1e-6);
    EXPECT_EQ(row.at("n_both_upper"), "1");
    EXPECT_LT(std::stod(row.at("n_a_upper")), 1.7 * kMarketing);
    EXPECT_GT(std::stod(row.at("n_a_lower")), kMarketing / 1.7);
    if (row.at("below_resolution") != "true") continue;
    EXPECT_EQ(row.at("share_of_b_lower"), "0");
    ++unseen;
  }
  EXPECT_GT(unseen, kCompanies / 2);
}

// One company whose sketches tell nothing of its overlap does not make that of all below resolution.
TEST(SketchStudy, PooledFiguresAreBelowResolutionByTheirOwnInterval) {
  Overlap small = Overlap::FromCounts(9, 1, 0, Method::kMinHash);
  small.intersection = {0, 0, 1};
  small.overlap_coefficient = small.share_of_b = {0, 0, 1};
  small.below_resolution = true;
  const Overlap large = Overlap::FromCounts(9'000, 500, 500, Method::kMinHash);
  const Overlap* const both[] = {&small, &large};
  const Overlap pooled = Pooled(both);
  EXPECT_FALSE(pooled.below_resolution);
  EXPECT_EQ(pooled.intersection.value, 500);
  EXPECT_NEAR(pooled.share_of_b.value, 500.0 / 1001, 1e-12);
  EXPECT_NEAR(pooled.share_of_b.upper, 501.0 / 1001, 1e-12);
  const Overlap* const twice[] = {&small, &small};
  EXPECT_TRUE(Pooled(twice).below_resolution);
}

Audience AudienceOf(const std::vector<std::string>& people, const BuilderOptions& how,
                    const Identity& identity = EmailIdentity()) {
  const Context context = Context::Create({}).value();
  AudienceBuilder builder = AudienceBuilder::Create(context, identity, how).value();
  std::vector<KeySpan> spans;
  for (const std::string& person : people) spans.push_back({person.data(), person.size()});
  EXPECT_TRUE(builder.Add(ColumnFromSpans(spans)).ok());
  return builder.Build().value();
}

// The tables of a study to which the people of rows come partly as events, partly as audiences, some as both.
std::vector<Table> HalfAsAudiences(const std::vector<EventRow>& rows, Representation representation) {
  const Context context = Context::Create({}).value();
  Study study = Study::Create(context, EmailIdentity(), Sketched(1024)).value();
  std::map<std::pair<std::string, std::string>, std::vector<std::string>> circles;
  std::vector<EventRow> as_events;
  for (size_t i = 0; i < rows.size(); ++i) {
    if (i % 3 == 0) as_events.push_back(rows[i]);
    if (i % 3 != 0 || i % 2 == 0) circles[{rows[i].at("company"), rows[i].at("team")}].push_back(rows[i].at("person"));
  }
  const EventRows batch(as_events);
  EXPECT_TRUE(study.Add(batch.batch()).ok());
  for (const auto& [key, people] : circles) {
    const Audience audience = AudienceOf(people, {.representation = representation, .bytes = 1024});
    EXPECT_TRUE(study.Add({.company = key.first, .circle = key.second, .values = {}}, audience).ok());
  }
  return study.Run(std::vector<std::string>{"circles", "companies"}).value();
}

TEST(SketchStudy, SketchesCountAsTheirEventsDo) {
  const auto rows = Mission(2, 300, 0.5);
  const auto expected = RunStudy(rows, Sketched(1024));
  const std::vector<Table> tables = HalfAsAudiences(rows, Representation::kMinHash);
  EXPECT_EQ(ToCsv(tables[0]), ToCsv(expected.at("circles")));
  EXPECT_EQ(ToCsv(tables[1]), ToCsv(expected.at("companies")));
}

TEST(SketchStudy, ExactAudiencesLoseNothing) {
  const std::vector<Table> tables = HalfAsAudiences(Mission(2, 300, 0.5), Representation::kExact);
  const auto row = RowWhere(tables[1], {{"company", "c0"}});
  EXPECT_EQ(row.at("n_sales"), "300");
  EXPECT_EQ(row.at("n_sales_upper"), "300");
  EXPECT_EQ(row.at("method"), "minhash");  // the events of marketing
}

TEST(SketchStudy, AudiencesOfSegmentsCountInTheirRows) {
  const Context context = Context::Create({}).value();
  Study study = Study::Create(context, EmailIdentity(), Sketched(1024, {"region", "industry"})).value();
  const auto add = [&](const char* circle, std::vector<std::pair<std::string, std::string>> values,
                       const std::vector<std::string>& people) {
    ASSERT_TRUE(study.Add({.company = "", .circle = circle, .values = std::move(values)}, AudienceOf(people, {})).ok());
  };
  add("marketing", {{"region", "EU"}}, {"a@x.com", "b@x.com"});
  add("brand", {{"region", "US"}, {"industry", "IT"}}, {"c@x.com"});
  add("sales", {{"region", "EU"}}, {"b@x.com", "d@x.com"});
  const auto answer = AnswerOf(study).value();
  const auto all = RowWhere(*answer.Find("circles"), {{"a", "marketing"}});
  EXPECT_EQ(all.at("n_a"), "3");
  EXPECT_EQ(all.at("n_b"), "2");
  EXPECT_EQ(all.at("n_both"), "1");
  const Table& segments = *answer.Find("segments");
  EXPECT_EQ(RowWhere(segments, {{"value", "EU"}, {"value_2", "-"}, {"a", "marketing"}}).at("share_of_b"), "0.5");
  EXPECT_EQ(RowWhere(segments, {{"value", "US"}, {"value_2", "IT"}, {"a", "brand"}}).at("n_a"), "1");
  EXPECT_EQ(RowWhere(segments, {{"value", "US"}, {"value_2", "-"}, {"a", "marketing"}}).at("share_of_b"), "-");
  EXPECT_EQ(RowWhere(segments, {{"value", "IT"}, {"a", "marketing"}}).at("n_union"), "1");
}

TEST(SketchStudy, LeavesOutEventsAfterAsOf) {
  StudyOptions options = Sketched(1024);
  ASSERT_TRUE(options.Set("as_of", "2026-01-31").ok());
  const std::vector<EventRow> rows = {
      {{"person", "a@x.com"}, {"event", "exposed"}, {"team", "brand"}, {"time", "2026-01-30"}},
      {{"person", "b@x.com"}, {"event", "exposed"}, {"team", "brand"}, {"time", "2026-02-01"}},
      {{"person", "a@x.com"}, {"event", "contacted"}, {"team", "sales"}}};
  const auto tables = RunStudy(rows, options);
  EXPECT_EQ(RowWhere(tables.at("circles"), {{"a", "marketing"}}).at("n_a"), "1");
  EXPECT_EQ(RowWhere(tables.at("quality"), {{"reason", "future_time"}}).at("rows"), "1");
}

TEST(SketchStudy, SaysWhatItCannotDo) {
  const Context context = Context::Create({}).value();
  const Audience people = AudienceOf({"a@x.com"}, {});
  Study events = Study::Create(context, EmailIdentity(), {}).value();
  EXPECT_EQ(GetErrorInfo(events.Add({.company = "", .circle = "sales", .values = {}}, people)).code,
            ErrorCode::kInvalidArgument);
  Study study = Study::Create(context, EmailIdentity(), Sketched(1024, {"region"})).value();
  EXPECT_EQ(GetErrorInfo(study.Add({.company = "", .circle = "finance", .values = {}}, people)).code,
            ErrorCode::kInvalidArgument);
  EXPECT_EQ(GetErrorInfo(study.Add({.company = "", .circle = "sales", .values = {{"size", "1"}}}, people)).code,
            ErrorCode::kInvalidArgument);
  const Identity raw = Identity::Create(Profile::Open("raw/1").value()).value();
  EXPECT_EQ(GetErrorInfo(study.Add({.company = "", .circle = "sales", .values = {}}, AudienceOf({"a"}, {}, raw))).code,
            ErrorCode::kIdentityMismatch);
  EXPECT_EQ(GetErrorInfo(study.Run(std::vector<std::string>{"recency"}).status()).code, ErrorCode::kUnsupported);
  EXPECT_EQ(GetErrorInfo(Study::Create(context, EmailIdentity(), Sketched(1000)).status()).code,
            ErrorCode::kInvalidArgument);

  std::vector<std::string> many;
  for (int i = 0; i < 5000; ++i) many.push_back("p" + std::to_string(i) + "@x.com");
  ASSERT_TRUE(study
                  .Add({.company = "", .circle = "sales", .values = {}},
                       AudienceOf(many, {.representation = Representation::kMinHash, .bytes = 1024}))
                  .ok());
  ASSERT_TRUE(study
                  .Add({.company = "", .circle = "brand", .values = {}},
                       AudienceOf(many, {.representation = Representation::kHyperLogLog, .bytes = 1024}))
                  .ok());
  EXPECT_EQ(GetErrorInfo(study.Run().status()).code, ErrorCode::kUnsupported);
}

}  // namespace
}  // namespace vesica
