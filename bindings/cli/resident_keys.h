// All keys of a column in memory, for --exact-bytes.
#ifndef VESICA_CLI_RESIDENT_KEYS_H_
#define VESICA_CLI_RESIDENT_KEYS_H_

#include <cstdint>
#include <memory>
#include <vector>

#include "failure.h"
#include "key_input.h"
#include "vesica.h"

namespace vesica_cli {

class ResidentKeys {
 public:
  // Reads the whole column with `threads` threads. Fails with kExitBudget past `most_bytes`, where that is not 0, and
  // takes what it used off it.
  Failure Load(const KeyInput& input, uint32_t threads, uint64_t* most_bytes);

  // The library's view; this object must outlive its use.
  vesica_source Source(const char* name);

 private:
  struct Batch {
    std::vector<char> bytes;
    std::vector<int64_t> offsets;
    uint64_t first_record = 0;
  };
  std::vector<std::vector<Batch>> shards_;
  std::vector<vesica_column> columns_;
};

}  // namespace vesica_cli

#endif  // VESICA_CLI_RESIDENT_KEYS_H_
