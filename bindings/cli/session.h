// A run's profile and context.
#ifndef VESICA_CLI_SESSION_H_
#define VESICA_CLI_SESSION_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "aliases.h"
#include "failure.h"
#include "library.h"
#include "notes.h"
#include "options.h"
#include "progress.h"

namespace vesica_cli {

struct OpenProfile {
  std::string name;
  KeyKind kind = KeyKind::kEmail;
  bool digest = false;  // canonical forms are SHA-256 digests
  ProfileHandle handle;

  // Whether the text is a key under the profile.
  bool Takes(std::string_view text, uint32_t encoding) const;
  // What its keys are, for sentences: "people", "accounts" or "keys".
  const char* Things() const;
};

// Takes the profile and hash width of an image for lists to be compared with it; a failure if told otherwise.
Failure AdoptIdentity(const vesica_image_info& info, IdentityOptions* options);

// Opens what --profile, --level, --country, --secret-file and --hash-bits ask for.
Failure OpenProfileFor(const IdentityOptions& options, const Notes& notes, OpenProfile* out);

// A context with the threads and budget asked for; `progress` must outlive it.
Failure OpenContext(const RunOptions& options, Progress* progress, ContextHandle* out);

}  // namespace vesica_cli

#endif  // VESICA_CLI_SESSION_H_
