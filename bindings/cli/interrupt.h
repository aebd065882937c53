// Ctrl-C: remembered by a signal handler, asked for by whoever does long work.
#ifndef VESICA_CLI_INTERRUPT_H_
#define VESICA_CLI_INTERRUPT_H_

namespace vesica_cli {

// From now on the first SIGINT or SIGTERM is remembered, and blocking reads return early; a second ends the program.
void CatchInterrupts();

bool Interrupted();

}  // namespace vesica_cli

#endif  // VESICA_CLI_INTERRUPT_H_
