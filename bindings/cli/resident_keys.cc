#include "resident_keys.h"

#include <atomic>

#include "parallel.h"

namespace vesica_cli {

Failure ResidentKeys::Load(const KeyInput& input, uint32_t threads, uint64_t* most_bytes) {
  shards_.assign(input.column->shards(), {});
  std::atomic<uint64_t> used{0};
  const Failure failure = ForEachPart(shards_.size(), threads, [&](uint32_t, uint64_t shard) -> Failure {
    KeyBatch keys;
    for (uint64_t number = 0;; ++number) {
      const int result = input.column->Next(shard, number, &keys);
      if (result < 0) return {kExitIo, "a column could not be read"};
      if (result == 0) return {};
      Batch batch;
      batch.first_record = keys.first_record;
      batch.offsets.reserve(keys.count + 1);
      batch.offsets.push_back(0);
      for (size_t i = 0; i < keys.count; ++i) {
        const char* key = static_cast<const char*>(keys.keys[i].data);
        batch.bytes.insert(batch.bytes.end(), key, key + keys.keys[i].size);
        batch.offsets.push_back(static_cast<int64_t>(batch.bytes.size()));
      }
      batch.bytes.shrink_to_fit();
      used += batch.bytes.size() + batch.offsets.size() * sizeof(int64_t) + sizeof(Batch);
      if (*most_bytes != 0 && used > *most_bytes) {
        return {kExitBudget, "--exact-bytes keeps all keys in memory, which --memory is too small for"};
      }
      shards_[shard].push_back(std::move(batch));
    }
  });
  if (failure) return failure;
  if (*most_bytes != 0) *most_bytes -= used;
  columns_.clear();
  for (const std::vector<Batch>& shard : shards_) {
    for (const Batch& batch : shard) {
      vesica_column column = {};
      column.struct_size = sizeof(column);
      column.layout = VESICA_LAYOUT_OFFSETS64;
      column.encoding = input.encoding;
      column.length = batch.offsets.size() - 1;
      column.data = batch.bytes.data();
      column.offsets = batch.offsets.data();
      column.first_row = batch.first_record;
      columns_.push_back(column);
    }
  }
  return {};
}

vesica_source ResidentKeys::Source(const char* name) {
  vesica_source source = {};
  source.struct_size = sizeof(source);
  source.name = name;
  source.columns = columns_.data();
  source.column_count = columns_.size();
  return source;
}

}  // namespace vesica_cli
