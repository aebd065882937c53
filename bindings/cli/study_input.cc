#include "study_input.h"

#include <algorithm>
#include <set>

#include "aliases.h"
#include "escape.h"
#include "interrupt.h"
#include "text_batch.h"
#include "text_table.h"

namespace vesica_cli {
namespace {

// A column that a file does not have: its cells are blank.
constexpr size_t kAbsent = ~size_t{0};

struct Field {
  std::string text;         // where no column is read
  size_t column = kAbsent;  // of the batches
  bool constant = true;
  std::map<std::string, std::string> values;  // by squashed cell; "*": any other
};

struct Condition {
  size_t column;
  bool any;
  std::set<std::string> values;

  bool Holds(const CellBatch& cells, size_t row) const {
    const std::string squashed = column == kAbsent ? "" : Squashed(cells.columns[column][row]);
    return any ? !squashed.empty() : values.contains(squashed);
  }
};

// What the field says in a row of the file.
std::string_view TextOf(const Field& field, const CellBatch& cells, size_t row) {
  if (field.constant) return field.text;
  const std::string_view cell = field.column == kAbsent ? "" : cells.columns[field.column][row];
  if (field.values.empty()) return cell;
  auto value = field.values.find(Squashed(cell));
  if (value == field.values.end()) value = field.values.find("*");
  return value == field.values.end() ? cell : std::string_view(value->second);
}

// What is wrong with rows of events, in words.
std::string ProblemText(std::string_view reason) {
  constexpr std::pair<std::string_view, std::string_view> kTexts[] = {
      {"blank", "no person; left out"},
      {"invalid", "a person that is no key under the profile; left out"},
      {"unknown_event", "no event, or one that there is not; left out"},
      {"invalid_team", "no team where one is needed, or one that there is not; left out"},
      {"no_asset", "no asset; left out"},
      {"no_deal", "no deal, or a stage other than open, won and lost; left out"},
      {"no_stage", "no stage; left out"},
      {"invalid_time", "a time that cannot be read; taken without it"},
      {"naive_time", "a time without an offset from UTC; taken without it: say --zone UTC, or --zone Europe/Tallinn"},
      {"invalid_amount", "an amount that cannot be read; taken without it"},
      {"invalid_size", "an account size that cannot be read; taken without it"}};
  for (const auto& [name, text] : kTexts) {
    if (name == reason) return std::string(text);
  }
  return std::string(reason);
}

std::string RowText(uint64_t record) { return "row " + CountText(record + 1); }

}  // namespace

struct StudyInput::Rule {
  std::vector<Field> fields;
  std::vector<Condition> where, except;
  TextBatch batch{{}};
  std::vector<uint64_t> records;  // of the rows of the batch

  bool Takes(const CellBatch& cells, size_t row) const {
    const auto holds = [&](const Condition& condition) { return condition.Holds(cells, row); };
    return std::all_of(where.begin(), where.end(), holds) && std::none_of(except.begin(), except.end(), holds);
  }
};

StudyInput::StudyInput(Mapping mapping, std::vector<std::string> by)
    : mapping_(std::move(mapping)), by_(std::move(by)) {}
StudyInput::~StudyInput() = default;

// A table of events as an export of itself: every column has its own name.
Export StudyInput::Events(const EventFile& file) const {
  Export events;
  EventRule rule;
  const auto add = [&](const std::string& name) {
    events.columns[name] = {name};
    rule.from[name] = name;
  };
  for (std::string_view name : EventColumnNames()) add(std::string(name));
  for (std::string name : file.header()) {
    std::transform(name.begin(), name.end(), name.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; });
    if (name.starts_with("company_")) add(name);
  }
  for (const std::string& name : by_) {
    if (!events.columns.contains(name)) events.columns[name] = {name};
    events.dimensions[name] = name;
  }
  events.needs = {"event", "person"};
  events.events = {std::move(rule)};
  return events;
}

Failure StudyInput::Open(const std::vector<std::string>& paths, const Notes& notes) {
  std::set<std::string_view> names = {"event", "person"};
  for (const Export& one : mapping_.exports) {
    for (const std::string& need : one.needs) names.insert(one.columns.at(need).begin(), one.columns.at(need).end());
  }
  const std::vector<std::string_view> wanted(names.begin(), names.end());
  for (const std::string& path : paths) {
    Source& source = sources_.emplace_back();
    if (Failure failure = EventFile::Open(path, wanted, &source.file)) return failure;
    const auto has = [&](const std::vector<std::string>& aliases) {
      return std::any_of(aliases.begin(), aliases.end(),
                         [&](const std::string& name) { return source.file->Find(name).has_value(); });
    };
    const auto fits = [&](const Export& one) {
      return std::all_of(one.needs.begin(), one.needs.end(),
                         [&](const std::string& need) { return has(one.columns.at(need)); });
    };
    const Export events = Events(*source.file);
    const Export* found = nullptr;  // the one of whose columns the file has most
    std::ptrdiff_t most = 0;
    for (const Export& one : mapping_.exports) {
      const auto count =
          std::count_if(one.columns.begin(), one.columns.end(), [&](const auto& column) { return has(column.second); });
      if (fits(one) && count > most) found = &one, most = count;
    }
    if (found != nullptr) {
      source.kind = found->name;
      if (Failure failure = Bind(*found, &source, notes)) return failure;
    } else if (fits(events)) {
      if (Failure failure = Bind(events, &source, notes)) return failure;
    } else if (mapping_.exports.empty()) {
      return {kExitData,
              source.file->Title() +
                  ": no header with the columns event and person; exports need --map, such as --map hubspot"};
    } else {
      std::string known;
      for (const Export& one : mapping_.exports) known += (known.empty() ? "" : ", ") + Escaped(one.name);
      return {kExitData, source.file->Title() + ": its header fits none of: " + known +
                             "; nor has it the columns event and person"};
    }
  }
  for (const std::string& name : by_) {
    const bool known = std::any_of(sources_.begin(), sources_.end(), [&](const Source& source) {
      return std::any_of(source.rules.begin(), source.rules.end(), [&](const Rule& rule) {
        return std::any_of(rule.fields.begin(), rule.fields.end(), [&](const Field& field) {
          return !field.constant && field.column != kAbsent && field.text == name;
        });
      });
    });
    if (!known) return {kExitData, "--by: no file has a column \"" + Escaped(name) + "\""};
  }
  return {};
}

Failure StudyInput::Bind(const Export& as, Source* source, const Notes& notes) {
  std::vector<uint32_t> chosen;
  std::set<std::string> absent;
  const auto column_of = [&](const std::string& name) {
    for (const std::string& alias : as.columns.at(name)) {
      const std::optional<uint32_t> number = source->file->Find(alias);
      if (!number.has_value()) continue;
      const auto place = static_cast<size_t>(std::find(chosen.begin(), chosen.end(), *number) - chosen.begin());
      if (place == chosen.size()) chosen.push_back(*number);
      return place;
    }
    absent.insert(as.columns.at(name).front());
    return kAbsent;
  };
  for (const EventRule& from : as.events) {
    Rule rule;
    std::vector<std::string> names;
    for (const auto& [name, text] : from.set) {
      names.push_back(name);
      rule.fields.push_back({.text = text, .values = {}});
    }
    const auto read = [&](const std::string& name, const std::string& column) {
      if (std::find(names.begin(), names.end(), name) != names.end()) return;
      Field field{.text = name, .column = column_of(column), .constant = false, .values = {}};
      if (const auto values = from.values.find(name); values != from.values.end()) field.values = values->second;
      names.push_back(name);
      rule.fields.push_back(std::move(field));
    };
    for (const auto& [name, column] : from.from) read(name, column);
    for (const std::string& name : by_) {
      if (const auto column = as.dimensions.find(name); column != as.dimensions.end()) read(name, column->second);
    }
    const auto bind = [&](const std::vector<CellCondition>& conditions, std::vector<Condition>* to) {
      for (const CellCondition& one : conditions) to->push_back({column_of(one.column), one.any, one.values});
    };
    bind(from.where, &rule.where);
    bind(from.except, &rule.except);
    rule.batch = TextBatch(std::move(names));
    source->rules.push_back(std::move(rule));
  }
  if (!source->kind.empty()) {
    std::string text = source->file->Title() + " is read as " + Escaped(source->kind);
    if (!absent.empty()) {
      std::string list;
      for (const std::string& name : absent) list += (list.empty() ? "" : ", ") + ("\"" + Escaped(name) + "\"");
      text += ", without " + list;
    }
    notes.Say(text);
  }
  return source->file->Choose(std::move(chosen));
}

Failure StudyInput::AddTo(vesica_study* study, double end, Progress* progress) {
  uint64_t all = 1, before = 0;
  for (const Source& source : sources_) all += source.file->size();
  const auto part = [&](uint64_t bytes) { return end * static_cast<double>(bytes) / static_cast<double>(all); };
  for (size_t i = 0; i < sources_.size(); ++i) {
    EventFile& file = *sources_[i].file;
    CellBatch cells;
    for (;;) {
      const double begin = part(before + file.read());
      if (Failure failure = file.Next(&cells)) return failure;
      if (cells.rows() == 0) break;
      if (Interrupted()) return {kExitInterrupted, "interrupted"};
      progress->Part(begin, part(before + file.read()));
      for (Rule& rule : sources_[i].rules) {
        if (Failure failure = AddRows(study, i, &rule, cells)) {
          failure.message = file.Title() + ": " + failure.message;
          return failure;
        }
      }
    }
    before += file.size();
  }
  return {};
}

Failure StudyInput::AddRows(vesica_study* study, size_t source, Rule* rule, const CellBatch& cells) {
  for (size_t row = 0; row < cells.rows(); ++row) {
    if (!rule->Takes(cells, row)) continue;
    for (size_t i = 0; i < rule->fields.size(); ++i) rule->batch.Append(i, TextOf(rule->fields[i], cells, row));
    rule->batch.EndRow();
    rule->records.push_back(cells.records[row]);
    if (!rule->batch.full()) continue;
    if (Failure failure = Flush(study, source, rule)) return failure;
  }
  return Flush(study, source, rule);
}

Failure StudyInput::Flush(vesica_study* study, size_t source, Rule* rule) {
  if (rule->batch.rows() == 0) return {};
  if (Failure failure = rule->batch.AddTo(study)) return failure;
  FindProblems(study, source, rule->records);
  event_rows_ += rule->batch.rows();
  rule->batch.Clear();
  rule->records.clear();
  return {};
}

// The library numbers rows through all batches: what was just added starts at event_rows_.
void StudyInput::FindProblems(vesica_study* study, size_t source, const std::vector<uint64_t>& records) {
  vesica_event_quality quality = {};
  quality.struct_size = sizeof(quality);
  if (vesica_study_quality(study, &quality, nullptr) != VESICA_OK || quality.problems == first_places_.size()) return;
  for (uint32_t i = 0; i < quality.problems; ++i) {
    vesica_event_problem problem = {};
    problem.struct_size = sizeof(problem);
    if (vesica_study_problem(study, i, &problem, nullptr) != VESICA_OK) return;
    const uint64_t row = problem.first_rows[0];
    if (row < event_rows_ || row - event_rows_ >= records.size()) continue;
    first_places_.emplace(problem.reason, Place{source, records[row - event_rows_]});
  }
}

void StudyInput::NoteFacts(vesica_study* study, const Notes& notes) const {
  for (const Source& source : sources_) {
    const CellCounts& counts = source.file->counts();
    for (size_t i = 0; i < kBrokenKinds; ++i) {
      if (counts.broken[i] == 0) continue;
      notes.Say(source.file->Title() + ": " + CountText(counts.broken[i]) + " rows left out: " +
                BrokenText(static_cast<Broken>(i)) + "; the first is " + RowText(counts.first_broken[i].front()));
    }
    if (source.file->footer_records() > 0) {
      notes.Say(source.file->Title() + ": " + CountText(source.file->footer_records()) +
                " report footer rows left out");
    }
  }
  vesica_event_quality quality = {};
  quality.struct_size = sizeof(quality);
  if (vesica_study_quality(study, &quality, nullptr) != VESICA_OK) return;
  for (uint32_t i = 0; i < quality.problems; ++i) {
    vesica_event_problem problem = {};
    problem.struct_size = sizeof(problem);
    if (vesica_study_problem(study, i, &problem, nullptr) != VESICA_OK) return;
    std::string text =
        CountText(problem.rows) + (problem.rows == 1 ? " event has " : " events have ") + ProblemText(problem.reason);
    if (const auto place = first_places_.find(problem.reason); place != first_places_.end()) {
      text += "; the first is " + RowText(place->second.record) + " of " + sources_[place->second.source].file->Title();
    }
    notes.Say(text);
  }
}

}  // namespace vesica_cli
