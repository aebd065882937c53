// Canonicalises hostile keys under every profile. The first byte chooses the profile, the second the encoding; the rest
// is keys, one a line. Whatever they are: a batch gives what its keys give one by one; there are bytes exactly if there
// is no reason; digests have 32 bytes; and a canonical text is its own canonical form.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "identity/canonicalizer.h"
#include "vesica/identity.h"

namespace {

using namespace vesica;

void Check(bool holds) {
  if (!holds) std::abort();
}

// The profiles of this build, opened once.
const std::vector<Profile>& Opened() {
  static const std::vector<Profile> profiles = [] {
    std::vector<Profile> opened;
    for (const ProfileInfo& info : Profiles()) {
      auto profile = Profile::Open(info.name, info.needs_country ? "DE" : "");
      if (profile.ok()) opened.push_back(*std::move(profile));
    }
    return opened;
  }();
  return profiles;
}

// Whether canonical forms of a profile are keys of it again.
bool HasTextForm(const Profile& profile) {
  const std::string_view name = profile.info().name;
  return !profile.info().digest && name != "int64/1" && !name.starts_with("phone-");
}

// Keys in heap blocks of their own size, so that sanitizers see any byte read beside them.
struct Keys {
  std::vector<std::unique_ptr<char[]>> blocks;
  std::vector<std::string_view> views;

  explicit Keys(std::string_view text) {
    while (true) {
      const size_t size = std::min(text.find('\n'), text.size());
      blocks.push_back(std::make_unique<char[]>(size));
      if (size > 0) std::memcpy(blocks.back().get(), text.data(), size);
      views.emplace_back(blocks.back().get(), size);
      if (size == text.size()) return;
      text.remove_prefix(size + 1);
    }
  }
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size < 2) return 0;
  const Profile& profile = Opened()[data[0] % Opened().size()];
  const Canonicalizer& canonicalizer = profile.canonicalizer();
  const auto encoding = static_cast<KeyEncoding>(data[1] % 3);
  if (!canonicalizer.takes_encoding(encoding)) return 0;
  const Keys keys(std::string_view(reinterpret_cast<const char*>(data) + 2, size - 2));

  Scratch scratch, batch_scratch;
  std::vector<Canonical> batch(keys.views.size());
  canonicalizer.TextBatch(keys.views, encoding, batch_scratch, batch.data());
  for (size_t i = 0; i < keys.views.size(); ++i) {
    const Canonical single = canonicalizer.Text(keys.views[i], encoding, scratch);
    Check(single.reason == batch[i].reason && single.bytes == batch[i].bytes);
    Check(single.free_mail == batch[i].free_mail && single.role == batch[i].role);
    Check(single.bytes.empty() == (single.reason != Reason::kNone));
    Check(static_cast<size_t>(single.reason) < kReasonCount);
    if (single.reason != Reason::kNone) continue;
    if (profile.info().digest) Check(single.bytes.size() == 32);
    if (!HasTextForm(profile)) continue;
    const Canonical again = canonicalizer.Text(single.bytes, KeyEncoding::kPlain, scratch);
    Check(again.reason == Reason::kNone && again.bytes == single.bytes);
  }
  return 0;
}
