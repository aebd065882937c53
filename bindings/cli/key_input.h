// An input opened for a profile: its file read, its column chosen, or a saved audience.
#ifndef VESICA_CLI_KEY_INPUT_H_
#define VESICA_CLI_KEY_INPUT_H_

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "failure.h"
#include "image_file.h"
#include "key_column.h"
#include "notes.h"
#include "options.h"
#include "session.h"

namespace vesica_cli {

struct KeyInput {
  std::string name;
  uint32_t encoding = 0;  // VESICA_ENCODING_*
  char split = '\0';
  std::unique_ptr<KeyColumn> column;   // of a list
  std::shared_ptr<const Image> image;  // of a saved audience

  // The set's name, made safe for a terminal.
  std::string Label() const;
};

// The encoding that --hashed names: hex or base64; plain without it. A usage error under a profile that does not
// compare digests.
Failure EncodingOf(const std::string& hashed, const OpenProfile& profile, uint32_t* out);

// Opens every input; those in `images` (by index, null for lists) as they are. What was decided for the person (one of
// several columns, a preamble, a list without a header) is noted, or asked where a person sits at the terminal.
Failure OpenKeyInputs(const std::vector<InputSpec>& specs, const InputOptions& options, const OpenProfile& profile,
                      uint32_t threads, const Notes& notes, std::vector<KeyInput>* out,
                      const std::vector<std::shared_ptr<const Image>>& images = {});

// After a failed read by the library: the failure behind it. Nothing if only an index was wrong, which is then right:
// the read can be tried again.
Failure Recover(const Failure& failure, const Notes& notes, std::vector<KeyInput>* inputs);

}  // namespace vesica_cli

#endif  // VESICA_CLI_KEY_INPUT_H_
