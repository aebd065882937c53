#include <gmock/gmock.h>

#include <random>
#include <string>
#include <vector>

#include "alignment/hash_slice.h"
#include "tests/model/random_events.h"
#include "tests/model/study_runner.h"

namespace vesica {
namespace {

TEST(HashSlice, OfAllSlicesExactlyOneHoldsAHash) {
  std::mt19937_64 rng(1);
  for (uint32_t count : {1u, 2u, 3u, 7u, 256u, 65'536u}) {
    std::vector<uint64_t> hashes = {0, 1, UINT64_MAX, UINT64_MAX - 1};
    for (int i = 0; i < 100; ++i) hashes.push_back(rng());
    uint64_t next = 0;
    for (uint32_t index = 1; index <= count; ++index) {
      const HashSlice slice = *HashSlice::Parse(std::to_string(index) + "/" + std::to_string(count));
      const HashRange range = slice.range();
      EXPECT_EQ(range.first, next);
      EXPECT_LE(range.first, range.last);
      next = range.last + 1;
      EXPECT_TRUE(slice.Holds(range.first) && slice.Holds(range.last));
      for (uint64_t hash : hashes) {
        EXPECT_EQ(slice.Holds(hash), hash >= range.first && hash <= range.last);
      }
      EXPECT_LT(slice.Spread(range.first), count);
      EXPECT_GE(slice.Spread(range.last), UINT64_MAX - count);
      EXPECT_EQ(slice.is_first(), index == 1);
    }
    EXPECT_EQ(next, 0u);  // behind the last hash
  }
}

TEST(HashSlice, IsParsed) {
  EXPECT_TRUE(HashSlice::Parse("1/1")->is_whole());
  EXPECT_FALSE(HashSlice::Parse("2/4")->is_whole());
  EXPECT_EQ(HashSlice::Parse("2/4")->range(), (HashRange{uint64_t{1} << 62, (uint64_t{1} << 63) - 1}));
  for (const char* text : {"", "1", "/", "1/", "/1", "0/1", "2/1", "-1/2", "+1/2", "1/2/3", " 1/2", "1/2 ", "01/2",
                           "1/02", "1/65537", "1/4294967297", "x/y"}) {
    EXPECT_FALSE(HashSlice::Parse(text).has_value()) << text;
  }
}

TEST(HashSlice, ThatIsNoneIsRefused) {
  StudyOptions options;
  EXPECT_TRUE(options.Set("slice", "5/4").ok());
  EXPECT_EQ(options.Validate().message(), "slice is no part of people such as 1/4");
}

EventQuality QualityOf(const EventRows& rows, const std::string& slice) {
  const Context context = Context::Create({.threads = 2}).value();
  StudyOptions options;
  options.by = {"region"};
  options.slice = slice;
  Study study = Study::Create(context, EmailIdentity(), options).value();
  EXPECT_TRUE(study.Add(rows.batch()).ok());
  return study.quality();
}

TEST(Slice, CountsEveryRowOnce) {
  std::mt19937_64 rng(3);
  std::vector<EventRow> all = RandomEvents(rng, {.rows = 2000, .people = 300});
  for (size_t i = 0; i < all.size(); i += 9) all[i]["person"] = i % 2 == 0 ? "" : "info@gmail.com@";
  for (size_t i = 0; i < all.size(); i += 11) all[i]["person"] = "info@gmail.com";
  for (size_t i = 0; i < all.size(); i += 13) all[i]["event"] = "unheard of";
  for (size_t i = 0; i < all.size(); i += 17) all[i]["time"] = "soon";
  const EventRows rows(all);
  const EventQuality whole = QualityOf(rows, "1/1");
  EXPECT_EQ(whole.persons.rows, whole.rows);
  for (uint32_t count : {2u, 3u, 16u}) {
    EventQuality sum;
    for (uint32_t index = 1; index <= count; ++index) {
      const EventQuality part = QualityOf(rows, std::to_string(index) + "/" + std::to_string(count));
      EXPECT_EQ(part.persons.rows, part.rows);
      EXPECT_LT(part.taken, whole.taken);
      sum.Merge(part);
    }
    EXPECT_EQ(sum.rows, whole.rows);
    EXPECT_EQ(sum.taken, whole.taken);
    EXPECT_EQ(sum.persons.blank, whole.persons.blank);
    EXPECT_EQ(sum.persons.valid, whole.persons.valid);
    EXPECT_EQ(sum.persons.free_mail, whole.persons.free_mail);
    EXPECT_EQ(sum.persons.role, whole.persons.role);
    for (size_t i = 0; i < kReasonCount; ++i) {
      EXPECT_EQ(sum.persons.reasons[i].rows, whole.persons.reasons[i].rows);
      EXPECT_EQ(sum.persons.reasons[i].first_rows, whole.persons.reasons[i].first_rows);
    }
    for (size_t i = 0; i < kRowProblems; ++i) {
      EXPECT_EQ(sum.problems[i].rows, whole.problems[i].rows);
      EXPECT_EQ(sum.problems[i].first_rows, whole.problems[i].first_rows);
    }
  }
}

TEST(Slice, HasThePeopleOfItsHashesOnly) {
  std::mt19937_64 rng(4);
  const std::vector<EventRow> rows = RandomEvents(rng, {.rows = 2000, .people = 300, .companies = 1});
  auto known = [&](const std::string& slice) {
    StudyOptions options;
    options.slice = slice;
    return std::stoull(RowsOf(RunStudy(rows, options, {"market"}).at("market")).front().at("n_known"));
  };
  const uint64_t halves[] = {known("1/2"), known("2/2")};
  EXPECT_EQ(halves[0] + halves[1], known("1/1"));
  EXPECT_GT(halves[0], 100u);
  EXPECT_GT(halves[1], 100u);
}

}  // namespace
}  // namespace vesica
