#ifndef VESICA_LIB_ALIGNMENT_FOLD_H_
#define VESICA_LIB_ALIGNMENT_FOLD_H_

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "alignment/partial_archive.h"
#include "alignment/segments.h"
#include "alignment/study_data.h"
#include "alignment/suppression.h"
#include "alignment/timeline.h"
#include "base/context_state.h"
#include "vesica/table.h"

namespace vesica {

// What the fold of one worker may use.
struct FoldScope {
  ContextState* context;
  const StudyData* data;
  Segments* segments;  // the worker's
  uint32_t worker;
};

// Rows that a table left out, for `quality`.
struct LeftOut {
  const char* table;
  const char* reason;
  uint32_t company;
  uint64_t rows;
};

// What a fold is in a partial. Part of the format: append only.
enum class PartialSection : uint8_t {
  kQuality = 0,
  kCircles = 1,
  kContacts = 2,
  kAccounts = 3,
  kFunnel = 4,
  kFlows = 5,
  kHandoff = 6,
  kReasons = 7,
  kContent = 8,
  kRevenue = 9,
  kTrend = 10,
};
inline constexpr size_t kPartialSections = 11;

// What is counted while a study goes over its people once: each worker has its own, which in the end are merged.
// People come in any order and in any grouping by worker, so a fold keeps only what can be added up.
class Fold {
 public:
  explicit Fold(const FoldScope& scope) : scope_(scope) {}
  virtual ~Fold() = default;

  virtual absl::Status Visit(const Timeline& timeline) = 0;
  virtual absl::Status Merge(const Fold& other) = 0;  // of the same kind, another worker's
  // After the last Merge(), of the fold that has it all: goes over records of its own, in parallel. Progress ends at
  // `progress_end`.
  virtual absl::Status Complete(double progress_end) {
    static_cast<void>(progress_end);
    return absl::OkStatus();
  }
  virtual uint64_t held_bytes() const = 0;
  virtual void AppendLeftOut(std::vector<LeftOut>*) const {}

  // Shows its counts to an archive: what it reads it adds, before the first Visit(); to be written or marked they are
  // shown after Complete().
  virtual PartialSection section() const = 0;
  virtual void Show(PartialArchive& archive) = 0;

  const FoldScope& scope() const { return scope_; }
  const StudyData& data() const { return *scope_.data; }

 private:
  const FoldScope scope_;
};

// One fold for each worker.
using Folds = std::vector<std::unique_ptr<Fold>>;
using FoldMaker = Folds (*)(std::span<const FoldScope> workers);

template <class T>
Folds MakeFolds(std::span<const FoldScope> workers) {
  Folds folds;
  for (const FoldScope& worker : workers) folds.push_back(std::make_unique<T>(worker));
  return folds;
}

// A table of a study: what is counted for it, and how it is made of that. Tables with one maker share its folds.
struct Metric {
  StudyTable table;
  FoldMaker make;
  absl::StatusOr<Table> (*finish)(const Fold& merged);  // may work in parallel
  Suppression suppression;
};

}  // namespace vesica

#endif  // VESICA_LIB_ALIGNMENT_FOLD_H_
