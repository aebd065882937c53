#ifndef VESICA_LIB_ALIGNMENT_STUDY_FOLDS_H_
#define VESICA_LIB_ALIGNMENT_STUDY_FOLDS_H_

#include <memory>
#include <span>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "alignment/engine.h"
#include "alignment/fold.h"
#include "alignment/packed_event.h"
#include "alignment/record_log.h"
#include "vesica/table.h"

namespace vesica {

// The tables of these names, in their order, each once; without any all that a study, or one of sketches, has.
// InvalidArgument for a name that is none, Unsupported for a table that a study of sketches has not.
absl::StatusOr<std::vector<std::string>> TablesOf(std::span<const std::string> names, bool of_sketches = false);

// Whatever is counted for some tables of a study, from the first event or partial to the tables.
class StudyFolds {
 public:
  // For `tables`, of TablesOf(), with a set of folds for each of `workers`.
  StudyFolds(ContextState& context, const StudyData& data, std::vector<std::string> tables, uint32_t workers);

  // The fold that is in a partial as that section, nullptr if no table needs it. What is read goes there before Run(),
  // what is written comes from there behind it.
  Fold* Of(PartialSection section) const;
  std::vector<LeftOutRows>& left_out() { return counts_.left_out; }       // by company
  const std::vector<uint64_t>& valued() const { return counts_.valued; }  // as PeopleCounts
  // The first of the tables that counts what is in that section.
  const std::string& TableOf(PartialSection section) const;

  // Counts the events of the log, and all that is counted by accounts, deals and assets.
  absl::Status Run(const RecordLog<PackedEvent>& log);

  // The tables. After Run().
  absl::StatusOr<std::vector<Table>> Finish() const;

  uint64_t held_bytes() const;

 private:
  bool IsWanted(std::string_view table) const;

  ContextState& context_;
  const StudyData& data_;
  const std::vector<std::string> tables_;
  std::vector<std::unique_ptr<Segments>> segments_;
  std::vector<FoldScope> workers_;
  std::vector<FoldMaker> makers_;
  std::vector<Folds> folds_;  // by maker
  PeopleCounts counts_;
  Reservation held_;
};

}  // namespace vesica

#endif  // VESICA_LIB_ALIGNMENT_STUDY_FOLDS_H_
