#ifndef VESICA_AUDIENCE_H_
#define VESICA_AUDIENCE_H_

#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <variant>

#include "absl/status/statusor.h"
#include "vesica/context.h"
#include "vesica/hash.h"
#include "vesica/identity.h"
#include "vesica/keys.h"

namespace vesica {

class HyperLogLog;
class MinHash;
class SortedHashes;

// What is kept of the keys.
enum class Representation : uint8_t {
  kExact = 0,        // every hash
  kMinHash = 1,      // the smallest hashes, rounded
  kHyperLogLog = 2,  // the smallest hash of each of many buckets, rounded more
};
std::string_view RepresentationText(Representation representation);  // "exact", "minhash", "hyperloglog"

// An immutable set of keys under one identity. Cheap to copy; may be read from any thread.
class Audience {
 public:
  Representation representation() const { return static_cast<Representation>(keys_.index()); }
  const Quality& quality() const { return quality_; }
  bool derived() const { return derived_; }  // by set operations or loaded: quality() says nothing
  const IdentityStamp& stamp() const { return stamp_; }

  // What the representation keeps; each only if it is that one.
  uint64_t count() const;  // distinct keys of an exact audience; CountOf() estimates those of any (vesica/overlap.h)
  const SortedHashes& hashes() const { return *shared_hashes(); }
  const MinHash& min_hash() const { return *std::get<1>(keys_); }
  const HyperLogLog& hyper_log_log() const { return *std::get<2>(keys_); }
  const std::shared_ptr<const SortedHashes>& shared_hashes() const { return std::get<0>(keys_); }

  // out[i] = whether the key of row i is in the audience; false for blank and invalid rows. `identity` must have
  // the audience's stamp, `out` the column's length. Unsupported of a sketch.
  absl::Status Contains(const KeyColumn& keys, const Identity& identity, std::span<uint8_t> out) const;

  using Keys = std::variant<std::shared_ptr<const SortedHashes>, std::shared_ptr<const MinHash>,
                            std::shared_ptr<const HyperLogLog>>;
  Audience(Keys keys, IdentityStamp stamp, Quality quality, bool derived);
  const Keys& keys() const { return keys_; }

 private:
  Keys keys_;
  IdentityStamp stamp_;
  Quality quality_;
  bool derived_ = false;
};

struct BuilderOptions {
  Representation representation = Representation::kExact;
  // Of a sketch. MinHash: the most bytes of its saved image, 1 KiB to 4 MiB; a set whose hashes fit the image whole
  // stays exact. HyperLogLog: the largest power of two of registers that fits, one byte each, 16 to 2^20.
  uint64_t bytes = 16384;
  uint32_t mantissa_bits = 3;  // of a HyperLogLog register, 0..3; 0 is the plain HyperLogLog
};

// Collects keys in any order and any number of pieces; the audience depends only on which keys were added, and a saved
// sketch of them is the same to the byte. After a failed call the builder is as it was before.
class AudienceBuilder {
 public:
  // InvalidArgument for options out of range.
  static absl::StatusOr<AudienceBuilder> Create(const Context& context, const Identity& identity,
                                                const BuilderOptions& options);
  AudienceBuilder(const Context& context, const Identity& identity);  // exact
  ~AudienceBuilder();
  AudienceBuilder(AudienceBuilder&&) noexcept;
  AudienceBuilder& operator=(AudienceBuilder&&) noexcept;

  absl::Status Add(const KeyColumn& column);  // rows are counted on from those added before if first_row is 0
  absl::Status Add(const KeySource& source);  // with the context's threads

  // Adds the keys of an audience of the same stamp. A sketch takes in exact audiences and sketches of its kind, of
  // other sizes too: the result is then of the smallest. Unsupported for the rest.
  absl::Status Merge(const Audience& audience);

  // Exact: sorts and removes duplicates, about 20 ns a row. The builder is empty afterwards.
  absl::StatusOr<Audience> Build();

 private:
  struct State;
  explicit AudienceBuilder(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

// A sketch of an exact audience, which carries its exact count into estimates until it is merged; or of a sketch of the
// same kind, a smaller one. Unsupported where there is no way.
absl::StatusOr<Audience> SketchOf(const Audience& audience, const BuilderOptions& options, Context& context);

// What a builder with these options makes of several audiences of one identity, of which it needs no profile.
absl::StatusOr<Audience> MergeOf(std::span<const Audience* const> audiences, const BuilderOptions& options,
                                 Context& context);

// Union also of sketches that can be merged, of their smallest size; the others Unsupported of sketches, whose overlap
// can only be estimated.
absl::StatusOr<Audience> Union(const Audience& a, const Audience& b, Context& context);
absl::StatusOr<Audience> Intersection(const Audience& a, const Audience& b, Context& context);
absl::StatusOr<Audience> Difference(const Audience& a, const Audience& b, Context& context);  // of a, not in b

}  // namespace vesica

#endif  // VESICA_AUDIENCE_H_
