#ifndef VESICA_LIB_AUDIENCE_SORT_DISTINCT_H_
#define VESICA_LIB_AUDIENCE_SORT_DISTINCT_H_

#include <memory>
#include <span>

#include "absl/status/statusor.h"
#include "audience/hash_element.h"
#include "audience/sorted_hashes.h"
#include "base/context_state.h"

namespace vesica {

// The distinct hashes among all of `pieces`, with the context's threads; progress moves from where it stands to 1.
// Reads the hashes twice: to count how many go to each partition (their leading bits), and to deal them out to exactly
// there. Then each partition is sorted in cache. About 12 ns a hash; needs room for all hashes once, duplicates
// included, beside the pieces. Fails with OverBudget, OutOfMemory or Cancelled.
template <HashElement T>
absl::StatusOr<std::shared_ptr<const SortedHashes>> SortDistinct(std::span<const std::span<const T>> pieces,
                                                                 ContextState& context);

}  // namespace vesica

#endif  // VESICA_LIB_AUDIENCE_SORT_DISTINCT_H_
