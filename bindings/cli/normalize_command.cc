#include <memory>

#include "commands.h"
#include "escape.h"
#include "key_input.h"
#include "notes.h"
#include "session.h"

namespace vesica_cli {
namespace {

constexpr const char* kHelp = R"(What a profile makes of each key, and why it refuses some.

Writes one line a key: the row's number as a spreadsheet shows it, key, blank or invalid, and the canonical form or the
reason, separated by tabs. Tabs, line ends, control characters, backslashes and bytes that are not UTF-8 are written
as \t, \n, \r, \\ and \xNN. Digests are in hex, or in base64 with --base64; numbers of int64/1 are decimal.
This is the one command that shows keys.)";

constexpr size_t kFlushBytes = size_t{1} << 16;

struct NormalizeOptions {
  std::string input;
  InputOptions read;
  IdentityOptions identity;
  bool base64 = false;
  bool quiet = false;
};

std::string ToHex(std::string_view bytes) {
  static constexpr char kDigits[] = "0123456789abcdef";
  std::string out;
  for (const char c : bytes) {
    out += kDigits[static_cast<uint8_t>(c) >> 4];
    out += kDigits[static_cast<uint8_t>(c) & 15];
  }
  return out;
}

// RFC 4648, section 4.
std::string ToBase64(std::string_view bytes) {
  static constexpr char kDigits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string out;
  for (size_t i = 0; i < bytes.size(); i += 3) {
    uint32_t group = 0;
    for (size_t j = 0; j < 3; ++j) group = group << 8 | (i + j < bytes.size() ? static_cast<uint8_t>(bytes[i + j]) : 0);
    for (size_t j = 0; j < 4; ++j) out += i + j <= bytes.size() ? kDigits[group >> (18 - 6 * j) & 63] : '=';
  }
  return out;
}

// Canonical bytes as text.
std::string Shown(std::string_view bytes, const OpenProfile& profile, bool base64) {
  if (profile.digest || profile.name.starts_with("sha256/")) return base64 ? ToBase64(bytes) : ToHex(bytes);
  if (!profile.name.starts_with("int64/") || bytes.size() != 8) return Escaped(bytes);
  uint64_t value = 0;
  for (size_t i = 8; i > 0; --i) value = value << 8 | static_cast<uint8_t>(bytes[i - 1]);
  return std::to_string(static_cast<int64_t>(value));
}

Failure AddKey(const OpenProfile& profile, const KeyInput& input, const vesica_span& key, uint64_t row, bool base64,
               std::string* buffer, std::string* out) {
  size_t length = 0;
  uint32_t reason = VESICA_REASON_NONE;
  vesica_error error = NoError();
  const auto canonicalize = [&] {
    return vesica_profile_canonicalize(profile.handle.get(), key.data, key.size, input.encoding, buffer->data(),
                                       buffer->size(), &length, &reason, &error);
  };
  vesica_status status = canonicalize();
  if (status == VESICA_BUFFER_TOO_SMALL) {
    buffer->resize(length);
    status = canonicalize();
  }
  *out += std::to_string(row) + '\t';
  if (status == VESICA_OK) {
    *out += "key\t" + Shown(std::string_view(buffer->data(), length), profile, base64);
  } else if (status == VESICA_INVALID_KEY) {
    *out += std::string(reason == VESICA_REASON_BLANK ? "blank" : "invalid") + '\t' + vesica_reason_text(reason);
  } else {
    return FromLibrary(status, error);
  }
  *out += '\n';
  return {};
}

// Writes every key of the column. On a misread column what was written is void, so nothing is written before the
// whole file is known to be regular.
Failure WriteKeys(const OpenProfile& profile, const NormalizeOptions& options, const KeyInput& input, bool write) {
  std::string buffer(4096, '\0'), out;
  for (uint64_t shard = 0; shard < input.column->shards(); ++shard) {
    KeyBatch keys;
    for (uint64_t batch = 0;; ++batch) {
      const int result = input.column->Next(shard, batch, &keys);
      if (result < 0) return {kExitIo, "the input could not be read"};
      if (result == 0) break;
      for (size_t i = 0; write && i < keys.count; ++i) {
        if (Failure failure =
                AddKey(profile, input, keys.keys[i], keys.first_record + i + 1, options.base64, &buffer, &out)) {
          return failure;
        }
        if (out.size() < kFlushBytes) continue;
        if (Failure failure = WriteOut(out)) return failure;
        out.clear();
      }
    }
  }
  return WriteOut(out);
}

Failure RunNormalize(const NormalizeOptions& options) {
  const Notes notes(options.quiet);
  std::vector<InputSpec> specs;
  if (Failure failure = ParseInputs({options.input}, &specs)) return failure;
  OpenProfile profile;
  if (Failure failure = OpenProfileFor(options.identity, notes, &profile)) return failure;
  std::vector<KeyInput> inputs;
  if (Failure failure = OpenKeyInputs(specs, options.read, profile, 1, notes, &inputs)) return failure;
  for (const bool write : {false, true}) {
    Failure failure = WriteKeys(profile, options, inputs[0], write);
    if (failure && !write) {
      failure = Recover(failure, notes, &inputs);
    }
    if (failure) return failure;
  }
  return {};
}

}  // namespace

void AddNormalizeCommand(CLI::App* program, Command* chosen) {
  const auto options = std::make_shared<NormalizeOptions>();
  CLI::App* command = program->add_subcommand("normalize", kHelp);
  command->add_option("INPUT", options->input, "FILE, - or NAME=FILE")->required()->type_name("");
  AddInputOptions(command, &options->read);
  AddIdentityOptions(command, &options->identity);
  command->add_flag("--base64", options->base64, "Show digests in base64");
  command->add_flag("--quiet", options->quiet, "No remarks, no questions");
  command->callback([=] { *chosen = [=] { return RunNormalize(*options); }; });
}

}  // namespace vesica_cli
