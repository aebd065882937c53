#include "report/figure.h"

#include <algorithm>
#include <array>
#include <cstdint>

#include "report/palette.h"
#define XXH_INLINE_ALL
#include "xxhash.h"

namespace vesica {
namespace {

constexpr std::array<std::string_view, 3> kAnchors = {"start", "middle", "end"};

// The rules that no palette changes.
constexpr std::string_view kShapes =
    ".v-text,.v-small{font-family:system-ui,-apple-system,\"Segoe UI\",Roboto,\"Helvetica Neue\",Arial,sans-serif;"
    "font-size:14px;font-variant-numeric:tabular-nums}"
    ".v-small{font-size:12px}.v-strong{font-weight:600}"
    ".v-halo{paint-order:stroke;stroke-width:3px;stroke-linejoin:round}"
    ".v-axis,.v-grid,.v-leader,.v-whisker,.v-dash,.v-hatch,.v-l1,.v-l2,.v-l3,.v-l4,.v-l5{fill:none}"
    ".v-axis,.v-grid,.v-leader,.v-hatch{stroke-width:1px}.v-whisker{stroke-width:1.5px}"
    ".v-l1,.v-l2,.v-l3,.v-l4,.v-l5{stroke-width:2px}.v-dash{stroke-width:1.25px;stroke-dasharray:4 3}"
    ".v-soft{fill-opacity:.22}.v-band{fill-opacity:.35}";

std::string PaletteRules(const Palette& colors) {
  std::string rules;
  const auto rule = [&](std::string_view classes, std::string_view property, std::string_view value) {
    rules += Concat({classes, "{", property, ":", value, "}"});
  };
  rule(".v-text,.v-small,.v-mark", "fill", colors.text);
  rule(".v-muted", "fill", colors.muted);
  rule(".v-halo", "stroke", colors.background);
  rule(".v-axis,.v-leader", "stroke", colors.muted);
  rule(".v-grid", "stroke", colors.grid);
  rule(".v-whisker,.v-dash,.v-hatch", "stroke", colors.text);
  rule(".v-both", "fill", colors.both);
  rule(".v-band", "fill", colors.band);
  rule(".v-none", "fill", colors.none);
  for (size_t i = 0; i < colors.series.size(); ++i) {
    rule(".v-s" + std::to_string(i + 1), "fill", colors.series[i]);
    rule(".v-l" + std::to_string(i + 1), "stroke", colors.series[i]);
  }
  for (size_t i = 0; i < colors.heat.size(); ++i) {
    rule(".v-h" + std::to_string(i), "fill", colors.heat[i].fill);
    rule(".v-on" + std::to_string(i), "fill", colors.heat[i].text);
  }
  return rules;
}

std::string Ground(const Palette& colors) { return Concat({".v-figure{background:", colors.background, "}"}); }

// The rules of one theme, or those that the reader's machine prefers; light on paper.
std::string Themed(Theme theme, const std::string& light, const std::string& dark) {
  if (theme == Theme::kLight) return light;
  if (theme == Theme::kDark) return dark;
  return Concat({light, "@media screen and (prefers-color-scheme:dark){", dark, "}"});
}

// `svg` with a hash of all of it in the place of every mark.
std::string WithIds(std::string_view svg) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  const uint64_t hash = XXH3_64bits(svg.data(), svg.size());
  std::string id = "v";
  for (int shift = 60; shift >= 0; shift -= 4) id += kDigits[hash >> shift & 15];
  std::string out;
  for (size_t at; (at = svg.find(kIdMark)) != std::string_view::npos; svg.remove_prefix(at + kIdMark.size())) {
    out += Concat({svg.substr(0, at), id, "-"});
  }
  return out.append(svg);
}

std::string SvgOf(const Figure& figure, std::string_view style) {
  const std::string title = Concat({kIdMark, "title"}), description = Concat({kIdMark, "description"});
  std::string width, height;
  AppendLength(figure.width, &width), AppendLength(figure.height, &height);
  Markup to;
  to.Open("svg").Attribute("class", "v-figure").Attribute("role", "img");
  if (!style.empty()) to.Attribute("xmlns", "http://www.w3.org/2000/svg");
  to.Attribute("viewBox", Concat({"0 0 ", width, " ", height})).Attribute("width", width).Attribute("height", height);
  to.Attribute("aria-labelledby", Concat({title, " ", description}));
  to.Open("title").Attribute("id", title).Text(figure.title).Close();
  to.Open("desc").Attribute("id", description).Text(figure.description).Close();
  if (!style.empty()) to.Open("style").Raw(style).Close();
  to.Raw(figure.body).Close();
  return WithIds(std::move(to).Finish());
}

}  // namespace

void Drawing::Circle(double x, double y, double radius, std::string_view classes) {
  markup_.Leaf("circle").Attribute("class", classes).Attribute("cx", x).Attribute("cy", y).Attribute("r", radius);
}

void Drawing::Line(double x1, double y1, double x2, double y2, std::string_view classes) {
  markup_.Leaf("line").Attribute("class", classes);
  markup_.Attribute("x1", x1).Attribute("y1", y1).Attribute("x2", x2).Attribute("y2", y2);
}

void Drawing::Path(std::string_view data, std::string_view classes) {
  markup_.Leaf("path").Attribute("class", classes).Attribute("d", data);
}

void Drawing::Rect(double x, double y, double width, double height, std::string_view classes,
                   std::string_view tooltip) {
  tooltip.empty() ? markup_.Leaf("rect") : markup_.Open("rect");
  markup_.Attribute("class", classes).Attribute("x", x).Attribute("y", y);
  markup_.Attribute("width", std::max(0.0, width)).Attribute("height", std::max(0.0, height));
  if (!tooltip.empty()) markup_.Element("title", tooltip).Close();
}

void Drawing::Text(double x, double y, std::string_view text, std::string_view classes, Anchor anchor) {
  markup_.Open("text").Attribute("class", classes).Attribute("x", x).Attribute("y", y);
  if (anchor != Anchor::kStart) markup_.Attribute("text-anchor", kAnchors[static_cast<size_t>(anchor)]);
  markup_.Text(text).Close();
}

void Drawing::Hatch(double x, double y, double width, double height, std::string_view classes) {
  constexpr double kStep = 6;
  std::string data;
  for (double from = kStep; from < width + height; from += kStep) {
    const double below = std::max(0.0, from - height), right = std::max(0.0, from - width);
    data += data.empty() ? "M" : " M";
    AppendLength(x + below, &data), data += ',', AppendLength(y + from - below, &data);
    data += " L";
    AppendLength(x + from - right, &data), data += ',', AppendLength(y + right, &data);
  }
  if (!data.empty()) Path(data, classes);
}

std::string FigureStyle(Theme theme) {
  return Concat({kShapes, Themed(theme, PaletteRules(kLightPalette), PaletteRules(kDarkPalette))});
}

std::string InlineSvg(const Figure& figure) { return SvgOf(figure, {}); }

std::string StandaloneSvg(const Figure& figure, Theme theme) {
  // Light text needs a dark ground, which a file cannot expect of where it is shown.
  const std::string ground = Themed(theme, Ground(kLightPalette), Ground(kDarkPalette));
  return SvgOf(figure, Concat({FigureStyle(theme), ground}));
}

}  // namespace vesica
