#include "report/html_page.h"

#include <string_view>

#include "report/content_hash.h"
#include "report/page_script.h"
#include "report/page_style.h"

namespace vesica {
namespace {

constexpr std::string_view kVersion = VESICA_REPORT_VERSION;

// Pictures shrink with the page down to what can still be read, and scroll from there on.
std::string_view PictureClass(double width) {
  if (width <= 540) return "scroll picture small";
  return width <= 760 ? "scroll picture" : "scroll picture large";
}

void AppendHead(const Page& page, Theme theme, Markup* to) {
  const std::string style = PageStyle(theme);
  to->Open("head");
  to->Leaf("meta").Attribute("charset", "utf-8");
  to->Leaf("meta").Attribute("http-equiv", "Content-Security-Policy");
  to->Attribute("content", Concat({"default-src 'none'; script-src ", ContentHash(kPageScript), "; style-src ",
                                   ContentHash(style), "; base-uri 'none'; form-action 'none'"}));
  to->Leaf("meta").Attribute("name", "viewport").Attribute("content", "width=device-width, initial-scale=1");
  to->Leaf("meta").Attribute("name", "referrer").Attribute("content", "no-referrer");
  to->Leaf("meta").Attribute("name", "color-scheme");
  to->Attribute("content", theme == Theme::kAuto ? "light dark" : theme == Theme::kLight ? "light" : "dark");
  to->Leaf("meta").Attribute("name", "generator").Attribute("content", Concat({"Vesica ", kVersion}));
  to->Element("title", page.title);
  to->Open("style").Raw(style).Close();
  to->Close();
}

}  // namespace

std::string HtmlPage(const Page& page, Theme theme) {
  Markup to;
  to.Raw("<!DOCTYPE html>\n");
  to.Open("html").Attribute("lang", "en");
  AppendHead(page, theme, &to);
  to.Open("body");
  to.Open("header").Attribute("class", "page");
  to.Open("h1").Element("bdi", page.title).Close();
  if (!page.facts.empty()) {
    to.Open("ul").Attribute("class", "facts");
    for (const std::string& fact : page.facts) to.Open("li").Element("bdi", fact).Close();
    to.Close();
  }
  to.Close();
  to.Open("main");
  for (const PageSection& section : page.sections) {
    to.Raw("\n").Open("section").Attribute("id", section.id).Attribute("data-tab", section.tab);
    to.Element("h2", section.heading).Raw(section.markup).Close();
  }
  to.Raw("\n").Close();
  to.Open("footer").Attribute("class", "page");
  to.Open("p").Text(Concat({"Made by Vesica ", kVersion, ". Nothing on this page was or is loaded from elsewhere."}));
  to.Close().Close();
  to.Open("script").Raw(kPageScript).Close();
  to.Raw("\n");
  return std::move(to).Finish();
}

std::string FigureMarkup(const Figure& figure, std::string_view reading, std::string_view behind) {
  Markup to;
  to.Raw("\n").Open("figure").Attribute("id", Concat({"figure-", figure.name}));
  to.Open("figcaption").Open("h3").Element("bdi", figure.title).Close();
  if (!reading.empty()) to.Open("p").Text(reading).Close();
  to.Close();
  to.Open("div").Attribute("class", PictureClass(figure.width)).Attribute("tabindex", "0").Attribute("role", "region");
  to.Attribute("aria-label", Concat({"Picture: ", figure.title}));
  to.Raw(InlineSvg(figure)).Close();
  to.Raw(behind).Close();
  return std::move(to).Finish();
}

}  // namespace vesica
