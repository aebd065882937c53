#ifndef VESICA_LIB_IDENTITY_PUBLIC_SUFFIX_H_
#define VESICA_LIB_IDENTITY_PUBLIC_SUFFIX_H_

#include <cstdint>
#include <memory>
#include <string_view>

#include "absl/status/statusor.h"

struct psl_ctx_st;

namespace vesica {

// The ICANN section of the Public Suffix List of data/, compiled into the library.
class PublicSuffixList {
 public:
  // Takes about 5 ms and 1.3 MB. The rules are converted to ASCII here, not by libpsl, which may be built without IDNA.
  static absl::StatusOr<PublicSuffixList> Load();

  // The public suffix of a host name and the label before it, as the end of `host`; empty if there is no such label.
  // `host` is in ASCII lower case and ends with NUL. Names under no rule have their last label as public suffix.
  std::string_view RegistrableDomain(const char* host) const;

  static uint64_t Fingerprint();  // of the file's bytes

 private:
  struct Free {
    void operator()(psl_ctx_st* list) const;
  };
  explicit PublicSuffixList(psl_ctx_st* list) : list_(list) {}
  std::unique_ptr<psl_ctx_st, Free> list_;
};

}  // namespace vesica

#endif  // VESICA_LIB_IDENTITY_PUBLIC_SUFFIX_H_
