#ifndef VESICA_LIB_REPORT_HTML_PAGE_H_
#define VESICA_LIB_REPORT_HTML_PAGE_H_

#include <string>
#include <vector>

#include "report/figure.h"
#include "vesica/report.h"

namespace vesica {

// A part of a page: shown one after another without a script, as tabs with it.
struct PageSection {
  std::string id;       // of this project's making
  std::string tab;      // its name among the tabs, a word or two
  std::string heading;  // above it
  std::string markup;   // of this project's making, with all that is data escaped
};

struct Page {
  std::string title;
  std::vector<std::string> facts;  // under the title: what of, as of when, how exact
  std::vector<PageSection> sections;
};

// The page as one file of HTML that takes nothing from anywhere and allows nothing: its policy names the one style
// sheet and the one script by their hashes.
std::string HtmlPage(const Page& page, Theme theme);

// A figure on a page: its caption, the picture, and `behind` it what is to be unfolded (markup; may be empty).
// `reading` says in a sentence how it is read.
std::string FigureMarkup(const Figure& figure, std::string_view reading, std::string_view behind);

}  // namespace vesica

#endif  // VESICA_LIB_REPORT_HTML_PAGE_H_
