// Temporary copies of inputs, in files without a name.
#ifndef VESICA_CLI_SPOOL_H_
#define VESICA_CLI_SPOOL_H_

#include <cstddef>
#include <cstdint>
#include <string>

#include "failure.h"

namespace vesica_cli {

// read() that goes on after a signal unless it was an interrupt. Returns the bytes read, 0 at the end, -1 on failure.
long ReadSome(int descriptor, char* out, size_t size);

// Copies all that `from` yields to a new file without a name, whose descriptor becomes `*to`.
Failure Spool(int from, const std::string& title, int* to);

// The same, from UTF-16 (after its byte order mark) to UTF-8. A lone surrogate becomes the three bytes that it would
// have by UTF-8's rule, which are not UTF-8: no two inputs become one, and profiles that need UTF-8 refuse it.
Failure SpoolUtf16(int from, uint64_t start, bool big_endian, const std::string& title, int* to);

}  // namespace vesica_cli

#endif  // VESICA_CLI_SPOOL_H_
