// Audiences for the tests of images: of random and of crafted hashes, and large ones by their smallest hashes only.
#ifndef VESICA_TESTS_WIRE_SETS_H_
#define VESICA_TESTS_WIRE_SETS_H_

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <memory>
#include <random>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "audience/hyper_log_log.h"
#include "audience/min_hash.h"
#include "tests/model/hash_sets.h"
#include "vesica/wire.h"

namespace vesica {

inline std::span<const uint8_t> BytesOf(const std::string& image) {
  return {reinterpret_cast<const uint8_t*>(image.data()), image.size()};
}

inline Audience AudienceOf(MinHash sample) {
  return Audience(std::make_shared<const MinHash>(std::move(sample)), TestStamp(HashWidth::k64), Quality{}, false);
}
inline Audience AudienceOf(HyperLogLog sketch) {
  return Audience(std::make_shared<const HyperLogLog>(std::move(sketch)), TestStamp(HashWidth::k64), Quality{}, false);
}

// The sample of a set of random hashes, about `keys` of them, drawing only those that it can keep: any set size costs
// the same.
inline MinHash RandomMinHash(std::mt19937_64& rng, const MinHashSize& size, double keys) {
  std::vector<uint64_t> hashes;
  double hash = 0;
  while (hashes.size() < size.capacity * 1.5 + 100) {
    hash -= 0x1p64 / keys * std::log1p(-std::ldexp(static_cast<double>(rng() >> 11), -53));
    if (hash >= 0x1p64) break;
    hashes.push_back(static_cast<uint64_t>(hash));
  }
  hashes.erase(std::unique(hashes.begin(), hashes.end()), hashes.end());
  return MinHash::OfSorted<uint64_t>(hashes, size, EndCell(size.mantissa_bits));
}

inline HyperLogLog RandomHyperLogLog(std::mt19937_64& rng, const HyperLogLogShape& shape, uint64_t keys) {
  std::vector<uint8_t> registers(shape.registers());
  for (uint64_t i = 0; i < keys; ++i) {
    const uint64_t hash = rng();
    uint8_t& kept = registers[shape.RegisterOf(hash)];
    kept = std::max(kept, shape.CodeOf(hash));
  }
  return HyperLogLog(shape, std::move(registers));
}

}  // namespace vesica

#endif  // VESICA_TESTS_WIRE_SETS_H_
