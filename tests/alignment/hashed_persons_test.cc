#include <gmock/gmock.h>

#include <random>
#include <string>
#include <vector>

#include "identity/canonicalizer.h"
#include "tests/model/random_events.h"
#include "tests/model/study_runner.h"

namespace vesica {
namespace {

const Profile& Uid2() {
  static const auto* profile = new Profile(Profile::Open("uid2-email/1").value());
  return *profile;
}

std::string DigestOf(const std::string& email) {
  Scratch scratch;
  return std::string(Uid2().canonicalizer().Text(email, KeyEncoding::kPlain, scratch).bytes);
}

std::string HexOf(const std::string& bytes) {
  std::string text;
  for (const char c : bytes) {
    for (const int shift : {4, 0}) text += "0123456789aBcDeF"[static_cast<unsigned char>(c) >> shift & 15];
  }
  return text;
}

absl::StatusOr<Study> Open(const StudyOptions& options, const Profile& profile = Uid2()) {
  return Study::Create(Context::Create({.threads = 2, .memory_budget_bytes = 0, .progress = nullptr}).value(),
                       Identity::Create(profile).value(), options);
}

std::vector<Table> Tables(Study& study, const std::vector<std::string>& names) { return study.Run(names).value(); }

std::vector<std::string> TablesOf(Study& study) {
  std::vector<std::string> texts;
  const std::vector<Table> tables = Tables(study, {"circles", "regions", "recency", "funnel", "handoff", "revenue"});
  for (const Table& table : tables) texts.push_back(ToCsv(table));
  return texts;
}

// Digests of 32 bytes each.
KeyColumn DigestColumn(const std::string& digests) {
  KeyColumn column;
  column.layout = KeyLayout::kFixed32;
  column.length = digests.size() / 32;
  column.data = digests.data();
  return column;
}

class HashedPersons : public ::testing::Test {
 protected:
  HashedPersons() {
    std::mt19937_64 rng(20261122);
    rows = RandomEvents(rng);
    Study study = Open({}).value();
    EXPECT_TRUE(study.Add(EventRows(rows).batch()).ok());
    plain = TablesOf(study);
  }
  std::vector<EventRow> rows;
  std::vector<std::string> plain;
};

TEST_F(HashedPersons, InTextAreThePlainOnes) {
  std::vector<EventRow> hashed = rows;
  for (EventRow& row : hashed) {
    if (row.contains("person")) row["person"] = HexOf(DigestOf(row["person"]));
  }
  StudyOptions options;
  ASSERT_TRUE(options.Set("encoding", "hex").ok());
  Study study = Open(options).value();
  ASSERT_TRUE(study.Add(EventRows(hashed).batch()).ok());
  EXPECT_EQ(TablesOf(study), plain);
  EXPECT_EQ(Tables(study, {"accounts"}).front().rows(), 0u);
  EXPECT_GT(study.quality().taken, 0u);
}

// Also where their bytes happen to look like an address.
TEST_F(HashedPersons, AsBytesAreThePlainOnes) {
  const EventRows texts(rows);
  std::string digests, validity((rows.size() + 7) / 8, '\0');
  for (size_t i = 0; i < rows.size(); ++i) {
    const auto person = rows[i].find("person");
    digests += person == rows[i].end() ? std::string(32, '@') : DigestOf(person->second);
    if (person != rows[i].end()) validity[i / 8] = static_cast<char>(validity[i / 8] | 1 << i % 8);
  }
  EventBatch batch = texts.batch();
  for (EventColumn& column : batch.columns) {
    if (column.name != "person") continue;
    column.values = DigestColumn(digests);
    column.values.validity = reinterpret_cast<const uint8_t*>(validity.data());
  }
  Study study = Open({}).value();
  ASSERT_TRUE(study.Add(batch).ok());
  EXPECT_EQ(TablesOf(study), plain);

  const std::string likely = std::string(20, 'x') + "@example.com";
  ASSERT_EQ(likely.size(), 32u);
  batch.rows = 1;
  for (EventColumn& column : batch.columns) {
    column.values = column.name == "person" ? DigestColumn(likely) : column.values.Slice(0, 1);
  }
  StudyOptions all;
  all.all_accounts = true;
  Study alone = Open(all).value();
  ASSERT_TRUE(alone.Add(batch).ok());
  EXPECT_EQ(alone.quality().rows, 1u);
  EXPECT_EQ(Tables(alone, {"accounts"}).front().rows(), 0u);
}

TEST_F(HashedPersons, NeedAProfileThatComparesDigests) {
  StudyOptions options;
  options.encoding = KeyEncoding::kHex;
  Study study = Open(options, Profile::Open("email/1").value()).value();
  EXPECT_EQ(study.Add(EventRows(rows).batch()).code(), absl::StatusCode::kInvalidArgument);
}

TEST(StudyOptions, EncodingsHaveNames) {
  StudyOptions options;
  for (const char* bad : {"", "Hex", "sha256", "1"}) EXPECT_FALSE(options.Set("encoding", bad).ok());
  ASSERT_TRUE(options.Set("encoding", "base64").ok());
  EXPECT_EQ(options.encoding, KeyEncoding::kBase64);
}

}  // namespace
}  // namespace vesica
