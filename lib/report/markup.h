#ifndef VESICA_LIB_REPORT_MARKUP_H_
#define VESICA_LIB_REPORT_MARKUP_H_

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace vesica {

// Text as XML and HTML take it, between tags and in attributes: < > & " ' escaped; what is not UTF-8, control
// characters and noncharacters become U+FFFD; line breaks and tabs become spaces; the explicit bidirectional controls
// (embeddings, overrides, isolates) are dropped, so that no label reorders what stands beside it.
void AppendEscaped(std::string_view text, std::string* to);

// A length for a drawing: at most 2 decimals, no exponent; the same on every machine.
void AppendLength(double value, std::string* to);

// The pieces one after another.
std::string Concat(std::initializer_list<std::string_view> pieces);

// Writes elements from front to back. Tag and attribute names are the project's own; values and text are escaped.
//
//     markup.Open("text").Attribute("class", "v-text").Attribute("x", 12.5).Text(label).Close();
//     markup.Leaf("circle").Attribute("r", 3.0);
class Markup {
 public:
  Markup& Open(std::string_view tag);
  // An element without content, which needs no Close(): a shape of SVG, or <meta>, <link>, <br>.
  Markup& Leaf(std::string_view tag);
  // Only right after Open() or Leaf().
  Markup& Attribute(std::string_view name, std::string_view value);
  Markup& Attribute(std::string_view name, double value);
  Markup& Text(std::string_view text);
  // What is markup already: of this project's making, never of data.
  Markup& Raw(std::string_view markup);
  // Closes the element opened last.
  Markup& Close();

  // An element with text and nothing else.
  Markup& Element(std::string_view tag, std::string_view text) { return Open(tag).Text(text).Close(); }

  size_t size() const { return text_.size(); }
  std::string Finish() &&;

 private:
  void EndTag();

  std::string text_;
  std::vector<std::string> open_;
  enum class Tag { kNone, kOpen, kLeaf } tag_ = Tag::kNone;  // whose '>' is still to come
};

}  // namespace vesica

#endif  // VESICA_LIB_REPORT_MARKUP_H_
