// Rows of text columns as an Arrow record batch, for the library.
#ifndef VESICA_CLI_TEXT_BATCH_H_
#define VESICA_CLI_TEXT_BATCH_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "failure.h"
#include "library.h"

namespace vesica_cli {

class TextBatch {
 public:
  // A batch without rows of columns of these names.
  explicit TextBatch(std::vector<std::string> names) : names_(std::move(names)), columns_(names_.size()) { Clear(); }

  // A row is as many texts as there are columns, in their order.
  void Append(size_t column, std::string_view text) {
    columns_[column].text.append(text);
    columns_[column].offsets.push_back(static_cast<int32_t>(columns_[column].text.size()));
    bytes_ += text.size();
  }
  void EndRow() { ++rows_; }
  void Clear();

  uint64_t rows() const { return rows_; }
  bool full() const { return bytes_ > kMostBytes; }

  Failure AddTo(vesica_study* study) const;

 private:
  static constexpr uint64_t kMostBytes = uint64_t{1} << 26;  // far from what 32-bit offsets hold

  struct Column {
    std::string text;
    std::vector<int32_t> offsets;
  };
  std::vector<std::string> names_;
  std::vector<Column> columns_;
  uint64_t rows_ = 0, bytes_ = 0;
};

}  // namespace vesica_cli

#endif  // VESICA_CLI_TEXT_BATCH_H_
