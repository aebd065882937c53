#include "alignment/record_log.h"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <random>
#include <string>
#include <vector>

#include "base/context_state.h"
#include "vesica/status.h"

namespace vesica {
namespace {

struct Record {
  uint64_t hash, number;
  friend auto operator<=>(const Record&, const Record&) = default;
};

std::string SpillDirectory() {
  const std::string directory = std::filesystem::temp_directory_path() / "vesica_record_log_test";
  std::filesystem::create_directories(directory);
  return directory;
}

// Appends `count` records from workers in turn and checks that each partition gives back its own, in order.
void AppendAndRead(RecordLog<Record>& log, uint64_t count) {
  std::mt19937_64 rng(5);
  std::map<std::pair<uint32_t, uint32_t>, std::vector<Record>> expected;
  for (uint64_t i = 0; i < count; ++i) {
    const Record record{rng(), i};
    const uint32_t worker = static_cast<uint32_t>(i % log.workers());
    ASSERT_TRUE(log.Append(worker, record.hash, record).ok());
    expected[{worker, log.PartitionOf(record.hash)}].push_back(record);
  }
  uint64_t read = 0;
  for (uint32_t partition = 0; partition < log.partitions(); ++partition) {
    for (uint32_t worker = 0; worker < log.workers(); ++worker) {
      std::vector<Record> records(log.Count(worker, partition));
      ASSERT_TRUE(log.Read(worker, partition, records.data()).ok());
      ASSERT_EQ(records, (expected[{worker, partition}]));
      read += records.size();
    }
  }
  EXPECT_EQ(read, count);
}

TEST(RecordLog, GivesBackWhatItTook) {
  for (uint32_t partitions : {1u, 3u, 64u}) {
    ContextState context({.threads = 2, .memory_budget_bytes = 0, .progress = nullptr});
    RecordLog<Record> log(context, partitions, "");
    AppendAndRead(log, 100'000);
    EXPECT_FALSE(log.spilled());
  }
}

TEST(RecordLog, SpillsWhatIsOverHalfOfTheBudget) {
  for (uint32_t partitions : {1u, 3u, 64u, 300u}) {
    ContextState context({.threads = 2, .memory_budget_bytes = 8u << 20, .progress = nullptr});
    RecordLog<Record> log(context, partitions, SpillDirectory());
    AppendAndRead(log, 1'000'000);
    EXPECT_TRUE(log.spilled());
    EXPECT_LE(context.ledger().peak_bytes(), partitions <= 64 ? 4u << 20 : 8u << 20);
  }
}

TEST(RecordLog, LeavesNoFileBehind) {
  const std::string directory = SpillDirectory();
  ContextState context({.threads = 1, .memory_budget_bytes = 4u << 20, .progress = nullptr});
  RecordLog<Record> log(context, 4, directory);
  for (uint64_t i = 0; i < 400'000; ++i) ASSERT_TRUE(log.Append(0, i << 40, {i, i}).ok());
  ASSERT_TRUE(log.spilled());
  EXPECT_TRUE(std::filesystem::is_empty(directory));
}

TEST(RecordLog, FailsWhereItCannotSpill) {
  for (const char* directory : {"", "/no/such/directory"}) {
    ContextState context({.threads = 1, .memory_budget_bytes = 5u << 20, .progress = nullptr});
    RecordLog<Record> log(context, 4, directory);
    absl::Status status;
    for (uint64_t i = 0; i < 1'000'000 && status.ok(); ++i) status = log.Append(0, i << 40, {i, i});
    EXPECT_EQ(GetErrorInfo(status).code, *directory == '\0' ? ErrorCode::kOverBudget : ErrorCode::kIo);
  }
}

TEST(SpillFile, IsForItsOwnerOnlyAndHasNoName) {
  const std::string directory = SpillDirectory();
  const int next = dup(0);  // the file will have the lowest free descriptor
  close(next);
  SpillFile file = SpillFile::Create(directory).value();
  struct stat about {};
  ASSERT_EQ(fstat(next, &about), 0);
  EXPECT_EQ(about.st_mode & 07777, 0600u);
  EXPECT_EQ(about.st_nlink, 0u);
  uint64_t offset = 0;
  ASSERT_TRUE(file.Append("abc", 3, &offset).ok());
  char bytes[4];
  EXPECT_TRUE(file.Read(offset, 3, bytes).ok());
  EXPECT_EQ(std::string(bytes, 3), "abc");
  EXPECT_EQ(GetErrorInfo(file.Read(offset, 4, bytes)).code, ErrorCode::kCorrupt);
}

}  // namespace
}  // namespace vesica
