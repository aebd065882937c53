#include "bench/accuracy/trial.h"

#include <chrono>
#include <string>

#include "vesica/wire.h"

namespace vesica {

TrialResult RunTrial(const Sketches& sketches, Context& context) {
  TrialResult result;
  result.update_ns = sketches.update_ns;
  std::vector<Audience> loaded;
  for (const Audience& audience : sketches.audiences) {
    const std::string image = Save(audience).value();
    result.image_bytes.push_back(image.size());
    loaded.push_back(Load({reinterpret_cast<const uint8_t*>(image.data()), image.size()}, context).value());
  }
  const auto start = std::chrono::steady_clock::now();
  if (loaded.size() == 2) {
    const Overlap overlap = OverlapOf(loaded[0], loaded[1], context).value();
    result.in_all = overlap.intersection;
    result.design_error = overlap.design_error;
  } else {
    std::vector<const Audience*> audiences;
    for (const Audience& audience : loaded) audiences.push_back(&audience);
    result.in_all = RegionsOf(audiences, {}, context).value().Region((1u << loaded.size()) - 1);
  }
  const std::chrono::duration<double, std::micro> took = std::chrono::steady_clock::now() - start;
  result.estimate_us = took.count();
  return result;
}

}  // namespace vesica
