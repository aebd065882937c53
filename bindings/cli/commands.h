// The commands: each adds its subcommand to the program and, where it was chosen, runs.
#ifndef VESICA_CLI_COMMANDS_H_
#define VESICA_CLI_COMMANDS_H_

#include <functional>
#include <string>
#include <vector>

#include "CLI/CLI.hpp"
#include "failure.h"
#include "options.h"

namespace vesica_cli {

using Command = std::function<Failure()>;

// Options that several commands have.
void AddIdentityOptions(CLI::App* command, IdentityOptions* options);
void AddInputOptions(CLI::App* command, InputOptions* options);

// Each sets `*chosen` when its subcommand is on the command line.
void AddOverlapCommand(CLI::App* program, Command* chosen);
void AddSketchCommand(CLI::App* program, Command* chosen);
void AddMergeCommand(CLI::App* program, Command* chosen);
void AddInspectCommand(CLI::App* program, Command* chosen);
void AddPlanCommand(CLI::App* program, Command* chosen);
void AddNormalizeCommand(CLI::App* program, Command* chosen);
void AddStudyCommand(CLI::App* program, Command* chosen);
void AddSimulateCommand(CLI::App* program, Command* chosen);
void AddProfilesCommand(CLI::App* program, Command* chosen);

// Writes to standard output; a failure if it cannot take it.
Failure WriteOut(const std::string& text);

}  // namespace vesica_cli

#endif  // VESICA_CLI_COMMANDS_H_
