#ifndef VESICA_LIB_TABLE_JSON_WRITER_H_
#define VESICA_LIB_TABLE_JSON_WRITER_H_

#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <utility>

namespace vesica {

// Writes JSON from front to back, without white space. Scalars take their text from nlohmann::json; its trees are not
// used, as they allocate while they are destroyed and so end the process when there is no memory.
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

  void Null() { Scalar(nullptr); }
  void Boolean(bool value) { Scalar(value); }
  void Integer(uint64_t value) { Scalar(value); }
  void Number(double value) { Scalar(value); }        // in the fewest digits that read back the same
  void Text(std::string_view text) { Scalar(text); }  // bytes that are not UTF-8 become U+FFFD

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

  template <class Value>
  void Scalar(const Value& value) {
    Separate();
    text_ += nlohmann::json(value).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
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
