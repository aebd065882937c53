#include "csv_record.h"

namespace vesica_cli {

std::string_view UnquoteInPlace(char* raw, size_t size) {
  if (size == 0 || raw[0] != '"') return {raw, size};
  const void* quote = std::memchr(raw + 1, '"', size - 1);
  if (quote == nullptr) return {raw + 1, size - 1};
  size_t in = static_cast<size_t>(static_cast<const char*>(quote) - raw);
  if (in + 1 == size) return {raw + 1, size - 2};
  size_t out = in;
  while (in < size) {
    if (raw[in] != '"') {
      raw[out++] = raw[in++];
    } else if (in + 1 < size && raw[in + 1] == '"') {
      raw[out++] = '"';
      in += 2;
    } else {  // the closing quote: the rest is literal
      ++in;
      std::memmove(raw + out, raw + in, size - in);
      out += size - in;
      break;
    }
  }
  return {raw + 1, out - 1};
}

std::vector<std::string> ReadFields(std::string_view text, size_t begin, const CsvFormat& format, RecordScan* scan) {
  std::vector<std::string> fields;
  *scan = ScanRecord(text.data(), begin, text.size(), format, [&](uint32_t, size_t field_begin, size_t field_end) {
    std::string value(text.substr(field_begin, field_end - field_begin));
    if (format.quotes) value = std::string(UnquoteInPlace(value.data(), value.size()));
    fields.push_back(std::move(value));
  });
  return fields;
}

}  // namespace vesica_cli
