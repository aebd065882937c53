#include "vesica/study.h"

#include <cstring>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "arrow/stream_arrays.h"
#include "guard.h"
#include "handles.h"
#include "structs.h"
#include "text.h"

namespace vesica::capi {
namespace {

absl::StatusOr<StudyOptions> ToStudyOptions(const vesica_study_options* given) {
  VESICA_ASSIGN_OR_RETURN(const vesica_study_options from, ReadOptions(given));
  if (from.setting_count != 0) VESICA_RETURN_IF_ERROR(NotNull({{from.settings, "options.settings"}}));
  StudyOptions options;
  for (uint32_t i = 0; i < from.setting_count; ++i) {
    const auto& [name, value] = from.settings[i];
    absl::Status set = NotNull({{name, "options.settings.name"}, {value, "options.settings.value"}});
    if (set.ok()) set = options.Set(name, value);
    if (!set.ok()) return AtIndex(set, i);
  }
  if (from.spill_directory != nullptr) options.spill_directory = from.spill_directory;
  return options;
}

absl::StatusOr<Study> MakeStudy(vesica_context* context, const vesica_profile* profile,
                                const vesica_study_options* given) {
  VESICA_RETURN_IF_ERROR(NotNull({{context, "context"}, {profile, "profile"}}));
  VESICA_ASSIGN_OR_RETURN(StudyOptions options, ToStudyOptions(given));
  return Study::Create(context->impl, profile->impl, std::move(options));
}

absl::StatusOr<AudienceLabels> ToLabels(const vesica_circle& given) {
  VESICA_ASSIGN_OR_RETURN(const vesica_circle from, ReadStruct(&given, "circle"));
  VESICA_RETURN_IF_ERROR(NotNull({{from.circle, "circle.circle"}}));
  if (from.value_count != 0) VESICA_RETURN_IF_ERROR(NotNull({{from.values, "circle.values"}}));
  AudienceLabels labels{.company = from.company == nullptr ? "" : from.company, .circle = from.circle, .values = {}};
  for (uint32_t i = 0; i < from.value_count; ++i) {
    const auto& [name, value] = from.values[i];
    const absl::Status named = NotNull({{name, "circle.values.name"}, {value, "circle.values.value"}});
    if (!named.ok()) return AtIndex(named, i);
    labels.values.emplace_back(name, value);
  }
  return labels;
}

absl::StatusOr<std::vector<ColumnRename>> ToRenames(const vesica_rename* from, uint32_t count) {
  if (count != 0) VESICA_RETURN_IF_ERROR(NotNull({{from, "renames"}}));
  std::vector<ColumnRename> renames;
  for (uint32_t i = 0; i < count; ++i) {
    const absl::Status named = NotNull({{from[i].from, "renames.from"}, {from[i].to, "renames.to"}});
    if (!named.ok()) return AtIndex(named, i);
    renames.push_back({from[i].from, from[i].to});
  }
  return renames;
}

absl::Status AddBatch(const ArrowSchema& schema, const ArrowArray& array, const std::vector<ColumnRename>& renames,
                      Study* study) {
  VESICA_ASSIGN_OR_RETURN(EventBatch batch, EventsFromArrow(schema, array));
  VESICA_RETURN_IF_ERROR(RenameColumns(renames, &batch));
  return study->Add(batch);
}

absl::Status Failed() { return InvalidArgument("an earlier call failed: the study can only be freed"); }

// Its memory too.
void ForgetSaved(vesica_study* study) { std::string().swap(study->saved); }

// Runs `add`, unless the study is one that an earlier failure, thrown or returned, has left half filled.
template <class Add>
absl::Status AddTo(vesica_study* study, Add&& add) {
  if (study->failed) return Failed();
  ForgetSaved(study);
  study->failed = true;
  VESICA_RETURN_IF_ERROR(add());
  study->failed = false;
  return absl::OkStatus();
}

absl::StatusOr<std::vector<std::string>> ToNames(const char* const* tables, uint32_t count) {
  if (count != 0) VESICA_RETURN_IF_ERROR(NotNull({{tables, "tables"}}));
  std::vector<std::string> names;
  for (uint32_t i = 0; i < count; ++i) {
    const absl::Status named = NotNull({{tables[i], "tables"}});
    if (!named.ok()) return AtIndex(named, i);
    names.emplace_back(tables[i]);
  }
  return names;
}

absl::StatusOr<StudyAnswer> RunStudy(vesica_study* study, const char* const* tables, uint32_t count) {
  VESICA_RETURN_IF_ERROR(NotNull({{study, "study"}}));
  if (study->failed) return Failed();
  VESICA_ASSIGN_OR_RETURN(const std::vector<std::string> names, ToNames(tables, count));
  return AnswerOf(study->impl, names);
}

// Counts, unless the call before this one has.
absl::Status SaveStudy(vesica_study* study, std::vector<std::string> tables) {
  if (!study->saved.empty() && study->saved_tables == tables) return absl::OkStatus();
  ForgetSaved(study);
  VESICA_ASSIGN_OR_RETURN(std::string saved, study->impl.Save(tables));
  study->saved_tables = std::move(tables);
  study->saved = std::move(saved);
  return absl::OkStatus();
}

// The problems that rows have.
std::vector<RowProblem> ProblemsOf(const EventQuality& quality) {
  std::vector<RowProblem> problems;
  for (size_t i = 0; i < kRowProblems; ++i) {
    if (quality.problems[i].rows > 0) problems.push_back(static_cast<RowProblem>(i));
  }
  return problems;
}

}  // namespace
}  // namespace vesica::capi

using namespace vesica::capi;  // NOLINT: the functions below are the C interface of this namespace.

extern "C" {

vesica_status vesica_study_create(vesica_context* context, const vesica_profile* profile,
                                  const vesica_study_options* options, vesica_study** out, vesica_error* error) {
  return GuardNew(out, error, [&] { return MakeStudy(context, profile, options); });
}

void vesica_study_free(vesica_study* study) { delete study; }

vesica_status vesica_study_add(vesica_study* study, const struct ArrowArray* batch, const struct ArrowSchema* schema,
                               const vesica_rename* renames, uint32_t rename_count, vesica_error* error) {
  return Guard(error, [&]() -> absl::Status {
    VESICA_RETURN_IF_ERROR(NotNull({{study, "study"}, {batch, "batch"}, {schema, "schema"}}));
    return AddTo(study, [&]() -> absl::Status {
      VESICA_ASSIGN_OR_RETURN(const auto names, ToRenames(renames, rename_count));
      return AddBatch(*schema, *batch, names, &study->impl);
    });
  });
}

vesica_status vesica_study_add_stream(vesica_study* study, struct ArrowArrayStream* stream,
                                      const vesica_rename* renames, uint32_t rename_count, vesica_error* error) {
  return Guard(error, [&]() -> absl::Status {
    VESICA_RETURN_IF_ERROR(NotNull({{study, "study"}, {stream, "stream"}}));
    return AddTo(study, [&]() -> absl::Status {
      VESICA_ASSIGN_OR_RETURN(const auto names, ToRenames(renames, rename_count));
      return vesica::ForEachArray(*stream, [&](const ArrowSchema& schema, const ArrowArray& array) {
        return AddBatch(schema, array, names, &study->impl);
      });
    });
  });
}

vesica_status vesica_study_add_audience(vesica_study* study, const vesica_circle* circle,
                                        const vesica_audience* audience, vesica_error* error) {
  return Guard(error, [&]() -> absl::Status {
    VESICA_RETURN_IF_ERROR(NotNull({{study, "study"}, {circle, "circle"}, {audience, "audience"}}));
    VESICA_ASSIGN_OR_RETURN(const vesica::AudienceLabels labels, ToLabels(*circle));
    return AddTo(study, [&] { return study->impl.Add(labels, audience->impl); });
  });
}

vesica_status vesica_study_quality(const vesica_study* study, vesica_event_quality* out, vesica_error* error) {
  return Guard(error, [&]() -> absl::Status {
    VESICA_RETURN_IF_ERROR(NotNull({{study, "study"}}));
    VESICA_RETURN_IF_ERROR(CheckRoom(out));
    const vesica::EventQuality quality = study->impl.quality();
    vesica_event_quality full{};
    full.problems = static_cast<uint32_t>(ProblemsOf(quality).size());
    full.rows = quality.rows;
    full.taken = quality.taken;
    full.free_mail = quality.persons.free_mail;
    full.role = quality.persons.role;
    WriteStruct(full, out);
    return absl::OkStatus();
  });
}

vesica_status vesica_study_problem(const vesica_study* study, uint32_t index, vesica_event_problem* out,
                                   vesica_error* error) {
  return Guard(error, [&]() -> absl::Status {
    VESICA_RETURN_IF_ERROR(NotNull({{study, "study"}}));
    VESICA_RETURN_IF_ERROR(CheckRoom(out));
    const vesica::EventQuality quality = study->impl.quality();
    const std::vector<vesica::RowProblem> problems = ProblemsOf(quality);
    if (index >= problems.size()) return vesica::InvalidArgument("index is past the last problem");
    const vesica::Quality::InvalidRows& rows = quality.problems[static_cast<size_t>(problems[index])];
    vesica_event_problem full{};
    full.reason = vesica::RowProblemText(problems[index]).data();
    full.rows = rows.rows;
    static_assert(sizeof(full.first_rows) == sizeof(rows.first_rows));
    std::memcpy(full.first_rows, rows.first_rows.data(), sizeof(full.first_rows));
    WriteStruct(full, out);
    return absl::OkStatus();
  });
}

vesica_status vesica_study_contents(vesica_table** out, vesica_error* error) {
  return GuardNew(out, error, [] { return vesica::ContentsTable(); });
}

vesica_status vesica_study_run(vesica_study* study, const char* const* tables, uint32_t table_count,
                               vesica_study_answer** out, vesica_error* error) {
  return GuardNew(out, error, [&] { return RunStudy(study, tables, table_count); });
}

vesica_status vesica_study_save(vesica_study* study, const char* const* tables, uint32_t table_count, void* buffer,
                                size_t capacity, size_t* length, vesica_error* error) {
  return Guard(error, [&]() -> absl::Status {
    VESICA_RETURN_IF_ERROR(NotNull({{study, "study"}, {length, "length"}}));
    if (buffer == nullptr && capacity != 0) return vesica::InvalidArgument("buffer must not be NULL");
    if (study->failed) return Failed();
    VESICA_ASSIGN_OR_RETURN(std::vector<std::string> names, ToNames(tables, table_count));
    VESICA_RETURN_IF_ERROR(SaveStudy(study, std::move(names)));
    *length = study->saved.size();
    if (buffer == nullptr) return absl::OkStatus();
    if (capacity < study->saved.size()) {
      return vesica::MakeError(vesica::ErrorCode::kBufferTooSmall, "the partial does not fit the buffer");
    }
    std::memcpy(buffer, study->saved.data(), study->saved.size());
    ForgetSaved(study);
    return absl::OkStatus();
  });
}

vesica_status vesica_study_load(vesica_study* study, const void* partial, size_t partial_size, vesica_error* error) {
  return Guard(error, [&]() -> absl::Status {
    VESICA_RETURN_IF_ERROR(NotNull({{study, "study"}}));
    if (partial == nullptr && partial_size != 0) return vesica::InvalidArgument("partial must not be NULL");
    if (study->failed) return Failed();
    ForgetSaved(study);
    return study->impl.Load({static_cast<const uint8_t*>(partial), partial_size});
  });
}

void vesica_study_answer_free(vesica_study_answer* answer) { delete answer; }

vesica_status vesica_study_answer_count(const vesica_study_answer* answer, uint32_t* out, vesica_error* error) {
  return Guard(error, [&]() -> absl::Status {
    VESICA_RETURN_IF_ERROR(NotNull({{answer, "answer"}, {out, "out"}}));
    *out = static_cast<uint32_t>(answer->impl.tables.size());
    return absl::OkStatus();
  });
}

vesica_status vesica_study_answer_table(const vesica_study_answer* answer, uint32_t index, vesica_table** out,
                                        vesica_error* error) {
  return GuardNew(out, error, [&]() -> absl::StatusOr<vesica::Table> {
    VESICA_RETURN_IF_ERROR(NotNull({{answer, "answer"}}));
    if (index >= answer->impl.tables.size()) return vesica::InvalidArgument("index is past the last table");
    return answer->impl.tables[index];
  });
}

vesica_status vesica_study_answer_find(const vesica_study_answer* answer, const char* name, vesica_table** out,
                                       vesica_error* error) {
  return GuardNew(out, error, [&]() -> absl::StatusOr<vesica::Table> {
    VESICA_RETURN_IF_ERROR(NotNull({{answer, "answer"}, {name, "name"}}));
    const vesica::Table* table = answer->impl.Find(name);
    if (table == nullptr) return Unsupported("the answer has no such table");
    return *table;
  });
}

vesica_status vesica_study_answer_json(const vesica_study_answer* answer, char* buffer, size_t capacity, size_t* length,
                                       vesica_error* error) {
  return Guard(error, [&]() -> absl::Status {
    VESICA_RETURN_IF_ERROR(NotNull({{answer, "answer"}}));
    const auto fill = [&](char* to) {
      return vesica::WriteJson(answer->impl, [&](std::string_view piece) {
        std::memcpy(to, piece.data(), piece.size());
        to += piece.size();
        return absl::OkStatus();
      });
    };
    return WriteText(answer->impl.JsonSize(), fill, buffer, capacity, length);
  });
}

}  // extern "C"
