// Text from data, made safe for a terminal.
#ifndef VESICA_CLI_ESCAPE_H_
#define VESICA_CLI_ESCAPE_H_

#include <string>
#include <string_view>

namespace vesica_cli {

// `text` with control characters (C0, DEL and C1), backslashes and bytes that are not UTF-8 written as \t, \n, \r,
// \\ or \xNN: it cannot move the cursor, change colours or break a line, and can be turned back into its bytes.
std::string Escaped(std::string_view text);

}  // namespace vesica_cli

#endif  // VESICA_CLI_ESCAPE_H_
