#ifndef VESICA_LIB_ALIGNMENT_SKETCH_TABLES_H_
#define VESICA_LIB_ALIGNMENT_SKETCH_TABLES_H_

#include <array>
#include <span>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "alignment/circle_sketches.h"
#include "alignment/study_data.h"
#include "vesica/overlap.h"
#include "vesica/table.h"

namespace vesica {

inline constexpr size_t kCirclePairs = 6;  // of CirclePairs()

// The pairs of a row's circles: all of the row of all people together, else (marketing, sales) and (brand, demand).
struct RowOverlaps {
  RowKey key;  // by rank; company kNoId: all of them
  std::array<Overlap, kCirclePairs> pairs;
};

// The overlaps of several companies as one. Sizes add up, and a ratio is the mean of theirs, weighted with what it is
// of: for exact counts that is the ratio of the sums. So are the bounds of intervals: companies' people may be the
// same, and their errors with them.
Overlap Pooled(std::span<const Overlap* const> companies);

// The tables that sketches can tell, with their intervals: those of StudyTables() of these names.
bool IsSketchTable(std::string_view name);
absl::StatusOr<Table> SketchTable(std::string_view name, const StudyData& data, std::span<const RowOverlaps> rows);

}  // namespace vesica

#endif  // VESICA_LIB_ALIGNMENT_SKETCH_TABLES_H_
