#include "spool.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <vector>

#include "escape.h"
#include "interrupt.h"

namespace vesica_cli {
namespace {

constexpr size_t kCopyBytes = size_t{1} << 20;

Failure Unreadable(const std::string& title) {
  if (Interrupted()) return {kExitInterrupted, "interrupted"};
  return {kExitIo, "cannot read " + title + ": " + std::strerror(errno)};
}

Failure MakeFile(int* out) {
  const char* folder = std::getenv("TMPDIR");
  std::string name = folder != nullptr && *folder != '\0' ? folder : "/tmp";
  name += "/vesica-XXXXXX";
  const int descriptor = mkostemp(name.data(), O_CLOEXEC);
  if (descriptor < 0) {
    return {kExitIo, "cannot make a temporary file in the folder of " + Escaped(name) + ": " + std::strerror(errno)};
  }
  unlink(name.c_str());
  *out = descriptor;
  return {};
}

Failure WriteAll(int to, const char* bytes, size_t size) {
  while (size > 0) {
    const ssize_t written = write(to, bytes, size);
    if (written < 0) {
      if (errno == EINTR && !Interrupted()) continue;
      if (Interrupted()) return {kExitInterrupted, "interrupted"};
      return {kExitIo,
              std::string("cannot write a temporary copy (set TMPDIR to a folder with room): ") + std::strerror(errno)};
    }
    bytes += written;
    size -= static_cast<size_t>(written);
  }
  return {};
}

void AppendUtf8(uint32_t code, std::vector<char>* out) {
  const auto put = [&](uint32_t byte) { out->push_back(static_cast<char>(byte)); };
  if (code < 0x80) {
    put(code);
  } else if (code < 0x800) {
    put(0xC0 | code >> 6);
    put(0x80 | (code & 63));
  } else if (code < 0x10000) {
    put(0xE0 | code >> 12);
    put(0x80 | (code >> 6 & 63));
    put(0x80 | (code & 63));
  } else {
    put(0xF0 | code >> 18);
    put(0x80 | (code >> 12 & 63));
    put(0x80 | (code >> 6 & 63));
    put(0x80 | (code & 63));
  }
}

// Turns UTF-16 into UTF-8, unit by unit.
class Utf16Decoder {
 public:
  explicit Utf16Decoder(std::vector<char>* out) : out_(out) {}

  void Add(uint32_t unit) {
    const bool low = unit >= 0xDC00 && unit < 0xE000;
    if (high_ != 0 && low) {
      AppendUtf8(0x10000 + ((high_ - 0xD800) << 10) + (unit - 0xDC00), out_);
      high_ = 0;
      return;
    }
    Finish();
    if (unit >= 0xD800 && unit < 0xDC00) {
      high_ = unit;
    } else {
      AppendUtf8(unit, out_);
    }
  }

  void Finish() {
    if (high_ != 0) AppendUtf8(high_, out_);
    high_ = 0;
  }

 private:
  std::vector<char>* out_;
  uint32_t high_ = 0;  // a high surrogate that waits for its low one
};

}  // namespace

long ReadSome(int descriptor, char* out, size_t size) {
  for (;;) {
    const ssize_t count = read(descriptor, out, size);
    if (count >= 0 || errno != EINTR || Interrupted()) return count;
  }
}

Failure Spool(int from, const std::string& title, int* to) {
  int file = -1;
  if (Failure failure = MakeFile(&file)) return failure;
  std::vector<char> buffer(kCopyBytes);
  for (;;) {
    const long count = ReadSome(from, buffer.data(), buffer.size());
    Failure failure;
    if (count < 0) failure = Unreadable(title);
    if (count > 0) failure = WriteAll(file, buffer.data(), static_cast<size_t>(count));
    if (failure) {
      close(file);
      return failure;
    }
    if (count == 0) break;
  }
  *to = file;
  return {};
}

Failure SpoolUtf16(int from, uint64_t start, bool big_endian, const std::string& title, int* to) {
  int file = -1;
  if (Failure failure = MakeFile(&file)) return failure;
  std::vector<char> in(kCopyBytes), out;
  out.reserve(kCopyBytes * 3 / 2 + 8);  // a unit becomes at most three bytes
  Utf16Decoder decoder(&out);
  size_t held = 0;  // bytes of half a unit, kept from the last read
  Failure failure;
  for (uint64_t offset = start; !failure;) {
    const ssize_t count = pread(from, in.data() + held, in.size() - held, static_cast<off_t>(offset));
    if (count < 0 && errno == EINTR && !Interrupted()) continue;
    if (count < 0 || Interrupted()) failure = Unreadable(title);
    if (failure || count == 0) break;
    offset += static_cast<uint64_t>(count);
    held += static_cast<size_t>(count);
    out.clear();
    for (size_t i = 0; i + 2 <= held; i += 2) {
      const auto first = static_cast<uint8_t>(in[i]), second = static_cast<uint8_t>(in[i + 1]);
      decoder.Add(big_endian ? uint32_t{first} << 8 | second : uint32_t{second} << 8 | first);
    }
    if (held % 2 == 1) in[0] = in[held - 1];
    held %= 2;
    failure = WriteAll(file, out.data(), out.size());
  }
  out.clear();
  decoder.Finish();
  if (!failure) failure = WriteAll(file, out.data(), out.size());
  if (!failure && held != 0) failure = {kExitData, title + " is UTF-16 of an odd number of bytes: it was cut short"};
  if (failure) {
    close(file);
    return failure;
  }
  *to = file;
  return {};
}

}  // namespace vesica_cli
