#include "input_file.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <string_view>

#include "escape.h"
#include "interrupt.h"
#include "spool.h"

namespace vesica_cli {
namespace {

// Contents that are certainly not text, told by how they begin (their format's published signature).
const char* NotText(std::string_view head) {
  if (head.starts_with(std::string_view("PK\3\4", 4)))
    return "a ZIP archive, perhaps an Excel workbook: save it as CSV";
  if (head.starts_with(std::string_view("\xD0\xCF\x11\xE0", 4))) return "an old Excel workbook: save it as CSV";
  if (head.starts_with("\x1F\x8B")) return "gzip-compressed: use `zcat FILE | vesica ... -`";
  if (head.starts_with(std::string_view("\x28\xB5\x2F\xFD", 4)))
    return "zstd-compressed: use `zstdcat FILE | vesica ... -`";
  if (head.starts_with("PAR1")) return "a Parquet file: export it as CSV";
  if (head.starts_with("%PDF-")) return "a PDF";
  if (head.size() >= 8 && std::count(head.begin(), head.end(), '\0') * 3 >= static_cast<long>(head.size())) {
    return "not text in UTF-8, perhaps UTF-16 without a byte order mark: convert it with iconv";
  }
  return nullptr;
}

}  // namespace

Failure InputFile::Open(const std::string& path, std::unique_ptr<InputFile>* out) {
  const int descriptor = path == "-" ? dup(STDIN_FILENO) : open(path.c_str(), O_RDONLY | O_CLOEXEC);
  std::unique_ptr<InputFile> file(new InputFile(path, descriptor));
  if (descriptor < 0) return {kExitNoInput, "cannot open " + file->Title() + ": " + std::strerror(errno)};
  if (Failure failure = file->Prepare()) return failure;
  *out = std::move(file);
  return {};
}

Failure InputFile::FromBytes(const std::string& bytes, std::unique_ptr<InputFile>* out) {
  const int memory = memfd_create("vesica", MFD_CLOEXEC);
  if (memory < 0 || write(memory, bytes.data(), bytes.size()) != static_cast<ssize_t>(bytes.size())) {
    return {kExitIo, "no file in memory"};
  }
  std::unique_ptr<InputFile> file(new InputFile("bytes", memory));
  if (Failure failure = file->Prepare()) return failure;
  *out = std::move(file);
  return {};
}

InputFile::~InputFile() {
  if (descriptor_ >= 0) close(descriptor_);
}

Failure InputFile::Prepare() {
  if (Failure failure = SpoolIfNeeded()) return failure;
  if (Failure failure = DetectEncoding()) return failure;
  if (size_ == 0) return {kExitData, Title() + " is empty: it has neither a header nor rows"};
  return {};
}

Failure InputFile::SpoolIfNeeded() {
  struct stat about = {};
  if (fstat(descriptor_, &about) != 0) return {kExitNoInput, "cannot open " + Title() + ": " + std::strerror(errno)};
  if (S_ISDIR(about.st_mode)) return {kExitNoInput, Title() + " is a directory"};
  if (S_ISBLK(about.st_mode) || (S_ISCHR(about.st_mode) && path_ != "-")) {
    return {kExitNoInput, Title() + " is a device"};
  }
  if (!S_ISREG(about.st_mode)) {
    int copy = -1;
    if (Failure failure = Spool(descriptor_, Title(), &copy)) return failure;
    close(descriptor_);
    descriptor_ = copy;
    if (fstat(descriptor_, &about) != 0) return {kExitIo, "cannot read " + Title() + ": " + std::strerror(errno)};
  } else if (path_ == "-") {  // after `read line`, say, standard input does not begin at 0
    start_ = static_cast<uint64_t>(std::max<off_t>(lseek(descriptor_, 0, SEEK_CUR), 0));
  }
  size_ = static_cast<uint64_t>(about.st_size) - std::min(start_, static_cast<uint64_t>(about.st_size));
  return {};
}

Failure InputFile::DetectEncoding() {
  char head[4096];
  const size_t count = static_cast<size_t>(std::min<uint64_t>(size_, sizeof(head)));
  if (Failure failure = Read(0, count, head)) return failure;
  const std::string_view text(head, count);
  const bool little = text.starts_with("\xFF\xFE"), big = text.starts_with("\xFE\xFF");
  if (little || big) {
    encoding_ = little ? Encoding::kUtf16Little : Encoding::kUtf16Big;
    int copy = -1;
    if (Failure failure = SpoolUtf16(descriptor_, start_ + 2, big, Title(), &copy)) return failure;
    close(descriptor_);
    descriptor_ = copy;
    start_ = 0;
    struct stat about = {};
    if (fstat(descriptor_, &about) != 0) return {kExitIo, "cannot read " + Title() + ": " + std::strerror(errno)};
    size_ = static_cast<uint64_t>(about.st_size);
  } else if (text.starts_with("\xEF\xBB\xBF")) {
    encoding_ = Encoding::kUtf8Marked;
    start_ += 3;
    size_ -= 3;
  } else if (const char* kind = NotText(text)) {
    return {kExitData, Title() + " is " + kind};
  }
  return {};
}

Failure InputFile::Read(uint64_t offset, size_t size, char* out) const {
  while (size > 0) {
    const ssize_t count = pread(descriptor_, out, size, static_cast<off_t>(start_ + offset));
    if (Interrupted()) return {kExitInterrupted, "interrupted"};
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return {kExitIo, "cannot read " + Title() + ": " + std::strerror(errno)};
    if (count == 0) return {kExitIo, Title() + " became shorter while it was read"};
    offset += static_cast<uint64_t>(count);
    out += count;
    size -= static_cast<size_t>(count);
  }
  return {};
}

std::string InputFile::Title() const { return path_ == "-" ? "standard input" : Escaped(path_); }

}  // namespace vesica_cli
