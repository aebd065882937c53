// The library counts its own memory; here the system's count is held against it: peak of the process over its inputs.
#include <fstream>
#include <memory>
#include <sstream>
#include <string>
#include <vector>

#include "bench/keys.h"
#include "gtest/gtest.h"
#include "vesica/overlap.h"

namespace vesica {
namespace {

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool kSanitized = true;  // their shadows are memory of the process, too
#else
constexpr bool kSanitized = false;
#endif

// Bytes of a line of /proc/self/status, 0 where there is none.
uint64_t StatusBytes(const std::string& name) {
  std::ifstream file("/proc/self/status");
  for (std::string line; std::getline(file, line);) {
    if (line.compare(0, name.size(), name) != 0) continue;
    std::istringstream value(line.substr(name.size()));
    uint64_t kibibytes = 0;
    value >> kibibytes;
    return kibibytes * 1024;
  }
  return 0;
}

// Forgets the process's peak so far.
bool ResetPeak() {
  std::ofstream file("/proc/self/clear_refs");
  file << "5" << std::flush;
  return file.good();
}

struct Peak {
  uint64_t process;  // over what the process held before
  uint64_t counted;  // by the library
};

Peak PeakOf(const std::vector<TextColumn>& lists, uint64_t budget, uint32_t threads, HashWidth width) {
  const Identity identity = Identity::Create(Profile::Open("raw/1").value(), width).value();
  std::vector<std::unique_ptr<ColumnsSource>> sources;
  std::vector<const KeySource*> pointers;
  for (const TextColumn& list : lists) {
    sources.push_back(std::make_unique<ColumnsSource>(std::vector<KeyColumn>{list.column()}));
    pointers.push_back(sources.back().get());
  }
  Context context = Context::Create({.threads = threads, .memory_budget_bytes = budget}).value();
  EXPECT_TRUE(ResetPeak());
  const uint64_t before = StatusBytes("VmRSS:");
  EXPECT_TRUE(CountRegions(pointers, identity, {}, context).ok());
  return {StatusBytes("VmHWM:") - before, context.peak_bytes()};
}

class PeakMemory : public testing::Test {
 protected:
  void SetUp() override {
    if (kSanitized || StatusBytes("VmHWM:") == 0) GTEST_SKIP() << "the system does not tell, or sanitizers are in it";
  }
  static constexpr uint64_t kRows = 2'000'000;
  static constexpr uint64_t kSlack = uint64_t{1} << 20;  // stacks, small vectors
};

TEST_F(PeakMemory, OfTheProcessIsWhatTheLibraryCounts) {
  const std::vector<TextColumn> lists = TwoLists(kRows, kRows);
  for (const uint32_t threads : {1u, 2u}) {
    for (const HashWidth width : {HashWidth::k64, HashWidth::k128}) {
      const Peak peak = PeakOf(lists, 0, threads, width);
      EXPECT_LE(peak.process, peak.counted + kSlack);
      const uint64_t words = width == HashWidth::k64 ? 1 : 2;
      EXPECT_LE(peak.counted, 2 * kRows * 13 * words + threads * (uint64_t{4} << 20)) << "13 bytes a row";
    }
  }
}

TEST_F(PeakMemory, StaysWithinTheBudget) {
  const std::vector<TextColumn> lists = TwoLists(kRows, kRows / 20);
  for (const uint64_t mebibytes : {6, 8, 16}) {
    EXPECT_LE(PeakOf(lists, mebibytes << 20, 1, HashWidth::k64).process, (mebibytes << 20) + kSlack);
  }
}

}  // namespace
}  // namespace vesica
