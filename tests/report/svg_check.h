// What holds for every picture, found by reading its markup.
#ifndef VESICA_TESTS_REPORT_SVG_CHECK_H_
#define VESICA_TESTS_REPORT_SVG_CHECK_H_

#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "report/label.h"

namespace vesica {

struct SvgText {
  std::string text;
  double left, top, right, bottom;
};

inline std::string_view AttributeOf(std::string_view tag, std::string_view name) {
  const std::string key = " " + std::string(name) + "=\"";
  const size_t at = tag.find(key);
  if (at == std::string_view::npos) return {};
  const std::string_view rest = tag.substr(at + key.size());
  return rest.substr(0, rest.find('"'));
}

inline double NumberOf(std::string_view tag, std::string_view name) {
  return std::strtod(std::string(AttributeOf(tag, name)).c_str(), nullptr);
}

inline std::string Unescaped(std::string_view text) {
  std::string out;
  for (size_t at = 0; at < text.size();) {
    size_t taken = 1;
    char c = text[at];
    for (const auto& [entity, meant] : {std::pair<std::string_view, char>{"&lt;", '<'},
                                        {"&gt;", '>'},
                                        {"&amp;", '&'},
                                        {"&quot;", '"'},
                                        {"&#39;", '\''}}) {
      if (text.substr(at).starts_with(entity)) c = meant, taken = entity.size();
    }
    out += c, at += taken;
  }
  return out;
}

// Every <text> of the picture that is not turned, and the room it takes at most.
inline std::vector<SvgText> TextsOf(std::string_view svg) {
  std::vector<SvgText> texts;
  for (size_t at = svg.find("<text "); at != std::string_view::npos; at = svg.find("<text ", at + 1)) {
    const size_t end = svg.find('>', at), close = svg.find("</text>", end);
    const std::string_view tag = svg.substr(at, end - at);
    if (!AttributeOf(tag, "transform").empty()) continue;
    const std::string_view classes = AttributeOf(tag, "class"), anchor = AttributeOf(tag, "text-anchor");
    const std::string text = Unescaped(svg.substr(end + 1, close - end - 1));
    const double size = classes.find("v-small") != std::string_view::npos ? 12 : 14;
    const double width =
        TextWidth(text, size) * (classes.find("v-strong") != std::string_view::npos ? kStrongWidth : 1);
    const double x = NumberOf(tag, "x"), y = NumberOf(tag, "y");
    const double left = anchor == "middle" ? x - width / 2 : anchor == "end" ? x - width : x;
    texts.push_back({text, left, y - 0.8 * size, left + width, y + 0.25 * size});
  }
  return texts;
}

// The first thing wrong with the picture, or nothing: tags that do not match, texts that meet or leave the picture.
inline std::string ProblemOf(std::string_view svg) {
  std::vector<std::string> open;
  for (size_t at = svg.find('<'); at != std::string_view::npos; at = svg.find('<', at + 1)) {
    const size_t end = svg.find('>', at);
    if (end == std::string_view::npos) return "a tag without an end";
    const std::string_view tag = svg.substr(at + 1, end - at - 1);
    if (tag.starts_with('/')) {
      if (open.empty() || open.back() != tag.substr(1)) return "</" + std::string(tag.substr(1)) + "> closes nothing";
      open.pop_back();
    } else if (!tag.ends_with('/')) {
      open.emplace_back(tag.substr(0, tag.find(' ')));
    }
  }
  if (!open.empty()) return "<" + open.back() + "> is not closed";
  const double width = NumberOf(svg.substr(0, svg.find('>')), "width");
  const double height = NumberOf(svg.substr(0, svg.find('>')), "height");
  const std::vector<SvgText> texts = TextsOf(svg);
  for (size_t i = 0; i < texts.size(); ++i) {
    const SvgText& a = texts[i];
    if (a.left < -1 || a.top < -1 || a.right > width + 1 || a.bottom > height + 1) return "outside: " + a.text;
    for (size_t k = 0; k < i; ++k) {
      const SvgText& b = texts[k];
      if (a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 1 && b.top < a.bottom - 1) {
        return "\"" + a.text + "\" meets \"" + b.text + "\"";
      }
    }
  }
  return {};
}

}  // namespace vesica

#endif  // VESICA_TESTS_REPORT_SVG_CHECK_H_
