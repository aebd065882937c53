#include <memory>
#include <span>
#include <utility>
#include <vector>

#include "audience/hash_ranges.h"
#include "audience/set_kernels.h"
#include "audience/sketch_operations.h"
#include "audience/sorted_hashes.h"
#include "base/context_state.h"
#include "base/error.h"
#include "vesica/audience.h"

namespace vesica {
namespace {

using SharedHashes = std::shared_ptr<const SortedHashes>;

enum class Operation { kUnion, kIntersection, kDifference };

constexpr double kCountShare = 0.2;  // of the time, for progress

uint64_t ResultSize(Operation operation, uint64_t a_size, uint64_t b_size, uint64_t common) {
  switch (operation) {
    case Operation::kUnion:
      return a_size + b_size - common;
    case Operation::kIntersection:
      return common;
    case Operation::kDifference:
      return a_size - common;
  }
  return 0;
}

template <HashElement T>
void Write(Operation operation, std::span<const T> a, std::span<const T> b, std::span<T> out) {
  switch (operation) {
    case Operation::kUnion:
      return WriteUnion(a, b, out);
    case Operation::kIntersection:
      return WriteIntersection(a, b, out);
    case Operation::kDifference:
      return WriteDifference(a, b, out);
  }
}

// Counts range by range first, so that the result has its exact size and every range knows its place in it. A result
// equal to a or b shares its memory.
template <HashElement T>
absl::StatusOr<SharedHashes> Combine(Operation operation, const SharedHashes& a, const SharedHashes& b,
                                     ContextState& context) {
  const HashRanges<T> ranges(a->values<T>(), b->values<T>());
  std::vector<uint64_t> begins(ranges.count());  // of each range in the result
  VESICA_RETURN_IF_ERROR(context.ParallelFor(ranges.count(), kCountShare, [&](uint32_t, uint64_t i) {
    const auto range = ranges.range(i);
    begins[i] = ResultSize(operation, range.a.size(), range.b.size(), CountCommon(range.a, range.b));
    return absl::OkStatus();
  }));
  uint64_t count = 0;
  for (uint64_t& begin : begins) count += std::exchange(begin, count);

  // All three results lie within a or around it, the first two also within b or around it.
  if (count == a->count()) return a;
  if (count == b->count() && operation != Operation::kDifference) return b;

  VESICA_ASSIGN_OR_RETURN(SortedHashes::Buffer buffer,
                          SortedHashes::Buffer::Allocate(context.shared_ledger(), count * sizeof(T)));
  const std::span<T> result(buffer.data<T>(), count);
  VESICA_RETURN_IF_ERROR(context.ParallelFor(ranges.count(), 1.0, [&](uint32_t, uint64_t i) {
    const auto range = ranges.range(i);
    const uint64_t end = i + 1 == begins.size() ? count : begins[i + 1];
    Write(operation, range.a, range.b, result.subspan(begins[i], end - begins[i]));
    return absl::OkStatus();
  }));
  return std::make_shared<const SortedHashes>(std::move(buffer), kHashWidthOf<T>, count);
}

absl::StatusOr<Audience> Apply(Operation operation, const Audience& a, const Audience& b, Context& context) {
  if (absl::Status status = CheckSameIdentity(a.stamp(), b.stamp()); !status.ok()) return AtIndex(status, 1);
  if (a.representation() != Representation::kExact || b.representation() != Representation::kExact) {
    return MakeError(ErrorCode::kUnsupported,
                     "sketches have no intersection or difference to keep; their overlap can be estimated");
  }
  context.state().BeginCall();
  VESICA_ASSIGN_OR_RETURN(SharedHashes hashes, WithElementOf(a.stamp().width, [&]<class T>(T) {
                            return Combine<T>(operation, a.shared_hashes(), b.shared_hashes(), context.state());
                          }));
  return Audience(std::move(hashes), a.stamp(), Quality(), /*derived=*/true);
}

}  // namespace

absl::StatusOr<Audience> Union(const Audience& a, const Audience& b, Context& context) {
  if (a.representation() == Representation::kExact && b.representation() == Representation::kExact) {
    return Apply(Operation::kUnion, a, b, context);
  }
  return UnionOfSketches(a, b);
}

absl::StatusOr<Audience> Intersection(const Audience& a, const Audience& b, Context& context) {
  return Apply(Operation::kIntersection, a, b, context);
}

absl::StatusOr<Audience> Difference(const Audience& a, const Audience& b, Context& context) {
  return Apply(Operation::kDifference, a, b, context);
}

}  // namespace vesica
