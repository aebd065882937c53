#include "report/share_bar.h"

#include <algorithm>
#include <string>

#include "report/figures_text.h"
#include "report/label.h"

namespace vesica {

double DrawShareBar(const CircleSets& sets, double x, double y, double width, Drawing* to) {
  constexpr double kBar = 16, kHeading = 20;
  const size_t smaller = sets.sets[0].size.value < sets.sets[1].size.value ? 0 : 1;
  const CircleSets::Set &part = sets.sets[smaller], &whole = sets.sets[1 - smaller];
  const Estimate& both = sets.regions[3];
  if (!(part.size.value > 0)) return y - 14;
  const auto share = [&](double count) { return std::clamp(count / part.size.value, 0.0, 1.0); };
  const Estimate shares = sets.share.value_or(Estimate{share(both.value), share(both.lower), share(both.upper)});
  const std::string percent = PercentText(shares);
  constexpr double kName = 150;
  const std::string heading = percent + " of " + FitText(part.name, kTextSize, kName);
  to->Text(x, y + 14, heading, "v-text v-strong");
  const double taken = TextWidth(heading, kTextSize) * kStrongWidth + 12;
  const std::string rest = "also in " + FitText(whole.name, kTextSize, kName);
  if (taken + TextWidth(rest, kTextSize) <= width) to->Text(x + width, y + 14, rest, "v-text v-muted", Anchor::kEnd);
  const double top = y + kHeading + 4;
  to->Rect(x, top, width, kBar, "v-soft v-s" + std::to_string(part.series));
  to->Rect(x, top, width * shares.value, kBar, "v-both");
  if (!(shares.lower < shares.upper)) return top + kBar;
  const double low = x + width * shares.lower, high = x + width * shares.upper, below = top + kBar + 6;
  to->Line(low, below, high, below, "v-whisker");
  for (const double end : {low, high}) to->Line(end, below - 4, end, below + 4, "v-whisker");
  return below + 4;
}

}  // namespace vesica
