#include "hash/dictionary_memo.h"

#include <algorithm>
#include <bit>

namespace vesica {
namespace {

constexpr uint64_t kMaxSlots = uint64_t{1} << 15;

}  // namespace

void DictionaryMemo::Use(const std::shared_ptr<const KeyColumn>& dictionary, KeyEncoding encoding) {
  if (dictionary == dictionary_ && encoding == encoding_) return;
  dictionary_ = nullptr;
  const uint64_t slots = std::bit_ceil(std::clamp<uint64_t>(dictionary->length, 1, kMaxSlots));
  if (outcomes_.size() < slots) outcomes_.resize(slots);
  owners_.assign(slots, UINT64_MAX);
  mask_ = slots - 1;
  dictionary_ = dictionary;
  encoding_ = encoding;
}

}  // namespace vesica
