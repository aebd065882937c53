// What the command line asks for, and the reading of its values.
#ifndef VESICA_CLI_OPTIONS_H_
#define VESICA_CLI_OPTIONS_H_

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "failure.h"

namespace vesica_cli {

// How files are to be read.
struct InputOptions {
  std::vector<std::string> columns;  // NAME, or SET=NAME
  std::vector<std::string> hashed;   // hex or base64, or SET=...
  std::string delimiter;             // empty: found; one byte, "tab" or "none"
  std::string multi;                 // empty: by profile; one byte or "none"
  bool no_header = false;
  bool no_quotes = false;
};

// What makes two keys the same.
struct IdentityOptions {
  std::string profile;
  std::string country;
  std::string secret_file;
  std::string level;       // person or account
  uint32_t hash_bits = 0;  // 64 or 128; 0 if not given
};

struct RunOptions {
  uint32_t threads = 1;
  std::string memory;  // empty: no limit
  bool exact_bytes = false;
  bool json = false;
  bool strict = false;
  bool quiet = false;
};

// One input: the name of its set, and where it is.
struct InputSpec {
  std::string name;
  std::string path;
};

// PATH, - or NAME=PATH each. An argument that is the path of something there is a path, also with a '=' in it. Sets
// without a name are called as their file is, without folder and extension.
Failure ParseInputs(const std::vector<std::string>& arguments, std::vector<InputSpec>* out);

// Values that hold for all sets or, written SET=VALUE, for one. Element i is that of set i; empty where none is given.
Failure SpreadOverInputs(const std::vector<std::string>& values, const std::vector<InputSpec>& inputs,
                         const char* option, std::vector<std::string>* out);

// A number of bytes: digits and nothing, K, M, G or T (of 1024).
Failure ParseBytes(const std::string& text, const char* option, uint64_t* out);

// One byte, "tab" or "none"; `*none` then.
Failure ParseByte(const std::string& text, const char* option, char* out, bool* none);

}  // namespace vesica_cli

#endif  // VESICA_CLI_OPTIONS_H_
