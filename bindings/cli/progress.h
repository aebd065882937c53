// The progress callback of a run: a bar for a person who waits, and the way in for Ctrl-C.
#ifndef VESICA_CLI_PROGRESS_H_
#define VESICA_CLI_PROGRESS_H_

#include <chrono>
#include <cstdint>

namespace vesica_cli {

class Progress {
 public:
  // Shows a bar on standard error if that is a terminal, `quiet` is not asked for and the work takes more than 0.5 s.
  explicit Progress(bool quiet);
  ~Progress() { Clear(); }
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  // A vesica_progress_fn with a Progress as `user`: asks to stop after Ctrl-C.
  static int32_t OnProgress(void* user, double fraction);

  // What the calls to come are of the whole work: their fractions are shown between the two.
  void Part(double begin, double end) { begin_ = begin, end_ = end; }

  // Takes the bar off the terminal.
  void Clear();

 private:
  void Show(double fraction);

  using Clock = std::chrono::steady_clock;
  bool wanted_;
  double begin_ = 0, end_ = 1;
  bool shown_ = false;
  Clock::time_point next_;  // when to draw again
};

}  // namespace vesica_cli

#endif  // VESICA_CLI_PROGRESS_H_
