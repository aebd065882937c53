#include "csv_index.h"

#include <algorithm>
#include <memory>

#include "csv_kernels.h"
#include "parallel.h"

namespace vesica_cli {
namespace {

// Chunk `number` starts at from.offset + number * chunk_bytes and owns the records that start right after a terminator
// in it; the first one owns the record at `from` too.
Failure CountChunks(const InputFile& file, uint64_t from, const IndexOptions& options, std::vector<ChunkCounts>* out) {
  const uint64_t chunk = options.limits.chunk_bytes;
  out->resize((file.size() - from + chunk - 1) / chunk);
  std::vector<std::unique_ptr<char[]>> buffers(std::max(options.threads, 1u));
  return ForEachPart(out->size(), options.threads, [&](uint32_t worker, uint64_t number) -> Failure {
    std::unique_ptr<char[]>& buffer = buffers[worker];
    if (buffer == nullptr) buffer.reset(new char[chunk + kPaddingBytes]());
    const uint64_t begin = from + number * chunk;
    const auto size = static_cast<size_t>(std::min(chunk, file.size() - begin));
    if (Failure failure = file.Read(begin, size, buffer.get())) return failure;
    BestCsvKernels().count_chunk(buffer.get(), size, options.format, options.split, &(*out)[number]);
    return {};
  });
}

void MarkContents(const ChunkCounts& counts, CsvRegion* region) {
  region->quotes |= counts.quotes != 0;
  region->nul |= counts.nul;
  region->brackets |= counts.less_than || counts.splits != 0;
}

void CloseRegion(uint64_t end, CsvIndex* index) {
  CsvRegion& region = index->regions.back();
  region.end = end;
  index->records += region.records;
  if (region.begin.offset == end) index->regions.pop_back();
}

// Adds the lines that end in [begin, end).
Failure CountLines(const InputFile& file, uint64_t begin, uint64_t end, char terminator, std::vector<char>* buffer,
                   uint64_t* lines) {
  while (begin < end) {
    const auto size = static_cast<size_t>(std::min<uint64_t>(buffer->size(), end - begin));
    if (Failure failure = file.Read(begin, size, buffer->data())) return failure;
    *lines += static_cast<uint64_t>(std::count(buffer->data(), buffer->data() + size, terminator));
    begin += size;
  }
  return {};
}

}  // namespace

Failure BuildIndex(const InputFile& file, const CsvPosition& from, const IndexOptions& options, CsvIndex* out) {
  *out = CsvIndex();
  if (from.offset >= file.size()) return {};
  std::vector<ChunkCounts> chunks;
  if (Failure failure = CountChunks(file, from.offset, options, &chunks)) return failure;

  CsvPosition at = from;
  uint64_t quotes = 0;
  out->regions.push_back({.begin = from, .records = 1});
  for (size_t number = 0; number < chunks.size(); ++number) {
    const ChunkCounts& chunk = chunks[number];
    const uint64_t chunk_begin = from.offset + number * options.limits.chunk_bytes;
    const size_t outside = quotes & 1;  // the parity, within the chunk, of terminators that end a record
    const uint64_t ended = chunk.by_parity[outside];
    MarkContents(chunk, &out->regions.back());
    if (number > 0 && ended > 0) {
      const uint64_t begin = chunk_begin + chunk.first[outside] + 1;
      CloseRegion(begin, out);
      // Quoted terminators that come first in the chunk are lines too; without quotes there are none.
      uint64_t line = at.line + 1;
      if (chunk.first[outside ^ 1] < chunk.first[outside]) {
        std::vector<char> buffer(options.limits.chunk_bytes);
        line = at.line;
        if (Failure failure = CountLines(file, chunk_begin, begin, options.format.terminator, &buffer, &line)) {
          return failure;
        }
      }
      out->regions.push_back({.begin = {begin, at.record + 1, line}, .records = ended});
      MarkContents(chunk, &out->regions.back());
    } else {
      out->regions.back().records += ended;
    }
    at.record += ended;
    at.line += chunk.by_parity[0] + chunk.by_parity[1];
    quotes += chunk.quotes;
    out->splits += chunk.splits;
  }
  if (quotes % 2 == 1) return BuildExactIndex(file, from, options, out);
  char last = '\0';
  if (Failure failure = file.Read(file.size() - 1, 1, &last)) return failure;
  if (last == options.format.terminator) --out->regions.back().records;  // no record after it
  CloseRegion(file.size(), out);
  return {};
}

namespace {

// Reads a file record by record, a window at a time.
class ExactIndexer {
 public:
  ExactIndexer(const InputFile& file, const IndexOptions& options, CsvIndex* out)
      : file_(file), options_(options), window_(options.limits.chunk_bytes), out_(out) {}

  Failure Run(CsvPosition at) {
    while (at.offset < file_.size()) {
      const auto size = static_cast<size_t>(std::min(window_, file_.size() - at.offset));
      buffer_.resize(size + kPaddingBytes);
      if (Failure failure = file_.Read(at.offset, size, buffer_.data())) return failure;
      CsvRegion region{.begin = at};
      const size_t used = ReadRecords(size, at.offset + size == file_.size(), &region);
      if (used > 0) {
        ChunkCounts counts;
        BestCsvKernels().count_chunk(buffer_.data(), used, options_.format, options_.split, &counts);
        MarkContents(counts, &region);
        at = {at.offset + used, at.record + region.records, at.line + counts.by_parity[0] + counts.by_parity[1]};
        out_->splits += counts.splits;
        Add(region, at.offset);
        window_ = options_.limits.chunk_bytes;
      } else if (size <= options_.limits.record_bytes) {  // the record does not end in the window: widen it
        window_ = std::min(window_ * 4, options_.limits.record_bytes + 1);
      } else if (Failure failure = SkipLongRecord(size, &at)) {
        return failure;
      }
    }
    return {};
  }

 private:
  // Counts the records that end in the first `size` bytes of the buffer; returns where they end.
  size_t ReadRecords(size_t size, bool to_end, CsvRegion* region) const {
    size_t pos = 0;
    while (pos < size) {
      const RecordScan scan = ScanLimitedRecord(buffer_.data(), pos, size, options_.format,
                                                options_.limits.record_bytes, [](uint32_t, size_t, size_t) {});
      if (!scan.terminated && !to_end) break;
      pos = scan.next;
      ++region->records;
    }
    return pos;
  }

  // The record at `*at` is longer than the limit and does not end in the `size` bytes read: it ends at the next
  // terminator after them.
  Failure SkipLongRecord(size_t size, CsvPosition* at) {
    CsvRegion region{.begin = *at, .records = 1, .quotes = true, .nul = true, .brackets = true};
    uint64_t lines =
        static_cast<uint64_t>(std::count(buffer_.data(), buffer_.data() + size, options_.format.terminator));
    uint64_t offset = at->offset + size;
    buffer_.resize(options_.limits.chunk_bytes);
    for (bool found = false; offset < file_.size() && !found;) {
      const auto count = static_cast<size_t>(std::min<uint64_t>(buffer_.size(), file_.size() - offset));
      if (Failure failure = file_.Read(offset, count, buffer_.data())) return failure;
      const void* end = std::memchr(buffer_.data(), options_.format.terminator, count);
      found = end != nullptr;
      lines += found;
      offset += found ? static_cast<size_t>(static_cast<const char*>(end) - buffer_.data()) + 1 : count;
    }
    *at = {offset, at->record + 1, at->line + lines};
    Add(region, offset);
    window_ = options_.limits.chunk_bytes;
    return {};
  }

  void Add(CsvRegion region, uint64_t end) {
    region.end = end;
    out_->records += region.records;
    out_->regions.push_back(region);
  }

  const InputFile& file_;
  const IndexOptions& options_;
  uint64_t window_;
  std::vector<char> buffer_;
  CsvIndex* out_;
};

}  // namespace

Failure BuildExactIndex(const InputFile& file, const CsvPosition& from, const IndexOptions& options, CsvIndex* out) {
  *out = CsvIndex();
  out->exact = true;
  return ExactIndexer(file, options, out).Run(from);
}

void Truncate(const CsvPosition& from, CsvIndex* index) {
  while (!index->regions.empty() && index->regions.back().begin.offset >= from.offset) {
    index->records -= index->regions.back().records;
    index->regions.pop_back();
  }
  if (index->regions.empty() || index->regions.back().end <= from.offset) return;
  CsvRegion& last = index->regions.back();
  const uint64_t kept = from.record - last.begin.record;
  index->records -= last.records - kept;
  last.records = kept;
  last.end = from.offset;
}

}  // namespace vesica_cli
