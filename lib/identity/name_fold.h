#ifndef VESICA_LIB_IDENTITY_NAME_FOLD_H_
#define VESICA_LIB_IDENTITY_NAME_FOLD_H_

#include <string_view>

#include "absl/container/inlined_vector.h"
#include "vesica/identity.h"

namespace vesica {

using FoldedName = absl::InlinedVector<char32_t, 128>;

// `text` case folded, without differences of width and other compatibility forms, in NFC: toNFKC_Casefold of The
// Unicode Standard 3.13, version 14.0 by a frozen table. What is neither letter, mark, number nor one of . & + became a
// space or (apostrophes, format characters) nothing; see gen_name_fold.py.
// kEncoding if `text` is not UTF-8 or has a code point that Unicode 14.0 does not assign.
Reason FoldName(std::string_view text, FoldedName* out);

}  // namespace vesica

#endif  // VESICA_LIB_IDENTITY_NAME_FOLD_H_
