#ifndef VESICA_LIB_ALIGNMENT_PARTIAL_BYTES_H_
#define VESICA_LIB_ALIGNMENT_PARTIAL_BYTES_H_

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "alignment/interner.h"

namespace vesica {

// Numbers, texts and hashes as a partial has them: PARTIAL.md.
class ByteWriter {
 public:
  explicit ByteWriter(std::string* out) : out_(*out) {}

  // Seven bits a byte, the lowest first; the top bit says that more follow.
  void Number(uint64_t value) {
    for (; value >= 128; value >>= 7) out_.push_back(static_cast<char>(value | 128));
    out_.push_back(static_cast<char>(value));
  }
  void Fixed64(uint64_t value);
  void Text(std::string_view text) {
    Number(text.size());
    out_.append(text);
  }

 private:
  std::string& out_;
};

// Reads what ByteWriter wrote and nothing else. After the first failure everything read is 0 or empty.
class ByteReader {
 public:
  explicit ByteReader(std::span<const uint8_t> bytes) : bytes_(bytes) {}

  bool ok() const { return ok_; }
  absl::Status Finish() const;  // Corrupt after a failure, and if bytes are left
  void Require(bool holds) { ok_ = ok_ && holds; }

  uint64_t Number(uint64_t most);
  uint64_t Fixed64();
  std::string_view Text(uint64_t most_bytes);
  std::span<const uint8_t> Bytes(uint64_t size);
  std::span<const uint8_t> rest() const { return bytes_; }

 private:
  std::span<const uint8_t> bytes_;
  bool ok_ = true;
};

// Lists of labels that a partial has, beside those of companies' attributes. Values are those of a dimension.
enum class LabelKind : uint8_t { kCompany, kAccount, kReason, kSource, kCurrency, kValue };
inline constexpr size_t kFixedLabelKinds = 5;

// Which labels of a list are used, and the numbers that they then have: 0, 1, ... in the order of the list.
class LabelNumbers {
 public:
  void Resize(uint32_t size) { numbers_.resize(size, kNoId); }
  uint32_t size() const { return static_cast<uint32_t>(numbers_.size()); }
  void Mark(uint32_t label) { numbers_[label] = 0; }
  bool IsMarked(uint32_t label) const { return numbers_[label] != kNoId; }
  bool AllMarked() const;
  void Number();  // those marked
  uint32_t NumberOf(uint32_t label) const { return numbers_[label]; }
  uint64_t held_bytes() const { return numbers_.capacity() * sizeof(uint32_t); }

 private:
  std::vector<uint32_t> numbers_;
};

class PartialLabels {
 public:
  explicit PartialLabels(size_t dimensions) : lists_(kFixedLabelKinds + dimensions) {}
  LabelNumbers& Of(LabelKind kind, size_t dimension = 0) { return lists_[static_cast<size_t>(kind) + dimension]; }
  const LabelNumbers& Of(LabelKind kind, size_t dimension = 0) const {
    return lists_[static_cast<size_t>(kind) + dimension];
  }
  std::vector<LabelNumbers>& lists() { return lists_; }
  const std::vector<LabelNumbers>& lists() const { return lists_; }

 private:
  std::vector<LabelNumbers> lists_;
};

}  // namespace vesica

#endif  // VESICA_LIB_ALIGNMENT_PARTIAL_BYTES_H_
