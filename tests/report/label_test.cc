#include "report/label.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "report/markup.h"

namespace vesica {
namespace {

using ::testing::ElementsAre;

std::string Escaped(std::string_view text) {
  std::string to;
  AppendEscaped(text, &to);
  return to;
}

std::string Length(double value) {
  std::string to;
  AppendLength(value, &to);
  return to;
}

TEST(Label, KeepsWhatIsPlain) { EXPECT_EQ(CleanLabel("Nordics & Baltics"), "Nordics & Baltics"); }

TEST(Label, TakesControlsNoncharactersAndBadUtf8ForUnreadable) {
  EXPECT_EQ(CleanLabel(std::string_view("a\x01\x7F\0b", 5)), "a\uFFFD\uFFFD\uFFFDb");
  EXPECT_EQ(CleanLabel("a\xFFz"), "a\uFFFDz");
  EXPECT_EQ(CleanLabel("\uFFFE\uFDD0\u0085"), "\uFFFD\uFFFD\uFFFD");
}

TEST(Label, DropsWhatReordersItsSurroundings) {
  EXPECT_EQ(CleanLabel("abc\u202Edef\u2066\u200F\u2069"), "abcdef");
  EXPECT_EQ(CleanLabel("\u05E9\u05DC\u05D5\u05DD"), "\u05E9\u05DC\u05D5\u05DD");
}

TEST(Label, IsOneLine) { EXPECT_EQ(CleanLabel("a\nb\tc\u2028d"), "a b c d"); }

TEST(Label, FitsWithAnEllipsis) {
  EXPECT_EQ(FitText("short", 14, 200), "short");
  const std::string fitted = FitText(std::string(10'000, 'w'), 14, 140);
  EXPECT_LE(TextWidth(fitted, 14), 140);
  EXPECT_GE(TextWidth(fitted, 14), 110);
  EXPECT_THAT(fitted, ::testing::EndsWith("w\u2026"));
}

TEST(Label, NeverPartsACharacterFromItsMarks) {
  std::string family;  // an emoji of several code points, over and over
  for (int i = 0; i < 40; ++i) family += "\U0001F44D\U0001F3FD";
  const std::string fitted = FitText(family, 10, 100);
  EXPECT_THAT(fitted, ::testing::EndsWith("\U0001F3FD\u2026"));
}

TEST(Label, LimitsTowersOfMarks) {
  std::string tower = "a";
  for (int i = 0; i < 1000; ++i) tower += "\u0301";
  EXPECT_EQ(FitText(tower, 14, 100).size(), 1u + 4 * 2);
}

TEST(Label, WrapsAtSpaces) {
  EXPECT_THAT(WrapText("LinkedIn connections", 10, 80, 2), ElementsAre("LinkedIn", "connections"));
  EXPECT_THAT(WrapText("one", 10, 80, 2), ElementsAre("one"));
  EXPECT_THAT(WrapText("", 10, 80, 2), ElementsAre(""));
  for (const std::string& line : WrapText("a b c d e f g h i j k l m n o p q r s t", 10, 40, 3)) {
    EXPECT_LE(TextWidth(line, 10), 40);
  }
}

TEST(Markup, Escapes) { EXPECT_EQ(Escaped("<a href=\"x\">'&\u202E"), "&lt;a href=&quot;x&quot;&gt;&#39;&amp;"); }

TEST(Markup, WritesLengthsAlikeEverywhere) {
  EXPECT_EQ(Length(12), "12");
  EXPECT_EQ(Length(12.5), "12.5");
  EXPECT_EQ(Length(-0.004), "0");
  EXPECT_EQ(Length(-3.456), "-3.46");
  EXPECT_EQ(Length(0.05), "0.05");
  EXPECT_EQ(Length(1e300), "0");
}

TEST(Markup, NestsElements) {
  Markup to;
  to.Open("g").Attribute("class", "a<b");
  to.Leaf("circle").Attribute("r", 2.0);
  to.Element("text", "5 > 3").Close();
  EXPECT_EQ(std::move(to).Finish(), "<g class=\"a&lt;b\"><circle r=\"2\"/><text>5 &gt; 3</text></g>");
}

}  // namespace
}  // namespace vesica
