#include "image_file.h"

#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <memory>

#include "commands.h"
#include "escape.h"
#include "text_table.h"

namespace vesica_cli {
namespace {

constexpr char kMagic[] = "\x89VSC\r\n\x1a\n";  // lib/wire/FORMAT.md
constexpr size_t kMagicBytes = sizeof(kMagic) - 1;

struct Closer {
  void operator()(std::FILE* file) const { std::fclose(file); }
};
using File = std::unique_ptr<std::FILE, Closer>;

std::string Reason(const std::string& path) { return "\"" + Escaped(path) + "\": " + std::strerror(errno); }

// Writes to `draft` what is to become `path`, which messages name.
Failure WriteAll(const std::string& bytes, const std::string& draft, const std::string& path) {
  File file(std::fopen(draft.c_str(), "wb"));
  if (file == nullptr) return {kExitIo, "cannot write " + Reason(path)};
  if (std::fwrite(bytes.data(), 1, bytes.size(), file.get()) != bytes.size() || std::fflush(file.get()) != 0 ||
      std::fclose(file.release()) != 0) {
    return {kExitIo, "cannot write " + Reason(path)};
  }
  return {};
}

}  // namespace

bool BeginsImage(std::string_view bytes) { return bytes.starts_with(std::string_view(kMagic, kMagicBytes)); }

bool IsImage(const std::string& path) {
  std::error_code ignored;
  if (path == "-" || !std::filesystem::is_regular_file(path, ignored)) return false;
  if (std::filesystem::path(path).extension() == ".vsc") return true;
  const File file(std::fopen(path.c_str(), "rb"));
  char start[kMagicBytes];
  return file != nullptr && std::fread(start, 1, kMagicBytes, file.get()) == kMagicBytes &&
         BeginsImage(std::string_view(start, kMagicBytes));
}

Failure ReadBytes(const std::string& path, std::string* out) {
  std::error_code error;
  if (std::filesystem::is_directory(path, error)) return {kExitNoInput, "\"" + Escaped(path) + "\" is a directory"};
  const File file(path == "-" ? nullptr : std::fopen(path.c_str(), "rb"));
  std::FILE* const from = path == "-" ? stdin : file.get();
  if (from == nullptr) return {kExitNoInput, "cannot read " + Reason(path)};
  char buffer[1 << 16];
  for (size_t size; (size = std::fread(buffer, 1, sizeof(buffer), from)) > 0;) out->append(buffer, size);
  if (std::ferror(from) != 0) return {kExitIo, "cannot read " + Reason(path)};
  return {};
}

Failure WriteBytes(const std::string& bytes, const std::string& path) {
  if (path == "-") return WriteOut(bytes);
  std::error_code missing;
  if (std::filesystem::is_other(std::filesystem::status(path, missing))) return WriteAll(bytes, path, path);
  const std::filesystem::path target = std::filesystem::canonical(path, missing);  // what a link stands for
  const std::string file = missing ? path : target.string();
  const std::string draft = file + "." + std::to_string(getpid()) + ".part";
  Failure failure = WriteAll(bytes, draft, path);
  if (!failure && std::rename(draft.c_str(), file.c_str()) != 0) failure = {kExitIo, "cannot write " + Reason(path)};
  if (failure) std::remove(draft.c_str());
  return failure;
}

Failure ReadImage(const std::string& path, Image* out) {
  if (Failure failure = ReadBytes(path, &out->bytes)) return failure;
  out->info.struct_size = sizeof(out->info);
  vesica_error wrong = NoError();
  Failure failure = FromLibrary(vesica_image_inspect(out->bytes.data(), out->bytes.size(), &out->info, &wrong), wrong);
  if (failure) failure.message = "\"" + Escaped(path) + "\": " + failure.message;
  return failure;
}

Failure LoadImage(const Image& image, vesica_context* context, AudienceHandle* out) {
  vesica_error error = NoError();
  vesica_audience* audience = nullptr;
  const vesica_status status = vesica_audience_load(context, image.bytes.data(), image.bytes.size(), &audience, &error);
  out->reset(audience);
  return FromLibrary(status, error);
}

Failure WriteImage(const vesica_audience* audience, const std::string& path, size_t* size_bytes) {
  vesica_error error = NoError();
  if (Failure failure = FromLibrary(vesica_audience_save(audience, nullptr, 0, size_bytes, &error), error)) {
    return failure;
  }
  std::string bytes(*size_bytes, '\0');
  if (Failure failure =
          FromLibrary(vesica_audience_save(audience, bytes.data(), bytes.size(), size_bytes, &error), error)) {
    return failure;
  }
  return WriteBytes(bytes, path);
}

std::string DescribeImage(const vesica_image_info& info) {
  switch (info.representation) {
    case VESICA_REPRESENTATION_EXACT:
      return "exact";
    case VESICA_REPRESENTATION_MINHASH:
      return "MinHash of at most " + CountText(info.sketch_bytes) + " bytes";
    case VESICA_REPRESENTATION_HYPERLOGLOG:
      return "HyperLogLog of " + CountText(info.sketch_bytes) + " registers, " + std::to_string(info.mantissa_bits) +
             " mantissa bits";
    default:
      return "of an unknown kind";
  }
}

}  // namespace vesica_cli
