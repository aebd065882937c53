#ifndef VESICA_LIB_ALIGNMENT_STUDY_TABLES_H_
#define VESICA_LIB_ALIGNMENT_STUDY_TABLES_H_

#include <span>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "alignment/engine.h"
#include "alignment/fold.h"

namespace vesica {

// The tables that tell of a study itself.
inline constexpr StudyTable kQualityTable = {"quality", "Rows left out, by reason, and the tables that left them out"};
inline constexpr StudyTable kSettingsTable = {"settings", "Every option of the study, its value and its default"};

// Counts, for `quality`, what people lack: events without a time; people of no known value in a dimension, of several,
// and without an account.
class QualityFold : public Fold {
 public:
  explicit QualityFold(const FoldScope& scope) : Fold(scope), counts_(scope.data->companies.size()) {}
  absl::Status Visit(const Timeline& timeline) override;
  absl::Status Merge(const Fold& other) override;
  uint64_t held_bytes() const override { return counts_.capacity() * sizeof(Counts); }
  void AppendLeftOut(std::vector<LeftOut>* rows) const override;
  PartialSection section() const override { return PartialSection::kQuality; }
  void Show(PartialArchive& archive) override;

 private:
  struct Counts {
    uint64_t no_time = 0, unknown_segment = 0, conflicting_segment = 0, no_account = 0;
    void operator+=(const Counts& other);
    friend bool operator==(const Counts&, const Counts&) = default;
  };
  std::vector<Counts> counts_;  // by company
};

// Rows of `company` null are of all companies; problems of single rows are only counted over all of them.
absl::StatusOr<Table> QualityTable(const StudyData& data, std::span<const LeftOutRows> left_out,
                                   std::span<const LeftOut> by_tables);
absl::StatusOr<Table> SettingsTable(const StudyData& data);

// Appends those of the two that are among `wanted`.
absl::Status AppendTablesOfStudy(const StudyData& data, std::span<const std::string> wanted,
                                 std::span<const LeftOutRows> left_out, std::span<const LeftOut> by_tables,
                                 std::vector<Table>* tables);

}  // namespace vesica

#endif  // VESICA_LIB_ALIGNMENT_STUDY_TABLES_H_
