// The key column of a file, found and indexed, as a source of keys for the library.
#ifndef VESICA_CLI_KEY_COLUMN_H_
#define VESICA_CLI_KEY_COLUMN_H_

#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "cell_keys.h"
#include "csv_head.h"
#include "csv_index.h"
#include "failure.h"
#include "input_file.h"
#include "vesica.h"

namespace vesica_cli {

// One shard is one region. Shards may be read at once from different threads, each by one at a time, and from their
// start again; each read anew gives the same keys and counts.
class KeyColumn {
 public:
  // Takes the file and what is known of its head; indexes it with `threads` threads.
  static Failure Open(std::unique_ptr<InputFile> file, const CsvHead& head, const CellRules& rules,
                      const CsvLimits& limits, uint32_t threads, std::unique_ptr<KeyColumn>* out);
  ~KeyColumn();

  uint64_t shards() const { return std::max<uint64_t>(index_.regions.size(), 1); }
  uint64_t key_limit() const { return index_.records + (rules_.split == '\0' ? 0 : index_.splits); }

  // Batch 0, 1, ... of a shard: 1, 0 at its end, -1 on failure; see failure().
  int Next(uint64_t shard, uint64_t batch, KeyBatch* out);

  // The library's view of it; the column must outlive its use.
  vesica_source Source(const char* name, uint32_t encoding);

  // After a failed read: what failed; nothing where the only fault is a wrong index.
  Failure failure() const;
  // Whether the file's quotes turned out not to be as RFC 4180 has them: what was read is void. Call IndexExactly and
  // read again.
  bool misread() const { return misread_; }
  Failure IndexExactly();

  // Of all shards as last read.
  CellCounts Counts() const;
  uint64_t footer_records() const { return footer_records_; }
  const CsvHead& head() const { return head_; }
  const InputFile& file() const { return *file_; }

  // The line, from 0, on which a record starts.
  Failure LineOfRecord(uint64_t record, uint64_t* line) const;

 private:
  struct Reader;

  KeyColumn(std::unique_ptr<InputFile> file, const CsvHead& head, const CellRules& rules, const IndexOptions& options);

  Failure Index(bool exactly);
  std::unique_ptr<Reader> TakeReader();
  void GiveBack(std::unique_ptr<Reader> reader);
  int Fail(Failure failure);

  std::unique_ptr<InputFile> file_;
  CsvHead head_;
  CellRules rules_;
  IndexOptions options_;
  CsvIndex index_;
  uint64_t footer_records_ = 0;
  uint32_t encoding_ = 0;

  std::vector<std::unique_ptr<Reader>> active_;  // by shard; owned by whoever reads the shard
  std::vector<CellCounts> counts_;               // by shard
  std::atomic<bool> misread_{false};
  mutable std::mutex mutex_;
  std::vector<std::unique_ptr<Reader>> idle_;  // guarded by mutex_
  Failure failure_;                            // guarded by mutex_
};

}  // namespace vesica_cli

#endif  // VESICA_CLI_KEY_COLUMN_H_
