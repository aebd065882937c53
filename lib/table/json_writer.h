#ifndef VESICA_LIB_TABLE_JSON_WRITER_H_
#define VESICA_LIB_TABLE_JSON_WRITER_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "table/figure_text.h"

namespace vesica {

// Writes JSON from front to back, without white space.
class JsonWriter {
 public:
  void BeginObject() { Begin('{'); }
  void EndObject() { End('}'); }
  void BeginArray() { Begin('['); }
  void EndArray() { End(']'); }

  // The key of the next value, plain ASCII.
  void Key(std::string_view key) {
    Separate();
    text_ += '"';
    text_ += key;
    text_ += "\":";
    fresh_ = true;
  }

  void Null() { Separate(), text_ += "null"; }
  void Boolean(bool value) { Separate(), text_ += value ? "true" : "false"; }
  void Integer(uint64_t value) { Separate(), AppendInteger(value, &text_); }
  void Number(double value) { Separate(), AppendNumber(value, &text_); }
  void Text(std::string_view text) { Separate(), AppendJsonText(text, &text_); }

  std::string Finish() && { return std::move(text_); }

 private:
  void Begin(char bracket) {
    Separate();
    text_ += bracket;
    fresh_ = true;
  }

  void End(char bracket) {
    text_ += bracket;
    fresh_ = false;
  }

  void Separate() {
    if (!fresh_) text_ += ',';
    fresh_ = false;
  }

  std::string text_;
  bool fresh_ = true;  // what comes next is the first of its array or object, or the value of a key
};

}  // namespace vesica

#endif  // VESICA_LIB_TABLE_JSON_WRITER_H_
