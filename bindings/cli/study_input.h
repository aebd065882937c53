// Files of events, or exports that a mapping turns into events, on their way into a study.
#ifndef VESICA_CLI_STUDY_INPUT_H_
#define VESICA_CLI_STUDY_INPUT_H_

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "event_file.h"
#include "failure.h"
#include "library.h"
#include "mapping.h"
#include "notes.h"
#include "progress.h"

namespace vesica_cli {

class StudyInput {
 public:
  // `by`: the dimensions of the study.
  StudyInput(Mapping mapping, std::vector<std::string> by);
  ~StudyInput();

  // Opens every file and finds out what it is: the mapping's export of whose columns it has
  // most, else a table of events.
  Failure Open(const std::vector<std::string>& paths, const Notes& notes);

  // Adds the events of all files, telling progress from 0 to `end`.
  Failure AddTo(vesica_study* study, double end, Progress* progress);

  // What was met: broken rows, and rows of events with problems.
  void NoteFacts(vesica_study* study, const Notes& notes) const;

 private:
  struct Rule;
  struct Source {
    std::unique_ptr<EventFile> file;
    std::string kind;  // name of the export; empty: events
    std::vector<Rule> rules;
  };
  // Where a row with a problem is: the file and the number of its record.
  struct Place {
    size_t source;
    uint64_t record;
  };

  Failure Bind(const Export& as, Source* source, const Notes& notes);
  Export Events(const EventFile& file) const;
  Failure AddRows(vesica_study* study, size_t source, Rule* rule, const CellBatch& cells);
  Failure Flush(vesica_study* study, size_t source, Rule* rule);
  void FindProblems(vesica_study* study, size_t source, const std::vector<uint64_t>& records);

  Mapping mapping_;
  std::vector<std::string> by_;
  std::vector<Source> sources_;
  uint64_t event_rows_ = 0;                    // added so far
  std::map<std::string, Place> first_places_;  // by reason
};

}  // namespace vesica_cli

#endif  // VESICA_CLI_STUDY_INPUT_H_
