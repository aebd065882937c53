#ifndef VESICA_TESTS_REPORT_MARKUP_CHECK_H_
#define VESICA_TESTS_REPORT_MARKUP_CHECK_H_

#include <cctype>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace vesica {

// What is wrong with a piece of XML as this project writes it, or nothing: tags that do not balance, attributes that
// are not name="value" or come twice, ids that come twice, bare < and &, text that is no element's.
class MarkupCheck {
 public:
  static std::string ProblemOf(std::string_view text) {
    MarkupCheck check(text);
    return check.Check();
  }

 private:
  explicit MarkupCheck(std::string_view text) : text_(text) {}

  std::string Check() {
    while (at_ < text_.size() && problem_.empty()) {
      if (text_[at_] == '<') {
        Tag();
      } else {
        if (open_.empty() && !std::isspace(static_cast<unsigned char>(text_[at_]))) Fail("text outside of the root");
        Character();
      }
    }
    if (problem_.empty() && !open_.empty()) Fail("not closed: " + open_.back());
    if (problem_.empty() && roots_ != 1) Fail("not one root");
    return problem_;
  }

  void Fail(const std::string& what) { problem_ = what + " at " + std::to_string(at_); }

  void Character() {
    if (text_[at_] == '&') {
      const size_t end = text_.find(';', at_);
      static const std::set<std::string_view> kKnown = {"&lt;", "&gt;", "&amp;", "&quot;", "&#39;"};
      if (end == std::string_view::npos || !kKnown.contains(text_.substr(at_, end + 1 - at_))) return Fail("bare &");
      at_ = end + 1;
      return;
    }
    if (text_[at_] == '<') return Fail("bare <");
    ++at_;
  }

  std::string Name() {
    const size_t begin = at_;
    while (at_ < text_.size() && (std::isalnum(static_cast<unsigned char>(text_[at_])) || text_[at_] == '-')) ++at_;
    if (at_ == begin) Fail("no name");
    return std::string(text_.substr(begin, at_ - begin));
  }

  void Tag() {
    ++at_;
    if (text_[at_] == '/') {
      ++at_;
      const std::string name = Name();
      if (open_.empty() || open_.back() != name) return Fail("closes " + name);
      open_.pop_back();
      if (text_[at_++] != '>') Fail("end tag");
      return;
    }
    const std::string name = Name();
    if (open_.empty()) ++roots_;
    std::set<std::string> attributes;
    while (problem_.empty() && text_[at_] == ' ') {
      ++at_;
      const std::string attribute = Name();
      if (!attributes.insert(attribute).second) return Fail("twice: " + attribute);
      if (text_.substr(at_, 2) != "=\"") return Fail("attribute " + attribute);
      at_ += 2;
      const size_t begin = at_;
      while (problem_.empty() && at_ < text_.size() && text_[at_] != '"') Character();
      if (attribute == "id" && !ids_.emplace(text_.substr(begin, at_ - begin)).second) return Fail("id twice");
      ++at_;
    }
    if (text_.substr(at_, 2) == "/>") {
      at_ += 2;
    } else if (text_[at_] == '>') {
      ++at_;
      open_.push_back(name);
      if (name == "style" || name == "script") at_ = text_.find("</" + name, at_);
    } else {
      Fail("tag " + name);
    }
  }

  std::string_view text_;
  size_t at_ = 0;
  int roots_ = 0;
  std::vector<std::string> open_;
  std::set<std::string> ids_;
  std::string problem_;
};

}  // namespace vesica

#endif  // VESICA_TESTS_REPORT_MARKUP_CHECK_H_
