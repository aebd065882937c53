#ifndef VESICA_TESTS_MODEL_SIMD_LEVELS_H_
#define VESICA_TESTS_MODEL_SIMD_LEVELS_H_

#include <cstdint>
#include <functional>
#include <string>

#include "gtest/gtest.h"
#include "hwy/targets.h"

namespace vesica {

// Runs `body` once at each SIMD level that the machine has and the program was compiled for.
inline void AtEverySimdLevel(const std::function<void()>& body) {
  for (int64_t rest = hwy::SupportedTargets(); rest != 0; rest &= rest - 1) {
    const int64_t level = rest & -rest;
    hwy::SetSupportedTargetsForTest(level);
    hwy::GetChosenTarget().Update(level);
    SCOPED_TRACE(testing::Message() << "SIMD level " << hwy::TargetName(level));
    body();
  }
  hwy::SetSupportedTargetsForTest(0);
  hwy::GetChosenTarget().Update(hwy::SupportedTargets());
}

}  // namespace vesica

#endif  // VESICA_TESTS_MODEL_SIMD_LEVELS_H_
