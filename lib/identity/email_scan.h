#ifndef VESICA_LIB_IDENTITY_EMAIL_SCAN_H_
#define VESICA_LIB_IDENTITY_EMAIL_SCAN_H_

#include <cstddef>
#include <cstdint>

#include "identity/canonicalizer.h"

namespace vesica {

// The sizes of keys that a scan takes, in bytes: from "a@b.cd" on, and up to where the @ is seen at once.
inline constexpr size_t kMinScan = 6;
inline constexpr size_t kMaxScan = 60;

// Tells which keys of a run are canonical addresses of email/1 as they are: flags[i] of these is 0, of others kRunLeft
// or kRunEmpty, and local_sizes[i] of these is where their @ is, of others anything. Left are keys of other sizes than
// kMinScan..kMaxScan, all that is not lower-case ASCII or not valid, domains with hyphens side by side (maybe xn--) or
// that do not end in two letters, and keys that end in the first kBeforeRun bytes of a run. Runs on the best
// instructions that this machine has. Reads nothing but the bytes of the run.
void ScanEmails(const KeyRun& run, uint8_t* flags, uint8_t* local_sizes);

// The same, key by key and byte by byte.
void ScanEmailsScalar(const KeyRun& run, uint8_t* flags, uint8_t* local_sizes);

}  // namespace vesica

#endif  // VESICA_LIB_IDENTITY_EMAIL_SCAN_H_
