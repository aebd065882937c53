#include "key_column.h"

#include <algorithm>

#include "csv_footer.h"

namespace vesica_cli {

struct KeyColumn::Reader {
  std::unique_ptr<char[]> buffer;
  size_t capacity = 0;
  CellKeyReader keys;

  void Reserve(size_t size) {
    if (size <= capacity) return;
    buffer.reset(new char[size]);
    capacity = size;
  }
};

Failure KeyColumn::Open(std::unique_ptr<InputFile> file, const CsvHead& head, const CellRules& rules,
                        const CsvLimits& limits, uint32_t threads, std::unique_ptr<KeyColumn>* out) {
  const IndexOptions options{.format = head.format, .limits = limits, .split = rules.split, .threads = threads};
  std::unique_ptr<KeyColumn> column(new KeyColumn(std::move(file), head, rules, options));
  if (Failure failure = column->Index(false)) return failure;
  *out = std::move(column);
  return {};
}

KeyColumn::KeyColumn(std::unique_ptr<InputFile> file, const CsvHead& head, const CellRules& rules,
                     const IndexOptions& options)
    : file_(std::move(file)), head_(head), rules_(rules), options_(options) {}

KeyColumn::~KeyColumn() = default;

Failure KeyColumn::Index(bool exactly) {
  const auto build = exactly ? BuildExactIndex : BuildIndex;
  if (Failure failure = build(*file_, head_.data, options_, &index_)) return failure;
  if (Failure failure = CutFooter(*file_, options_, &index_, &footer_records_)) return failure;
  active_.clear();
  active_.resize(shards());
  counts_.assign(shards(), CellCounts());
  misread_ = false;
  return {};
}

Failure KeyColumn::IndexExactly() {
  failure_ = Failure();
  return Index(true);
}

std::unique_ptr<KeyColumn::Reader> KeyColumn::TakeReader() {
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    if (!idle_.empty()) {
      std::unique_ptr<Reader> reader = std::move(idle_.back());
      idle_.pop_back();
      return reader;
    }
  }
  return std::unique_ptr<Reader>(
      new Reader{nullptr, 0, CellKeyReader(head_.format, options_.limits, head_.column.number, rules_)});
}

void KeyColumn::GiveBack(std::unique_ptr<Reader> reader) {
  // A buffer that a long record has widened is not kept.
  if (reader->capacity > 2 * options_.limits.chunk_bytes) return;
  const std::lock_guard<std::mutex> lock(mutex_);
  idle_.push_back(std::move(reader));
}

int KeyColumn::Fail(Failure failure) {
  const std::lock_guard<std::mutex> lock(mutex_);
  if (!failure_) failure_ = std::move(failure);
  return -1;
}

int KeyColumn::Next(uint64_t shard, uint64_t batch, KeyBatch* out) {
  if (shard >= index_.regions.size()) return 0;
  std::unique_ptr<Reader>& reader = active_[shard];
  if (batch == 0) {
    if (reader == nullptr) reader = TakeReader();
    const CsvRegion& region = index_.regions[shard];
    const auto size = static_cast<size_t>(CsvRowReader::BytesNeeded(region, options_.limits));
    reader->Reserve(size + kPaddingBytes);
    if (Failure failure = file_->Read(region.begin.offset, size, reader->buffer.get())) return Fail(std::move(failure));
    std::fill_n(reader->buffer.get() + size, kPaddingBytes, '\0');
    reader->keys.Start(reader->buffer.get(), size, region);
  }
  if (reader == nullptr) return 0;  // asked again after its end
  if (reader->keys.Next(out)) return 1;
  if (!index_.exact && !reader->keys.consistent()) {
    misread_ = true;
    return -1;
  }
  counts_[shard] = reader->keys.counts();
  GiveBack(std::move(reader));
  return 0;
}

vesica_source KeyColumn::Source(const char* name, uint32_t encoding) {
  encoding_ = encoding;
  vesica_source source = {};
  source.struct_size = sizeof(source);
  source.name = name;
  source.next = [](void* user, uint64_t shard, uint64_t batch, vesica_column* column) -> int32_t {
    auto* self = static_cast<KeyColumn*>(user);
    KeyBatch keys;
    const int result = self->Next(shard, batch, &keys);
    if (result != 1) return result;
    column->layout = VESICA_LAYOUT_SPANS;
    column->encoding = self->encoding_;
    column->length = keys.count;
    column->data = keys.keys;
    column->first_row = keys.first_record;
    return 1;
  };
  source.next_user = this;
  source.shards = shards();
  source.row_limit = key_limit();
  return source;
}

Failure KeyColumn::failure() const {
  const std::lock_guard<std::mutex> lock(mutex_);
  return failure_;
}

CellCounts KeyColumn::Counts() const {
  CellCounts sum;
  for (const CellCounts& counts : counts_) sum.Add(counts);
  return sum;
}

Failure KeyColumn::LineOfRecord(uint64_t record, uint64_t* line) const {
  const auto after =
      std::upper_bound(index_.regions.begin(), index_.regions.end(), record,
                       [](uint64_t wanted, const CsvRegion& region) { return wanted < region.begin.record; });
  if (after == index_.regions.begin()) return {kExitInternal, "a record before the first"};
  const CsvRegion& region = *(after - 1);
  const auto size = static_cast<size_t>(CsvRowReader::BytesNeeded(region, options_.limits));
  std::string text(size, '\0');
  if (Failure failure = file_->Read(region.begin.offset, size, text.data())) return failure;
  size_t pos = 0;
  for (uint64_t at = region.begin.record; at < record && pos < size; ++at) {
    pos = ScanLimitedRecord(text.data(), pos, size, options_.format, options_.limits.record_bytes,
                            [](uint32_t, size_t, size_t) {})
              .next;
  }
  *line = region.begin.line + static_cast<uint64_t>(std::count(text.begin(), text.begin() + static_cast<long>(pos),
                                                               options_.format.terminator));
  return {};
}

}  // namespace vesica_cli
