// What a person should know beside the answer, on standard error.
#ifndef VESICA_CLI_NOTES_H_
#define VESICA_CLI_NOTES_H_

#include <string>

namespace vesica_cli {

class Notes {
 public:
  explicit Notes(bool quiet) : quiet_(quiet) {}

  // Writes "vesica: TEXT" and a line end, unless quiet. `text` is escaped already.
  void Say(const std::string& text) const;

  bool quiet() const { return quiet_; }

 private:
  bool quiet_;
};

// Whether a person sits at standard input and standard error.
bool AtTerminal();

// Asks for a number of 1..`most`; empty line or end: 1.
size_t Ask(const std::string& question, size_t most);

}  // namespace vesica_cli

#endif  // VESICA_CLI_NOTES_H_
