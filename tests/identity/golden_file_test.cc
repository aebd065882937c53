#include "tests/identity/golden_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <map>

#include "identity/canonicalizer.h"

namespace vesica::testing {
namespace {

constexpr std::string_view kReasonNames[] = {
    "NONE",   "BLANK",    "NO_AT",    "SEVERAL_AT", "QUOTED", "COMMENT", "DISPLAY_NAME", "LOCAL_PART",    "DOMAIN",
    "NO_DOT", "TOO_LONG", "ENCODING", "DIGEST",     "PHONE",  "INTEGER", "NO_ACCOUNT",   "PUBLIC_SUFFIX", "NAME"};
static_assert(std::size(kReasonNames) == kReasonCount);

std::string Unescape(std::string_view text) {
  std::string out;
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\\' || i + 1 == text.size()) {
      out += text[i];
      continue;
    }
    switch (const char c = text[++i]; c) {
      case 't':
        out += '\t';
        break;
      case 'n':
        out += '\n';
        break;
      case 'r':
        out += '\r';
        break;
      case 'x':
        out += static_cast<char>(std::strtol(std::string(text.substr(i + 1, 2)).c_str(), nullptr, 16));
        i += 2;
        break;
      default:
        out += c;
    }
  }
  return out;
}

std::string Hex(std::string_view bytes) {
  std::string out;
  for (const char c : bytes) {
    out += "0123456789abcdef"[c >> 4 & 15];
    out += "0123456789abcdef"[c & 15];
  }
  return out;
}

std::string Render(const Profile& profile, Reason reason, std::string_view canonical) {
  if (reason != Reason::kNone) return "!" + std::string(kReasonNames[static_cast<size_t>(reason)]);
  return "=" + (profile.info().digest ? Hex(canonical) : std::string(canonical));
}

TEST(GoldenFile, EscapesAreRead) {
  EXPECT_EQ(Unescape("a\\t\\x00\\xC2\\xA0\\\\b"), std::string("a\t\0\xC2\xA0\\b", 7));
}

}  // namespace

std::vector<GoldenRow> ReadGolden(const std::string& file) {
  std::ifstream in(std::string(VESICA_TEST_DATA) + "/golden/identity/" + file);
  EXPECT_TRUE(in.good()) << file;
  std::vector<GoldenRow> rows;
  std::string line;
  for (int number = 1; std::getline(in, line); ++number) {
    if (line.starts_with('#')) continue;
    std::vector<std::string> cells(1);
    for (const char c : line) {
      if (c == '\t') {
        cells.emplace_back();
      } else {
        cells.back() += c;
      }
    }
    EXPECT_THAT(cells.size(), ::testing::AllOf(::testing::Ge(2u), ::testing::Le(3u))) << file << ":" << number;
    cells.resize(3);
    rows.push_back({number, Unescape(cells[0]), Unescape(cells[1]), cells[2]});
  }
  EXPECT_FALSE(rows.empty()) << file;
  return rows;
}

std::string Result(const Profile& profile, std::string_view key, KeyEncoding encoding) {
  std::string canonical;
  const Reason reason = profile.Canonicalize(key, encoding, &canonical);
  EXPECT_EQ(reason == Reason::kNone, !canonical.empty());
  return Render(profile, reason, canonical);
}

void ExpectGolden(const std::string& profile_name, const std::string& file) {
  std::map<std::string, std::vector<GoldenRow>> by_country;
  for (GoldenRow& row : ReadGolden(file)) by_country[row.country].push_back(std::move(row));
  for (const auto& [country, rows] : by_country) {
    const auto profile = Profile::Open(profile_name, country);
    ASSERT_TRUE(profile.ok()) << profile.status();
    std::vector<std::string_view> keys;
    for (const GoldenRow& row : rows) {
      EXPECT_EQ(Result(*profile, row.input), row.result) << file << ":" << row.line;
      keys.push_back(row.input);
    }
    Scratch scratch;
    std::vector<Canonical> batch(keys.size());
    profile->canonicalizer().TextBatch(keys, KeyEncoding::kPlain, scratch, batch.data());
    for (size_t i = 0; i < rows.size(); ++i) {
      EXPECT_EQ(Render(*profile, batch[i].reason, batch[i].bytes), rows[i].result) << file << ":" << rows[i].line;
    }
  }
}

}  // namespace vesica::testing
