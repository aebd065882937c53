#ifndef VESICA_TESTS_MODEL_NAIVE_KEYS_H_
#define VESICA_TESTS_MODEL_NAIVE_KEYS_H_

#include <cstdint>
#include <cstring>
#include <optional>
#include <string>
#include <vector>

#include "identity/canonicalizer.h"
#include "vesica/hash.h"
#include "vesica/identity.h"
#include "vesica/keys.h"

namespace vesica {

// What a row of a column holds, read in the slow, obvious way.
struct NaiveKey {
  enum Kind { kNull, kText, kCanonical, kIntegerTooLarge } kind = kNull;
  std::string bytes;
};

template <class T>
T NaiveElement(const void* array, uint64_t index) {
  T value;
  std::memcpy(&value, static_cast<const char*>(array) + index * sizeof(T), sizeof(T));
  return value;
}

inline std::optional<int64_t> NaiveInteger(const KeyColumn& column, uint64_t row) {
  uint64_t value = 0;  // little-endian machines only, as the fixtures
  std::memcpy(&value, static_cast<const char*>(column.data) + row * column.integer_width, column.integer_width);
  const unsigned bits = 8u * column.integer_width;
  const bool top_bit = (value >> (bits - 1) & 1) != 0;
  if (!column.integer_signed && bits == 64 && top_bit) return std::nullopt;
  if (column.integer_signed && top_bit && bits < 64) value -= uint64_t{1} << bits;
  return static_cast<int64_t>(value);
}

inline NaiveKey ReadNaively(const KeyColumn& column, uint64_t row) {
  if (column.validity != nullptr) {
    const uint64_t bit = column.validity_offset + row;
    if ((column.validity[bit / 8] & 1 << bit % 8) == 0) return {};
  }
  const char* data = static_cast<const char*>(column.data);
  switch (column.layout) {
    case KeyLayout::kOffsets32: {
      const auto begin = NaiveElement<int32_t>(column.offsets, row),
                 end = NaiveElement<int32_t>(column.offsets, row + 1);
      return {NaiveKey::kText, std::string(data + begin, data + end)};
    }
    case KeyLayout::kOffsets64: {
      const auto begin = NaiveElement<int64_t>(column.offsets, row),
                 end = NaiveElement<int64_t>(column.offsets, row + 1);
      return {NaiveKey::kText, std::string(data + begin, data + end)};
    }
    case KeyLayout::kSpans: {
      const auto span = NaiveElement<KeySpan>(data, row);
      if (span.data == nullptr) return {};
      return {NaiveKey::kText, std::string(static_cast<const char*>(span.data), span.size)};
    }
    case KeyLayout::kStringViews: {
      const auto size = NaiveElement<int32_t>(data + row * 16, 0);
      const auto length = static_cast<size_t>(size);
      if (size <= 12) return {NaiveKey::kText, std::string(data + row * 16 + 4, length)};
      const auto buffer = NaiveElement<int32_t>(data + row * 16, 2), offset = NaiveElement<int32_t>(data + row * 16, 3);
      return {NaiveKey::kText, std::string(static_cast<const char*>(column.view_buffers[buffer]) + offset, length)};
    }
    case KeyLayout::kFixed32:
      return {NaiveKey::kCanonical, std::string(data + row * 32, 32)};
    case KeyLayout::kIntegers: {
      const std::optional<int64_t> value = NaiveInteger(column, row);
      if (!value.has_value()) return {NaiveKey::kIntegerTooLarge, {}};
      return {NaiveKey::kCanonical, std::string(reinterpret_cast<const char*>(&*value), 8)};
    }
    case KeyLayout::kDictionary:
      return ReadNaively(*column.dictionary, static_cast<uint64_t>(NaiveInteger(column, row).value()));
  }
  return {};
}

// What a KeyHasher makes of a column, one row at a time.
struct NaiveHashes {
  std::vector<KeyHash> hashes;     // of the valid rows
  std::vector<uint64_t> rows;      // theirs
  std::vector<std::string> bytes;  // canonical
  Quality quality;
};

inline NaiveHashes HashNaively(const KeyColumn& column, const Identity& identity) {
  NaiveHashes result;
  for (uint64_t row = 0; row < column.length; ++row) {
    const NaiveKey key = ReadNaively(column, row);
    Reason reason = Reason::kNone;
    std::string canonical = key.bytes;
    if (key.kind == NaiveKey::kText && !key.bytes.empty()) {
      Scratch scratch;
      const Canonical text = identity.profile().canonicalizer().Text(key.bytes, column.encoding, scratch);
      reason = text.reason;
      canonical = text.bytes;
      result.quality.free_mail += reason == Reason::kNone && text.free_mail;
      result.quality.role += reason == Reason::kNone && text.role;
    } else if (key.kind == NaiveKey::kIntegerTooLarge) {
      reason = Reason::kInteger;
    } else if (key.kind != NaiveKey::kCanonical) {
      reason = Reason::kBlank;
    }
    ++result.quality.rows;
    if (reason == Reason::kNone) {
      ++result.quality.valid;
      result.hashes.push_back(identity.Hash(canonical));
      result.rows.push_back(row);
      result.bytes.push_back(canonical);
    } else if (reason == Reason::kBlank) {
      ++result.quality.blank;
    } else {
      result.quality.reasons[static_cast<size_t>(reason)].Add(column.first_row + row);
    }
  }
  return result;
}

}  // namespace vesica

#endif  // VESICA_TESTS_MODEL_NAIVE_KEYS_H_
