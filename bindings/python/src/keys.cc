#include "keys.h"

namespace vesica::python {

vesica_source Keys::Source(const std::string& name, uint32_t encoding) {
  auto source = c::internal::Sized<vesica_source>();
  source.name = c::internal::OrNull(name);
  if (stream_ != nullptr) {
    source.stream = stream_.get();
    source.stream_column = stream_column_ ? stream_column_->c_str() : nullptr;
    source.stream_encoding = encoding;
    return source;
  }
  source.columns = Columns(encoding).data();
  source.column_count = columns_.size();
  return source;
}

const std::vector<vesica_column>& Keys::Columns(uint32_t encoding) {
  for (vesica_column& column : columns_) column.encoding = encoding;
  return columns_;
}

}  // namespace vesica::python
