#ifndef VESICA_LIB_REPORT_FIGURE_H_
#define VESICA_LIB_REPORT_FIGURE_H_

#include <string>
#include <string_view>

#include "report/markup.h"
#include "vesica/report.h"

namespace vesica {

enum class Anchor { kStart, kMiddle, kEnd };

// A picture: what a figure of a report shows, and what stands alone as SVG.
struct Figure {
  std::string name;         // as in StudyFigures(): "circles", "recency", ...
  std::string title;        // what it shows, in a few words
  std::string description;  // what there is to see, in a sentence or two, for those who cannot
  double width = 0, height = 0;
  std::string body;  // SVG without the outermost element; ids begin with kIdMark
};

// Begins every id of a figure's body. Finished figures have a hash of their content there, so that several of them in
// one page do not take each other's patterns.
inline constexpr std::string_view kIdMark = "v_id_";

// Draws a figure's body. Coordinates are in CSS pixels from the left top corner; classes are those of FigureStyle().
class Drawing {
 public:
  Markup& markup() { return markup_; }

  void Circle(double x, double y, double radius, std::string_view classes);
  void Line(double x1, double y1, double x2, double y2, std::string_view classes);
  void Path(std::string_view data, std::string_view classes);
  // With a tooltip where one is given.
  void Rect(double x, double y, double width, double height, std::string_view classes, std::string_view tooltip = {});
  // One line of text on the base line y; what it takes is at most TextWidth(text, font size of the class).
  void Text(double x, double y, std::string_view text, std::string_view classes, Anchor anchor = Anchor::kStart);

  // Diagonal lines over a rectangle: what is hidden, or in both of two circles. They are drawn, not a pattern, so that
  // they look alike wherever the picture goes.
  void Hatch(double x, double y, double width, double height, std::string_view classes);

  std::string Finish() && { return std::move(markup_).Finish(); }

 private:
  Markup markup_;
};

// Font sizes of the classes of text.
inline constexpr double kTextSize = 14;   // v-text
inline constexpr double kSmallSize = 12;  // v-small

// The rules for the classes of figures:
//   text    v-text v-small v-strong v-muted v-halo (readable over shapes)
//   lines   v-axis v-grid v-leader v-whisker v-dash
//   series  v-s1 .. v-s5 fill, v-l1 .. v-l5 stroke: marketing, sales, brand, demand, target; v-soft see-through fills
//   other   v-both (what is shared) v-band (an interval) v-hatch v-none (no data) v-mark ("you are here")
//           v-h0 .. v-h6 steps of a share from 0 to 1, v-on0 .. v-on6 text over them
std::string FigureStyle(Theme theme);

// The figure as an element <svg>; `standalone` with its namespace and style, so that it is a file.
std::string InlineSvg(const Figure& figure);
std::string StandaloneSvg(const Figure& figure, Theme theme);

}  // namespace vesica

#endif  // VESICA_LIB_REPORT_FIGURE_H_
