// What overlaps, plans and profiles say, as tables. The columns are described in capi/API.md; figures equal those of
// the JSON of the same answer: counts whole, ratios of estimates to 9 significant digits, undefined ones null.
#ifndef VESICA_ANSWER_TABLES_H_
#define VESICA_ANSWER_TABLES_H_

#include "absl/status/statusor.h"
#include "vesica/overlap.h"
#include "vesica/planner.h"
#include "vesica/table.h"

namespace vesica {

// "sets": what was read for each set, and how many keys it has.
absl::StatusOr<Table> SetsTable(const Regions& regions);
absl::StatusOr<Table> SetsTable(const Matrix& matrix);

// "regions": how many keys are in exactly the sets of each combination, in the order of Regions::counts. A column
// in_<name> for each set says whether it is of the combination; of several sets of one name the later ones have
// in_<name>_2, in_<name>_3, and so on.
absl::StatusOr<Table> RegionsTable(const Regions& regions);

// "pairs": the overlap of each two sets, (0,1), (0,2), ..., (1,2), ...
absl::StatusOr<Table> PairsTable(const Regions& regions);
absl::StatusOr<Table> PairsTable(const Matrix& matrix);

// "warnings": what a reader of the answer should know before trusting it, one sentence a row.
absl::StatusOr<Table> WarningsTable(const Regions& regions);
absl::StatusOr<Table> WarningsTable(const Matrix& matrix);

// "plan": what it takes to answer with each representation. Fails as MakePlan does.
absl::StatusOr<Table> PlanTable(const PlanQuestion& question);

// "profiles": those of this build.
absl::StatusOr<Table> ProfilesTable();

}  // namespace vesica

#endif  // VESICA_ANSWER_TABLES_H_
