#include <algorithm>
#include <array>
#include <cmath>

#include "report/column_names.h"
#include "report/figures/figures.h"
#include "report/figures_text.h"
#include "report/label.h"
#include "report/segment_name.h"

namespace vesica {
namespace {

constexpr double kWidth = 720, kLeft = 150, kRight = 480, kTop = 64, kRow = 38, kBar = 24;
constexpr double kInTime = 560, kIgnored = 636, kDue = 712;  // right edges of columns of figures
constexpr size_t kMost = 12;

struct Part {
  const char* label;
  const char* classes;
  bool hatched;
};
constexpr std::array<Part, 4> kParts = {{{"in time", "v-s4", false},
                                         {"later", "v-s4 v-soft", false},
                                         {"disqualified untouched", "v-none", false},
                                         {"ignored", "v-s2 v-soft", true}}};

// What became of those who were due: each person is in one part.
std::array<double, 4> PartsOf(const StudyRows& rows, size_t i) {
  const double contacted = rows.Number(i, "contacted"), in_time = std::fmin(contacted, rows.Number(i, "within_sla"));
  return {in_time, contacted - in_time, rows.Number(i, "disqualified_untouched"), rows.Number(i, "ignored")};
}

void DrawBar(const std::array<double, 4>& parts, double due, double y, Drawing* to) {
  double x = kLeft;
  for (size_t k = 0; k < parts.size(); ++k) {
    const double width = std::isnan(parts[k]) ? 0 : (kRight - kLeft) * parts[k] / due;
    if (width <= 0) continue;
    to->Rect(x, y, width, kBar, kParts[k].classes, Concat({kParts[k].label, ": ", PercentText(parts[k] / due)}));
    if (kParts[k].hatched) to->Hatch(x, y, width, kBar, "v-grid");
    x += width;
  }
}

}  // namespace

MaybeFigure HandoffFigure(const StudyView& view) {
  const StudyRows all = view.Rows("handoff");
  const StudyRows rows = all.Where([&](size_t i) { return all.Number(i, "due") > 0 && !all.Suppressed(i); });
  if (rows.empty()) return std::nullopt;
  Drawing to;
  double x = kLeft;
  for (const Part& part : kParts) {
    to.Rect(x, 6, 14, 12, part.classes);
    if (part.hatched) to.Hatch(x, 6, 14, 12, "v-grid");
    to.Text(x + 20, 16, part.label, "v-small");
    x += 40 + TextWidth(part.label, kSmallSize);
  }
  std::string described;
  const size_t shown = std::min(rows.size(), kMost);
  for (size_t i = 0; i < shown; ++i) {
    const double y = kTop + kRow * static_cast<double>(i), due = rows.Number(i, "due");
    const bool total = rows.Bool(i, "all_sources");
    const std::string name = total                      ? "All sources"
                             : rows.IsNull(i, "source") ? "(unknown)"
                                                        : ShortLabel(rows.Text(i, "source"));
    to.Text(kLeft - 10, y + 17, FitText(name, kTextSize, kLeft - 14), total ? "v-text v-strong" : "v-text",
            Anchor::kEnd);
    DrawBar(PartsOf(rows, i), due, y, &to);
    to.Text(kInTime, y + 17, PercentText(rows.Number(i, "within_sla_share")), "v-text", Anchor::kEnd);
    to.Text(kIgnored, y + 17, PercentText(rows.Number(i, "ignored_share")), "v-text", Anchor::kEnd);
    to.Text(kDue, y + 17, CountText(due), "v-text", Anchor::kEnd);
    described +=
        Concat({" ", name, ": ", PercentText(rows.Number(i, "ignored_share")), " of ", CountText(due), " ignored."});
  }
  double bottom = kTop + kRow * static_cast<double>(shown);
  const size_t hidden = all.Where([&](size_t i) { return all.Suppressed(i); }).size();
  if (hidden > 0) {
    to.Text(4, bottom + 14, Concat({CountText(static_cast<double>(hidden)), " more are hidden: too few people."}),
            "v-small v-muted");
    bottom += 20;
  }
  to.Text(kInTime, kTop - 12, "in time", "v-small v-muted", Anchor::kEnd);
  to.Text(kIgnored, kTop - 12, "ignored", "v-small v-muted", Anchor::kEnd);
  to.Text(kDue, kTop - 12, "due", "v-small v-muted", Anchor::kEnd);
  return DrawnFigure("handoff", "What becomes of the people handed to sales",
                     "Bars of those due, by source of the lead." + described, kWidth, bottom, std::move(to));
}

}  // namespace vesica
