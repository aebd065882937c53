#include <gtest/gtest.h>

#include "tests/identity/golden_file.h"

namespace vesica::testing {
namespace {

class Golden : public ::testing::TestWithParam<const char*> {};

TEST_P(Golden, File) {
  std::string file = GetParam();
  file.replace(file.find('/'), 1, "-");
  ExpectGolden(GetParam(), file + ".tsv");
}

INSTANTIATE_TEST_SUITE_P(Profiles, Golden,
                         ::testing::Values("email/1", "raw/1", "int64/1", "sha256/1", "google-ads-email/1",
                                           "google-datamanager-email/1", "google-cm360-email/1", "google-dv360-email/1",
                                           "meta-capi-email/1", "uid2-email/1", "linkedin-email/1", "liveramp-email/1",
                                           "snap-email/1"));

}  // namespace
}  // namespace vesica::testing
