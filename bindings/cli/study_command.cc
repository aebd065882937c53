#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <memory>

#include "commands.h"
#include "escape.h"
#include "image_file.h"
#include "key_input.h"
#include "picture.h"
#include "session.h"
#include "study_audiences.h"
#include "study_input.h"
#include "study_text.h"

namespace vesica_cli {
namespace {

constexpr const char* kHelp =
    R"(How well marketing and sales are aligned: one table of events in, the tables of the field out.

Each FILE is a CSV table of events with the columns person and event, and team, time, company, stage and others as
docs/tables.md lists them, in any order; or an export, which --map turns into events. Only columns of events, of --by and
of the mapping are read: names and notes of people never leave the file.

The answer begins with how much of the circle of sales marketing reaches. Without --tables it has the tables that most
people ask for first; --format json and csv have all. --html writes a report of all of them, with pictures.)";

constexpr const char* kSketchBytes = "16384";  // of circles, where audiences are given
constexpr double kReading = 0.8;               // of the progress

struct StudyCommandOptions {
  std::vector<std::string> files, maps, tables, by, settings, audiences, loads;
  std::string slice, save, min_cell, as_of, zone, hashed, format = "table", folder, spill;
  IdentityOptions identity;
  RunOptions run;
  PictureOptions pictures;
};

std::vector<std::string> Split(const std::vector<std::string>& lists) {
  std::vector<std::string> parts;
  for (const std::string& list : lists) {
    for (size_t begin = 0; begin <= list.size();) {
      const size_t end = std::min(list.find(',', begin), list.size());
      if (end > begin) parts.push_back(list.substr(begin, end - begin));
      begin = end + 1;
    }
  }
  return parts;
}

// What --set and its friends say, as name and value.
Failure Settings(const StudyCommandOptions& options, std::vector<std::pair<std::string, std::string>>* out) {
  for (const std::string& text : options.settings) {
    const size_t equals = text.find('=');
    if (equals == 0 || equals == std::string::npos) return {kExitUsage, "--set takes NAME=VALUE, such as sla=4h"};
    out->emplace_back(text.substr(0, equals), text.substr(equals + 1));
  }
  std::string by;
  for (const std::string& name : Split(options.by)) by += (by.empty() ? "" : ",") + name;
  const std::pair<const char*, const std::string*> own[] = {{"by", &by},
                                                            {"min_cell", &options.min_cell},
                                                            {"as_of", &options.as_of},
                                                            {"zone", &options.zone},
                                                            {"encoding", &options.hashed},
                                                            {"slice", &options.slice}};
  for (const auto& [name, value] : own) {
    const std::string option = name;
    const bool twice = std::any_of(out->begin(), out->end(), [&](const auto& one) { return one.first == option; });
    if (value->empty()) continue;
    if (twice) return {kExitUsage, "--set " + option + " has an option of its own, which is given too"};
    out->emplace_back(option, *value);
  }
  return {};
}

Failure MakeStudy(const StudyCommandOptions& options, const std::vector<std::pair<std::string, std::string>>& settings,
                  vesica_context* context, const vesica_profile* profile, StudyHandle* out) {
  std::vector<vesica_setting> wanted;
  for (const auto& [name, value] : settings) wanted.push_back({name.c_str(), value.c_str()});
  vesica_study_options given = {};
  given.struct_size = sizeof(given);
  given.settings = wanted.data();
  given.setting_count = static_cast<uint32_t>(wanted.size());
  given.spill_directory = options.spill.empty() ? nullptr : options.spill.c_str();
  vesica_error error = NoError();
  vesica_study* study = nullptr;
  const vesica_status status = vesica_study_create(context, profile, &given, &study, &error);
  out->reset(study);
  return FromLibrary(status, error);
}

Failure RunTables(vesica_study* study, const std::vector<std::string>& tables, StudyAnswerHandle* out) {
  std::vector<const char*> names;
  for (const std::string& name : tables) names.push_back(name.c_str());
  vesica_error error = NoError();
  vesica_study_answer* answer = nullptr;
  const vesica_status status =
      vesica_study_run(study, names.data(), static_cast<uint32_t>(names.size()), &answer, &error);
  out->reset(answer);
  return FromLibrary(status, error);
}

Failure LoadPartials(const std::vector<std::string>& paths, vesica_study* study) {
  for (const std::string& path : paths) {
    std::string bytes;
    if (Failure failure = ReadBytes(path, &bytes)) return failure;
    vesica_error error = NoError();
    Failure failure = FromLibrary(vesica_study_load(study, bytes.data(), bytes.size(), &error), error);
    if (failure) return {failure.exit_code, "\"" + Escaped(path) + "\": " + failure.message};
  }
  return {};
}

// What was counted for the tables, instead of these.
Failure SavePartial(vesica_study* study, const std::vector<std::string>& tables, std::string* out) {
  std::vector<const char*> names;
  for (const std::string& name : tables) names.push_back(name.c_str());
  size_t length = 0;
  const auto write = [&](void* buffer, size_t capacity) {
    vesica_error error = NoError();
    return FromLibrary(
        vesica_study_save(study, names.data(), static_cast<uint32_t>(names.size()), buffer, capacity, &length, &error),
        error);
  };
  if (Failure failure = write(nullptr, 0)) return failure;
  out->resize(length);
  return write(out->data(), out->size());
}

Failure WriteFile(const std::filesystem::path& path, const std::string& text) {
  std::ofstream file(path, std::ios::binary | std::ios::trunc);
  file.write(text.data(), static_cast<std::streamsize>(text.size()));
  file.close();
  if (file) return {};
  return {kExitIo, "cannot write \"" + Escaped(path.string()) + "\": " + std::strerror(errno)};
}

// Each table as CSV that a spreadsheet does not compute, in a file of its own or, if there is one table, put out.
Failure WriteTables(const vesica_study_answer* answer, const StudyCommandOptions& options,
                    const std::vector<std::string>& wanted) {
  vesica_error error = NoError();
  uint32_t count = 0;
  if (Failure failure = FromLibrary(vesica_study_answer_count(answer, &count, &error), error)) return failure;
  for (uint32_t i = 0; i < count; ++i) {
    vesica_table* handle = nullptr;
    if (Failure failure = FromLibrary(vesica_study_answer_table(answer, i, &handle, &error), error)) return failure;
    const TableHandle table(handle);
    vesica_table_info info = {};
    info.struct_size = sizeof(info);
    if (Failure failure = FromLibrary(vesica_table_describe(table.get(), &info, &error), error)) return failure;
    if (options.folder.empty() && info.name != wanted.front()) continue;
    std::string text;
    const auto csv = [&](char* buffer, size_t capacity, size_t* length, vesica_error* wrong) {
      return vesica_table_inert_csv(table.get(), buffer, capacity, length, wrong);
    };
    if (Failure failure = TextFromLibrary(csv, &text)) return failure;
    if (options.folder.empty()) return WriteOut(text);
    const auto path = std::filesystem::path(options.folder) / (std::string(info.name) + ".csv");
    if (Failure failure = WriteFile(path, text)) return failure;
  }
  return {};
}

// The answer in --format, of text only the tables `shown`.
Failure WriteAnswer(const vesica_study_answer* answer, const StudyCommandOptions& options,
                    const std::vector<std::string>& shown) {
  if (!options.folder.empty()) {
    std::error_code failed;
    std::filesystem::create_directories(options.folder, failed);
    if (failed) return {kExitIo, "cannot make the folder \"" + Escaped(options.folder) + "\": " + failed.message()};
  }
  if (options.format == "csv") return WriteTables(answer, options, shown);
  std::string text;
  if (options.format == "table") {
    if (Failure failure = StudyText(answer, shown, &text)) return failure;
  } else {
    const auto json = [&](char* buffer, size_t capacity, size_t* length, vesica_error* error) {
      return vesica_study_answer_json(answer, buffer, capacity, length, error);
    };
    if (Failure failure = TextFromLibrary(json, &text)) return failure;
    text += "\n";
  }
  if (!options.folder.empty()) {
    return WriteFile(std::filesystem::path(options.folder) / (options.format == "json" ? "study.json" : "study.txt"),
                     text);
  }
  return options.pictures.to_standard_output() ? Failure() : WriteOut(text);
}

Failure WriteStudyPictures(const vesica_study_answer* answer, const PictureOptions& options) {
  return WritePictures(options,
                       [&](const vesica_report_options* wanted, const vesica_output* output, vesica_error* error) {
                         return vesica_study_answer_report(answer, wanted, output, error);
                       });
}

// What contradicts itself where an answer or a partial is written.
Failure CheckOutputs(const StudyCommandOptions& options, size_t tables) {
  const bool saves = !options.save.empty();
  if (saves && !options.folder.empty()) return {kExitUsage, "--save writes a partial instead of tables: not with -o"};
  if (saves && options.pictures.any()) {
    return {kExitUsage, "--save writes a partial instead of tables: not with --html and --svg"};
  }
  if (!saves && options.format == "csv" && options.folder.empty() && tables != 1) {
    return {kExitUsage, "--format csv puts out one table: say --tables NAME, or -o DIR for a file of each"};
  }
  const bool prints = options.format != "table" && options.folder.empty();
  if (Failure failure = CheckPictures(options.pictures, prints ? "--format " + options.format : "")) return failure;
  return CheckFigure(options.pictures);
}

Failure RunStudy(const StudyCommandOptions& options) {
  std::vector<std::string> tables = Split(options.tables);
  const bool saves = !options.save.empty();
  if (Failure failure = CheckOutputs(options, tables.size())) return failure;
  const Notes notes(options.run.quiet);
  std::vector<std::pair<std::string, std::string>> settings;
  if (Failure failure = Settings(options, &settings)) return failure;
  std::vector<std::string> by;
  for (const auto& [name, value] : settings) {
    if (name == "by") by = Split({value});
  }
  std::vector<StudyAudience> audiences;
  for (const std::string& text : options.audiences) {
    if (Failure failure = ParseStudyAudience(text, &audiences.emplace_back())) return failure;
  }
  if (options.files.empty() && audiences.empty() && options.loads.empty()) {
    return {kExitUsage, "FILE is required, or --audience, or --load"};
  }
  const auto sketched = std::find_if(settings.begin(), settings.end(),
                                     [](const auto& setting) { return setting.first == "sketch_bytes"; });
  const bool sketches = sketched == settings.end() ? !audiences.empty() : sketched->second != "0";
  if (sketches && sketched == settings.end()) settings.emplace_back("sketch_bytes", kSketchBytes);
  std::vector<std::string> shown = tables;
  if (tables.empty() && options.format == "table" && !saves) shown = UsualTables(!by.empty(), sketches);
  if (!options.pictures.any()) tables = shown;  // these show what there is
  Mapping mapping;
  for (const std::string& map : options.maps) {
    if (Failure failure = ReadMapping(map, &mapping)) return failure;
  }
  OpenProfile profile;
  if (Failure failure = OpenProfileFor(options.identity, notes, &profile)) return failure;
  uint32_t encoding = 0;
  if (Failure failure = EncodingOf(options.hashed, profile, &encoding)) return failure;
  Progress progress(options.run.quiet);
  ContextHandle context;
  if (Failure failure = OpenContext(options.run, &progress, &context)) return failure;
  StudyHandle study;
  if (Failure failure = MakeStudy(options, settings, context.get(), profile.handle.get(), &study)) return failure;
  StudyInput input(std::move(mapping), by);
  if (!options.files.empty()) {
    if (Failure failure = input.Open(options.files, notes)) return failure;
  }
  if (Failure failure = AddAudiences(audiences, context.get(), study.get())) return failure;
  if (Failure failure = LoadPartials(options.loads, study.get())) return failure;
  StudyAnswerHandle answer;
  std::string partial;
  Failure failure = input.AddTo(study.get(), kReading, &progress);
  progress.Part(kReading, 1);
  if (!failure) {
    failure = saves ? SavePartial(study.get(), tables, &partial) : RunTables(study.get(), tables, &answer);
  }
  progress.Clear();
  if (failure) return failure;
  input.NoteFacts(study.get(), notes);
  if (saves) return WriteBytes(partial, options.save);
  if (Failure writing = WriteStudyPictures(answer.get(), options.pictures)) return writing;
  return WriteAnswer(answer.get(), options, shown);
}

}  // namespace

void AddStudyCommand(CLI::App* program, Command* chosen) {
  const auto options = std::make_shared<StudyCommandOptions>();
  CLI::App* command = program->add_subcommand("study", kHelp);
  command->add_option("FILE", options->files, "Files, or - for standard input")->type_name("");
  command
      ->add_option("--map", options->maps,
                   "How exports become events: " + PresetNames() +
                       ", or a JSON file (docs/mapping.md). May be given several times; each file is what it fits best")
      ->allow_extra_args(false);
  command->add_option("--tables", options->tables, "Names with commas between; docs/tables.md describes them")
      ->allow_extra_args(false);
  command->add_option("--by", options->by, "Columns that are dimensions of people, such as region,industry")
      ->allow_extra_args(false);
  command->add_option("--set", options->settings, "Any option of docs/tables.md, such as exposure_window=30d")
      ->allow_extra_args(false);
  command
      ->add_option("--audience", options->audiences,
                   "People of a circle as an image that vesica sketch saved, instead of events or beside them: "
                   "circle=sales,company=Acme,region=EU,file=crm.vsc. May be given several times")
      ->allow_extra_args(false);
  command->add_option("--slice", options->slice, "Take only some of the people: 2/4 is the second of four equal parts");
  command->add_option("--save", options->save,
                      "Write what was counted, for --tables or for all, to this file (or -) instead of making tables. "
                      "--as-of must be given, and --set stages=... where events have stages");
  command
      ->add_option("--load", options->loads,
                   "Add what --save wrote elsewhere of other people under the same options. May be given several times")
      ->allow_extra_args(false);
  command->add_option("--min-cell", options->min_cell, "Hide counts from 1 to one below this");
  command->add_option("--as-of", options->as_of, "Leave later events out; the time of the latest if not given");
  command->add_option("--zone", options->zone,
                      "What times without an offset from UTC are in: UTC, +02:00, Europe/Tallinn");
  command->add_option("--hashed", options->hashed,
                      "Persons are SHA-256 digests: hex or base64. The profile says how they were made");
  command->add_option("--format", options->format, "table, json or csv")
      ->check(CLI::IsMember({"table", "json", "csv"}));
  command->add_option("-o,--output", options->folder,
                      "Folder for the answer: study.txt, study.json, or a CSV file of each table. Text in these that a "
                      "spreadsheet would compute (it begins with = + - @) gets an apostrophe before it");
  AddPictureOptions(command, &options->pictures);
  AddStudyPictureOptions(command, &options->pictures);
  AddIdentityOptions(command, &options->identity);
  command->add_option("--threads", options->run.threads, "Threads, 1 if not given")->check(CLI::Range(1u, 256u));
  command->add_option("--memory", options->run.memory, "Most working memory, such as 512M");
  command->add_option("--spill", options->spill, "Folder where events go for which --memory has no room");
  command->add_flag("--quiet", options->run.quiet, "No remarks, no progress bar");
  command->callback([=] { *chosen = [=] { return RunStudy(*options); }; });
}

}  // namespace vesica_cli
