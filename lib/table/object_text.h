#ifndef VESICA_LIB_TABLE_OBJECT_TEXT_H_
#define VESICA_LIB_TABLE_OBJECT_TEXT_H_

#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

namespace vesica {

using Json = nlohmann::ordered_json;

// Text of a value, bytes that are not UTF-8 replaced by U+FFFD.
inline std::string Text(const Json& value) { return value.dump(-1, ' ', false, Json::error_handler_t::replace); }

// Writes one JSON object member by member, so that a long array is never held as a tree.
class ObjectText {
 public:
  void Add(std::string_view key, const Json& value) {
    Key(key);
    text_ += Text(value);
  }

  // An array of element(0), ..., element(count - 1).
  template <class Element>
  void AddArray(std::string_view key, uint64_t count, Element&& element) {
    Key(key);
    text_ += '[';
    for (uint64_t i = 0; i < count; ++i) {
      if (i > 0) text_ += ',';
      text_ += Text(element(i));
    }
    text_ += ']';
  }

  // The object; nothing may be added after it.
  std::string Finish() && {
    text_ += '}';
    return std::move(text_);
  }

 private:
  void Key(std::string_view key) {
    text_ += text_.size() == 1 ? "\"" : ",\"";
    text_ += key;
    text_ += "\":";
  }

  std::string text_ = "{";
};

}  // namespace vesica

#endif  // VESICA_LIB_TABLE_OBJECT_TEXT_H_
