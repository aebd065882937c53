#include "commands.h"
#include "library.h"

namespace vesica_cli {
namespace {

Failure RunProfiles() {
  std::string text;
  for (uint32_t i = 0; i < vesica_profile_count(); ++i) {
    vesica_profile_info info = {};
    info.struct_size = sizeof(info);
    vesica_error error = NoError();
    if (Failure failure = FromLibrary(vesica_profile_list(i, &info, &error), error)) return failure;
    text += std::string(info.name) + "\n  " + info.summary + "\n  Source: " + info.source + "\n";
    if ((info.flags & VESICA_PROFILE_DIGEST) != 0) text += "  Compares SHA-256 digests; takes --hashed too\n";
    if ((info.flags & VESICA_PROFILE_NEEDS_COUNTRY) != 0) text += "  Needs --country\n";
  }
  return WriteOut(text);
}

}  // namespace

void AddProfilesCommand(CLI::App* program, Command* chosen) {
  CLI::App* command = program->add_subcommand("profiles", "The rules that make two keys the same, and their sources.");
  command->callback([=] { *chosen = RunProfiles; });
}

}  // namespace vesica_cli
