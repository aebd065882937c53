// One-shot regions: every row is hashed and dealt to a partition of hash space (HashScatter), then each partition's
// distinct hashes are counted in a table that fits the L2 cache (RegionTable).
#include <algorithm>
#include <atomic>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "audience/hash_scatter.h"
#include "audience/region_table.h"
#include "base/context_state.h"
#include "base/error.h"
#include "hash/key_hasher.h"
#include "overlap/row_check.h"
#include "vesica/overlap.h"

namespace vesica {
namespace {

constexpr int kMaxPassBits = 10;                       // 1,024 passes
constexpr uint64_t kUnknownRows = uint64_t{16} << 20;  // to plan partitions by where a source gives no limit
constexpr uint32_t kCheckpointBatches = 256;           // 64k rows, a few milliseconds
constexpr double kScatterShare = 0.7;                  // of the time, for progress

// One call of CountRegions.
class RegionCount {
 public:
  RegionCount(std::span<const KeySource* const> sets, const Identity& identity, const CountOptions& options,
              ContextState& context)
      : sets_(sets),
        identity_(identity),
        method_(options.byte_checked                  ? Method::kExactBytes
                : identity.width() == HashWidth::k128 ? Method::kExact128
                                                      : Method::kExact64),
        kind_(options.byte_checked                  ? ElementKind::kHash64Row
              : identity.width() == HashWidth::k128 ? ElementKind::kHash128
                                                    : ElementKind::kHash64),
        context_(context) {}

  absl::StatusOr<Regions> Run();

 private:
  struct Item {
    uint32_t set;
    uint64_t shard;
  };
  struct Worker {
    Worker(const Identity& identity, MemoryLedger& ledger, ElementKind kind, int partition_bits, size_t sets)
        : hasher(identity), table(ledger, kind, partition_bits), scatters(sets), quality(sets) {}
    KeyHasher hasher;
    RegionTable table;
    HashedBatch hashed;
    std::vector<std::optional<HashScatter>> scatters;  // by set
    std::vector<Quality> quality;                      // by set
    uint64_t counts[1 << kMaxRegionSets] = {};
    std::vector<RowPair> pairs;
  };

  absl::Status CheckSets() const;
  uint64_t RowLimit() const;
  int PlanPartitionBits(uint64_t row_limit, int pass_bits) const;
  uint64_t BytesFor(uint64_t rows, int pass_bits, int partition_bits) const;
  absl::StatusOr<int> PlanPassBits(uint64_t row_limit) const;
  absl::Status RunPasses(int pass_bits);
  absl::Status RunPass(int pass_bits, uint64_t pass);
  absl::Status ScatterShard(uint32_t worker, const Item& item, int pass_bits, uint64_t pass);
  absl::Status ScatterColumn(uint32_t worker, const Item& item, const KeyColumn& column, int pass_bits, uint64_t pass);
  absl::Status CountPartition(uint32_t worker, size_t partition);
  absl::Status InsertChunk(Worker& worker, int set, const uint64_t* elements, size_t count, bool* differ);
  absl::Status CountPartitionByBytes(Worker& worker, size_t partition);
  absl::Status NeedsMore(uint64_t rows) const;
  Regions Result() const;

  const std::span<const KeySource* const> sets_;
  const Identity& identity_;
  const Method method_;
  const ElementKind kind_;
  ContextState& context_;
  uint64_t held_before_ = 0;  // memory of others: builders of the same context
  int partition_bits_ = HashScatter::kMinPartitionBits;
  std::vector<Item> items_;
  std::vector<std::unique_ptr<Worker>> workers_;
  std::optional<RowCheck> row_check_;
  std::atomic<bool> over_budget_{false};
  std::atomic<uint64_t> rows_read_{0};
  uint64_t counts_[1 << kMaxRegionSets] = {};
  std::vector<Quality> quality_;
};

absl::Status RegionCount::CheckSets() const {
  if (sets_.empty() || sets_.size() > kMaxRegionSets) {
    return InvalidArgument(absl::StrCat("regions take 1 to ", kMaxRegionSets, " sets, not ", sets_.size()));
  }
  for (uint32_t set = 0; set < sets_.size(); ++set) {
    if (kind_ == ElementKind::kHash64Row && !sets_[set]->resident()) {
      return MakeError(ErrorInfo{.code = ErrorCode::kUnsupported, .index = set},
                       "a byte-checked count needs sources that stay in memory");
    }
  }
  return absl::OkStatus();
}

// An upper bound of all sets' rows, or 0 if a source does not know.
uint64_t RegionCount::RowLimit() const {
  uint64_t rows = 0;
  for (const KeySource* set : sets_) {
    if (set->row_limit() == 0 && set->shards() != 0) return 0;
    rows += set->row_limit();
  }
  return rows;
}

// What to partition by. Where the rows are not known, many: but not if memory is short, as each costs some.
int RegionCount::PlanPartitionBits(uint64_t row_limit, int pass_bits) const {
  const uint64_t unknown = context_.ledger().limited() ? 0 : kUnknownRows;
  return PartitionBits((row_limit != 0 ? row_limit : unknown) >> pass_bits, ElementWords(kind_));
}

// Working memory when `rows` rows are read in 2^pass_bits passes.
uint64_t RegionCount::BytesFor(uint64_t rows, int pass_bits, int partition_bits) const {
  const uint64_t pass_rows = (rows >> pass_bits) + (rows >> (pass_bits + 5)) + 1;  // a little uneven
  const uint64_t threads = context_.threads();
  const uint64_t partition_rows = std::max<uint64_t>(pass_rows >> partition_bits, 40000);
  return HashScatter::BytesFor(pass_rows, ElementWords(kind_), partition_bits, threads * sets_.size()) +
         threads * (RegionTable::BytesFor(partition_rows + partition_rows / 4, kind_) + Arena::kBlockBytes);
}

// The fewest passes that the budget holds; OverBudget if no number of them does.
absl::StatusOr<int> RegionCount::PlanPassBits(uint64_t row_limit) const {
  if (!context_.ledger().limited()) return 0;
  const uint64_t budget = context_.ledger().budget_bytes();
  uint64_t needed = 0;
  for (int bits = 0; bits <= kMaxPassBits; ++bits) {
    needed = held_before_ + BytesFor(row_limit, bits, PlanPartitionBits(row_limit, bits));
    if (needed <= budget) return bits;
  }
  return MakeError(ErrorInfo{.code = ErrorCode::kOverBudget, .needed_bytes = needed},
                   absl::StrCat("memory budget of ", budget, " bytes is too small: ", needed, " bytes would do"));
}

absl::Status RegionCount::NeedsMore(uint64_t rows) const {
  const uint64_t needed = held_before_ + BytesFor(rows, 0, partition_bits_);
  return MakeError(
      ErrorInfo{.code = ErrorCode::kOverBudget, .needed_bytes = needed},
      absl::StrCat("memory budget of ", context_.ledger().budget_bytes(),
                   " bytes is too small for sources that can be read only once: ", needed, " bytes would do"));
}

absl::Status RegionCount::RunPasses(int pass_bits) {
  std::fill(std::begin(counts_), std::end(counts_), 0);
  quality_.assign(sets_.size(), Quality());
  for (uint64_t pass = 0; pass < uint64_t{1} << pass_bits; ++pass) {
    VESICA_RETURN_IF_ERROR(RunPass(pass_bits, pass));
  }
  return absl::OkStatus();
}

absl::StatusOr<Regions> RegionCount::Run() {
  VESICA_RETURN_IF_ERROR(CheckSets());
  context_.BeginCall();
  if (context_.ledger().limited()) context_.Trim();  // kept blocks may be in the wrong arenas
  held_before_ = context_.ledger().held_bytes();
  bool rewindable = true;
  for (uint32_t set = 0; set < sets_.size(); ++set) {
    rewindable = rewindable && sets_[set]->rewindable();
    for (uint64_t shard = 0; shard < sets_[set]->shards(); ++shard) items_.push_back({set, shard});
  }
  if (kind_ == ElementKind::kHash64Row) {
    VESICA_ASSIGN_OR_RETURN(row_check_, RowCheck::Create(sets_));
  }
  const uint64_t limit = RowLimit();
  int pass_bits = 0;
  if (rewindable) {
    VESICA_ASSIGN_OR_RETURN(pass_bits, PlanPassBits(limit));
  }
  while (true) {
    partition_bits_ = PlanPartitionBits(limit, pass_bits);
    const absl::Status status = RunPasses(pass_bits);
    workers_.clear();
    context_.ResetArenas();
    if (status.ok()) return Result();
    // The plan was an estimate, or there was nothing to plan by: halve the hash space of a pass.
    const bool over_budget = GetErrorInfo(status).code == ErrorCode::kOverBudget;
    if (!over_budget || !rewindable || pass_bits == kMaxPassBits) return status;
    context_.Trim();
    ++pass_bits;
  }
}

absl::Status RegionCount::RunPass(int pass_bits, uint64_t pass) {
  workers_.clear();
  context_.ResetArenas();
  for (uint32_t i = 0; i < context_.threads(); ++i) {
    workers_.push_back(std::make_unique<Worker>(identity_, context_.ledger(), kind_, partition_bits_, sets_.size()));
  }
  rows_read_ = 0;
  const double passes = static_cast<double>(uint64_t{1} << pass_bits);
  const double begin = static_cast<double>(pass) / passes;
  VESICA_RETURN_IF_ERROR(
      context_.ParallelFor(items_.size(), begin + kScatterShare / passes, [&](uint32_t worker, uint64_t i) {
        return AtIndex(ScatterShard(worker, items_[i], pass_bits, pass), items_[i].set);
      }));
  if (over_budget_) return NeedsMore(rows_read_);
  for (auto& worker : workers_) {
    for (auto& scatter : worker->scatters) {
      if (scatter.has_value()) VESICA_RETURN_IF_ERROR(scatter->Finish());
    }
    if (pass != 0) continue;  // every pass reads every row
    for (size_t set = 0; set < sets_.size(); ++set) quality_[set].Merge(worker->quality[set]);
  }
  VESICA_RETURN_IF_ERROR(
      context_.ParallelFor(uint64_t{1} << partition_bits_, begin + 1 / passes,
                           [&](uint32_t worker, uint64_t partition) { return CountPartition(worker, partition); }));
  for (auto& worker : workers_) {
    for (size_t m = 0; m < std::size(counts_); ++m) counts_[m] += worker->counts[m];
  }
  return absl::OkStatus();
}

absl::Status RegionCount::ScatterShard(uint32_t worker, const Item& item, int pass_bits, uint64_t pass) {
  const KeySource& source = *sets_[item.set];
  KeyColumn column;
  for (uint64_t batch = 0;; ++batch) {
    VESICA_ASSIGN_OR_RETURN(const bool more, source.Next(item.shard, batch, &column));
    if (!more) return absl::OkStatus();
    rows_read_.fetch_add(column.length, std::memory_order_relaxed);
    if (over_budget_) {  // only count on, to say what would have been needed
      VESICA_RETURN_IF_ERROR(context_.Checkpoint(worker));
      continue;
    }
    absl::Status status = ScatterColumn(worker, item, column, pass_bits, pass);
    if (GetErrorInfo(status).code == ErrorCode::kOverBudget && !source.rewindable()) {
      over_budget_ = true;
    } else if (!status.ok()) {
      return status;
    }
  }
}

// Keeps the hashes of this pass, with the bits that it fixes shifted out.
uint32_t KeepPass(int pass_bits, uint64_t pass, HashedBatch& hashed, uint64_t* second) {
  uint32_t kept = 0;
  for (uint32_t i = 0; i < hashed.size; ++i) {
    const uint64_t hash = hashed.hi[i];
    hashed.hi[kept] = hash << pass_bits;
    second[kept] = second[i];
    kept += (hash >> (64 - pass_bits)) == pass;
  }
  return kept;
}

absl::Status RegionCount::ScatterColumn(uint32_t worker_index, const Item& item, const KeyColumn& column, int pass_bits,
                                        uint64_t pass) {
  Worker& worker = *workers_[worker_index];
  VESICA_RETURN_IF_ERROR(column.Validate());
  VESICA_RETURN_IF_ERROR(worker.hasher.Check(column));
  std::optional<HashScatter>& scatter = worker.scatters[item.set];
  if (!scatter.has_value()) {
    const uint64_t rows = sets_[item.set]->row_limit() >> pass_bits;
    scatter.emplace(context_.arena(worker_index), ElementWords(kind_), partition_bits_, rows / workers_.size());
  }
  const bool with_rows = kind_ == ElementKind::kHash64Row;
  HashedBatch& hashed = worker.hashed;
  uint32_t batches = 0;
  for (uint64_t begin = 0; begin < column.length; begin += kHashBatch) {
    const uint32_t count = static_cast<uint32_t>(std::min<uint64_t>(kHashBatch, column.length - begin));
    VESICA_RETURN_IF_ERROR(worker.hasher.Hash(column, begin, count, with_rows, &hashed, &worker.quality[item.set]));
    if (with_rows) row_check_->NameRows(item.set, item.shard, {hashed.row, hashed.size}, hashed.lo);
    const uint32_t kept = pass_bits == 0 ? hashed.size : KeepPass(pass_bits, pass, hashed, hashed.lo);
    VESICA_RETURN_IF_ERROR(scatter->Add(hashed.hi, hashed.lo, kept));
    if (++batches % kCheckpointBatches == 0) VESICA_RETURN_IF_ERROR(context_.Checkpoint(worker_index));
  }
  return absl::OkStatus();
}

absl::Status RegionCount::InsertChunk(Worker& worker, int set, const uint64_t* elements, size_t count, bool* differ) {
  if (kind_ != ElementKind::kHash64Row) return worker.table.Insert(elements, count, set);
  if (worker.pairs.size() < count) worker.pairs.resize(count);
  size_t pairs = 0;
  VESICA_RETURN_IF_ERROR(worker.table.Insert(elements, count, set, worker.pairs.data(), &pairs));
  *differ = !row_check_->AllSame({worker.pairs.data(), pairs}, worker.hasher);
  return absl::OkStatus();
}

absl::Status RegionCount::CountPartition(uint32_t worker_index, size_t partition) {
  Worker& worker = *workers_[worker_index];
  uint64_t rows = 0;
  for (const auto& other : workers_) {
    for (const auto& scatter : other->scatters) rows += scatter.has_value() ? scatter->count(partition) : 0;
  }
  if (rows == 0) return absl::OkStatus();
  VESICA_RETURN_IF_ERROR(worker.table.Begin(rows));
  bool differ = false;
  uint64_t inserted = 0;
  for (size_t set = 0; set < sets_.size(); ++set) {
    for (const auto& other : workers_) {
      if (!other->scatters[set].has_value()) continue;
      VESICA_RETURN_IF_ERROR(
          other->scatters[set]->ForEachChunk(partition, [&](const uint64_t* elements, size_t count) -> absl::Status {
            if (differ) return absl::OkStatus();
            constexpr uint64_t kRowsBetween = uint64_t{kCheckpointBatches} * kHashBatch;
            if ((inserted % kRowsBetween) + count >= kRowsBetween) {
              VESICA_RETURN_IF_ERROR(context_.Checkpoint(worker_index));
            }
            inserted += count;
            return InsertChunk(worker, static_cast<int>(set), elements, count, &differ);
          }));
    }
  }
  if (differ) return CountPartitionByBytes(worker, partition);
  worker.table.Count(static_cast<int>(sets_.size()), worker.counts);
  return absl::OkStatus();
}

// Two keys of this partition share a hash (in one of 10^5 runs of 20M distinct keys): count canonical bytes instead.
absl::Status RegionCount::CountPartitionByBytes(Worker& worker, size_t partition) {
  RowCheck::ByteSets keys;
  for (size_t set = 0; set < sets_.size(); ++set) {
    for (const auto& other : workers_) {
      if (!other->scatters[set].has_value()) continue;
      VESICA_RETURN_IF_ERROR(other->scatters[set]->ForEachChunk(partition, [&](const uint64_t* elements, size_t count) {
        for (size_t i = 0; i < count; ++i) {
          row_check_->Insert(elements[2 * i + 1], static_cast<int>(set), worker.hasher, &keys);
        }
        return absl::OkStatus();
      }));
    }
  }
  for (const auto& [key, sets] : keys) ++worker.counts[sets];
  return absl::OkStatus();
}

Regions RegionCount::Result() const {
  Regions regions;
  regions.stamp = identity_.stamp();
  regions.method = method_;
  regions.counts.assign(counts_, counts_ + (size_t{1} << sets_.size()));
  uint64_t distinct = 0;
  for (const uint64_t count : regions.counts) distinct += count;
  for (size_t set = 0; set < sets_.size(); ++set) {
    Regions::Set result;
    result.name = sets_[set]->name.empty() ? std::string(1, static_cast<char>('A' + set)) : sets_[set]->name;
    result.quality = quality_[set];
    for (size_t m = 0; m < regions.counts.size(); ++m) result.count += (m >> set & 1) != 0 ? regions.counts[m] : 0;
    regions.sets.push_back(std::move(result));
  }
  regions.expected_false_matches = ExpectedFalseMatches(static_cast<double>(distinct), method_);
  return regions;
}

}  // namespace

absl::StatusOr<Regions> CountRegions(std::span<const KeySource* const> sets, const Identity& identity,
                                     const CountOptions& options, Context& context) {
  return RegionCount(sets, identity, options, context.state()).Run();
}

}  // namespace vesica
