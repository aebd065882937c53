#ifndef VESICA_LIB_IDENTITY_LEGAL_FORMS_H_
#define VESICA_LIB_IDENTITY_LEGAL_FORMS_H_

#include <string_view>

namespace vesica {

// `name`, which is folded words with single spaces between them, without the legal forms at its end, one after the
// other, and then without those at its beginning that stand first by custom. Never stripped to nothing: "sas" stays.
std::string_view StripLegalForms(std::string_view name);

}  // namespace vesica

#endif  // VESICA_LIB_IDENTITY_LEGAL_FORMS_H_
