#include "hash/key_hasher.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>

#include "arrow/key_reader.h"
#include "base/endian.h"
#include "base/error.h"
#include "hash/batch_output.h"
#include "hash/dictionary_memo.h"
#include "hash/hash_function.h"

namespace vesica {
namespace {

bool HasOffsets(KeyLayout layout) { return layout == KeyLayout::kOffsets32 || layout == KeyLayout::kOffsets64; }

// Asks for memory that is about a batch of short keys ahead. The caller works on each batch before it reads the next,
// and meanwhile the machine would read nothing ahead by itself: 1.15 times as fast for CountRegions.
inline void PrefetchAhead(const char* bytes) {
  constexpr uintptr_t kBytesAhead = 4096;
  __builtin_prefetch(reinterpret_cast<const void*>(reinterpret_cast<uintptr_t>(bytes) + kBytesAhead));
}

bool IsText(KeyLayout layout) {
  return HasOffsets(layout) || layout == KeyLayout::kSpans || layout == KeyLayout::kStringViews;
}

// The loops that hash are functions of their own, with the hash function inlined: to call it for each key, or to share
// registers with other loops, costs a quarter of it.

// Keys that are their own canonical form straight from the offsets, which have been checked and so are not negative.
template <class Offset, bool kNulls, class Output>
[[gnu::flatten, gnu::noinline]] void HashOffsets(const KeyColumn& column, uint64_t begin, uint32_t count,
                                                 Output output) {
  const char* bytes = static_cast<const char*>(column.data);
  const char* offsets = static_cast<const char*>(column.offsets) + begin * sizeof(Offset);
  Offset start = Load<Offset>(offsets);
  for (uint32_t i = 0; i < count; ++i) {
    const Offset end = Load<Offset>(offsets, i + 1);
    PrefetchAhead(bytes + start);
    if (end != start && (!kNulls || IsValidRow(column, begin + i))) {
      output.Append(begin + i, std::string_view(bytes + start, static_cast<size_t>(end - start)));
    }
    start = end;
  }
  output.Finish(count);
}

template <class Offset, class Output>
void HashOffsets(const KeyColumn& column, uint64_t begin, uint32_t count, const Output& output) {
  column.validity == nullptr ? HashOffsets<Offset, false>(column, begin, count, output)
                             : HashOffsets<Offset, true>(column, begin, count, output);
}

// Keys that are their own canonical form; an empty one is blank.
template <class Output>
[[gnu::flatten, gnu::noinline]] void HashViews(std::span<const std::string_view> keys, uint64_t begin, Output output) {
  for (uint32_t i = 0; i < keys.size(); ++i) {
    if (!keys[i].empty()) output.Append(begin + i, keys[i]);
  }
  output.Finish(static_cast<uint32_t>(keys.size()));
}

template <class Output>
[[gnu::flatten, gnu::noinline]] void HashCanonical(std::span<const Canonical> keys, uint64_t begin, Output output) {
  for (uint32_t i = 0; i < keys.size(); ++i) output.Append(begin + i, keys[i]);
  output.Finish(static_cast<uint32_t>(keys.size()));
}

template <class Output>
[[gnu::flatten, gnu::noinline]] void HashIntegers(std::span<const int64_t> integers, const IntegerState* states,
                                                  uint64_t begin, Output output) {
  for (uint32_t i = 0; i < integers.size(); ++i) {
    char bytes[8];
    StoreLittle64(static_cast<uint64_t>(integers[i]), bytes);
    if (states[i] == IntegerState::kValid) [[likely]] {
      output.Append(begin + i, std::string_view(bytes, sizeof(bytes)));
    } else if (states[i] == IntegerState::kTooLarge) {
      output.Reject(begin + i, Reason::kInteger);
    }
  }
  output.Finish(static_cast<uint32_t>(integers.size()));
}

// Signed 64-bit integers without nulls, which all are valid, straight from the column.
template <class Output>
[[gnu::flatten, gnu::noinline]] void HashPlainIntegers(const void* integers, uint64_t begin, uint32_t count,
                                                       Output output) {
  for (uint32_t i = 0; i < count; ++i) {
    char bytes[8];
    StoreLittle64(static_cast<uint64_t>(Load<int64_t>(integers, begin + i)), bytes);
    output.Append(begin + i, std::string_view(bytes, sizeof(bytes)));
  }
  output.Finish(count);
}

// What became of one key, for the memo.
template <class Function>
Outcome OutcomeOf(const Canonical& key, const Function& function) {
  Outcome outcome{.reason = key.reason, .free_mail = key.free_mail, .role = key.role};
  if (key.reason == Reason::kNone) outcome.hash = function(key.bytes);
  return outcome;
}

}  // namespace

struct KeyHasher::Work {
  explicit Work(const Canonicalizer& rule) : rule(rule) {}

  // Fills the flags of checked rows. False, with nothing filled, if there are none: the profile has no kernel, the keys
  // are too long together, or nulls have bytes.
  template <class Offset>
  bool ScanRows(const KeyColumn& column, uint64_t begin, uint32_t count);

  // Fills the flags of keys[0..count) from a copy of them side by side. False as ScanRows.
  bool ScanGathered(uint32_t count);

  // keys[i] is that of row begin + i. Makes it the canonical bytes, empty if it is blank or invalid, where rows are
  // left; and tells the output what these rows are.
  template <class Output>
  void CanonicalizeLeft(uint64_t begin, uint32_t count, Output* output);

  // Fills canonical[i] for row rows[i] of a column of any layout but dictionaries.
  absl::Status Canonicalize(const KeyColumn& column, KeyEncoding encoding, const RowSet& rows);

  // Rows [begin, begin + count) to hashes.
  template <class Output>
  absl::Status HashBatch(const KeyColumn& column, uint64_t begin, uint32_t count, Output output);
  template <class Offset, class Output>
  absl::Status HashText(const KeyColumn& column, uint64_t begin, uint32_t count, Output output);
  template <class Output>
  absl::Status HashScattered(const KeyColumn& column, uint64_t begin, uint32_t count, Output output);
  template <class Output>
  absl::Status HashDictionary(const KeyColumn& column, uint64_t begin, uint32_t count, Output output);

  // Fills outcomes[i] of the batch from the memo, missing[] and missing_at[] with the values it does not have.
  absl::Status LookUp(const KeyColumn& column, uint64_t begin, uint32_t count, uint32_t* missing_count);

  const Canonicalizer& rule;
  Scratch scratch;
  DictionaryMemo memo;
  std::array<std::string_view, kHashBatch> keys;
  std::array<Canonical, kHashBatch> canonical;
  std::array<uint16_t, kHashBatch + 1> run_offsets;
  std::array<char, kMaxRunBytes> gathered = {};        // from kBeforeRun on
  std::array<uint8_t, kHashBatch> flags;               // RunFlag
  std::array<uint16_t, kHashBatch> left;               // rows of the batch
  std::array<std::string_view, kHashBatch> left_keys;  // of these rows
  std::array<int64_t, kHashBatch> integers;
  std::array<IntegerState, kHashBatch> integer_states;
  std::array<std::array<char, 8>, kHashBatch> integer_bytes;
  std::array<Outcome, kHashBatch> outcomes;
  std::array<uint64_t, kHashBatch> missing;     // dictionary values to hash
  std::array<uint32_t, kHashBatch> missing_at;  // where in the batch each is
};

KeyHasher::KeyHasher(const Identity& identity)
    : identity_(identity), work_(std::make_unique<Work>(identity_.profile().canonicalizer())) {}
KeyHasher::~KeyHasher() = default;

absl::Status KeyHasher::Check(const KeyColumn& column) const {
  VESICA_RETURN_IF_ERROR(column.Validate());
  const KeyLayout layout = column.layout == KeyLayout::kDictionary ? column.dictionary->layout : column.layout;
  std::string_view refused;
  if (layout == KeyLayout::kIntegers) {
    if (!work_->rule.takes_integers()) refused = "integers";
  } else if (layout == KeyLayout::kFixed32) {
    if (!work_->rule.takes_digests()) refused = "32-byte digests";
  } else if (!work_->rule.takes_encoding(column.encoding)) {
    refused = column.encoding == KeyEncoding::kPlain ? "plain text" : "digests in text";
  }
  if (refused.empty()) return absl::OkStatus();
  return InvalidArgument("profile " + identity_.profile().id() + " takes no columns of " + std::string(refused));
}

absl::Status KeyHasher::Hash(const KeyColumn& column, uint64_t begin, uint32_t count, bool with_rows, HashedBatch* out,
                             Quality* quality) {
  if (count > kHashBatch || begin > column.length || count > column.length - begin) {
    return InvalidArgument("the batch is not within the column");
  }
  if (with_rows && begin + count > UINT32_MAX) return InvalidArgument("the column has too many rows to number");
  out->size = 0;
  if (count == 0) return absl::OkStatus();
  return identity_.WithFunction([&](const auto& function) {
    using Function = std::remove_cvref_t<decltype(function)>;
    return with_rows ? work_->HashBatch(column, begin, count,
                                        BatchOutput<Function, true>(function, column.first_row, out, quality))
                     : work_->HashBatch(column, begin, count,
                                        BatchOutput<Function, false>(function, column.first_row, out, quality));
  });
}

template <class Output>
absl::Status KeyHasher::Work::HashBatch(const KeyColumn& column, uint64_t begin, uint32_t count, Output output) {
  const KeyLayout layout = column.layout;
  const RowSet rows = RowSet::Range(begin, count);
  if (layout == KeyLayout::kDictionary) return HashDictionary(column, begin, count, output);
  if (layout == KeyLayout::kIntegers && column.integer_width == 8 && column.integer_signed &&
      column.validity == nullptr) {
    HashPlainIntegers(column.data, begin, count, output);
  } else if (layout == KeyLayout::kIntegers) {
    ReadIntegers(column, rows, integers.data(), integer_states.data());
    HashIntegers(std::span(integers).first(count), integer_states.data(), begin, output);
  } else if (HasOffsets(layout)) {
    VESICA_RETURN_IF_ERROR(CheckOffsets(column, begin, count));
    return layout == KeyLayout::kOffsets32 ? HashText<uint32_t>(column, begin, count, output)
                                           : HashText<uint64_t>(column, begin, count, output);
  } else {
    return HashScattered(column, begin, count, output);
  }
  return absl::OkStatus();
}

// Keys that lie anywhere, and digests.
template <class Output>
absl::Status KeyHasher::Work::HashScattered(const KeyColumn& column, uint64_t begin, uint32_t count, Output output) {
  VESICA_RETURN_IF_ERROR(ReadBytes(column, RowSet::Range(begin, count), keys.data()));
  const bool canonical_as_read = rule.is_raw() || column.layout == KeyLayout::kFixed32;
  if (!canonical_as_read && column.encoding == KeyEncoding::kPlain && ScanGathered(count)) {
    if (output.CountFlags({flags.data(), count})) CanonicalizeLeft(begin, count, &output);
  } else if (!canonical_as_read) {
    scratch.Reset();
    rule.TextBatch(std::span(keys).first(count), column.encoding, scratch, canonical.data());
    HashCanonical(std::span(canonical).first(count), begin, output);
    return absl::OkStatus();
  }
  HashViews(std::span(keys).first(count), begin, output);
  return absl::OkStatus();
}

bool KeyHasher::Work::ScanGathered(uint32_t count) {
  if (!rule.scans_runs()) return false;
  size_t end = kBeforeRun;  // no key ends in the first bytes of the run
  run_offsets[0] = static_cast<uint16_t>(end);
  for (uint32_t i = 0; i < count; ++i) {
    if (keys[i].size() > gathered.size() - end) return false;
    if (!keys[i].empty()) std::memcpy(gathered.data() + end, keys[i].data(), keys[i].size());
    end += keys[i].size();
    run_offsets[i + 1] = static_cast<uint16_t>(end);
  }
  return rule.ScanRun({gathered.data(), run_offsets.data(), count}, flags.data());
}

// Keys are hashed where they lie as far as they are their own canonical form.
template <class Offset, class Output>
absl::Status KeyHasher::Work::HashText(const KeyColumn& column, uint64_t begin, uint32_t count, Output output) {
  if (rule.is_raw()) {
    HashOffsets<Offset>(column, begin, count, output);
  } else if (column.encoding != KeyEncoding::kPlain || !ScanRows<Offset>(column, begin, count)) {
    VESICA_RETURN_IF_ERROR(Canonicalize(column, column.encoding, RowSet::Range(begin, count)));
    HashCanonical(std::span(canonical).first(count), begin, output);
  } else if (output.CountFlags({flags.data(), count})) {
    VESICA_RETURN_IF_ERROR(ReadBytes(column, RowSet::Range(begin, count), keys.data()));
    CanonicalizeLeft(begin, count, &output);
    HashViews(std::span(keys).first(count), begin, output);
  } else {
    HashOffsets<Offset>(column, begin, count, output);
  }
  return absl::OkStatus();
}

template <class Offset>
bool KeyHasher::Work::ScanRows(const KeyColumn& column, uint64_t begin, uint32_t count) {
  static_assert(kHashBatch <= kMaxRun);
  const char* offsets = static_cast<const char*>(column.offsets) + begin * sizeof(Offset);
  const auto first = Load<Offset>(offsets);
  const Offset before = std::min<Offset>(first - Load<Offset>(column.offsets), kBeforeRun);
  if (column.data == nullptr || Load<Offset>(offsets, count) - first > kMaxRunBytes - kBeforeRun) return false;
  const Offset base = first - before;
  for (uint32_t i = 0; i <= count; ++i) run_offsets[i] = static_cast<uint16_t>(Load<Offset>(offsets, i) - base);
  if (column.validity != nullptr) {
    bool hidden = false;
    for (uint32_t i = 0; i < count; ++i) {
      hidden |= run_offsets[i] != run_offsets[i + 1] && !IsValidRow(column, begin + i);
    }
    if (hidden) return false;
  }
  return rule.ScanRun({static_cast<const char*>(column.data) + base, run_offsets.data(), count}, flags.data());
}

template <class Output>
void KeyHasher::Work::CanonicalizeLeft(uint64_t begin, uint32_t count, Output* output) {
  uint32_t left_count = 0;
  for (uint32_t i = 0; i < count; ++i) {
    left[left_count] = static_cast<uint16_t>(i);
    left_keys[left_count] = keys[i];
    left_count += (flags[i] & kRunLeft) != 0;
  }
  scratch.Reset();
  rule.TextBatch(std::span(left_keys).first(left_count), KeyEncoding::kPlain, scratch, canonical.data());
  for (uint32_t i = 0; i < left_count; ++i) {
    keys[left[i]] = canonical[i].bytes;
    output->CountKey(begin + left[i], canonical[i]);
  }
}

template <class Output>
absl::Status KeyHasher::Work::HashDictionary(const KeyColumn& column, uint64_t begin, uint32_t count, Output output) {
  const KeyColumn& dictionary = *column.dictionary;
  uint32_t missing_count = 0;
  VESICA_RETURN_IF_ERROR(LookUp(column, begin, count, &missing_count));
  if (missing_count > 0) {
    const absl::Status read = Canonicalize(dictionary, column.encoding, RowSet::List(missing.data(), missing_count));
    if (!read.ok()) {  // names a row of the dictionary: name the first row that points there
      const uint64_t value = GetErrorInfo(read).row - dictionary.first_row;
      uint32_t i = 0;
      while (i + 1 < missing_count && missing[i] != value) ++i;
      return CorruptRow(column, begin + missing_at[i], "the dictionary's value is corrupt");
    }
  }
  for (uint32_t i = 0; i < missing_count; ++i) {
    outcomes[missing_at[i]] = OutcomeOf(canonical[i], output.function());
    memo.Put(missing[i], outcomes[missing_at[i]]);
  }
  for (uint32_t i = 0; i < count; ++i) output.Append(begin + i, outcomes[i]);
  output.Finish(count);
  return absl::OkStatus();
}

absl::Status KeyHasher::Work::LookUp(const KeyColumn& column, uint64_t begin, uint32_t count, uint32_t* missing_count) {
  memo.Use(column.dictionary, column.encoding);
  ReadIntegers(column, RowSet::Range(begin, count), integers.data(), integer_states.data());
  for (uint32_t i = 0; i < count; ++i) {
    if (integer_states[i] == IntegerState::kNull) {
      outcomes[i] = {.reason = Reason::kBlank};
      continue;
    }
    const auto value = static_cast<uint64_t>(integers[i]);  // a negative one is above every length
    if (value >= column.dictionary->length) return CorruptRow(column, begin + i, "no such value in the dictionary");
    if (const Outcome* known = memo.Find(value)) {
      outcomes[i] = *known;
    } else {
      missing[*missing_count] = value;
      missing_at[(*missing_count)++] = i;
    }
  }
  return absl::OkStatus();
}

absl::Status KeyHasher::Work::Canonicalize(const KeyColumn& column, KeyEncoding encoding, const RowSet& rows) {
  if (column.layout == KeyLayout::kIntegers) {
    ReadIntegers(column, rows, integers.data(), integer_states.data());
    for (uint32_t i = 0; i < rows.count; ++i) {
      StoreLittle64(static_cast<uint64_t>(integers[i]), integer_bytes[i].data());
      canonical[i] = {.bytes = {integer_bytes[i].data(), 8}};
      if (integer_states[i] == IntegerState::kNull) canonical[i] = {.reason = Reason::kBlank};
      if (integer_states[i] == IntegerState::kTooLarge) canonical[i] = {.reason = Reason::kInteger};
    }
    return absl::OkStatus();
  }
  VESICA_RETURN_IF_ERROR(ReadBytes(column, rows, keys.data()));
  if (IsText(column.layout)) {
    scratch.Reset();
    rule.TextBatch({keys.data(), rows.count}, encoding, scratch, canonical.data());
    return absl::OkStatus();
  }
  for (uint32_t i = 0; i < rows.count; ++i) {
    canonical[i] = {.bytes = keys[i], .reason = keys[i].empty() ? Reason::kBlank : Reason::kNone};
  }
  return absl::OkStatus();
}

std::string_view KeyHasher::CanonicalBytes(const KeyColumn& column, uint64_t row) {
  Work& work = *work_;
  const KeyColumn* source = &column;
  if (column.layout == KeyLayout::kDictionary) {
    ReadIntegers(column, RowSet::Range(row, 1), work.integers.data(), work.integer_states.data());
    source = column.dictionary.get();
    row = static_cast<uint64_t>(work.integers[0]);
    if (work.integer_states[0] != IntegerState::kValid || row >= source->length) return {};
  }
  if (!work.Canonicalize(*source, column.encoding, RowSet::Range(row, 1)).ok()) return {};
  return work.canonical[0].bytes;
}

}  // namespace vesica
