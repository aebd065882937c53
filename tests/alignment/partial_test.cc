#include <gmock/gmock.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <random>
#include <string>
#include <vector>

#include "tests/model/random_events.h"
#include "tests/model/study_runner.h"
#include "vesica/status.h"

namespace vesica {
namespace {

StudyOptions Options() {
  StudyOptions options;
  options.by = {"region", "industry", "title"};
  options.by_pairs = {{"region", "industry"}};
  options.strata = "region";
  options.role = "title";
  options.min_support = 2;
  options.as_of = 1'710'500'000 * (kHour / 3600);  // some events are later
  options.stages = {"Lead", "MQL", "SAL", "SQL", "Opportunity", "Won"};
  return options;
}

std::span<const uint8_t> Bytes(const std::string& image) {
  return {reinterpret_cast<const uint8_t*>(image.data()), image.size()};
}

std::string SliceText(uint32_t index, uint32_t count) {
  return std::to_string(index + 1) + "/" + std::to_string(count);
}

// A study, with what it works with.
struct Node {
  explicit Node(const StudyOptions& options, const RunHow& how = {}, const Identity& identity = EmailIdentity())
      : context(Context::Create({.threads = how.threads, .memory_budget_bytes = how.budget_bytes}).value()),
        study(Study::Create(context, identity, options).value()) {}

  void Add(const std::vector<EventRow>& rows, size_t batches = 1) {
    const size_t size = std::max<size_t>(1, (rows.size() + batches - 1) / batches);
    for (size_t begin = 0; begin < rows.size(); begin += size) {
      const size_t end = std::min(begin + size, rows.size());
      const EventRows batch(std::vector<EventRow>(rows.begin() + static_cast<ptrdiff_t>(begin),
                                                  rows.begin() + static_cast<ptrdiff_t>(end)));
      ASSERT_TRUE(study.Add(batch.batch()).ok());
    }
  }
  std::string Save(const std::vector<std::string>& tables = {}) {
    const auto image = study.Save(tables);
    EXPECT_TRUE(image.ok()) << image.status();
    return image.value_or("");
  }
  absl::Status Load(const std::string& image) { return study.Load(Bytes(image)); }
  std::string Text(const std::vector<std::string>& tables = {}) {
    const auto answer = AnswerOf(study, tables);
    EXPECT_TRUE(answer.ok()) << answer.status();
    std::string text;
    for (const Table& table : answer->tables) text += table.name() + "\n" + ToCsv(table);
    return text;
  }

  Context context;
  Study study;
};

std::string SavedSlice(const std::vector<EventRow>& rows, StudyOptions options, uint32_t index, uint32_t count,
                       const RunHow& how = {}) {
  options.slice = SliceText(index, count);
  Node node(options, how);
  node.Add(rows, how.batches);
  return node.Save();
}

std::string TextOf(const std::vector<EventRow>& rows, const StudyOptions& options) {
  Node whole(options);
  whole.Add(rows);
  return whole.Text();
}

std::vector<EventRow> Rows(uint64_t seed, const RandomEventsOptions& how = {.rows = 1500, .people = 250}) {
  std::mt19937_64 rng(seed);
  std::vector<EventRow> rows = RandomEvents(rng, how);
  for (size_t i = 0; i < rows.size(); i += 31) rows[i]["person"] = i % 2 == 0 ? "" : "not an address";
  for (size_t i = 0; i < rows.size(); i += 37) rows[i]["event"] = "unheard of";
  for (size_t i = 0; i < rows.size(); i += 41) rows[i]["account_size"] = std::to_string(i % 9);
  for (size_t i = 0; i < rows.size(); i += 43) rows[i]["time"] = "soon";
  for (size_t i = 0; i < rows.size(); i += 3) rows[i]["company_size"] = std::string(1, static_cast<char>('s' + i % 4));
  return rows;
}

// So that a failure shows the lines that differ.
std::vector<std::string> Lines(const std::string& text) {
  std::vector<std::string> lines;
  for (size_t begin = 0; begin < text.size();) {
    const size_t end = std::min(text.find('\n', begin), text.size());
    lines.push_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return lines;
}

class PartialProperty : public testing::TestWithParam<uint64_t> {};

// Any slices, saved in any way, added up in any tree, say what one study says.
TEST_P(PartialProperty, SlicesAddUpToOneStudy) {
  std::mt19937_64 rng(GetParam());
  const auto below = [&](uint64_t bound) { return static_cast<uint32_t>(rng() % bound); };
  std::vector<EventRow> rows =
      Rows(GetParam(), {.rows = 600 + below(900), .people = 30 + below(300), .companies = 1 + below(4)});
  StudyOptions options = Options();
  if (below(3) == 0) options.by = {"title"}, options.by_pairs = {}, options.strata = "", options.role = "";
  if (below(4) == 0) options.period = "week";
  const std::string expected = TextOf(rows, options);
  const uint32_t count = 1 + below(6);
  std::vector<std::string> images;
  for (uint32_t i = 0; i < count; ++i) {
    std::shuffle(rows.begin(), rows.end(), rng);
    options.partitions = 1 + below(40);
    images.push_back(SavedSlice(rows, options, i, count, {.threads = 1 + below(3), .batches = 1 + below(5)}));
  }
  options.partitions = StudyOptions().partitions;
  // One slice may stay with the study that has its events.
  const bool one_stays = below(2) == 0;
  if (one_stays) images.pop_back();
  while (images.size() > 1 && below(3) > 0) {  // add up two
    std::shuffle(images.begin(), images.end(), rng);
    Node node(options, {.threads = 1 + below(2)});
    for (int i = 0; i < 2; ++i) {
      ASSERT_TRUE(node.Load(images.back()).ok());
      images.pop_back();
    }
    images.push_back(node.Save());
  }
  std::shuffle(images.begin(), images.end(), rng);
  StudyOptions last = options;
  if (one_stays) last.slice = SliceText(count - 1, count);
  Node node(last, {.threads = 1 + below(3)});
  if (one_stays) node.Add(rows, 3);
  for (const std::string& image : images) {
    const absl::Status loaded = node.Load(image);
    ASSERT_TRUE(loaded.ok()) << loaded;
  }
  std::string text = node.Text();
  const std::string shown = "slice," + last.slice + ",";
  ASSERT_NE(text.find(shown), std::string::npos);
  text.replace(text.find(shown), shown.size(), "slice,1/1,");
  EXPECT_THAT(Lines(text), testing::ContainerEq(Lines(expected)));
}
INSTANTIATE_TEST_SUITE_P(Seeds, PartialProperty, testing::Range<uint64_t>(1, 25));

TEST(Partial, OfTheSameRowsIsTheSameBytes) {
  std::vector<EventRow> rows = Rows(5);
  std::mt19937_64 rng(5);
  const std::string expected = SavedSlice(rows, Options(), 1, 3);
  for (uint32_t threads : {1u, 2u, 5u}) {
    for (uint32_t partitions : {1u, 7u, 64u}) {
      std::shuffle(rows.begin(), rows.end(), rng);
      StudyOptions options = Options();
      options.partitions = partitions;
      EXPECT_EQ(SavedSlice(rows, options, 1, 3, {.threads = threads, .batches = threads * 3}), expected);
    }
  }
  Node node(Options());
  ASSERT_TRUE(node.Load(expected).ok());
  EXPECT_EQ(node.Save(), expected);
}

TEST(Partial, OfItsRowsAloneIsTheSameBytes) {
  // Each row to the node whose people it is of, as other nodes would have read and skipped it.
  const std::vector<EventRow> rows = Rows(6);
  for (uint32_t i = 0; i < 4; ++i) {
    StudyOptions options = Options();
    options.slice = SliceText(i, 4);
    std::vector<EventRow> own;
    Node node(options);
    for (const EventRow& row : rows) {
      node.Add({row});
      if (node.study.quality().rows > own.size()) own.push_back(row);
    }
    EXPECT_LT(own.size(), rows.size() / 2);
    EXPECT_EQ(SavedSlice(own, Options(), i, 4), SavedSlice(rows, Options(), i, 4));
  }
}

TEST(Partial, AddsUpToTheSameBytesInAnyTree) {
  const std::vector<EventRow> rows = Rows(7);
  std::vector<std::string> images;
  for (uint32_t i = 0; i < 4; ++i) images.push_back(SavedSlice(rows, Options(), i, 4));
  const auto sum = [&](const std::vector<std::string>& parts) {
    Node node(Options());
    for (const std::string& part : parts) EXPECT_TRUE(node.Load(part).ok());
    return node.Save();
  };
  const std::string all = sum(images);
  EXPECT_EQ(sum({sum({images[3], images[1]}), sum({images[0], images[2]})}), all);
  EXPECT_EQ(sum({images[2], sum({images[1], sum({images[0], images[3]})})}), all);
  EXPECT_EQ(SavedSlice(rows, Options(), 0, 1), all);
}

TEST(Partial, IsTheSameWithSpilling) {
  std::mt19937_64 rng(8);
  const auto rows = RandomEvents(rng, {.rows = 320'000, .people = 9000});
  StudyOptions options = Options();
  options.partitions = 16;
  const std::string expected = SavedSlice(rows, options, 0, 1);
  constexpr uint64_t kBudget = 22u << 20;
  options.spill_directory = std::filesystem::temp_directory_path();
  EXPECT_EQ(SavedSlice(rows, options, 0, 1, {.threads = 2, .batches = 4, .budget_bytes = kBudget}), expected);
}

TEST(Partial, CanBeOfSomeTables) {
  const std::vector<EventRow> rows = Rows(9);
  Node whole(Options());
  whole.Add(rows);
  Node sum(Options());
  size_t circles_bytes = 0;
  for (uint32_t i = 0; i < 2; ++i) {
    StudyOptions options = Options();
    options.slice = SliceText(i, 2);
    Node node(options);
    node.Add(rows);
    const std::string image = node.Save({"circles", "trend"});
    circles_bytes += image.size();
    ASSERT_TRUE(sum.Load(image).ok());
  }
  // Tables of the same counts too.
  EXPECT_EQ(sum.Text({"circles", "gaps", "trend", "quality"}), whole.Text({"circles", "gaps", "trend", "quality"}));
  const absl::Status missing = AnswerOf(sum.study, std::vector<std::string>{"circles", "accounts"}).status();
  EXPECT_EQ(missing.message(), "a partial that was loaded was not saved for the table 'accounts'");
  EXPECT_FALSE(sum.study.Save().ok());
  EXPECT_LT(circles_bytes, whole.Save().size());
}

TEST(Partial, OfNoEventsCoversItsSlice) {
  Node sum(Options());
  for (uint32_t i = 0; i < 3; ++i) ASSERT_TRUE(sum.Load(SavedSlice({}, Options(), i, 3)).ok());
  EXPECT_EQ(sum.Save(), SavedSlice({}, Options(), 0, 1));
  EXPECT_EQ(sum.Text(), TextOf({}, Options()));
}

TEST(Partial, WarnsOfPeopleThatAreMissing) {
  const std::vector<EventRow> rows = Rows(10);
  Node sum(Options());
  ASSERT_TRUE(sum.Load(SavedSlice(rows, Options(), 0, 4)).ok());
  EXPECT_THAT(sum.Text({"circles"}), testing::HasSubstr("Only 25.00 % of all people were counted"));
  for (uint32_t i = 1; i < 4; ++i) ASSERT_TRUE(sum.Load(SavedSlice(rows, Options(), i, 4)).ok());
  EXPECT_THAT(sum.Text({"circles"}), testing::Not(testing::HasSubstr("of all people were counted")));
}

TEST(Partial, HoldsNoKeys) {
  const std::string image = SavedSlice(Rows(11), Options(), 0, 1);
  for (const char* key : {"p1@", "@acct", "p12"}) EXPECT_EQ(image.find(key), std::string::npos) << key;
  EXPECT_NE(image.find("acct3.com"), std::string::npos);  // an account is a label
}

// ---- What does not add up

void ExpectRefused(const absl::Status& status, ErrorCode code, const std::string& text) {
  EXPECT_EQ(GetErrorInfo(status).code, code) << status;
  EXPECT_THAT(std::string(status.message()), testing::HasSubstr(text));
}

TEST(Partial, IsNotSavedWithoutAsOf) {
  StudyOptions options = Options();
  options.as_of.reset();
  Node node(options);
  ExpectRefused(node.study.Save().status(), ErrorCode::kInvalidArgument, "as_of must be given");
}

TEST(Partial, IsNotSavedWithoutTheOrderOfItsStages) {
  StudyOptions options = Options();
  options.stages = {};
  Node node(options);
  node.Add({{{"person", "a@x.com"}, {"event", "deal"}, {"deal", "d"}, {"stage", "won"}}});
  EXPECT_TRUE(node.study.Save().ok());
  node.Add({{{"person", "a@x.com"}, {"event", "stage"}, {"stage", "MQL"}}});
  ExpectRefused(node.study.Save().status(), ErrorCode::kInvalidArgument, "stages must be given");
}

TEST(Partial, IsNotSavedWithPeopleAsDimension) {
  Node node(Options());
  node.Add({{{"person", "a@x.com"}, {"event", "engaged"}, {"region", "a@x.com"}}});
  ExpectRefused(node.study.Save().status(), ErrorCode::kInvalidArgument, "holds e-mail addresses");
}

TEST(Partial, OfAnotherIdentityIsRefused) {
  const std::string image = SavedSlice(Rows(12), Options(), 0, 2);
  const std::string secret = "0123456789abcdef";
  const auto refused = [&](const Identity& identity, StampField field) {
    Node node(Options(), {}, identity);
    const absl::Status status = node.Load(image);
    ExpectRefused(status, ErrorCode::kIdentityMismatch, "");
    EXPECT_EQ(GetErrorInfo(status).field, field);
  };
  const Profile email = Profile::Open("email/1").value();
  refused(Identity::Create(Profile::Open("raw/1").value()).value(), StampField::kProfile);
  refused(Identity::Create(email, HashWidth::k128).value(), StampField::kWidth);
  refused(Identity::Create(email, HashWidth::k64, Bytes(secret)).value(), StampField::kFamily);
}

TEST(Partial, OfOtherOptionsIsRefused) {
  const std::string image = SavedSlice(Rows(13), Options(), 0, 2);
  const std::pair<const char*, const char*> others[] = {{"by", "region,industry,title,size"},
                                                        {"as_of", "2024-03-01"},
                                                        {"zone", "+02:00"},
                                                        {"day_first", "true"},
                                                        {"exposure_window", "31d"},
                                                        {"response_window", "31d"},
                                                        {"recency_buckets", "7d,30d"},
                                                        {"strata", "industry"},
                                                        {"role", "region"},
                                                        {"stages", "Lead,MQL"},
                                                        {"handoff_stage", "SQL"},
                                                        {"accepted_stages", "SQL"},
                                                        {"ignore_after", "10d"},
                                                        {"sla", "4h"},
                                                        {"period", "week"}};
  for (const auto& [name, value] : others) {
    StudyOptions options = Options();
    ASSERT_TRUE(options.Set(name, value).ok()) << name;
    Node node(options);
    ExpectRefused(node.Load(image), ErrorCode::kInvalidArgument, std::string("the option ") + name);
  }
  for (const auto& [name, value] : std::vector<std::pair<const char*, const char*>>{
           {"min_cell", "5"}, {"min_support", "1"}, {"seed", "9"}, {"reach_steps", "2"}, {"slice", "2/2"}}) {
    StudyOptions options = Options();
    ASSERT_TRUE(options.Set(name, value).ok());
    Node node(options);
    EXPECT_TRUE(node.Load(image).ok()) << name;
  }
}

TEST(Partial, OfPeopleThatAreThereIsRefused) {
  const std::vector<EventRow> rows = Rows(14);
  const std::string half = SavedSlice(rows, Options(), 0, 2), third = SavedSlice(rows, Options(), 1, 3);
  Node node(Options());
  ASSERT_TRUE(node.Load(half).ok());
  const std::string before = node.Text();
  ExpectRefused(node.Load(half), ErrorCode::kInvalidArgument, "overlap");
  ExpectRefused(node.Load(third), ErrorCode::kInvalidArgument, "overlap");
  EXPECT_EQ(node.Text(), before);
  const EventRows batch(rows);
  ExpectRefused(node.study.Add(batch.batch()), ErrorCode::kInvalidArgument, "overlap");

  StudyOptions options = Options();
  options.slice = "1/2";
  Node first(options);
  first.Add(rows);
  ExpectRefused(first.Load(half), ErrorCode::kInvalidArgument, "overlap");
  EXPECT_TRUE(first.Load(SavedSlice(rows, Options(), 1, 2)).ok());
}

TEST(Partial, ThatIsDamagedIsRefused) {
  const std::vector<EventRow> rows = Rows(15, {.rows = 60, .people = 20});
  const std::string image = SavedSlice(rows, Options(), 0, 1);
  Node node(Options());
  for (size_t size = 0; size < image.size(); size += 1 + size / 50) {
    ExpectRefused(node.Load(image.substr(0, size)), ErrorCode::kCorrupt, "");
  }
  for (size_t at = 0; at < image.size(); at += 1 + at / 50) {
    std::string damaged = image;
    damaged[at] = static_cast<char>(damaged[at] ^ 16);
    const absl::Status status = node.Load(damaged);
    EXPECT_FALSE(status.ok()) << at;
    const bool of_version = at == 8 || at == 9;
    EXPECT_TRUE(of_version || GetErrorInfo(status).code == ErrorCode::kCorrupt) << at << status;
  }
  ExpectRefused(node.Load(image + "x"), ErrorCode::kCorrupt, "bytes follow");
  std::string newer = image;
  newer[8] = 2;
  ExpectRefused(node.Load(newer), ErrorCode::kTooNew, "format version");
  EXPECT_TRUE(node.Load(image).ok());
}

TEST(Partial, CountsInTheBudget) {
  const std::string image = SavedSlice(Rows(16, {.rows = 20'000, .people = 5000}), Options(), 0, 1);
  Node small(Options(), {.budget_bytes = 100'000});
  ExpectRefused(small.Load(image), ErrorCode::kOverBudget, "");
  Node large(Options(), {.budget_bytes = 100'000'000});
  EXPECT_TRUE(large.Load(image).ok());
  EXPECT_GT(large.context.peak_bytes(), image.size());
}

// ---- What stays

// A row of every kind, so that every part of the format has something to say.
std::vector<EventRow> GoldenRows() {
  const auto row = [](const char* company, const char* person, const char* event, const char* team, const char* time) {
    return EventRow{{"company", company},     {"person", person}, {"event", event},
                    {"team", team},           {"time", time},     {"region", person[0] < 'm' ? "EMEA" : "APAC"},
                    {"company_size", "large"}};
  };
  std::vector<EventRow> rows = {row("Acme", "ann@one.com", "exposed", "brand", "2024-01-02"),
                                row("Acme", "ann@one.com", "contacted", "sales", "2024-01-12T08:00:00Z"),
                                row("Acme", "ann@one.com", "responded", "", "2024-01-14"),
                                row("Acme", "tom@two.org", "exposed", "demand", ""),
                                row("Bolt", "tom@two.org", "in_market", "", "2024-02-01"),
                                row("Bolt", "kim@gmail.com", "targeted", "sales", "2024-06-01"),
                                row("Bolt", "", "exposed", "brand", "2024-02-01")};
  rows.push_back(rows.front());
  const auto add = [&](EventRow to, std::initializer_list<std::pair<const char*, const char*>> cells) {
    for (const auto& [name, value] : cells) to[name] = value;
    rows.push_back(to);
  };
  const EventRow ann = row("Acme", "ann@one.com", "stage", "", "2024-01-10"),
                 zoe = row("Bolt", "zoe@two.org", "stage", "", "");
  add(ann, {{"stage", "MQL"}, {"source", "web"}, {"account_size", "7"}});
  add(ann, {{"stage", "SQL"}, {"time", "2024-01-20"}});
  add(zoe, {{"stage", "MQL"}});
  add(zoe, {{"stage", "disqualified"}, {"reason", "budget"}, {"region", "EMEA"}});
  add(ann, {{"event", "deal"}, {"stage", "open"}, {"deal", "d1"}});
  add(ann, {{"event", "deal"},
            {"stage", "won"},
            {"deal", "d1"},
            {"amount", "99.5"},
            {"currency", "EUR"},
            {"time", "2024-02-10"}});
  add(ann, {{"event", "asset_used"}, {"asset", "deck"}, {"team", "sales"}});
  add(row("Acme", "", "asset_created", "brand", ""), {{"asset", "deck"}});
  return rows;
}

StudyOptions GoldenOptions() {
  StudyOptions options;
  options.by = {"region"};
  options.strata = options.role = "region";
  options.as_of = 1'714'521'599 * (kHour / 3600);  // 2024-04-30
  options.stages = {"MQL", "SQL", "Won"};
  return options;
}

// A partial that was once saved can be loaded for ever, and says the same; see PARTIAL.md for what may change.
TEST(Partial, OfVersion1StaysAsItIs) {
  const std::filesystem::path folder = std::filesystem::path(VESICA_TEST_DATA) / "golden/alignment/partial";
  Node loaded(GoldenOptions());
  for (uint32_t i = 0; i < 2; ++i) {
    const std::filesystem::path path = folder / ("v1-" + std::to_string(i + 1) + "-of-2.vsp");
    std::ifstream file(path, std::ios::binary);
    const std::string golden((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
    const std::string now = SavedSlice(GoldenRows(), GoldenOptions(), i, 2);
    EXPECT_TRUE(now == golden) << path;
    EXPECT_TRUE(loaded.Load(golden).ok());
    if (now != golden) std::ofstream(testing::TempDir() + path.filename().string(), std::ios::binary) << now;
  }
  EXPECT_THAT(Lines(loaded.Text()), testing::ContainerEq(Lines(TextOf(GoldenRows(), GoldenOptions()))));
}

}  // namespace
}  // namespace vesica
