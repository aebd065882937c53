#include "session.h"

#include <algorithm>
#include <memory>
#include <vector>

#include "escape.h"
#include "secret_file.h"

namespace vesica_cli {
namespace {

constexpr const char* kDefaultPerson = "email/1";
constexpr const char* kDefaultAccount = "account/1";

bool IsAccountKind(KeyKind kind) {
  return kind == KeyKind::kAccount || kind == KeyKind::kDomain || kind == KeyKind::kCompanyName;
}

Failure NameOfProfile(const IdentityOptions& options, std::string* out) {
  const bool account = options.level == "account";
  *out = !options.profile.empty() ? options.profile : account ? kDefaultAccount : kDefaultPerson;
  const KeyKind kind = KindOfProfile(*out);
  if ((account && (kind == KeyKind::kEmail || kind == KeyKind::kPhone)) ||
      (options.level == "person" && IsAccountKind(kind))) {
    return {kExitUsage, "--level " + options.level + " and --profile " + Escaped(*out) + " contradict each other"};
  }
  return {};
}

bool FindProfile(const std::string& name, vesica_profile_info* out) {
  for (uint32_t i = 0; i < vesica_profile_count(); ++i) {
    *out = {};
    out->struct_size = sizeof(*out);
    if (vesica_profile_list(i, out, nullptr) == VESICA_OK && name == out->name) return true;
  }
  return false;
}

}  // namespace

bool OpenProfile::Takes(std::string_view text, uint32_t encoding) const {
  char buffer[512];
  size_t length = 0;
  const vesica_status status = vesica_profile_canonicalize(handle.get(), text.data(), text.size(), encoding, buffer,
                                                           sizeof(buffer), &length, nullptr, nullptr);
  return status == VESICA_OK || status == VESICA_BUFFER_TOO_SMALL;
}

const char* OpenProfile::Things() const {
  if (IsAccountKind(kind)) return "accounts";
  return kind == KeyKind::kEmail || kind == KeyKind::kPhone ? "people" : "keys";
}

Failure AdoptIdentity(const vesica_image_info& info, IdentityOptions* options) {
  const std::string id = info.profile;
  const std::string country = ";country=";
  const size_t at = id.find(country);
  const std::string name = id.substr(0, at);
  std::string asked;
  if (!options->profile.empty() || !options->level.empty()) {
    if (Failure failure = NameOfProfile(*options, &asked)) return failure;
    if (asked != name) return {kExitUsage, "the image was made under " + Escaped(id) + ", not " + Escaped(asked)};
  }
  if (options->hash_bits != 0 && options->hash_bits != info.hash_bits) {
    return {kExitUsage, "the image has hashes of " + std::to_string(info.hash_bits) + " bits"};
  }
  options->profile = name;
  options->level.clear();
  if (at != std::string::npos && options->country.empty()) options->country = id.substr(at + country.size());
  options->hash_bits = info.hash_bits;
  return {};
}

Failure OpenProfileFor(const IdentityOptions& options, const Notes& notes, OpenProfile* out) {
  if (Failure failure = NameOfProfile(options, &out->name)) return failure;
  vesica_profile_info info;
  if (!FindProfile(out->name, &info)) {
    return {kExitUsage, "there is no profile \"" + Escaped(out->name) + "\"; `vesica profiles` lists them"};
  }
  out->kind = KindOfProfile(out->name);
  out->digest = (info.flags & VESICA_PROFILE_DIGEST) != 0;
  if ((info.flags & VESICA_PROFILE_NEEDS_COUNTRY) != 0 && options.country.empty()) {
    return {kExitUsage, "profile " + out->name + " needs --country, such as --country DE"};
  }
  SecretFile secret;
  if (!options.secret_file.empty()) {
    if (Failure failure = secret.Read(options.secret_file, notes)) return failure;
  }
  vesica_profile_options wanted = {};
  wanted.struct_size = sizeof(wanted);
  wanted.hash_bits = options.hash_bits;
  wanted.secret = secret.size() == 0 ? nullptr : secret.data();
  wanted.secret_size = secret.size();
  wanted.country = options.country.empty() ? nullptr : options.country.c_str();
  vesica_error error = NoError();
  vesica_profile* profile = nullptr;
  const vesica_status status = vesica_profile_open(out->name.c_str(), &wanted, &profile, &error);
  out->handle.reset(profile);
  return FromLibrary(status, error);
}

Failure OpenContext(const RunOptions& options, Progress* progress, ContextHandle* out) {
  vesica_context_options wanted = {};
  wanted.struct_size = sizeof(wanted);
  wanted.threads = options.threads;
  wanted.progress = Progress::OnProgress;
  wanted.progress_user = progress;
  if (!options.memory.empty()) {
    if (Failure failure = ParseBytes(options.memory, "--memory", &wanted.memory_budget_bytes)) return failure;
  }
  vesica_error error = NoError();
  vesica_context* context = nullptr;
  const vesica_status status = vesica_context_create(&wanted, &context, &error);
  out->reset(context);
  return FromLibrary(status, error);
}

}  // namespace vesica_cli
