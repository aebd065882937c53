#include "vesica/audience.h"

#include <algorithm>
#include <utility>

#include "audience/find.h"
#include "audience/sorted_hashes.h"
#include "base/error.h"
#include "hash/key_hasher.h"

namespace vesica {
namespace {

// Rows of a batch are told apart by 32 bits, so that long columns are looked up in slices.
constexpr uint64_t kSliceRows = uint64_t{1} << 20;

std::span<const uint64_t> ElementsOf(const HashedBatch& batch, std::span<uint64_t>) { return {batch.hi, batch.size}; }

std::span<const KeyHash> ElementsOf(const HashedBatch& batch, std::span<KeyHash> room) {
  for (uint32_t i = 0; i < batch.size; ++i) room[i] = {batch.hi[i], batch.lo[i]};
  return room.first(batch.size);
}

// Marks in `out` which rows of a checked slice are in `sorted`.
template <HashElement T>
absl::Status LookUp(std::span<const T> sorted, const KeyColumn& slice, KeyHasher& hasher, std::span<uint8_t> out) {
  static_assert(kHashBatch <= kFindBatch);
  HashedBatch batch;
  T room[kHashBatch];
  uint8_t found[kHashBatch];
  Quality unused;
  for (uint64_t begin = 0; begin < slice.length; begin += kHashBatch) {
    const uint32_t count = static_cast<uint32_t>(std::min<uint64_t>(kHashBatch, slice.length - begin));
    VESICA_RETURN_IF_ERROR(hasher.Hash(slice, begin, count, /*with_rows=*/true, &batch, &unused));
    FindBatch(sorted, ElementsOf(batch, room), found);
    for (uint32_t i = 0; i < batch.size; ++i) out[batch.row[i]] = found[i];
  }
  return absl::OkStatus();
}

}  // namespace

std::string_view RepresentationText(Representation representation) {
  switch (representation) {
    case Representation::kExact:
      return "exact";
    case Representation::kMinHash:
      return "minhash";
    case Representation::kHyperLogLog:
      return "hyperloglog";
  }
  return "unknown";
}

Audience::Audience(Keys keys, IdentityStamp stamp, Quality quality, bool derived)
    : keys_(std::move(keys)), stamp_(std::move(stamp)), quality_(quality), derived_(derived) {}

uint64_t Audience::count() const { return hashes().count(); }

absl::Status Audience::Contains(const KeyColumn& keys, const Identity& identity, std::span<uint8_t> out) const {
  VESICA_RETURN_IF_ERROR(CheckSameIdentity(stamp_, identity.stamp()));
  if (representation() != Representation::kExact) {
    return MakeError(ErrorCode::kUnsupported, "a sketch does not know which keys it was made of");
  }
  if (out.size() != keys.length) return InvalidArgument("out must have the length of the column");
  VESICA_RETURN_IF_ERROR(keys.Validate());
  KeyHasher hasher(identity);
  VESICA_RETURN_IF_ERROR(hasher.Check(keys));
  std::fill(out.begin(), out.end(), 0);
  for (uint64_t begin = 0; begin < keys.length; begin += kSliceRows) {
    const uint64_t count = std::min(kSliceRows, keys.length - begin);
    const KeyColumn slice = keys.Slice(begin, count);
    const std::span<uint8_t> slice_out = out.subspan(begin, count);
    VESICA_RETURN_IF_ERROR(WithElementOf(
        stamp_.width, [&]<class T>(T) { return LookUp(hashes().values<T>(), slice, hasher, slice_out); }));
  }
  return absl::OkStatus();
}

}  // namespace vesica
