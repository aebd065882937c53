#include "mapping.h"

#include <algorithm>
#include <array>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>

#include "aliases.h"
#include "escape.h"
#include "presets.h"

namespace vesica_cli {
namespace {

using Json = nlohmann::json;

constexpr std::array<std::string_view, 14> kEventColumns = {"company", "person", "account",  "event",       "team",
                                                            "time",    "stage",  "reason",   "source",      "asset",
                                                            "deal",    "amount", "currency", "account_size"};
constexpr size_t kMostBytes = size_t{1} << 20;

bool IsEventColumn(const std::string& name) {
  return name.starts_with("company_") ||
         std::find(kEventColumns.begin(), kEventColumns.end(), name) != kEventColumns.end();
}

// Reads a mapping part by part; the first mistake is kept, with the way to it.
class MappingReader {
 public:
  explicit MappingReader(std::string title) : title_(std::move(title)) {}

  Failure Read(const Json& json, Mapping* out) {
    Only(json, "the file", {"about", "exports"});
    for (const Json& one : List(json, "exports", "the file")) out->exports.push_back(ReadExport(one));
    if (!failure_ && out->exports.empty()) Fail("the file has no exports");
    return failure_;
  }

 private:
  void Fail(const std::string& what) {
    if (!failure_) failure_ = {kExitData, title_ + ": " + what};
  }

  void Only(const Json& object, const std::string& where, std::initializer_list<std::string_view> keys) {
    if (!object.is_object()) return Fail(where + " is no object");
    for (const auto& [key, value] : object.items()) {
      if (std::find(keys.begin(), keys.end(), key) == keys.end())
        Fail(where + " has an unknown key \"" + Escaped(key) + "\"");
    }
  }

  Json Part(const Json& object, const char* key) const {
    return object.is_object() && object.contains(key) ? object[key] : Json();
  }

  Json List(const Json& object, const char* key, const std::string& where) {
    Json list = Part(object, key);
    if (list.is_null()) return Json::array();
    if (list.is_array()) return list;
    Fail(where + ": \"" + key + "\" is no list");
    return Json::array();
  }

  Json Object(const Json& object, const char* key, const std::string& where) {
    Json part = Part(object, key);
    if (part.is_null()) return Json::object();
    if (part.is_object()) return part;
    Fail(where + ": \"" + key + "\" is no object");
    return Json::object();
  }

  std::string Text(const Json& value, const std::string& where) {
    if (value.is_string()) return value.get<std::string>();
    Fail(where + " is no text");
    return {};
  }

  std::map<std::string, std::string> Texts(const Json& object, const char* key, const std::string& where) {
    std::map<std::string, std::string> texts;
    const Json part = Object(object, key, where);
    for (const auto& [name, value] : part.items()) {
      texts[name] = Text(value, where + ": \"" + key + "\": \"" + Escaped(name) + "\"");
    }
    return texts;
  }

  // A name of a column of the export.
  void CheckColumn(const Export& of, const std::string& column, const std::string& where) {
    if (!of.columns.contains(column)) Fail(where + ": \"" + Escaped(column) + "\" is not among its columns");
  }

  void CheckEventColumns(const std::map<std::string, std::string>& texts, const std::string& where) {
    for (const auto& [name, text] : texts) {
      if (!IsEventColumn(name)) Fail(where + ": events have no column \"" + Escaped(name) + "\"");
    }
  }

  std::vector<CellCondition> Conditions(const Json& object, const char* key, const Export& of,
                                        const std::string& where) {
    std::vector<CellCondition> conditions;
    const Json part = Object(object, key, where);
    for (const auto& [column, value] : part.items()) {
      CheckColumn(of, column, where);
      CellCondition condition{.column = column, .any = value == "*", .values = {}};
      if (!condition.any && !value.is_array()) Fail(where + ": \"" + key + "\" takes lists, or \"*\"");
      if (value.is_array()) {
        for (const Json& one : value) condition.values.insert(Squashed(Text(one, where)));
      }
      conditions.push_back(std::move(condition));
    }
    return conditions;
  }

  // What an event says, on top of what all events of the export say.
  EventRule ReadRule(const Json& json, const Export& of, const EventRule& base, const std::string& where) {
    EventRule rule = base;
    const auto set = Texts(json, "set", where), from = Texts(json, "from", where);
    CheckEventColumns(set, where);
    CheckEventColumns(from, where);
    for (const auto& [name, text] : set) rule.from.erase(name), rule.set[name] = text;
    for (const auto& [name, column] : from) {
      CheckColumn(of, column, where);
      rule.set.erase(name), rule.from[name] = column;
    }
    const Json values = Object(json, "values", where);
    for (const auto& [name, texts] : values.items()) {
      if (!IsEventColumn(name)) Fail(where + ": events have no column \"" + Escaped(name) + "\"");
      if (!texts.is_object()) {
        Fail(where + ": \"values\" takes objects");
        continue;
      }
      for (const auto& [cell, text] : texts.items()) {
        rule.values[name][cell == "*" ? cell : Squashed(cell)] = Text(text, where);
      }
    }
    rule.where = Conditions(json, "where", of, where);
    rule.except = Conditions(json, "except", of, where);
    return rule;
  }

  Export ReadExport(const Json& json) {
    Export out;
    out.name = Text(Part(json, "name"), "the name of an export");
    const std::string where = "export \"" + Escaped(out.name) + "\"";
    Only(json, where, {"about", "name", "columns", "needs", "dimensions", "set", "from", "values", "events"});
    const Json columns = Object(json, "columns", where);
    for (const auto& [name, names] : columns.items()) {
      if (!names.is_array()) {
        Fail(where + ": \"columns\" takes lists of names");
        continue;
      }
      for (const Json& one : names) out.columns[name].push_back(Text(one, where));
    }
    for (const Json& need : List(json, "needs", where)) {
      out.needs.push_back(Text(need, where));
      CheckColumn(out, out.needs.back(), where);
    }
    if (out.needs.empty()) Fail(where + " has no needs");
    out.dimensions = Texts(json, "dimensions", where);
    for (const auto& [name, column] : out.dimensions) CheckColumn(out, column, where);
    Json shared = json;
    if (shared.is_object()) shared.erase("where"), shared.erase("except");
    const EventRule base = ReadRule(shared, out, {}, where);
    for (const Json& event : List(json, "events", where)) {
      const std::string which = where + ", event " + std::to_string(out.events.size() + 1);
      Only(event, which, {"about", "set", "from", "values", "where", "except"});
      out.events.push_back(ReadRule(event, out, base, which));
      const EventRule& rule = out.events.back();
      for (const char* needed : {"event", "person"}) {
        if (!rule.set.contains(needed) && !rule.from.contains(needed)) Fail(which + " says no " + needed);
      }
    }
    if (out.events.empty()) Fail(where + " has no events");
    return out;
  }

  const std::string title_;
  Failure failure_;
};

}  // namespace

std::span<const std::string_view> EventColumnNames() { return kEventColumns; }

Failure ParseMapping(std::string_view text, const std::string& title, Mapping* out) {
  const Json json = Json::parse(text, nullptr, /*allow_exceptions=*/false);
  if (json.is_discarded()) return {kExitData, title + " is no JSON"};
  return MappingReader(title).Read(json, out);
}

Failure ReadMapping(const std::string& preset_or_path, Mapping* out) {
  for (const Preset& preset : Presets()) {
    if (preset.name == preset_or_path) return ParseMapping(preset.text, std::string(preset.name), out);
  }
  const std::string title = "\"" + Escaped(preset_or_path) + "\"";
  std::ifstream file(preset_or_path, std::ios::binary);
  if (!file) return {kExitNoInput, title + " is no file that can be read, and no preset: " + PresetNames()};
  std::string text(kMostBytes + 1, '\0');
  file.read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<size_t>(file.gcount()));
  if (file.bad()) return {kExitIo, "cannot read " + title};
  if (text.size() > kMostBytes) return {kExitData, title + " is longer than a mapping can be: 1 MiB"};
  return ParseMapping(text, title, out);
}

std::string PresetNames() {
  std::string names;
  for (const Preset& preset : Presets()) names.append(names.empty() ? "" : ", ").append(preset.name);
  return names;
}

}  // namespace vesica_cli
