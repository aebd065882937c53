// The program `vesica`: the library's C interface for people and scripts.

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <exception>
#include <new>

#include "commands.h"
#include "interrupt.h"
#include "library.h"

namespace vesica_cli {
namespace {

constexpr const char* kAbout = R"(Vesica measures how far audiences overlap.

  vesica overlap crm_contacts.csv marketing_audience.csv
  vesica sketch crm_contacts.csv -o crm.vsc
  vesica study crm.csv campaign_members.csv --map hubspot --map salesforce)";

constexpr const char* kFooter = R"(
Exit codes: 0 answered; 64 wrong command line; 65 the input's contents are at fault (no such column, an empty file, a
broken row under --strict, a damaged image, sets made under different rules); 66 an input is missing, unreadable or a directory; 69 not in this build, or not possible with these images; 70 a bug; 74 reading
or writing failed; 75 memory or its budget is too small; 130 interrupted.

No key is ever shown or logged but by `vesica normalize`. What can be read only once is copied to a file without a name
in $TMPDIR or /tmp while the program runs.)";

int Report(const Failure& failure) {
  if (failure) std::fprintf(stderr, "vesica: %s\n", failure.message.c_str());
  return failure.exit_code;
}

int Run(int argc, char** argv) {
  CLI::App program(kAbout, "vesica");
  program.set_version_flag("--version", std::string("vesica ") + vesica_version());
  program.footer(kFooter);
  program.require_subcommand(1);
  program.get_formatter()->column_width(28);
  Command chosen;
  AddOverlapCommand(&program, &chosen);
  AddSketchCommand(&program, &chosen);
  AddMergeCommand(&program, &chosen);
  AddInspectCommand(&program, &chosen);
  AddPlanCommand(&program, &chosen);
  AddStudyCommand(&program, &chosen);
  AddSimulateCommand(&program, &chosen);
  AddNormalizeCommand(&program, &chosen);
  AddProfilesCommand(&program, &chosen);
  try {
    program.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return program.exit(error) == 0 ? kExitOk : kExitUsage;
  }
  return Report(chosen());
}

}  // namespace

Failure WriteOut(const std::string& text) {
  if (std::fwrite(text.data(), 1, text.size(), stdout) == text.size() && std::fflush(stdout) == 0) return {};
  if (errno == EPIPE) return {kExitIo, "nobody reads the output"};
  return {kExitIo, std::string("cannot write the output: ") + std::strerror(errno)};
}

}  // namespace vesica_cli

int main(int argc, char** argv) {
  std::signal(SIGPIPE, SIG_IGN);
  vesica_cli::CatchInterrupts();
  try {
    return vesica_cli::Run(argc, argv);
  } catch (const std::bad_alloc&) {
    return vesica_cli::Report({vesica_cli::kExitBudget, "the machine gave no more memory"});
  } catch (const std::exception& error) {
    return vesica_cli::Report({vesica_cli::kExitInternal, std::string("unexpected failure: ") + error.what()});
  }
}
