#include "alignment/zone_file.h"

#include <algorithm>
#include <cstdio>
#include <cstring>
#include <functional>
#include <memory>
#include <string>
#include <utility>

#include "absl/time/internal/cctz/include/cctz/zone_info_source.h"

namespace vesica {
namespace {

using Source = absl::time_internal::cctz::ZoneInfoSource;

// Where systems keep the compiled database: the default search path of Python's zoneinfo (PEP 615).
constexpr std::string_view kFolders[] = {"/usr/share/zoneinfo/", "/usr/lib/zoneinfo/", "/usr/share/lib/zoneinfo/",
                                         "/etc/zoneinfo/"};
constexpr size_t kMaxBytes = 64 << 10;       // the largest file of the database has 4 KiB
constexpr std::string_view kMagic = "TZif";  // RFC 9636, 3.1
constexpr std::string_view kPrefix = "vesica:";

// A file of the database, read whole; empty if there is none.
std::string ReadZone(std::string_view name) {
  for (std::string_view folder : kFolders) {
    const std::string path = std::string(folder).append(name);
    const std::unique_ptr<std::FILE, int (*)(std::FILE*)> file(std::fopen(path.c_str(), "rbe"), std::fclose);
    if (file == nullptr) continue;
    std::string bytes(kMaxBytes, '\0');
    bytes.resize(std::fread(bytes.data(), 1, bytes.size(), file.get()));
    if (bytes.starts_with(kMagic)) return bytes;
  }
  return {};
}

class BytesSource : public Source {
 public:
  explicit BytesSource(std::string bytes) : bytes_(std::move(bytes)) {}

  size_t Read(void* to, size_t size) override {
    size = std::min(size, bytes_.size() - at_);
    std::memcpy(to, bytes_.data() + at_, size);
    at_ += size;
    return size;
  }
  int Skip(size_t size) override {
    if (size > bytes_.size() - at_) return -1;
    at_ += size;
    return 0;
  }

 private:
  const std::string bytes_;
  size_t at_ = 0;
};

// Names of ours are read from the folders above. Those of a program that has this same Abseil are read as ever.
std::unique_ptr<Source> OpenSource(const std::string& name,
                                   const std::function<std::unique_ptr<Source>(const std::string&)>& fallback) {
  if (!name.starts_with(kPrefix)) return fallback(name);
  std::string bytes = ReadZone(std::string_view(name).substr(kPrefix.size()));
  if (bytes.empty()) return nullptr;
  return std::make_unique<BytesSource>(std::move(bytes));
}

}  // namespace

// Abseil remembers every name it was asked for: it is asked only for those that exist.
bool LoadZone(std::string_view name, absl::TimeZone* zone) {
  return !ReadZone(name).empty() && absl::LoadTimeZone(std::string(kPrefix).append(name), zone);
}

}  // namespace vesica

// Abseil's way of saying where zones are read from: a definition that replaces its own, weak one when linking.
namespace absl {
ABSL_NAMESPACE_BEGIN
namespace time_internal {
namespace cctz_extension {
ZoneInfoSourceFactory zone_info_source_factory = vesica::OpenSource;
}  // namespace cctz_extension
}  // namespace time_internal
ABSL_NAMESPACE_END
}  // namespace absl
