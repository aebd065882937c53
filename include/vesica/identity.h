#ifndef VESICA_IDENTITY_H_
#define VESICA_IDENTITY_H_

#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "vesica/keys.h"

namespace vesica {

// Why a key has no canonical form; numbered as VESICA_REASON_* in vesica.h. Append only.
enum class Reason : uint8_t {
  kNone = 0,
  kBlank = 1,
  kNoAt = 2,
  kSeveralAt = 3,
  kQuoted = 4,
  kComment = 5,
  kDisplayName = 6,
  kLocalPart = 7,
  kDomain = 8,
  kNoDot = 9,
  kTooLong = 10,
  kEncoding = 11,
  kDigest = 12,
  kPhone = 13,
  kInteger = 14,
  kNoAccount = 15,
  kPublicSuffix = 16,
  kName = 17,
};
inline constexpr size_t kReasonCount = 18;

// Constant English text, such as "more than one @".
std::string_view ReasonText(Reason reason);

// What was read for a set. blank + invalid + valid == rows; every count is of rows.
struct Quality {
  struct InvalidRows {
    uint64_t rows = 0;
    std::array<uint64_t, 8> first_rows;  // smallest row numbers, ascending, kNoRow-filled
    InvalidRows();
    void Add(uint64_t row);
    void Merge(const InvalidRows& other);
  };
  uint64_t rows = 0;
  uint64_t blank = 0;
  uint64_t valid = 0;
  uint64_t free_mail = 0;
  uint64_t role = 0;
  std::array<InvalidRows, kReasonCount> reasons;  // indexed by Reason; kNone and kBlank stay empty

  uint64_t invalid() const { return rows - blank - valid; }
  void Merge(const Quality& other);  // sums and smallest rows: any order gives the same
};

struct ProfileInfo {
  const char* name;     // "email/1"
  const char* summary;  // one line
  const char* source;   // where the rule comes from
  bool needs_country = false;
  bool digest = false;  // canonical form is a SHA-256 digest; takes hex, base64 and raw digests
};

// Every profile of this build, in a fixed order.
std::span<const ProfileInfo> Profiles();

class Canonicalizer;

// A frozen rule that turns keys into canonical bytes. Immutable and cheap to copy.
class Profile {
 public:
  // `name` is "name/version". `country` is ISO 3166-1 alpha-2 for the profiles that need it, else empty.
  // Fails with InvalidArgument for unknown names and countries, Unsupported where this build lacks the data.
  static absl::StatusOr<Profile> Open(std::string_view name, std::string_view country = {});

  const ProfileInfo& info() const { return *info_; }
  // What the stamp calls it: the name, and the country if it has one: "phone-digits/1;country=EE".
  const std::string& id() const { return id_; }
  // Of the data the canonical form depends on; 0 where there are none.
  uint64_t data_fingerprint() const { return data_fingerprint_; }

  // The canonical bytes of one key in `*out`, or why there are none (`*out` is then empty).
  Reason Canonicalize(std::string_view key, KeyEncoding encoding, std::string* out) const;

  const Canonicalizer& canonicalizer() const { return *canonicalizer_; }

 private:
  Profile() = default;
  const ProfileInfo* info_ = nullptr;
  std::string id_;
  uint64_t data_fingerprint_ = 0;
  std::shared_ptr<const Canonicalizer> canonicalizer_;
};

}  // namespace vesica

#endif  // VESICA_IDENTITY_H_
