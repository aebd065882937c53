#ifndef VESICA_LIB_ALIGNMENT_SUPPRESSION_H_
#define VESICA_LIB_ALIGNMENT_SUPPRESSION_H_

#include <cstdint>
#include <vector>

#include "absl/status/statusor.h"
#include "vesica/table.h"

namespace vesica {

// The row of the same company that others are compared with.
enum class Base : uint8_t { kPrevious, kFirst, kLast };

// How `min_cell` hides what a table counts. A row whose counts include one from 1 to min_cell - 1 has all its columns
// but `keys` hidden. Rows that agree in all keys but those of one list of `sums` add up to a total the table shows: in
// the row that has null for these keys, if there is one, else in a column. Where that total would give hidden rows of
// them away, the row with the fewest people of the others is hidden too: where one is hidden alone, and where a count
// of all that are is the least or the most that is hidden, as then their sum tells it.
// Columns whose names begin with one of `compared` tell of `base` too, and are hidden where that row is; those of a row
// without counts tell of all rows of its company.
struct Suppression {
  std::vector<const char*> keys;
  std::vector<std::vector<const char*>> sums;
  std::vector<const char*> compared = {};
  Base base = Base::kPrevious;
};

// The table with the column `suppressed` behind its own, and hidden cells null. The guarantee is for one table and its
// own totals: it does not hold between tables.
absl::StatusOr<Table> Suppress(const Table& table, const Suppression& how, uint32_t min_cell);

}  // namespace vesica

#endif  // VESICA_LIB_ALIGNMENT_SUPPRESSION_H_
