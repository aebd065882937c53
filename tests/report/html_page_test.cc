// The frame of a page: what it allows, and what it is made of.
#include "report/html_page.h"

#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "report/content_hash.h"
#include "report/page_script.h"

namespace vesica {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

std::string Between(const std::string& text, std::string_view begin, std::string_view end) {
  const size_t from = text.find(begin) + begin.size();
  return text.substr(from, text.find(end, from) - from);
}

Page SmallPage() {
  return {
      .title = "A <b>title</b>",
      .facts = {"one & two"},
      .sections = {{"overview", "Overview", "All of it", "<p>Markup</p>"}, {"method", "Method", "How", "<p>Made</p>"}}};
}

TEST(ContentHash, IsThatOfThePolicy) {
  // SHA-256 of nothing, as FIPS 180-4 has it, in base64.
  EXPECT_EQ(ContentHash(""), "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='");
}

TEST(HtmlPage, AllowsItsOwnScriptAndStyleAlone) {
  for (const Theme theme : {Theme::kAuto, Theme::kLight, Theme::kDark}) {
    const std::string page = HtmlPage(SmallPage(), theme);
    const std::string policy = Between(page, "Content-Security-Policy\" content=\"", "\"");
    std::string expected = "default-src 'none'; script-src " + ContentHash(Between(page, "<script>", "</script>")) +
                           "; style-src " + ContentHash(Between(page, "<style>", "</style>")) +
                           "; base-uri 'none'; form-action 'none'";
    for (size_t at; (at = expected.find('\'')) != std::string::npos;) expected.replace(at, 1, "&#39;");
    EXPECT_EQ(policy, expected);
  }
}

TEST(HtmlPage, HasItsPartsInOrder) {
  const std::string page = HtmlPage(SmallPage(), Theme::kAuto);
  EXPECT_TRUE(page.starts_with("<!DOCTYPE html>\n<html lang=\"en\">"));
  EXPECT_THAT(page, HasSubstr("<title>A &lt;b&gt;title&lt;/b&gt;</title>"));
  EXPECT_THAT(page, HasSubstr("<bdi>one &amp; two</bdi>"));
  EXPECT_THAT(page,
              HasSubstr("<section id=\"overview\" data-tab=\"Overview\"><h2>All of it</h2><p>Markup</p></section>"));
  EXPECT_LT(page.find("id=\"overview\""), page.find("id=\"method\""));
  EXPECT_LT(page.find("</main>"), page.find("<footer"));
  EXPECT_THAT(page, HasSubstr("name=\"viewport\""));
}

TEST(HtmlPage, TakesNothingFromAnywhere) {
  const std::string page = HtmlPage(SmallPage(), Theme::kAuto);
  for (const char* foreign :
       {"http:", "https:", "url(", "@import", "src=", "href=", "style=\"", "javascript:", "eval("}) {
    EXPECT_THAT(page, Not(HasSubstr(foreign))) << foreign;
  }
  for (const char* maker : {"innerHTML", "outerHTML", "insertAdjacent", "document.write", "fetch(", "localStorage"}) {
    EXPECT_EQ(kPageScript.find(maker), std::string_view::npos) << maker;
  }
}

TEST(HtmlPage, FollowsTheTheme) {
  EXPECT_THAT(HtmlPage(SmallPage(), Theme::kAuto), HasSubstr("content=\"light dark\""));
  EXPECT_THAT(HtmlPage(SmallPage(), Theme::kLight), Not(HasSubstr("prefers-color-scheme:dark")));
  EXPECT_THAT(HtmlPage(SmallPage(), Theme::kDark), HasSubstr("@media print{:root{--page:#ffffff"));
}

}  // namespace
}  // namespace vesica
