// A CSV reader that goes byte by byte through one state at a time: the twin of bindings/cli's reader.
#ifndef VESICA_TESTS_MODEL_NAIVE_CSV_H_
#define VESICA_TESTS_MODEL_NAIVE_CSV_H_

#include <cstdint>
#include <string>
#include <vector>

namespace vesica_model {

struct NaiveRecord {
  std::vector<std::string> fields;
  uint64_t line = 0;        // on which it starts, from 0
  bool blank = false;       // nothing at all
  bool open_quote = false;  // the file ends within quotes
  bool too_long = false;
};

// Records of `text`. A record of more than `longest` bytes, its terminator not counted, ends at the first terminator
// past them.
inline std::vector<NaiveRecord> NaiveCsv(const std::string& text, char delimiter, char terminator, bool quotes,
                                         uint64_t longest) {
  std::vector<NaiveRecord> records;
  uint64_t line = 0;
  for (size_t pos = 0; pos < text.size();) {
    NaiveRecord record;
    record.line = line;
    const size_t begin = pos;
    std::string field, raw;
    bool inside = false, at_start = true, ended = false;
    for (; pos < text.size() && !ended; ++pos) {
      const char c = text[pos];
      if (c == terminator) ++line;
      if (pos - begin > longest) record.too_long = true;
      if (record.too_long) {
        ended = c == terminator;
        continue;
      }
      if (inside) {
        if (c != '"') {
          field += c;
        } else if (pos + 1 < text.size() && text[pos + 1] == '"' && pos + 1 - begin <= longest) {
          field += c;
          ++pos;
        } else {
          inside = false;
        }
      } else if (c == '"' && at_start && quotes) {
        inside = true;
      } else if (c == terminator) {
        ended = true;
      } else if (c == delimiter) {
        record.fields.push_back(field);
        field.clear();
        at_start = true;
        continue;
      } else {
        field += c;
      }
      at_start = false;
    }
    if (pos - begin - (ended ? 1 : 0) > longest) record.too_long = true;
    record.open_quote = inside && !record.too_long;
    const size_t end = ended ? pos - 1 : pos;
    if (!inside && terminator == '\n' && !field.empty() && field.back() == '\r' && text[end - 1] == '\r') {
      field.pop_back();
    }
    record.fields.push_back(field);
    record.blank = end == begin || (end == begin + 1 && terminator == '\n' && text[begin] == '\r');
    records.push_back(record);
  }
  return records;
}

}  // namespace vesica_model

#endif  // VESICA_TESTS_MODEL_NAIVE_CSV_H_
