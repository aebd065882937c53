#ifndef VESICA_LIB_HASH_BATCH_OUTPUT_H_
#define VESICA_LIB_HASH_BATCH_OUTPUT_H_

#include <cstdint>
#include <span>
#include <string_view>

#include "hash/dictionary_memo.h"
#include "hash/key_hasher.h"
#include "identity/canonicalizer.h"
#include "vesica/hash.h"
#include "vesica/identity.h"

namespace vesica {

// Fills a HashedBatch and counts its rows: at most one call per row in row order, then Finish(). Small and passed by
// value, so that a loop keeps its counters in registers. Rows are written with kRows only.
template <class Function, bool kRows>
class BatchOutput {
 public:
  BatchOutput(const Function& function, uint64_t first_row, HashedBatch* out, Quality* quality)
      : function_(function), first_row_(first_row), out_(out), quality_(quality) {}

  const Function& function() const { return function_; }

  // A valid row; one that is not mentioned is blank.
  void Append(uint64_t row, std::string_view canonical) {
    Put(row, function_(canonical));
    ++size_;
  }

  void Append(uint64_t row, const Canonical& key) {
    if (key.reason != Reason::kNone) return Reject(row, key.reason);
    Put(row, function_(key.bytes));
    Count(key.free_mail, key.role);
  }

  void Append(uint64_t row, const Outcome& outcome) {
    if (outcome.reason != Reason::kNone) return Reject(row, outcome.reason);
    Put(row, outcome.hash);
    Count(outcome.free_mail, outcome.role);
  }

  void Reject(uint64_t row, Reason reason) {
    if (reason == Reason::kBlank) return;  // Finish() takes what is neither valid nor invalid for blank
    quality_->reasons[static_cast<size_t>(reason)].Add(first_row_ + row);
    ++invalid_;
  }

  // Counts what is known of a run of rows, beside that they are valid; returns whether rows are left.
  bool CountFlags(std::span<const uint8_t> flags) {
    uint32_t free_mail = 0, role = 0, left = 0;
    for (const uint8_t flag : flags) {
      free_mail += flag & kRunFreeMail;
      role += flag / kRunRole & 1;
      left |= flag & kRunLeft;
    }
    free_mail_ += free_mail;
    role_ += role;
    return left != 0;
  }

  // Counts what a key is, beside that it is valid.
  void CountKey(uint64_t row, const Canonical& key) {
    if (key.reason != Reason::kNone) return Reject(row, key.reason);
    free_mail_ += key.free_mail;
    role_ += key.role;
  }

  void Finish(uint32_t rows) {
    out_->size = static_cast<uint32_t>(size_);
    quality_->rows += rows;
    quality_->valid += size_;
    quality_->blank += rows - size_ - invalid_;
    quality_->free_mail += free_mail_;
    quality_->role += role_;
  }

 private:
  void Put(uint64_t row, const KeyHash& hash) {
    out_->hi[size_] = hash.hi;
    if constexpr (Function::kWide) out_->lo[size_] = hash.lo;
    if constexpr (kRows) out_->row[size_] = static_cast<uint32_t>(row);
  }

  void Count(bool free_mail, bool role) {
    ++size_;
    free_mail_ += free_mail;
    role_ += role;
  }

  const Function function_;
  const uint64_t first_row_;
  HashedBatch* const out_;
  Quality* const quality_;
  uint64_t size_ = 0;
  uint64_t invalid_ = 0;
  uint64_t free_mail_ = 0;
  uint64_t role_ = 0;
};

}  // namespace vesica

#endif  // VESICA_LIB_HASH_BATCH_OUTPUT_H_
