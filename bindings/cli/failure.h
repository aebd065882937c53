// How a part of the program says that it failed, and the exit codes: those of sysexits.h where one fits.
#ifndef VESICA_CLI_FAILURE_H_
#define VESICA_CLI_FAILURE_H_

#include <string>
#include <utility>

namespace vesica_cli {

enum ExitCode : int {
  kExitOk = 0,
  kExitUsage = 64,        // the command line is wrong
  kExitData = 65,         // the input's contents are
  kExitNoInput = 66,      // an input is missing, a directory or unreadable
  kExitUnavailable = 69,  // this build cannot do it
  kExitInternal = 70,     // a bug
  kExitIo = 74,           // reading or writing failed half-way
  kExitBudget = 75,       // --memory or the machine's memory is too small
  kExitInterrupted = 130  // Ctrl-C
};

// Nothing (false), or what failed. Messages are one line without a full stop and never hold a key.
struct [[nodiscard]] Failure {
  int exit_code = kExitOk;
  std::string message;

  Failure() = default;
  Failure(int code, std::string text) : exit_code(code), message(std::move(text)) {}
  explicit operator bool() const { return exit_code != kExitOk; }
};

}  // namespace vesica_cli

#endif  // VESICA_CLI_FAILURE_H_
