#ifndef VESICA_LIB_IDENTITY_PROFILES_H_
#define VESICA_LIB_IDENTITY_PROFILES_H_

#include <cstdint>
#include <memory>
#include <string_view>

#include "absl/status/statusor.h"
#include "identity/canonicalizer.h"
#include "vesica/identity.h"

namespace vesica {

// Makes the work of a profile. `country` is two upper-case ASCII letters if the profile's info says needs_country,
// else empty; a factory fails with InvalidArgument for a country it does not know, Unsupported without its data.
using CanonicalizerFactory = absl::StatusOr<std::shared_ptr<const Canonicalizer>> (*)(std::string_view country);

// One profile of the registry: a row of the table in profiles.cc.
struct ProfileRow {
  ProfileInfo info;
  CanonicalizerFactory make;
  uint64_t (*data_fingerprint)();  // nullptr: the canonical form depends on no data
};

// What a factory that cannot fail is made of.
template <typename T>
absl::StatusOr<std::shared_ptr<const Canonicalizer>> Make(std::string_view) {
  return std::make_shared<const T>();
}

}  // namespace vesica

#endif  // VESICA_LIB_IDENTITY_PROFILES_H_
