#include "progress.h"

#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <string>

#include "interrupt.h"

namespace vesica_cli {
namespace {

constexpr std::chrono::milliseconds kPatience{500}, kRedraw{100};
constexpr int kBarWidth = 40;

}  // namespace

Progress::Progress(bool quiet) : wanted_(!quiet && isatty(STDERR_FILENO) == 1), next_(Clock::now() + kPatience) {}

int32_t Progress::OnProgress(void* user, double fraction) {
  static_cast<Progress*>(user)->Show(fraction);
  return Interrupted() ? 1 : 0;
}

void Progress::Show(double fraction) {
  if (!wanted_) return;
  const Clock::time_point now = Clock::now();
  if (now < next_) return;
  next_ = now + kRedraw;
  shown_ = true;
  const double part = begin_ + (end_ - begin_) * std::clamp(fraction, 0.0, 1.0);
  const auto filled = static_cast<size_t>(part * kBarWidth);
  std::fprintf(stderr, "\r[%s%s] %3d %%", std::string(filled, '#').c_str(),
               std::string(kBarWidth - filled, ' ').c_str(), static_cast<int>(part * 100));
}

void Progress::Clear() {
  if (shown_) std::fprintf(stderr, "\r%*s\r", kBarWidth + 10, "");
  shown_ = false;
}

}  // namespace vesica_cli
