#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "absl/strings/str_cat.h"
#include "column.h"
#include "guard.h"
#include "handles.h"
#include "structs.h"
#include "text.h"
#include "vesica/answer_tables.h"

namespace vesica::capi {
namespace {

absl::StatusOr<Identity> OpenIdentity(const char* name, const vesica_profile_options* given) {
  VESICA_RETURN_IF_ERROR(NotNull({{name, "name"}}));
  VESICA_ASSIGN_OR_RETURN(const vesica_profile_options options, ReadOptions(given));
  HashWidth width = HashWidth::k64;
  if (options.hash_bits == 128) {
    width = HashWidth::k128;
  } else if (options.hash_bits != 0 && options.hash_bits != 64) {
    return InvalidArgument("hash_bits must be 64 or 128");
  }
  if ((options.secret == nullptr) != (options.secret_size == 0)) {
    return InvalidArgument("secret and secret_size must be given together");
  }
  if (options.secret_size > PTRDIFF_MAX) return InvalidArgument("secret_size is larger than memory");
  const std::span<const uint8_t> secret(static_cast<const uint8_t*>(options.secret), options.secret_size);
  VESICA_ASSIGN_OR_RETURN(const Profile profile,
                          Profile::Open(name, options.country == nullptr ? "" : options.country));
  return Identity::Create(profile, width, secret);
}

vesica_profile_info InfoOf(const ProfileInfo& from) {
  vesica_profile_info info{};
  info.flags = (from.needs_country ? VESICA_PROFILE_NEEDS_COUNTRY : 0u) | (from.digest ? VESICA_PROFILE_DIGEST : 0u);
  info.name = from.name;
  info.summary = from.summary;
  info.source = from.source;
  return info;
}

}  // namespace
}  // namespace vesica::capi

using namespace vesica::capi;  // NOLINT: the functions below are the C interface of this namespace.

extern "C" {

uint32_t vesica_profile_count(void) { return static_cast<uint32_t>(vesica::Profiles().size()); }

vesica_status vesica_profile_list(uint32_t index, vesica_profile_info* out, vesica_error* error) {
  return Guard(error, [&]() -> absl::Status {
    VESICA_RETURN_IF_ERROR(CheckRoom(out));
    const auto profiles = vesica::Profiles();
    if (index >= profiles.size()) return vesica::InvalidArgument("index is past the last profile");
    WriteStruct(InfoOf(profiles[index]), out);
    return absl::OkStatus();
  });
}

vesica_status vesica_profile_open(const char* name, const vesica_profile_options* options, vesica_profile** out,
                                  vesica_error* error) {
  return GuardNew(out, error, [&] { return OpenIdentity(name, options); });
}

void vesica_profile_free(vesica_profile* profile) { delete profile; }

vesica_status vesica_profile_stamp(const vesica_profile* profile, char* buffer, size_t capacity, size_t* length,
                                   vesica_error* error) {
  return Guard(error, [&]() -> absl::Status {
    VESICA_RETURN_IF_ERROR(NotNull({{profile, "profile"}}));
    return WriteText(profile->impl.stamp().ToString(), buffer, capacity, length);
  });
}

vesica_status vesica_profile_canonicalize(const vesica_profile* profile, const void* key, size_t key_size,
                                          uint32_t encoding, void* buffer, size_t capacity, size_t* length,
                                          uint32_t* reason, vesica_error* error) {
  return Guard(error, [&]() -> absl::Status {
    VESICA_RETURN_IF_ERROR(NotNull({{profile, "profile"}, {length, "length"}}));
    if (key == nullptr && key_size != 0) return vesica::InvalidArgument("key is NULL but key_size is not 0");
    VESICA_ASSIGN_OR_RETURN(const vesica::KeyEncoding how, ToKeyEncoding(encoding));
    std::string canonical;
    const std::string_view text(key == nullptr ? "" : static_cast<const char*>(key), key_size);
    const vesica::Reason why = profile->impl.profile().Canonicalize(text, how, &canonical);
    if (why == vesica::Reason::kNone) return WriteBytes(canonical, buffer, capacity, length);
    if (reason != nullptr) *reason = static_cast<uint32_t>(why);
    const std::string_view words = vesica::ReasonText(why);
    return vesica::MakeError(vesica::ErrorCode::kInvalidKey,
                             absl::StrCat("the key is invalid: ", absl::string_view(words.data(), words.size())));
  });
}

vesica_status vesica_profiles_table(vesica_table** out, vesica_error* error) {
  return GuardNew(out, error, vesica::ProfilesTable);
}

}  // extern "C"
