#ifndef VESICA_LIB_IDENTITY_CANONICALIZER_H_
#define VESICA_LIB_IDENTITY_CANONICALIZER_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "vesica/identity.h"
#include "vesica/keys.h"

namespace vesica {

// Room for rewritten keys of one batch. Take() never moves what was taken before; Reset() starts over.
class Scratch {
 public:
  char* Take(size_t size);
  void GiveBack(char* end);  // the last Take() used bytes up to `end` only
  void Reset();

 private:
  struct Block {
    std::unique_ptr<char[]> bytes;
    size_t size;
  };
  std::vector<Block> blocks_;
  size_t block_ = 0;  // the one in use
  size_t used_ = 0;
};

struct Canonical {
  std::string_view bytes = {};  // points into the key, the scratch or static memory; empty unless reason is kNone
  Reason reason = Reason::kNone;
  bool free_mail = false;
  bool role = false;
};

// Keys that lie one after another: key i is bytes[offsets[i]] to before bytes[offsets[i + 1]]. Up to kBeforeRun bytes
// before key 0 belong to the run, so that the ends of keys can be read as words.
struct KeyRun {
  const char* bytes;
  const uint16_t* offsets;  // count + 1, none below the one before it, the last at most kMaxRunBytes
  size_t count;             // at most kMaxRun
};
inline constexpr size_t kMaxRun = 256;
inline constexpr size_t kBeforeRun = 16;
inline constexpr size_t kMaxRunBytes = 16384;

// What is known of a key of a run.
enum RunFlag : uint8_t {
  kRunFreeMail = 1,
  kRunRole = 2,
  kRunLeft = 4,   // it may be canonical or not: Text() knows; no other flag is set
  kRunEmpty = 8,  // no other flag is set
};

// The work of one profile. Immutable: one object serves all threads, each with its own Scratch.
class Canonicalizer {
 public:
  virtual ~Canonicalizer() = default;

  // A text key. `key.data()` may be nullptr only if it is empty.
  virtual Canonical Text(std::string_view key, KeyEncoding encoding, Scratch& scratch) const = 0;

  // A whole batch: out[i] for keys[i]. Overridden where a batch is worth a kernel; must equal Text() on each.
  virtual void TextBatch(std::span<const std::string_view> keys, KeyEncoding encoding, Scratch& scratch,
                         Canonical* out) const;

  // Fills the flags of a run, whose text is plain, and returns true; false, with nothing filled, if the profile has no
  // kernel for runs. A key that is neither left nor empty is its own canonical form.
  virtual bool ScanRun(const KeyRun& run, uint8_t* flags) const;
  virtual bool scans_runs() const { return false; }  // whether ScanRun() is worth calling

  // What other column layouts it takes. Integers arrive at Text() never; their canonical form is 8 bytes little
  // endian. Raw 32-byte digests are canonical as they are.
  virtual bool takes_integers() const { return false; }
  virtual bool takes_digests() const { return false; }
  virtual bool takes_encoding(KeyEncoding encoding) const { return encoding == KeyEncoding::kPlain; }

  // True if every non-empty key is its own canonical form: the hasher then skips this stage.
  virtual bool is_raw() const { return false; }
};

}  // namespace vesica

#endif  // VESICA_LIB_IDENTITY_CANONICALIZER_H_
