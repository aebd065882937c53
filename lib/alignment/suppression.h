#ifndef VESICA_LIB_ALIGNMENT_SUPPRESSION_H_
#define VESICA_LIB_ALIGNMENT_SUPPRESSION_H_

#include <cstdint>
#include <vector>

#include "absl/status/statusor.h"
#include "vesica/table.h"

namespace vesica {

// How `min_cell` hides what a table counts. A row whose counts include one from 1 to min_cell - 1 has all its columns
// but `keys` hidden. Rows that agree in all keys but those of one list of `sums` add up to a total the table shows: in
// the row that has null for these keys, if there is one, else in a column. Where that total would give one hidden row
// of them away, the row with the fewest people of the others is hidden too.
struct Suppression {
  std::vector<const char*> keys;
  std::vector<std::vector<const char*>> sums;
};

// The table with the column `suppressed` behind its own, and hidden cells null. The guarantee is for one table and its
// own totals: it does not hold between tables.
absl::StatusOr<Table> Suppress(const Table& table, const Suppression& how, uint32_t min_cell);

}  // namespace vesica

#endif  // VESICA_LIB_ALIGNMENT_SUPPRESSION_H_
