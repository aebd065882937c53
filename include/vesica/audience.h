#ifndef VESICA_AUDIENCE_H_
#define VESICA_AUDIENCE_H_

#include <cstdint>
#include <memory>
#include <span>

#include "absl/status/statusor.h"
#include "vesica/context.h"
#include "vesica/hash.h"
#include "vesica/identity.h"
#include "vesica/keys.h"

namespace vesica {

class SortedHashes;

// An immutable set of keys under one identity. Cheap to copy; may be read from any thread.
class Audience {
 public:
  uint64_t count() const;  // distinct keys
  const Quality& quality() const { return quality_; }
  bool derived() const { return derived_; }  // a result of set operations: quality() says nothing
  const IdentityStamp& stamp() const { return stamp_; }
  const SortedHashes& hashes() const { return *hashes_; }
  const std::shared_ptr<const SortedHashes>& shared_hashes() const { return hashes_; }

  // out[i] = whether the key of row i is in the audience; false for blank and invalid rows. `identity` must have
  // the audience's stamp, `out` the column's length.
  absl::Status Contains(const KeyColumn& keys, const Identity& identity, std::span<uint8_t> out) const;

  Audience(std::shared_ptr<const SortedHashes> hashes, IdentityStamp stamp, Quality quality, bool derived);

 private:
  std::shared_ptr<const SortedHashes> hashes_;
  IdentityStamp stamp_;
  Quality quality_;
  bool derived_ = false;
};

// Collects keys in any order and any number of pieces; the audience depends only on which keys were added.
// After a failed call the builder is as it was before.
class AudienceBuilder {
 public:
  AudienceBuilder(const Context& context, const Identity& identity);
  ~AudienceBuilder();
  AudienceBuilder(AudienceBuilder&&) noexcept;
  AudienceBuilder& operator=(AudienceBuilder&&) noexcept;

  absl::Status Add(const KeyColumn& column);     // rows are counted on from those added before if first_row is 0
  absl::Status Add(const KeySource& source);     // with the context's threads
  absl::Status Merge(const Audience& audience);  // same stamp

  // Sorts and removes duplicates: about 20 ns a row. The builder is empty afterwards.
  absl::StatusOr<Audience> Build();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

absl::StatusOr<Audience> Union(const Audience& a, const Audience& b, Context& context);
absl::StatusOr<Audience> Intersection(const Audience& a, const Audience& b, Context& context);
absl::StatusOr<Audience> Difference(const Audience& a, const Audience& b, Context& context);  // of a, not in b

}  // namespace vesica

#endif  // VESICA_AUDIENCE_H_
