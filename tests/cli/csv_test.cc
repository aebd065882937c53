#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

#include "bindings/cli/csv_block.h"
#include "bindings/cli/csv_kernels.h"
#include "tests/model/csv_check.h"

namespace vesica_cli {
namespace {

std::string RandomText(std::mt19937& random, const std::string& alphabet, size_t size) {
  std::string text(size, '\0');
  for (char& c : text) c = alphabet[random() % alphabet.size()];
  return text;
}

TEST(CsvBlock, MasksAreThoseOfTheirTwins) {
  std::mt19937 random(1);
  for (int round = 0; round < 1000; ++round) {
    const std::string block = RandomText(random, "\n\",a\x80\xFF", kBlockBytes);
    for (const char wanted : {'\n', '"', ',', 'x', '\x80', '\xFF'}) {
      ASSERT_EQ(EqualMask(block.data(), wanted), EqualMaskScalar(block.data(), wanted));
    }
    ASSERT_EQ(AnyMask(block.data(), ',', 'a', '\xFF'), AnyMaskScalar(block.data(), ',', 'a', '\xFF'));
    const uint64_t bits = uint64_t{random()} << 32 | random();
    ASSERT_EQ(PrefixXor(bits), PrefixXorScalar(bits));
  }
}

TEST(CsvBlock, LowBitsHasNoShiftTooFar) {
  EXPECT_EQ(LowBits(0), 0u);
  EXPECT_EQ(LowBits(1), 1u);
  EXPECT_EQ(LowBits(63), ~uint64_t{0} >> 1);
  EXPECT_EQ(LowBits(64), ~uint64_t{0});
  EXPECT_EQ(LowBits(1000), ~uint64_t{0});
}

std::vector<const CsvKernels*> KernelsOfThisMachine() {
  std::vector<const CsvKernels*> all = {&kBaselineCsvKernels};
  if (&BestCsvKernels() != all[0]) all.push_back(&BestCsvKernels());
  return all;
}

TEST(CsvKernels, CountsAreThoseOfTheTwin) {
  std::mt19937 random(2);
  for (int round = 0; round < 2000; ++round) {
    const size_t size = random() % 300;
    const std::string text =
        RandomText(random, std::string("\n\n\";<a,\0", 8).substr(random() % 7), size) + std::string(kPaddingBytes, '"');
    const CsvFormat format{',', '\n', random() % 2 == 0};
    const char split = random() % 2 == 0 ? ';' : '\0';
    ChunkCounts want;
    kScalarCsvKernels.count_chunk(text.data(), size, format, split, &want);
    for (const CsvKernels* kernels : KernelsOfThisMachine()) {
      ChunkCounts got;
      kernels->count_chunk(text.data(), size, format, split, &got);
      ASSERT_EQ(got.quotes, want.quotes);
      ASSERT_EQ(got.splits, want.splits);
      ASSERT_EQ(got.nul, want.nul);
      ASSERT_EQ(got.less_than, want.less_than);
      for (const int parity : {0, 1}) {
        ASSERT_EQ(got.by_parity[parity], want.by_parity[parity]);
        ASSERT_EQ(got.first[parity], want.first[parity]);
      }
    }
  }
}

TEST(CsvKernels, RowsAreThoseOfTheTwin) {
  std::mt19937 random(5);
  for (int round = 0; round < 5000; ++round) {
    const std::string letters(1 + random() % 40, 'a');
    const std::string text = RandomText(random, letters + ",,,\n\r", random() % 1000);
    const std::string padded = text + std::string(kPaddingBytes, random() % 2 == 0 ? '\n' : ',');
    PlainScan scan;
    scan.text = padded.data();
    scan.size = text.size();
    scan.format.delimiter = random() % 4 == 0 ? '\n' : ',';
    scan.column = scan.format.delimiter == '\n' ? 0 : random() % 5;
    scan.record_bytes = random() % 2 == 0 ? 1000 : random() % 130;
    PlainScan twin = scan;
    std::vector<CsvRow> want(1001);
    want.resize(kScalarCsvKernels.scan_plain_rows(&twin, want.data(), want.size()));
    for (const CsvKernels* kernels : KernelsOfThisMachine()) {
      PlainScan fast = scan;
      std::vector<CsvRow> got;
      CsvRow rows[7];
      while (const size_t count = kernels->scan_plain_rows(&fast, rows, 7)) got.insert(got.end(), rows, rows + count);
      ASSERT_EQ(got.size(), want.size());
      for (size_t i = 0; i < got.size(); ++i) {
        ASSERT_EQ(got[i].kind, want[i].kind);
        if (want[i].kind != RowKind::kCell) continue;
        ASSERT_EQ(got[i].begin, want[i].begin);
        ASSERT_EQ(got[i].end, want[i].end);
      }
    }
  }
}

TEST(CsvRecord, UnquotesInPlace) {
  const std::pair<std::string, std::string> cases[] = {{"", ""},
                                                       {"a", "a"},
                                                       {"\"\"", ""},
                                                       {"\"a\"", "a"},
                                                       {"\"a\"\"b\"", "a\"b"},
                                                       {"\"\"\"\"", "\""},
                                                       {"\"a\"b", "ab"},
                                                       {"\"a\"b\"c", "ab\"c"},
                                                       {"a\"b\"", "a\"b\""},
                                                       {"\"a\nb\"", "a\nb"},
                                                       {"\"", ""},
                                                       {"\"a\"\"", "a\""},
                                                       {"\"a\"\"b", "a\"b"},
                                                       {"\"a\" \"b\"", "a \"b\""}};
  for (const auto& [raw, value] : cases) {
    std::string text = raw;
    EXPECT_EQ(UnquoteInPlace(text.data(), text.size()), value) << raw;
  }
}

// Texts of a few kinds, so that quotes are now regular, now stray, and records now shorter, now longer than chunks.
TEST(CsvProperty, AgreesWithTheNaiveReader) {
  const std::string alphabets[] = {std::string("ab,\n"),
                                   std::string("aaaaaaaaaaaaaaaa,\n"),
                                   std::string("a,\n\""),
                                   std::string("aaaaaaaa,,\n\n\""),
                                   std::string("a,\r\n\"; "),
                                   std::string("a;,\n\0\"<>@", 9),
                                   std::string("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\n\"")};
  std::mt19937 random(3);
  for (int round = 0; round < 10000; ++round) {
    vesica_model::CsvCase test;
    const std::string& alphabet = alphabets[random() % std::size(alphabets)];
    test.limits.chunk_bytes = 1 + random() % 100;
    test.limits.record_bytes = test.limits.chunk_bytes + random() % 100;
    test.format.terminator = random() % 8 == 0 ? '\r' : '\n';
    test.format.delimiter = random() % 4 == 0 ? test.format.terminator : ',';
    test.format.quotes = random() % 8 != 0;
    test.column = test.format.delimiter == test.format.terminator ? 0 : random() % 4;
    test.split = random() % 2 == 0 ? ';' : '\0';
    test.threads = 1 + random() % 2;
    const std::string text = RandomText(random, alphabet, random() % 400);
    ASSERT_EQ(vesica_model::CsvDisagreement(text, test), "")
        << "round " << round << " chunk " << test.limits.chunk_bytes << " record " << test.limits.record_bytes
        << " column " << test.column << " text " << testing::PrintToString(text);
  }
}

// Regular files: the fast index must do, so that the one above does not pass by always falling back.
TEST(CsvProperty, RegularQuotesNeedNoExactIndex) {
  std::mt19937 random(4);
  for (int round = 0; round < 300; ++round) {
    std::string text;
    for (int record = 0; record < 50; ++record) {
      for (int field = 0; field < 3; ++field) {
        const std::string value = RandomText(random, "a,\n\"", random() % 6);
        std::string quoted = "\"";
        for (const char c : value) quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
        text += quoted + "\"" + (field < 2 ? "," : "\n");
      }
    }
    std::unique_ptr<InputFile> file;
    ASSERT_FALSE(InputFile::FromBytes(text, &file));
    vesica_model::CsvCase test;
    test.limits = {.chunk_bytes = 64, .record_bytes = 1000};
    test.column = 1;
    IndexOptions options;
    options.limits = test.limits;
    CsvIndex index;
    ASSERT_FALSE(BuildIndex(*file, CsvPosition(), options, &index));
    EXPECT_GT(index.regions.size(), 3u);
    EXPECT_EQ(index.records, 50u);
    vesica_model::CsvKeys keys;
    std::string fault;
    ASSERT_TRUE(vesica_model::ReadByIndex(*file, test, index, &keys, &fault));
    EXPECT_EQ(fault, "");
    EXPECT_EQ(keys.keys.size(), 50u);
    ASSERT_EQ(vesica_model::CsvDisagreement(text, test), "");
  }
}

}  // namespace
}  // namespace vesica_cli
