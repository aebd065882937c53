// The secret of --secret-file.
#ifndef VESICA_CLI_SECRET_FILE_H_
#define VESICA_CLI_SECRET_FILE_H_

#include <string>

#include "failure.h"
#include "notes.h"

namespace vesica_cli {

// All bytes of a file, wiped from memory in the end.
class SecretFile {
 public:
  SecretFile() = default;
  ~SecretFile();
  SecretFile(const SecretFile&) = delete;
  SecretFile& operator=(const SecretFile&) = delete;

  // Reads 16 bytes to 64 KiB. Says so when others may read the file, or when it ends in a line end, which is part of
  // the secret.
  Failure Read(const std::string& path, const Notes& notes);

  const char* data() const { return bytes_.data(); }
  size_t size() const { return bytes_.size(); }

 private:
  std::string bytes_;
};

}  // namespace vesica_cli

#endif  // VESICA_CLI_SECRET_FILE_H_
