#ifndef VESICA_LIB_REPORT_CONTENT_HASH_H_
#define VESICA_LIB_REPORT_CONTENT_HASH_H_

#include <string>
#include <string_view>

namespace vesica {

// The source expression by which a Content-Security-Policy allows an inline script or style sheet of exactly this
// text: 'sha256-...' with its quotes (CSP Level 3, section 2.3.1).
std::string ContentHash(std::string_view text);

}  // namespace vesica

#endif  // VESICA_LIB_REPORT_CONTENT_HASH_H_
