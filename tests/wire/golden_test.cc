// The images in tests/golden/wire/v1, which were made by another program: tests/wire/make_golden.py.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <fstream>
#include <iterator>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include "tests/wire/sets.h"
#include "vesica/status.h"

namespace vesica {
namespace {

const std::string& Folder() {
  static const std::string folder = VESICA_TEST_DATA "/golden/wire/v1/";
  return folder;
}

std::string ReadImageFile(const std::string& name) {
  std::ifstream file(Folder() + name + ".vsc", std::ios::binary);
  EXPECT_TRUE(file.good()) << name;
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

using Row = std::map<std::string, std::string>;

std::vector<Row> ReadListing(const std::string& name) {
  std::ifstream file(Folder() + name);
  const auto split = [](const std::string& line) {
    std::vector<std::string> fields;
    std::istringstream stream(line);
    for (std::string field; std::getline(stream, field, '\t');) fields.push_back(field);
    return fields;
  };
  std::string line;
  std::getline(file, line);
  const std::vector<std::string> columns = split(line);
  std::vector<Row> rows;
  while (std::getline(file, line)) {
    const std::vector<std::string> fields = split(line);
    EXPECT_EQ(fields.size(), columns.size()) << line;
    for (size_t i = 0; i < columns.size(); ++i) {
      if (i == 0) rows.emplace_back();
      rows.back()[columns[i]] = fields[i];
    }
  }
  return rows;
}

// SplitMix64, as in golden_sets.py.
uint64_t NextWord(uint64_t& state) {
  state += 0x9E3779B97F4A7C15;
  uint64_t z = state;
  z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9;
  z = (z ^ z >> 27) * 0x94D049BB133111EB;
  return z ^ z >> 31;
}

NaiveSet SetOf(const Row& row) {
  const bool wide = row.at("width") == "128", crowded = row.at("hashes") == "crowded";
  uint64_t state = std::stoull(row.at("seed"));
  NaiveSet set;
  for (uint64_t i = std::stoull(row.at("keys")); i > 0; --i) {
    uint64_t leading = NextWord(state);
    const uint64_t second = NextWord(state);
    if (crowded) leading >>= wide ? 62 : 30;
    set.insert({leading, wide ? second : 0});
  }
  return set;
}

Audience AudienceOf(const Row& row, Context& context) {
  IdentityStamp stamp;
  stamp.profile = row.at("profile");
  stamp.width = row.at("width") == "128" ? HashWidth::k128 : HashWidth::k64;
  stamp.family = row.at("family") == "xxh3" ? HashFamily::kXxh3 : HashFamily::kBlake2b;
  stamp.data_fingerprint = std::stoull(row.at("data"), nullptr, 16);
  stamp.secret_fingerprint = std::stoull(row.at("secret"), nullptr, 16);
  const Audience exact = AudienceOf(SetOf(row), stamp.width, context);
  Audience::Keys keys = exact.keys();
  const auto size = static_cast<uint32_t>(std::stoul(row.at("size")));
  const bool counted = row.at("exact_count") == "1";
  if (row.at("representation") == "minhash") {
    const MinHash sample = MinHash::OfExact(exact.hashes(), MinHashSize::Of(size).value());
    const std::vector<uint32_t> cells(sample.cells().begin(), sample.cells().end());
    keys = std::make_shared<const MinHash>(sample.size(), sample.threshold(), cells,
                                           counted ? sample.exact_count() : std::nullopt);
  } else if (row.at("representation") == "hyperloglog") {
    const HyperLogLogShape shape{size, static_cast<uint32_t>(std::stoul(row.at("mantissa_bits")))};
    const HyperLogLog sketch = HyperLogLog::OfExact(exact.hashes(), shape);
    const std::vector<uint8_t> registers(sketch.registers().begin(), sketch.registers().end());
    keys = std::make_shared<const HyperLogLog>(shape, registers, counted ? sketch.exact_count() : std::nullopt);
  }
  return Audience(std::move(keys), stamp, Quality{}, /*derived=*/false);
}

TEST(Golden, AudiencesSaveToTheGoldenBytesAndLoadFromThem) {
  const std::vector<Row> rows = ReadListing("images.tsv");
  EXPECT_GE(rows.size(), 30u);
  for (const Row& row : rows) {
    SCOPED_TRACE(row.at("name"));
    Context context = MakeContext();
    const std::string golden = ReadImageFile(row.at("name"));
    const auto saved = Save(AudienceOf(row, context));
    ASSERT_TRUE(saved.ok()) << saved.status();
    EXPECT_TRUE(*saved == golden);
    const auto loaded = Load(BytesOf(golden), context);
    ASSERT_TRUE(loaded.ok()) << loaded.status();
    EXPECT_EQ(RepresentationText(loaded->representation()), row.at("representation"));
    const auto again = Save(*loaded);
    ASSERT_TRUE(again.ok());
    EXPECT_TRUE(*again == golden);
  }
}

TEST(Golden, HostileImagesFailWithTheirError) {
  const std::vector<Row> rows = ReadListing("hostile.tsv");
  EXPECT_GE(rows.size(), 80u);
  for (const Row& row : rows) {
    SCOPED_TRACE(row.at("name"));
    Context context = MakeContext();
    const std::string image = ReadImageFile("hostile/" + row.at("name"));
    // In memory of its own size, so that sanitizers see what is read beyond.
    const std::vector<uint8_t> bytes(image.begin(), image.end());
    const auto loaded = Load(bytes, context);
    ASSERT_FALSE(loaded.ok());
    const ErrorCode expected = row.at("error") == "TOO_NEW" ? ErrorCode::kTooNew : ErrorCode::kCorrupt;
    EXPECT_EQ(GetErrorInfo(loaded.status()).code, expected) << loaded.status();
    EXPECT_EQ(context.held_bytes(), 0u);
    EXPECT_LE(context.peak_bytes(), 32 * bytes.size() + (1 << 20));
  }
}

}  // namespace
}  // namespace vesica
