// The names that exports give to the columns that hold keys.
#ifndef VESICA_CLI_ALIASES_H_
#define VESICA_CLI_ALIASES_H_

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace vesica_cli {

// What the keys of a profile are, as far as columns are named after it.
enum class KeyKind : uint8_t { kEmail, kPhone, kDomain, kAccount, kCompanyName, kDigest, kId };

// By the profile's name, such as "uid2-email/1".
KeyKind KindOfProfile(std::string_view profile);

// Whether the profile takes any text for a key, so that a header cannot be told from a key.
bool TakesAnyText(KeyKind kind, std::string_view profile);

// `name` in ASCII lower case without spaces and punctuation: "E-mail Address" and "email_address" become one.
std::string Squashed(std::string_view name);

// Squashed names of columns with keys of the kind, the likeliest first.
std::span<const std::string_view> AliasesOf(KeyKind kind);

}  // namespace vesica_cli

#endif  // VESICA_CLI_ALIASES_H_
