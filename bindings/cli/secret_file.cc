#include "secret_file.h"

#include <fcntl.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "escape.h"
#include "spool.h"

namespace vesica_cli {
namespace {

constexpr size_t kFewestBytes = 16;
constexpr size_t kMostBytes = size_t{1} << 16;

}  // namespace

SecretFile::~SecretFile() { explicit_bzero(bytes_.data(), bytes_.size()); }

Failure SecretFile::Read(const std::string& path, const Notes& notes) {
  const std::string title = "secret file " + Escaped(path);
  const int descriptor = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) return {kExitNoInput, "cannot open " + title + ": " + std::strerror(errno)};
  bytes_.resize(kMostBytes + 1);
  size_t size = 0;
  long count = 1;
  while (count > 0 && size < bytes_.size()) {
    count = ReadSome(descriptor, bytes_.data() + size, bytes_.size() - size);
    if (count > 0) size += static_cast<size_t>(count);
  }
  const int error = errno;
  struct stat about = {};
  const bool known = fstat(descriptor, &about) == 0;
  close(descriptor);
  if (count < 0) return {kExitNoInput, "cannot read " + title + ": " + std::strerror(error)};
  if (size < kFewestBytes || size > kMostBytes) {
    return {kExitUsage, title + " must hold 16 random bytes or more, at most 64 KiB"};
  }
  bytes_.resize(size);
  if (known && S_ISREG(about.st_mode) && (about.st_mode & (S_IRGRP | S_IROTH)) != 0) {
    notes.Say(title + " can be read by other users of this machine");
  }
  if (bytes_.back() == '\n') notes.Say(title + " ends in a line end, which is part of the secret");
  return {};
}

}  // namespace vesica_cli
