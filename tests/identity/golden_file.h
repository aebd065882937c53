#ifndef VESICA_TESTS_IDENTITY_GOLDEN_FILE_H_
#define VESICA_TESTS_IDENTITY_GOLDEN_FILE_H_

#include <string>
#include <vector>

#include "vesica/identity.h"

namespace vesica::testing {

// A row of tests/golden/identity/<name>-<version>.tsv: `input TAB result [TAB country]`, where a result is = and the
// canonical bytes (in hex for digests), or ! and the name of a reason. \t \n \r \\ and \xHH are escapes in both.
struct GoldenRow {
  int line;
  std::string input, result, country;
};

std::vector<GoldenRow> ReadGolden(const std::string& file);

// "=..." or "!..." as in the files, not escaped.
std::string Result(const Profile& profile, std::string_view key, KeyEncoding encoding = KeyEncoding::kPlain);

// Opens `profile` and expects it to give every row's result, for whole batches too.
void ExpectGolden(const std::string& profile, const std::string& file);

}  // namespace vesica::testing

#endif  // VESICA_TESTS_IDENTITY_GOLDEN_FILE_H_
