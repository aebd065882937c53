#ifndef VESICA_LIB_IDENTITY_COMPANY_NAME_H_
#define VESICA_LIB_IDENTITY_COMPANY_NAME_H_

#include <cstddef>
#include <string_view>

#include "identity/canonicalizer.h"

namespace vesica {

inline constexpr size_t kMaxNameBytes = 1024;  // of a company's name as written

// company-name/1: the folded words of a name without its legal forms.
class CompanyName : public Canonicalizer {
 public:
  Canonical Text(std::string_view key, KeyEncoding encoding, Scratch& scratch) const override;
};

}  // namespace vesica

#endif  // VESICA_LIB_IDENTITY_COMPANY_NAME_H_
