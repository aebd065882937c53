#ifndef VESICA_LIB_HASH_DICTIONARY_MEMO_H_
#define VESICA_LIB_HASH_DICTIONARY_MEMO_H_

#include <cstdint>
#include <memory>
#include <vector>

#include "vesica/hash.h"
#include "vesica/identity.h"
#include "vesica/keys.h"

namespace vesica {

// What became of one key: its hash, or why there is none.
struct Outcome {
  KeyHash hash = {};
  Reason reason = Reason::kNone;
  bool free_mail = false;
  bool role = false;
};

// Remembers the outcome of dictionary values, so that a value is canonicalised and hashed about once however many rows
// point to it. Each value has one slot; at most 2^15 slots (1 MB), so that values of a larger dictionary share them.
// Keeps the dictionary it knows alive: while it does, no other dictionary can have that address.
class DictionaryMemo {
 public:
  // Forgets everything unless the last call was for the same dictionary, read in the same encoding.
  void Use(const std::shared_ptr<const KeyColumn>& dictionary, KeyEncoding encoding);

  // nullptr if value `index` is not remembered.
  const Outcome* Find(uint64_t index) const {
    const uint64_t slot = index & mask_;
    return owners_[slot] == index ? &outcomes_[slot] : nullptr;
  }
  void Put(uint64_t index, const Outcome& outcome) {
    const uint64_t slot = index & mask_;
    owners_[slot] = index;
    outcomes_[slot] = outcome;
  }

 private:
  std::shared_ptr<const KeyColumn> dictionary_;
  KeyEncoding encoding_ = KeyEncoding::kPlain;
  uint64_t mask_ = 0;
  std::vector<uint64_t> owners_;  // value in each slot; UINT64_MAX: none
  std::vector<Outcome> outcomes_;
};

}  // namespace vesica

#endif  // VESICA_LIB_HASH_DICTIONARY_MEMO_H_
