#include "report/markup.h"

#include <cmath>
#include <cstdint>

#include "report/label.h"
#include "table/figure_text.h"

namespace vesica {

void AppendEscaped(std::string_view text, std::string* to) {
  for (const char c : CleanLabel(text)) {
    switch (c) {
      case '<':
        to->append("&lt;");
        break;
      case '>':
        to->append("&gt;");
        break;
      case '&':
        to->append("&amp;");
        break;
      case '"':
        to->append("&quot;");
        break;
      case '\'':
        to->append("&#39;");
        break;
      default:
        to->push_back(c);
    }
  }
}

void AppendLength(double value, std::string* to) {
  constexpr double kMost = 1e9;  // beyond any drawing
  if (!(std::abs(value) < kMost)) value = 0;
  int64_t hundredths = std::llround(value * 100);
  if (hundredths < 0) to->push_back('-'), hundredths = -hundredths;
  AppendInteger(hundredths / 100, to);
  if (hundredths % 100 == 0) return;
  to->push_back('.');
  to->push_back(static_cast<char>('0' + hundredths / 10 % 10));
  if (hundredths % 10 != 0) to->push_back(static_cast<char>('0' + hundredths % 10));
}

std::string Concat(std::initializer_list<std::string_view> pieces) {
  std::string all;
  for (const std::string_view piece : pieces) all += piece;
  return all;
}

void Markup::EndTag() {
  if (tag_ != Tag::kNone) text_ += tag_ == Tag::kLeaf ? "/>" : ">";
  tag_ = Tag::kNone;
}

Markup& Markup::Open(std::string_view tag) {
  EndTag();
  text_ += '<';
  text_ += tag;
  open_.emplace_back(tag);
  tag_ = Tag::kOpen;
  return *this;
}

Markup& Markup::Leaf(std::string_view tag) {
  EndTag();
  text_ += '<';
  text_ += tag;
  tag_ = Tag::kLeaf;
  return *this;
}

Markup& Markup::Attribute(std::string_view name, std::string_view value) {
  text_ += ' ';
  text_ += name;
  text_ += "=\"";
  AppendEscaped(value, &text_);
  text_ += '"';
  return *this;
}

Markup& Markup::Attribute(std::string_view name, double value) {
  std::string length;
  AppendLength(value, &length);
  return Attribute(name, length);
}

Markup& Markup::Text(std::string_view text) {
  EndTag();
  AppendEscaped(text, &text_);
  return *this;
}

Markup& Markup::Raw(std::string_view markup) {
  EndTag();
  text_ += markup;
  return *this;
}

Markup& Markup::Close() {
  EndTag();
  text_ += "</" + open_.back() + ">";
  open_.pop_back();
  return *this;
}

std::string Markup::Finish() && {
  EndTag();
  while (!open_.empty()) Close();
  return std::move(text_);
}

}  // namespace vesica
