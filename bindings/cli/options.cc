#include "options.h"

#include <algorithm>
#include <filesystem>

#include "escape.h"

namespace vesica_cli {
namespace {

bool Exists(const std::string& path) {
  std::error_code ignored;
  return std::filesystem::exists(std::filesystem::symlink_status(path, ignored));
}

std::string NameOfPath(const std::string& path) {
  if (path == "-") return "stdin";
  const std::string name = std::filesystem::path(path).stem().string();
  return name.empty() ? path : name;
}

// Gives equal names numbers: "list", "list (2)".
void MakeNamesDistinct(std::vector<InputSpec>* inputs) {
  for (size_t i = 0; i < inputs->size(); ++i) {
    const std::string base = (*inputs)[i].name;
    const auto taken = [&](const std::string& name) {
      return std::any_of(inputs->begin(), inputs->begin() + static_cast<long>(i),
                         [&](const InputSpec& other) { return other.name == name; });
    };
    for (int number = 2; taken((*inputs)[i].name); ++number) {
      (*inputs)[i].name = base + " (" + std::to_string(number) + ")";
    }
  }
}

}  // namespace

Failure ParseInputs(const std::vector<std::string>& arguments, std::vector<InputSpec>* out) {
  for (const std::string& argument : arguments) {
    const size_t equals = argument.find('=');
    InputSpec input{NameOfPath(argument), argument};
    if (equals != std::string::npos && !Exists(argument)) {
      input = {argument.substr(0, equals), argument.substr(equals + 1)};
    }
    if (input.name.empty() || input.path.empty()) {
      return {kExitUsage, "\"" + Escaped(argument) + "\" is neither a path nor NAME=PATH"};
    }
    out->push_back(std::move(input));
  }
  if (std::count_if(out->begin(), out->end(), [](const InputSpec& input) { return input.path == "-"; }) > 1) {
    return {kExitUsage, "standard input can be one set only"};
  }
  MakeNamesDistinct(out);
  return {};
}

Failure SpreadOverInputs(const std::vector<std::string>& values, const std::vector<InputSpec>& inputs,
                         const char* option, std::vector<std::string>* out) {
  out->assign(inputs.size(), "");
  std::string for_all;
  for (const std::string& value : values) {
    bool for_one = false;
    for (size_t i = 0; i < inputs.size() && !for_one; ++i) {
      for_one = value.starts_with(inputs[i].name + "=");
      if (for_one) (*out)[i] = value.substr(inputs[i].name.size() + 1);
    }
    if (for_one) continue;
    if (!for_all.empty()) {
      return {kExitUsage, std::string(option) +
                              " is given twice for all sets; write SET=VALUE, the sets being called as "
                              "in the answer"};
    }
    for_all = value;
  }
  for (std::string& value : *out) {
    if (value.empty()) value = for_all;
  }
  return {};
}

Failure ParseBytes(const std::string& text, const char* option, uint64_t* out) {
  const Failure wrong(kExitUsage, std::string(option) + " takes a number of bytes such as 16K or 512M");
  size_t digits = 0;
  uint64_t value = 0;
  for (; digits < text.size() && text[digits] >= '0' && text[digits] <= '9'; ++digits) {
    if (digits == 18) return wrong;
    value = value * 10 + static_cast<uint64_t>(text[digits] - '0');
  }
  const std::string unit = text.substr(digits);
  static constexpr char kUnits[] = "KMGT";
  int shift = 0;
  if (unit.size() == 1) {
    const size_t place = std::string_view(kUnits).find(static_cast<char>(unit[0] & ~0x20));
    if (place == std::string_view::npos) return wrong;
    shift = 10 * static_cast<int>(place + 1);
  }
  if (digits == 0 || unit.size() > 1 || value == 0 || value > UINT64_MAX >> shift) return wrong;
  *out = value << shift;
  return {};
}

Failure ParseByte(const std::string& text, const char* option, char* out, bool* none) {
  *none = text == "none";
  if (*none) return {};
  if (text == "tab" || text == "\\t") {
    *out = '\t';
  } else if (text.size() == 1 && text[0] != '"' && text[0] != '\n' && text[0] != '\r') {
    *out = text[0];
  } else {
    return {kExitUsage, std::string(option) + " takes one character, tab or none"};
  }
  return {};
}

}  // namespace vesica_cli
