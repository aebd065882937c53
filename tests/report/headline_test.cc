// What a headline says of figures it is given.
#include "report/headline.h"

#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "vesica/study.h"

namespace vesica {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

struct Circles {
  Estimate marketing, sales, both, share;
  bool below_resolution = false;
};

// The row of marketing and sales as a study from sketches has it, and a published figure.
StudyAnswer AnswerOf(const Circles& circles) {
  TableBuilder to("circles", {{"company", ColumnType::kText},
                              {"a", ColumnType::kText},
                              {"b", ColumnType::kText},
                              {"n_a", ColumnType::kUint64, kWithInterval},
                              {"n_b", ColumnType::kUint64, kWithInterval},
                              {"n_both", ColumnType::kUint64, kWithInterval},
                              {"share_of_b", ColumnType::kDouble, kWithInterval},
                              {"size_ratio", ColumnType::kDouble, kWithInterval},
                              {"method", ColumnType::kText},
                              {"below_resolution", ColumnType::kBool}});
  const double ratio = circles.marketing.value / circles.sales.value;
  to.Row().Null().Text("marketing").Text("sales").Interval(circles.marketing).Interval(circles.sales);
  to.Interval(circles.both).Interval(circles.share);
  to.Interval(circles.sales.value > 0 ? Estimate::Exact(ratio) : Estimate::Undefined());
  to.Text("minhash").Bool(circles.below_resolution);
  TableBuilder published("published", {{"metric", ColumnType::kText},
                                       {"group", ColumnType::kText},
                                       {"figure", ColumnType::kDouble},
                                       {"year", ColumnType::kInt64},
                                       {"source", ColumnType::kText}});
  published.Row().Text("coverage").Text("region").Double(0.2).Int64(2024).Text("Elsewhere");
  published.Row().Text("coverage").Text("all").Double(0.16).Int64(2024).Text("Somebody, \"Something\"");
  return {.tables = {std::move(to).Finish().value(), std::move(published).Finish().value()}};
}

std::vector<std::string> ReadingOf(const Circles& circles) {
  const StudyAnswer answer = AnswerOf(circles);
  return HeadlineReading(StudyView::Create(answer, "").value());
}

TEST(Headline, OfExactCountsSaysHowManyAndHowItCompares) {
  EXPECT_THAT(
      ReadingOf({Estimate::Exact(19'000), Estimate::Exact(1'000), Estimate::Exact(160), Estimate::Exact(0.16)}),
      ElementsAre(
          "Marketing reaches 160 of the 1,000 people whom sales contacts; 840 it does not.",
          "Ideally it reaches all of them. The published average of B2B companies is 16.0 % (Somebody, 2024): "
          "this is the same.",
          "Marketing's circle is 19.0 times as large as sales': 1,000 people short of the target of 20 times."));
  EXPECT_THAT(ReadingOf({Estimate::Exact(30'000), Estimate::Exact(1'000), Estimate::Exact(1'000), Estimate::Exact(1)}),
              ElementsAre("Marketing reaches 1,000 of the 1,000 people whom sales contacts.",
                          HasSubstr("84.0 points above it."), HasSubstr("the target of 20 times is met.")));
}

TEST(Headline, OfSketchesTellsNoMoreThanTheIntervalDoes) {
  const Circles near = {{20'000, 19'000, 21'000}, {1'000, 950, 1'050}, {170, 140, 200}, {0.17, 0.14, 0.2}};
  EXPECT_THAT(ReadingOf(near),
              ElementsAre("Marketing reaches about 170 of the 1,000 people whom sales contacts: between 140 and 200.",
                          HasSubstr("the interval holds it, so this tells neither more nor less."),
                          HasSubstr("the target of 20 times is met.")));
  const Circles far = {{20'000, 19'000, 21'000}, {1'000, 950, 1'050}, {300, 280, 320}, {0.3, 0.28, 0.32}};
  EXPECT_THAT(ReadingOf(far)[1], HasSubstr("14.0 points above it."));
}

TEST(Headline, SaysWhereItCannotTell) {
  const Circles unresolved = {{20'000, 19'000, 21'000}, {1'000, 950, 1'050}, {300, 0, 600}, {0.3, 0, 0.6}, true};
  EXPECT_THAT(ReadingOf(unresolved), ElementsAre(HasSubstr("between 0 and 600"), HasSubstr("too small to tell")));
  EXPECT_THAT(ReadingOf({Estimate::Exact(5), Estimate::Exact(0), Estimate::Exact(0), Estimate::Undefined()}),
              ElementsAre(HasSubstr("Sales contacted nobody")));
  EXPECT_THAT(ReadingOf({Estimate::Exact(5), Estimate::Undefined(), Estimate::Undefined(), Estimate::Undefined()}),
              ElementsAre(HasSubstr("Hidden")));
  EXPECT_THAT(ReadingOf({Estimate::Exact(500), Estimate::Exact(25), Estimate::Exact(5), Estimate::Exact(0.2)}).back(),
              HasSubstr("one person more or less is 4.0 points."));
}

TEST(Headline, ShowsTheIntervalWhereThereIsOne) {
  const StudyAnswer sketch =
      AnswerOf({{20'000, 19'000, 21'000}, {1'000, 950, 1'050}, {170, 140, 200}, {0.17, 0.14, 0.2}});
  EXPECT_THAT(HeadlineMarkup(StudyView::Create(sketch, "").value()), HasSubstr("14.0 % to 20.0 % (95 %)"));
  const StudyAnswer exact =
      AnswerOf({Estimate::Exact(19'000), Estimate::Exact(1'000), Estimate::Exact(160), Estimate::Exact(0.16)});
  EXPECT_THAT(HeadlineMarkup(StudyView::Create(exact, "").value()), Not(HasSubstr("interval")));
}

TEST(Headline, IsNothingWithoutCircles) {
  const StudyAnswer nothing;
  const StudyView view = StudyView::Create(nothing, "").value();
  EXPECT_EQ(HeadlineMarkup(view), "");
  EXPECT_EQ(StatsMarkup(view), "");
  EXPECT_EQ(ThreeCirclesMarkup(view), "");
}

}  // namespace
}  // namespace vesica
