#include <sodium.h>

#include <utility>

#include "absl/strings/str_cat.h"
#include "base/error.h"
#include "hash/hash_function.h"
#include "hash/secret.h"
#include "vesica/hash.h"

namespace vesica {
namespace {

constexpr size_t kMinSecretBytes = 16;

const char* FamilyText(HashFamily family) { return family == HashFamily::kXxh3 ? "xxh3" : "blake2b"; }

absl::Status Mismatch(StampField field, const std::string& message) {
  return MakeError(ErrorInfo{.code = ErrorCode::kIdentityMismatch, .field = field}, message);
}

}  // namespace

std::string IdentityStamp::ToString() const {
  // Not absl::StrFormat, which ends the process when there is no memory (it formats in noexcept code).
  const auto hex = [](uint64_t value) { return absl::Hex(value, absl::kZeroPad16); };
  std::string text = absl::StrCat(profile, " data=", hex(data_fingerprint), " hash=", FamilyText(family), "-",
                                  static_cast<int>(width));
  if (family == HashFamily::kBlake2b) absl::StrAppend(&text, " secret=", hex(secret_fingerprint));
  return text;
}

absl::Status CheckSameIdentity(const IdentityStamp& a, const IdentityStamp& b) {
  if (a.profile != b.profile) {
    return Mismatch(StampField::kProfile, absl::StrCat("the profiles differ: ", a.profile, " and ", b.profile));
  }
  if (a.data_fingerprint != b.data_fingerprint) {
    return Mismatch(StampField::kData, absl::StrCat("the data behind profile ", a.profile, " differ"));
  }
  if (a.family != b.family) {
    return Mismatch(StampField::kFamily, "the hashes differ in kind: one is keyed with a secret, the other is not");
  }
  if (a.width != b.width) {
    return Mismatch(StampField::kWidth, absl::StrCat("the hashes differ in width: ", static_cast<int>(a.width), " and ",
                                                     static_cast<int>(b.width), " bits"));
  }
  if (a.secret_fingerprint != b.secret_fingerprint) {
    return Mismatch(StampField::kSecret, "the hashes are keyed with different secrets");
  }
  return absl::OkStatus();
}

absl::StatusOr<Identity> Identity::Create(const Profile& profile, HashWidth width, std::span<const uint8_t> secret) {
  if (width != HashWidth::k64 && width != HashWidth::k128) return InvalidArgument("hashes have 64 or 128 bits");
  if (!secret.empty() && secret.size() < kMinSecretBytes) {
    return InvalidArgument("the secret is shorter than 16 bytes");
  }
  Identity identity(profile);
  identity.stamp_ = {.profile = profile.id(), .data_fingerprint = profile.data_fingerprint(), .width = width};
  identity.seed_ = XXH3_64bits(profile.id().data(), profile.id().size());
  if (secret.empty()) return identity;

  if (sodium_init() < 0) return MakeError(ErrorCode::kInternal, "libsodium failed to initialize");
  identity.secret_ = std::make_shared<const Secret>(secret, profile.id());
  identity.stamp_.family = HashFamily::kBlake2b;
  identity.stamp_.secret_fingerprint = identity.secret_->Fingerprint();
  return identity;
}

KeyHash Identity::Hash(std::string_view canonical) const {
  return WithFunction([&](const auto& hash) { return hash(canonical); });
}

}  // namespace vesica
