#ifndef VESICA_LIB_REPORT_PALETTE_H_
#define VESICA_LIB_REPORT_PALETTE_H_

#include <array>

namespace vesica {

// The colours of pictures and pages. Series differ in hue and in lightness for every kind of colour vision (they follow
// Okabe and Ito, "Color Universal Design", 2008, made dark or light enough for lines of 3:1 and text of 4.5:1 on the
// background, WCAG 2.2); nothing is told by colour alone.
struct Palette {
  struct Step {
    const char *fill, *text;
  };
  const char *background, *surface;  // of the page, of a card on it
  const char *text, *muted;          // both of 4.5:1 on either
  const char *grid, *none;           // lines of the background; cells without data
  const char *both, *band, *link;    // what two sets share; an interval; links and the chosen tab
  std::array<const char*, 5> series;
  std::array<Step, 7> heat;  // a share from 0 to 1
};

inline constexpr Palette kLightPalette = {
    .background = "#ffffff",
    .surface = "#f6f8fa",
    .text = "#1b1f24",
    .muted = "#57606a",
    .grid = "#d8dee4",
    .none = "#e7eaee",
    .both = "#5b3a8c",
    .band = "#5b3a8c",
    .link = "#0b5394",
    .series = {"#0b63a5", "#b8500a", "#8a3f8f", "#0b7a5e", "#5d6670"},
    .heat = {{{"#eff6fc", "#1b1f24"},
              {"#d3e4f3", "#1b1f24"},
              {"#a8cee6", "#1b1f24"},
              {"#6fb0d9", "#1b1f24"},
              {"#4a98cc", "#1b1f24"},
              {"#1f6eb0", "#ffffff"},
              {"#0b4884", "#ffffff"}}},
};

inline constexpr Palette kDarkPalette = {
    .background = "#12161b",
    .surface = "#1b2128",
    .text = "#e6edf3",
    .muted = "#a3adb8",
    .grid = "#333c46",
    .none = "#2a323b",
    .both = "#c3a6ee",
    .band = "#c3a6ee",
    .link = "#79bdf2",
    .series = {"#5aa9e6", "#f0a04b", "#d89bdc", "#4cc2a0", "#a7b0ba"},
    .heat = {{{"#1b2733", "#e6edf3"},
              {"#1f3a52", "#e6edf3"},
              {"#245072", "#e6edf3"},
              {"#2a6591", "#ffffff"},
              {"#5a9ccb", "#0d1117"},
              {"#7fb8e0", "#0d1117"},
              {"#b3daf4", "#0d1117"}}},
};

}  // namespace vesica

#endif  // VESICA_LIB_REPORT_PALETTE_H_
