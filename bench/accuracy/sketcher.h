#ifndef VESICA_BENCH_ACCURACY_SKETCHER_H_
#define VESICA_BENCH_ACCURACY_SKETCHER_H_

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "bench/accuracy/regime.h"
#include "vesica/audience.h"
#include "vesica/context.h"
#include "vesica/hash.h"

namespace vesica {

// One way of keeping an audience.
struct SketchMethod {
  std::string_view name;
  Representation representation;
  uint32_t mantissa_bits;  // of HyperLogLog
  bool counted;            // made of an exact audience, whose count it carries
};

// "minhash", "hyperloglog", "hyperloglog-0" (without mantissa), and the first two with "+count".
const SketchMethod* FindMethod(std::string_view name);

struct Sketches {
  std::vector<Audience> audiences;  // one a set
  double update_ns = 0;             // per key, from columns to audiences; 0 where no keys were read
};

// Makes the sketches of one trial.
class Sketcher {
 public:
  virtual ~Sketcher() = default;
  // `bytes`: what to ask for, per set.
  virtual Sketches Make(const SketchMethod& method, const std::vector<uint64_t>& bytes) = 0;
};

// From keys, with the builder that everybody uses.
class KeySketcher : public Sketcher {
 public:
  KeySketcher(const Regime& regime, uint64_t seed, const Identity& identity, const Context& context);
  Sketches Make(const SketchMethod& method, const std::vector<uint64_t>& bytes) override;

 private:
  std::vector<Audience> Build(const SketchMethod& method, const std::vector<uint64_t>& bytes);

  const Regime& regime_;
  TrialKeys keys_;
  const Identity& identity_;
  const Context& context_;
  std::vector<Audience> exact_;  // once needed
};

// From random positions below the thresholds, without keys: sets of any size cost the same. Only MinHash.
class DrawnSketcher : public Sketcher {
 public:
  DrawnSketcher(const Regime& regime, uint64_t seed, const Identity& identity)
      : regime_(regime), seed_(seed), identity_(identity) {}
  Sketches Make(const SketchMethod& method, const std::vector<uint64_t>& bytes) override;

 private:
  const Regime& regime_;
  uint64_t seed_;
  const Identity& identity_;
};

}  // namespace vesica

#endif  // VESICA_BENCH_ACCURACY_SKETCHER_H_
