#ifndef VESICA_LIB_IDENTITY_IDNA_H_
#define VESICA_LIB_IDENTITY_IDNA_H_

#include <cstddef>
#include <string_view>

#include "identity/canonicalizer.h"

namespace vesica {

inline constexpr size_t kMaxDomainInput = 1024;  // bytes of a domain as written
inline constexpr size_t kMaxDomain = 253;        // RFC 1035, 2.3.4: 255 on the wire
inline constexpr size_t kMaxLabel = 63;

// The host name `domain` in ASCII lower case by UTS #46, non-transitional; in `*out` if kNone is returned. Points into
// `domain`, if that is canonical already, or into `scratch`.
//
// Labels are 1..63 letters, digits and hyphens, with no hyphen at either end; the last is not all digits. One trailing
// dot is dropped. Labels that are not ASCII, and what xn-- labels decode to, are of the frozen set of idna_table.inc,
// so that no version of libidn2 and libunistring in use gives another answer; an xn-- label is what its own decoding
// encodes to. Otherwise: kEncoding (not UTF-8), kTooLong, kDomain. Dots are not required.
Reason DomainToAscii(std::string_view domain, Scratch& scratch, std::string_view* out);

}  // namespace vesica

#endif  // VESICA_LIB_IDENTITY_IDNA_H_
