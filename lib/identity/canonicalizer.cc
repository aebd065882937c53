#include "identity/canonicalizer.h"

#include <algorithm>

namespace vesica {
namespace {

constexpr size_t kScratchBlock = size_t{1} << 16;

}  // namespace

char* Scratch::Take(size_t size) {
  while (block_ < blocks_.size() && blocks_[block_].size - used_ < size) {
    ++block_;
    used_ = 0;
  }
  if (block_ == blocks_.size()) {
    const size_t block_size = std::max(size, kScratchBlock);
    blocks_.push_back({std::unique_ptr<char[]>(new char[block_size]), block_size});
    used_ = 0;
  }
  char* taken = blocks_[block_].bytes.get() + used_;
  used_ += size;
  return taken;
}

void Scratch::GiveBack(char* end) { used_ = static_cast<size_t>(end - blocks_[block_].bytes.get()); }

void Scratch::Reset() {
  // A block made for one huge key is not kept for the next batch.
  std::erase_if(blocks_, [](const Block& block) { return block.size > kScratchBlock; });
  block_ = used_ = 0;
}

void Canonicalizer::TextBatch(std::span<const std::string_view> keys, KeyEncoding encoding, Scratch& scratch,
                              Canonical* out) const {
  for (size_t i = 0; i < keys.size(); ++i) out[i] = Text(keys[i], encoding, scratch);
}

bool Canonicalizer::ScanRun(const KeyRun&, uint8_t*) const { return false; }

}  // namespace vesica
