#include "alignment/spill_file.h"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>
#include <vector>

#include "base/error.h"

namespace vesica {
namespace {

absl::Status IoError(const char* what, int error) {
  return MakeError(ErrorCode::kIo, std::string(what) + " the spill file failed (errno " + std::to_string(error) + ")");
}

}  // namespace

SpillFile& SpillFile::operator=(SpillFile&& other) noexcept {
  std::swap(file_, other.file_);
  std::swap(size_, other.size_);
  return *this;
}

SpillFile::~SpillFile() {
  if (file_ >= 0) close(file_);
}

absl::StatusOr<SpillFile> SpillFile::Create(const std::string& directory) {
  const std::string pattern = directory + "/vesica-XXXXXX";
  std::vector<char> name(pattern.begin(), pattern.end());
  name.push_back('\0');
  SpillFile file;
  file.file_ = mkostemp(name.data(), O_CLOEXEC);  // mode 0600 (POSIX, mkstemp)
  if (file.file_ < 0) return IoError("creating", errno);
  if (unlink(name.data()) != 0) return IoError("unlinking", errno);
  return file;
}

absl::Status SpillFile::Append(const void* bytes, size_t size, uint64_t* offset) {
  const char* next = static_cast<const char*>(bytes);
  uint64_t end = size_;
  for (size_t left = size; left > 0;) {
    const ssize_t written = pwrite(file_, next, left, static_cast<off_t>(end));
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return IoError("writing", written < 0 ? errno : ENOSPC);
    next += written;
    left -= static_cast<size_t>(written);
    end += static_cast<uint64_t>(written);
  }
  *offset = size_;
  size_ = end;
  return absl::OkStatus();
}

absl::Status SpillFile::Read(uint64_t offset, size_t size, void* out) const {
  char* next = static_cast<char*>(out);
  while (size > 0) {
    const ssize_t got = pread(file_, next, size, static_cast<off_t>(offset));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return IoError("reading", errno);
    if (got == 0) return MakeError(ErrorCode::kCorrupt, "the spill file is shorter than what was written");
    next += got;
    size -= static_cast<size_t>(got);
    offset += static_cast<uint64_t>(got);
  }
  return absl::OkStatus();
}

}  // namespace vesica
