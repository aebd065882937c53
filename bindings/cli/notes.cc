#include "notes.h"

#include <unistd.h>

#include <cstdio>

#include "spool.h"

namespace vesica_cli {

void Notes::Say(const std::string& text) const {
  if (!quiet_) std::fprintf(stderr, "vesica: %s\n", text.c_str());
}

bool AtTerminal() { return isatty(STDIN_FILENO) == 1 && isatty(STDERR_FILENO) == 1; }

size_t Ask(const std::string& question, size_t most) {
  for (int tries = 0; tries < 3; ++tries) {
    std::fprintf(stderr, "%s [1-%zu, Enter for 1]: ", question.c_str(), most);
    char answer[32];
    const long count = ReadSome(STDIN_FILENO, answer, sizeof(answer));
    if (count <= 0 || answer[0] == '\n') return 1;
    size_t number = 0;
    for (long i = 0; i < count && i < 6 && answer[i] >= '0' && answer[i] <= '9'; ++i) {
      number = number * 10 + static_cast<size_t>(answer[i] - '0');
    }
    if (number >= 1 && number <= most) return number;
  }
  return 1;
}

}  // namespace vesica_cli
