#include "vesica/study.h"

#include <cstdlib>
#include <fstream>
#include <iostream>
#include <string>
#include <string_view>
#include <vector>

#include "study_of_events.h"
#include "vesica/context.h"
#include "vesica/events.h"
#include "vesica/hash.h"
#include "vesica/identity.h"
#include "vesica/keys.h"
#include "vesica/report.h"

namespace vesica {
namespace {

struct EventTable {
  std::string profile = "email/1";
  StudyOptions options;
  std::vector<std::string> tables, names;
  std::vector<std::vector<std::string>> rows;  // a cell for each name; empty: none
};

void Check(const absl::Status& status) {
  if (status.ok()) return;
  std::cerr << "cross: " << status << "\n";
  std::exit(1);
}

template <class T>
T ValueOf(absl::StatusOr<T> value) {
  Check(value.status());
  return *std::move(value);
}

std::vector<std::string> Parts(const std::string& line) {
  std::vector<std::string> parts(1);
  for (const char c : line) {
    if (c == '|') {
      parts.emplace_back();
    } else {
      parts.back() += c;
    }
  }
  return parts;
}

EventTable ReadTable(const std::filesystem::path& path) {
  EventTable table;
  std::ifstream file(path);
  for (std::string line; std::getline(file, line);) {
    const size_t space = line.find(' ');
    const std::string word = line.substr(0, space), rest = space == std::string::npos ? "" : line.substr(space + 1);
    if (line.starts_with('=')) {
      table.rows.push_back(Parts(line.substr(1)));
    } else if (word == "profile") {
      table.profile = rest;
    } else if (word == "table") {
      table.tables.push_back(rest);
    } else if (word == "columns") {
      table.names = Parts(rest);
    } else if (word == "option") {
      const size_t end = rest.find(' ');
      Check(table.options.Set(rest.substr(0, end), rest.substr(end + 1)));
    } else {
      Check(absl::InvalidArgumentError("not a line of a study: " + line));
    }
  }
  return table;
}

void Write(const std::filesystem::path& path, const std::string& text) {
  std::ofstream file(path, std::ios::binary);
  if (!(file << text).flush()) Check(absl::UnavailableError("cannot write " + path.string()));
}

}  // namespace

void RunStudy(const std::filesystem::path& path, const std::filesystem::path& out) {
  const EventTable table = ReadTable(path);
  const Context context = ValueOf(Context::Create({}));
  const Profile profile = ValueOf(Profile::Open(table.profile, ""));
  const Identity identity = ValueOf(Identity::Create(profile, HashWidth::k64, {}));
  Study study = ValueOf(Study::Create(context, identity, table.options));

  std::vector<std::vector<KeySpan>> spans(table.names.size());
  EventBatch batch;
  batch.rows = table.rows.size();
  for (size_t i = 0; i < table.names.size(); ++i) {
    for (const auto& row : table.rows) {
      const std::string& cell = row.at(i);
      spans[i].push_back(cell.empty() ? KeySpan{nullptr, 0} : KeySpan{cell.data(), cell.size()});
    }
    batch.columns.push_back({table.names[i], ColumnFromSpans(spans[i])});
  }
  Check(study.Add(batch));
  const StudyAnswer answer = ValueOf(AnswerOf(study, table.tables));
  Write(out / "study.json", ToJson(answer));
  std::string page;
  Check(WriteReport(answer, {}, [&](std::string_view piece) {
    page += piece;
    return absl::OkStatus();
  }));
  Write(out / "study.html", page);
}

}  // namespace vesica
