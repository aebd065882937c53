#include "hash/key_hasher.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <cstdint>
#include <map>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "tests/model/arrow_fixture.h"
#include "tests/model/naive_keys.h"
#include "vesica/status.h"

namespace vesica {
namespace {

using Rows = ArrowFixture::TextRows;

struct Config {
  HashWidth width;
  std::string secret;
};
const Config kConfigs[] = {{HashWidth::k64, ""},
                           {HashWidth::k128, ""},
                           {HashWidth::k64, std::string(16, 's')},
                           {HashWidth::k128, std::string(16, 's')}};

Identity MakeIdentity(const std::string& name, const Config& config = kConfigs[0]) {
  static auto* opened = new std::map<std::string, Profile>;  // some take milliseconds
  if (!opened->contains(name)) opened->emplace(name, Profile::Open(name).value());
  const Profile& profile = opened->at(name);
  return Identity::Create(profile, config.width,
                          {reinterpret_cast<const uint8_t*>(config.secret.data()), config.secret.size()})
      .value();
}

// All of a column, batch by batch.
struct Hashed {
  std::vector<KeyHash> hashes;
  std::vector<uint64_t> rows;
  std::vector<std::string> bytes;
  Quality quality;
  absl::Status status;
};

Hashed HashAll(KeyHasher& hasher, const KeyColumn& column, HashWidth width = HashWidth::k64,
               uint32_t batch_rows = kHashBatch) {
  Hashed result;
  result.status = hasher.Check(column);
  for (uint64_t begin = 0; result.status.ok() && begin < column.length; begin += batch_rows) {
    auto batch = std::make_unique<HashedBatch>();
    const auto count = static_cast<uint32_t>(std::min<uint64_t>(batch_rows, column.length - begin));
    result.status = hasher.Hash(column, begin, count, true, batch.get(), &result.quality);
    if (!result.status.ok()) break;
    for (uint32_t i = 0; i < batch->size; ++i) {
      result.hashes.push_back({batch->hi[i], width == HashWidth::k128 ? batch->lo[i] : 0});
      result.rows.push_back(batch->row[i]);
      result.bytes.emplace_back(hasher.CanonicalBytes(column, batch->row[i]));
    }
  }
  return result;
}

Hashed HashAll(const Identity& identity, const KeyColumn& column, uint32_t batch_rows = kHashBatch) {
  KeyHasher hasher(identity);
  return HashAll(hasher, column, identity.width(), batch_rows);
}

void ExpectSameQuality(const Quality& actual, const Quality& expected) {
  EXPECT_EQ(actual.rows, expected.rows);
  EXPECT_EQ(actual.blank, expected.blank);
  EXPECT_EQ(actual.valid, expected.valid);
  EXPECT_EQ(actual.free_mail, expected.free_mail);
  EXPECT_EQ(actual.role, expected.role);
  for (size_t reason = 0; reason < kReasonCount; ++reason) {
    EXPECT_EQ(actual.reasons[reason].rows, expected.reasons[reason].rows) << "reason " << reason;
    EXPECT_EQ(actual.reasons[reason].first_rows, expected.reasons[reason].first_rows) << "reason " << reason;
  }
}

void ExpectAsNaive(const Identity& identity, const KeyColumn& column) {
  const NaiveHashes expected = HashNaively(column, identity);
  for (uint32_t batch_rows : {kHashBatch, 1u, 37u}) {
    SCOPED_TRACE(testing::Message() << batch_rows << " rows at a time");
    const Hashed actual = HashAll(identity, column, batch_rows);
    ASSERT_TRUE(actual.status.ok()) << actual.status;
    EXPECT_EQ(actual.hashes, expected.hashes);
    EXPECT_EQ(actual.rows, expected.rows);
    EXPECT_EQ(actual.bytes, expected.bytes);
    ExpectSameQuality(actual.quality, expected.quality);
  }
}

// ---- Generated columns
// -----------------------------------------------------------------------------------------------

enum class Kind { kMail, kShort, kOneKey, kLong, kBytes, kNulls, kDecimal };
constexpr Kind kKinds[] = {Kind::kMail,  Kind::kShort, Kind::kOneKey, Kind::kLong,
                           Kind::kBytes, Kind::kNulls, Kind::kDecimal};

std::optional<std::string> RandomKey(std::mt19937_64& rng, Kind kind) {
  const auto text = [&](size_t size, int lowest, int highest) {
    std::string key(size, '\0');
    for (char& c : key) c = static_cast<char>(lowest + static_cast<int>(rng() % (highest - lowest + 1)));
    return key;
  };
  if (rng() % 16 == 0) return std::nullopt;
  if (rng() % 16 == 0) return std::string();
  switch (kind) {
    case Kind::kMail:
      return text(rng() % 9 + 3, 'a', 'z') + "@example" + std::to_string(rng() % 100) + ".com";
    case Kind::kShort:
      return text(rng() % 14, 'a', 'c');  // about the 12 bytes that a view holds itself
    case Kind::kOneKey:
      return "the one key of all";
    case Kind::kLong:
      return text(rng() % 2000, 0, 255);
    case Kind::kBytes:
      return text(rng() % 40, 0, 255);  // NUL and invalid UTF-8 included
    case Kind::kNulls:
      return rng() % 4 != 0 ? std::nullopt : std::optional<std::string>(text(20, 'a', 'z'));
    case Kind::kDecimal:
      return rng() % 3 == 0 ? text(rng() % 25, '-', '9') : std::to_string(static_cast<int64_t>(rng()));
  }
  return std::nullopt;
}

Rows RandomRows(std::mt19937_64& rng, Kind kind, size_t size) {
  Rows rows;
  for (size_t i = 0; i < size; ++i) rows.push_back(RandomKey(rng, kind));
  return rows;
}

const char* RandomProfile(std::mt19937_64& rng, Kind kind) {
  if (kind == Kind::kDecimal) return "int64/1";
  return rng() % 2 == 0 ? "raw/1" : "email/1";
}

constexpr size_t kSizes[] = {0, 1, 255, 256, 257, 1000};

class KeyHasherProperty : public testing::TestWithParam<uint64_t> {};

TEST_P(KeyHasherProperty, EveryTextLayoutAgreesWithTheNaiveTwin) {
  std::mt19937_64 rng(GetParam());
  for (const Kind kind : kKinds) {
    const Config& config = kConfigs[rng() % std::size(kConfigs)];
    const Identity identity = MakeIdentity(RandomProfile(rng, kind), config);
    const Rows rows = RandomRows(rng, kind, kSizes[rng() % std::size(kSizes)]);
    std::vector<KeyHash> first;
    for (const char* format : {"u", "U", "z", "Z", "vu", "vz"}) {
      SCOPED_TRACE(testing::Message() << "seed " << GetParam() << " kind " << static_cast<int>(kind) << " " << format);
      const auto fixture = ArrowFixture::Text(format, rows, rng() % 20);
      KeyColumn column = ColumnFromArrow(fixture->schema, fixture->array).value();
      column.first_row = rng() % 1000;
      ExpectAsNaive(identity, column);
      const std::vector<KeyHash> hashes = HashAll(identity, column).hashes;
      if (first.empty()) first = hashes;
      EXPECT_EQ(hashes, first) << "layouts differ";
      const uint64_t begin = rng() % (rows.size() + 1);
      ExpectAsNaive(identity, column.Slice(begin, rng() % (rows.size() - begin + 1)));
    }
    std::vector<KeySpan> spans;
    for (const auto& row : rows) spans.push_back(row ? KeySpan{row->data(), row->size()} : KeySpan{nullptr, 99});
    ExpectAsNaive(identity, ColumnFromSpans(spans));
    EXPECT_EQ(HashAll(identity, ColumnFromSpans(spans)).hashes, first) << "layouts differ";
  }
}

TEST_P(KeyHasherProperty, DictionariesAgreeWithPlainColumns) {
  std::mt19937_64 rng(GetParam());
  for (const Kind kind : kKinds) {
    const Config& config = kConfigs[rng() % std::size(kConfigs)];
    const Identity identity = MakeIdentity(RandomProfile(rng, kind), config);
    const Rows values = RandomRows(rng, kind, rng() % 120 + 1);
    Rows rows;
    ArrowFixture::IntegerRows indices;
    for (size_t i = 0; i < 600; ++i) {
      const auto index = static_cast<int64_t>(std::min(rng() % values.size(), rng() % values.size()));
      indices.push_back(rng() % 10 == 0 ? std::nullopt : std::optional<int64_t>(index));
      rows.push_back(indices.back() ? values[index] : std::nullopt);
    }
    const auto plain = ArrowFixture::Text("u", rows);
    const KeyColumn plain_column = ColumnFromArrow(plain->schema, plain->array).value();
    const Hashed expected = HashAll(identity, plain_column);
    constexpr const char* kFormats[] = {"u", "Z", "vu"};
    for (const char* index_format : {"c", "C", "s", "S", "i", "I", "l", "L"}) {
      const char* format = kFormats[rng() % 3];
      SCOPED_TRACE(testing::Message() << "seed " << GetParam() << " " << index_format << " " << format);
      auto dictionary = ArrowFixture::Text(format, values, rng() % 9);
      const auto fixture = ArrowFixture::Dictionary(index_format, indices, std::move(dictionary), rng() % 9);
      const KeyColumn column = ColumnFromArrow(fixture->schema, fixture->array).value();
      ExpectAsNaive(identity, column);
      const Hashed actual = HashAll(identity, column);
      EXPECT_EQ(actual.hashes, expected.hashes);
      ExpectSameQuality(actual.quality, expected.quality);
    }
  }
}

TEST_P(KeyHasherProperty, IntegersOfEveryWidthAgreeWithTheNaiveTwinAndWithTheirText) {
  std::mt19937_64 rng(GetParam());
  for (const char* format : {"c", "C", "s", "S", "i", "I", "l", "L"}) {
    SCOPED_TRACE(testing::Message() << "seed " << GetParam() << " " << format);
    const Identity identity = MakeIdentity("int64/1", kConfigs[rng() % std::size(kConfigs)]);
    const size_t size = kSizes[rng() % std::size(kSizes)];
    ArrowFixture::IntegerRows rows;
    for (size_t i = 0; i < size; ++i) {
      rows.push_back(rng() % 10 == 0 ? std::nullopt : std::optional<int64_t>(static_cast<int64_t>(rng())));
    }
    const auto fixture = ArrowFixture::Integers(format, rows, rng() % 9);
    const KeyColumn column = ColumnFromArrow(fixture->schema, fixture->array).value();
    ExpectAsNaive(identity, column);

    Rows texts;
    for (uint64_t row = 0; row < size; ++row) {
      const std::optional<int64_t> value = rows[row] ? NaiveInteger(column, row) : std::nullopt;
      texts.push_back(value ? std::optional<std::string>(std::to_string(*value)) : std::nullopt);
    }
    const auto text = ArrowFixture::Text("u", texts);
    EXPECT_EQ(HashAll(identity, column).hashes,
              HashAll(identity, ColumnFromArrow(text->schema, text->array).value()).hashes);

    ArrowFixture::IntegerRows indices;
    for (size_t i = 0; size > 0 && i < 300; ++i) indices.push_back(static_cast<int64_t>(rng() % size));
    const auto dictionary = ArrowFixture::Dictionary("i", indices, ArrowFixture::Integers(format, rows, 2));
    ExpectAsNaive(identity, ColumnFromArrow(dictionary->schema, dictionary->array).value());
  }
}

// Lists as they are: mostly clean addresses, which are hashed where they lie, some of which are not; rows without a key
// have no bytes, or now and then have.
TEST_P(KeyHasherProperty, AddressesEndToEndAndScatteredAgreeWithTheNaiveTwin) {
  static const std::string kOthers[] = {"",
                                        "ANN@GMAIL.COM",
                                        " sales@example.de ",
                                        "ann@",
                                        "no address",
                                        "a@b.cc",
                                        "ann@b\xC3\xBC"
                                        "cher.example",
                                        std::string(300, 'l') + "@example.com",
                                        std::string(20000, 'x'),
                                        std::string(61, 'l') + "@gmail.com"};
  std::mt19937_64 rng(GetParam());
  for (const uint64_t dirt : {0, 1, 20}) {
    for (const bool nulls : {false, true}) {
      std::string bytes(rng() % 20, '@');
      std::vector<int32_t> offsets{static_cast<int32_t>(bytes.size())};
      std::vector<uint8_t> validity(125);
      const size_t rows = 1 + rng() % 1000;
      for (size_t row = 0; row < rows; ++row) {
        const bool null = nulls && rng() % 8 == 0;
        if (!null) validity[row / 8] = static_cast<uint8_t>(validity[row / 8] | 1 << row % 8);
        if (!null || rng() % 100 < dirt) {
          static constexpr const char* kDomains[] = {"gmail.com", "example.com", "yahoo.example", "acme-group.co.uk"};
          bytes += rng() % 100 < dirt
                       ? kOthers[rng() % std::size(kOthers)]
                       : (rng() % 9 == 0 ? "info" : "ann." + std::to_string(rng() % 1000)) + '@' + kDomains[rng() % 4];
        }
        offsets.push_back(static_cast<int32_t>(bytes.size()));
      }
      const std::vector<int64_t> wide(offsets.begin(), offsets.end());
      KeyColumn column;
      column.length = rows;
      column.data = bytes.data();
      column.offsets = offsets.data();
      column.validity = nulls ? validity.data() : nullptr;
      const Identity identity = MakeIdentity("email/1", kConfigs[rng() % std::size(kConfigs)]);
      ExpectAsNaive(identity, column);
      column.layout = KeyLayout::kOffsets64;
      column.offsets = wide.data();
      ExpectAsNaive(identity, column.Slice(rows / 3, rows - rows / 3));
      std::vector<KeySpan> spans;
      for (size_t row = 0; row < rows; ++row) {
        spans.push_back({bytes.data() + offsets[row], static_cast<uint64_t>(offsets[row + 1] - offsets[row])});
      }
      column.layout = KeyLayout::kSpans;
      column.data = spans.data();
      ExpectAsNaive(identity, column);
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Seeds, KeyHasherProperty, testing::Range<uint64_t>(1, 9));

// ---- Single cases
// ----------------------------------------------------------------------------------------------------

TEST(KeyHasher, TakesTheColumnsItsProfileTakes) {
  const auto code = [](const char* profile, const ArrowFixture& fixture, KeyEncoding encoding = KeyEncoding::kPlain) {
    KeyColumn column = ColumnFromArrow(fixture.schema, fixture.array).value();
    column.encoding = encoding;
    const absl::Status status = KeyHasher(MakeIdentity(profile)).Check(column);
    return status.ok() ? ErrorCode::kOk : GetErrorInfo(status).code;
  };
  const auto text = ArrowFixture::Text("u", {"1"});
  const auto integers = ArrowFixture::Integers("l", {1});
  const auto digests = ArrowFixture::Digests({std::string(32, 'd')});
  const auto integer_dictionary = ArrowFixture::Dictionary("c", {0}, ArrowFixture::Integers("l", {1}));
  EXPECT_EQ(code("raw/1", *text), ErrorCode::kOk);
  EXPECT_EQ(code("raw/1", *text, KeyEncoding::kHex), ErrorCode::kInvalidArgument);
  EXPECT_EQ(code("raw/1", *integers), ErrorCode::kInvalidArgument);
  EXPECT_EQ(code("raw/1", *integer_dictionary), ErrorCode::kInvalidArgument);
  EXPECT_EQ(code("raw/1", *digests), ErrorCode::kInvalidArgument);
  EXPECT_EQ(code("int64/1", *text), ErrorCode::kOk);
  EXPECT_EQ(code("int64/1", *integers), ErrorCode::kOk);
  EXPECT_EQ(code("int64/1", *integer_dictionary), ErrorCode::kOk);
  EXPECT_EQ(code("int64/1", *digests), ErrorCode::kInvalidArgument);
}

TEST(KeyHasher, HashesDigestsAsTheyAre) {
  const Identity identity = MakeIdentity("sha256/1");
  Rows rows;
  for (int i = 0; i < 300; ++i) {
    rows.push_back(i % 5 == 0 ? std::nullopt : std::optional<std::string>(std::string(32, static_cast<char>(i % 7))));
  }
  const auto fixture = ArrowFixture::Digests(rows, 3);
  const KeyColumn column = ColumnFromArrow(fixture->schema, fixture->array).value();
  ExpectAsNaive(identity, column);
  EXPECT_EQ(HashAll(identity, column).hashes[0], identity.Hash(std::string(32, '\1')));
  const auto dictionary = ArrowFixture::Dictionary("s", {0, 1, 1, 6, std::nullopt}, ArrowFixture::Digests(rows, 3));
  ExpectAsNaive(identity, ColumnFromArrow(dictionary->schema, dictionary->array).value());
}

TEST(KeyHasher, ReportsTheFirstInvalidRowsByTheirNumber) {
  Rows rows;
  for (int i = 0; i < 600; ++i) rows.push_back(i % 3 == 1 ? "no integer" : std::to_string(i));
  const auto fixture = ArrowFixture::Text("u", rows);
  KeyColumn column = ColumnFromArrow(fixture->schema, fixture->array).value();
  column.first_row = 1'000'000;
  const Quality quality = HashAll(MakeIdentity("int64/1"), column).quality;
  const auto& invalid = quality.reasons[static_cast<size_t>(Reason::kInteger)];
  EXPECT_EQ(invalid.rows, 200u);
  EXPECT_EQ(quality.valid, 400u);
  EXPECT_THAT(invalid.first_rows,
              testing::ElementsAre(1000001, 1000004, 1000007, 1000010, 1000013, 1000016, 1000019, 1000022));
}

TEST(KeyHasher, CountsFreeMailAndRoleAddressesOfEveryRow) {
  const auto plain =
      ArrowFixture::Text("u", {"a@gmail.com", "info@example.com", "b@example.com", "a@gmail.com", "bad"});
  const auto dictionary = ArrowFixture::Dictionary(
      "c", {0, 1, 2, 0, 3}, ArrowFixture::Text("u", {"a@gmail.com", "info@example.com", "b@example.com", "bad"}));
  for (const auto* fixture : {plain.get(), dictionary.get()}) {
    const KeyColumn column = ColumnFromArrow(fixture->schema, fixture->array).value();
    const Quality quality = HashAll(MakeIdentity("email/1"), column).quality;
    EXPECT_EQ(quality.valid, 4u);
    EXPECT_EQ(quality.free_mail, 2u);
    EXPECT_EQ(quality.role, 1u);
    EXPECT_EQ(quality.reasons[static_cast<size_t>(Reason::kNoAt)].rows, 1u);
  }
}

TEST(KeyHasher, CorruptOffsetsFailInEveryBatchAndLeaveTheQuality) {
  for (const char* profile : {"raw/1", "int64/1"}) {
    for (const char* format : {"u", "U"}) {
      SCOPED_TRACE(testing::Message() << profile << " " << format);
      const auto fixture = ArrowFixture::Text(format, Rows(300, "42"));
      if (format[0] == 'u') fixture->buffer<int32_t>(1)[271] = 5;
      if (format[0] == 'U') fixture->buffer<int64_t>(1)[271] = INT64_MIN;
      KeyColumn column = ColumnFromArrow(fixture->schema, fixture->array).value();
      column.first_row = 1000;
      const Hashed hashed = HashAll(MakeIdentity(profile), column);
      EXPECT_EQ(GetErrorInfo(hashed.status).code, ErrorCode::kCorrupt);
      EXPECT_EQ(GetErrorInfo(hashed.status).row, 1270u);
      EXPECT_EQ(hashed.quality.rows, 256u);
    }
  }
}

TEST(KeyHasher, CorruptDictionariesNameTheRowThatMeetsThem) {
  const Identity identity = MakeIdentity("raw/1");
  for (const int64_t bad : {int64_t{-1}, int64_t{2}, INT64_MAX, INT64_MIN}) {
    auto values = ArrowFixture::Text("u", {"a", "b"});
    const auto fixture = ArrowFixture::Dictionary("l", {0, 1, std::nullopt, bad, 0}, std::move(values));
    const Hashed hashed = HashAll(identity, ColumnFromArrow(fixture->schema, fixture->array).value());
    EXPECT_EQ(GetErrorInfo(hashed.status).code, ErrorCode::kCorrupt) << bad;
    EXPECT_EQ(GetErrorInfo(hashed.status).row, 3u) << bad;
  }
  auto values = ArrowFixture::Text("u", {"a", "b", "c"});
  values->buffer<int32_t>(1)[2] = -9;  // of "b" and "c"
  const auto fixture = ArrowFixture::Dictionary("i", {0, 0, 0, 2, 1}, std::move(values));
  const Hashed hashed = HashAll(identity, ColumnFromArrow(fixture->schema, fixture->array).value());
  EXPECT_EQ(GetErrorInfo(hashed.status).code, ErrorCode::kCorrupt);
  EXPECT_EQ(GetErrorInfo(hashed.status).row, 3u);
}

// A dictionary freed and another made may lie at the same address: what was known of the first must not come back.
TEST(KeyHasher, KnowsOneDictionaryFromTheNext) {
  const Identity identity = MakeIdentity("raw/1");
  KeyHasher hasher(identity);
  for (int i = 0; i < 100; ++i) {
    const std::string value = "value " + std::to_string(i);
    const auto fixture = ArrowFixture::Dictionary("c", {0, 0}, ArrowFixture::Text("u", {value}));
    const Hashed hashed = HashAll(hasher, ColumnFromArrow(fixture->schema, fixture->array).value());
    EXPECT_THAT(hashed.hashes, testing::Each(identity.Hash(value)));
  }
}

TEST(KeyHasher, ReadsOneDictionaryAnewInAnotherEncoding) {
  const Identity identity = MakeIdentity("sha256/1");
  KeyHasher hasher(identity);
  const std::string hex = std::string(63, '0') + "1";
  const auto fixture = ArrowFixture::Dictionary("c", {0}, ArrowFixture::Text("u", {hex}));
  KeyColumn column = ColumnFromArrow(fixture->schema, fixture->array).value();
  column.encoding = KeyEncoding::kHex;
  EXPECT_EQ(HashAll(hasher, column).quality.valid, 1u);
  column.encoding = KeyEncoding::kBase64;
  EXPECT_EQ(HashAll(hasher, column).quality.valid, 0u);
}

// Values 2^15 apart share a slot of the memo.
TEST(KeyHasher, DictionariesLargerThanTheMemoAreRight) {
  const Identity identity = MakeIdentity("raw/1", kConfigs[1]);
  Rows values;
  for (int i = 0; i < 100'000; ++i) values.push_back(std::to_string(i));
  ArrowFixture::IntegerRows indices;
  std::mt19937_64 rng(1);
  for (int i = 0; i < 2000; ++i) indices.push_back(static_cast<int64_t>(rng() % 3 * 32768 + rng() % 3));
  const auto fixture = ArrowFixture::Dictionary("i", indices, ArrowFixture::Text("u", values));
  ExpectAsNaive(identity, ColumnFromArrow(fixture->schema, fixture->array).value());
}

TEST(KeyHasher, RefusesBatchesOutsideTheColumn) {
  const auto fixture = ArrowFixture::Text("u", Rows(300, "a"));
  const KeyColumn column = ColumnFromArrow(fixture->schema, fixture->array).value();
  KeyHasher hasher(MakeIdentity("raw/1"));
  HashedBatch batch;
  Quality quality;
  EXPECT_FALSE(hasher.Hash(column, 0, 257, false, &batch, &quality).ok());
  EXPECT_FALSE(hasher.Hash(column, 100, 201, false, &batch, &quality).ok());
  EXPECT_FALSE(hasher.Hash(column, UINT64_MAX, 2, false, &batch, &quality).ok());
  EXPECT_TRUE(hasher.Hash(column, 300, 0, false, &batch, &quality).ok());
  EXPECT_EQ(batch.size, 0u);
  EXPECT_EQ(quality.rows, 0u);
}

TEST(KeyHasher, NoRowsNeedNoBuffers) {
  for (KeyLayout layout : {KeyLayout::kOffsets32, KeyLayout::kOffsets64, KeyLayout::kSpans, KeyLayout::kStringViews}) {
    KeyColumn column;
    column.layout = layout;
    for (const char* profile : {"raw/1", "int64/1"}) {
      KeyHasher hasher(MakeIdentity(profile));
      HashedBatch batch;
      batch.size = 7;
      Quality quality;
      ASSERT_TRUE(hasher.Check(column).ok());
      EXPECT_TRUE(hasher.Hash(column, 0, 0, true, &batch, &quality).ok());
      EXPECT_EQ(batch.size, 0u);
    }
  }
}

TEST(KeyHasher, TextWithoutBytesIsBlank) {
  const std::vector<int64_t> offsets = {5, 5, 5};
  KeyColumn column;
  column.layout = KeyLayout::kOffsets64;
  column.length = 2;
  column.offsets = offsets.data();
  const Hashed hashed = HashAll(MakeIdentity("raw/1"), column);
  ASSERT_TRUE(hashed.status.ok());
  EXPECT_EQ(hashed.quality.blank, 2u);
}

}  // namespace
}  // namespace vesica
