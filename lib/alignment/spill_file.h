#ifndef VESICA_LIB_ALIGNMENT_SPILL_FILE_H_
#define VESICA_LIB_ALIGNMENT_SPILL_FILE_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace vesica {

// A file without a name, for bytes that do not fit into memory: mode 0600, unlinked as soon as it is there, so that it
// is gone with the process whatever happens. Failures are Io and name the system's reason, never the directory.
class SpillFile {
 public:
  SpillFile() = default;
  SpillFile(SpillFile&& other) noexcept { *this = std::move(other); }
  SpillFile& operator=(SpillFile&& other) noexcept;
  ~SpillFile();

  static absl::StatusOr<SpillFile> Create(const std::string& directory);

  bool is_open() const { return file_ >= 0; }

  // Writes behind what was written before; one thread at a time. `*offset` = where it is.
  absl::Status Append(const void* bytes, size_t size, uint64_t* offset);

  // From any thread. Fails with Corrupt where the file ends before.
  absl::Status Read(uint64_t offset, size_t size, void* out) const;

 private:
  int file_ = -1;
  uint64_t size_ = 0;
};

}  // namespace vesica

#endif  // VESICA_LIB_ALIGNMENT_SPILL_FILE_H_
