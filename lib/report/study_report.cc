// A study as a page of tabs, and single pictures of it.
#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/error.h"
#include "report/figures/figures.h"
#include "report/figures_text.h"
#include "report/headline.h"
#include "report/html_page.h"
#include "report/markup.h"
#include "report/method_section.h"
#include "report/segment_name.h"
#include "report/study_view.h"
#include "report/table_html.h"
#include "vesica/report.h"

namespace vesica {
namespace {

constexpr size_t kManyCompanies = 500;  // from which on their table is written compactly

absl::StatusOr<std::string> FigureOf(const StudyView& view, std::string_view name) {
  const FigureMaker& maker = *FindFigureMaker(name);
  VESICA_ASSIGN_OR_RETURN(const std::optional<Figure> figure, maker.make(view));
  if (!figure.has_value()) return std::string();
  StudyRows behind;
  if (!maker.table.empty()) behind = view.Rows(maker.table);
  if (maker.rows != nullptr && !behind.empty()) behind = maker.rows(behind);
  // A study of some tables alone may lack the usual one.
  for (const std::string_view table : {"circles", "companies"}) {
    if (behind.empty()) behind = view.Rows(table);
  }
  return FigureMarkup(*figure, maker.figure.description, TableBehind(behind, figure->title, maker.look));
}

// A table without a picture; of reasons those over all segments.
std::string TableCard(const StudyView& view, std::string_view table, std::string_view heading,
                      const TableLook& look = {}) {
  StudyRows rows = view.Rows(table);
  if (rows.Has("reason")) rows = rows.Where([&](size_t i) { return rows.IsNull(i, "dimension"); });
  if (rows.empty()) return {};
  Markup to;
  to.Raw("\n").Open("div").Attribute("class", "card").Element("h3", heading);
  const bool by_company = rows.Text(0, "company") != rows.Text(rows.size() - 1, "company");
  if (by_company && rows.size() > look.most_rows) {
    to.Open("p").Attribute("class", "note");
    to.Text(Concat({CountText(uint64_t{rows.size()}), " rows, company by company: they are in the table “", table,
                    "” of the study, and in the report on each company."}));
  } else {
    to.Raw(ScrollingTable(rows, rows.table()->description(), look));
  }
  return std::move(to).Finish();
}

// Figures beside each other where there is room for two.
std::string Row(std::string_view left, std::string_view right) {
  if (left.empty() || right.empty()) return Concat({left, right});
  return Concat({"\n<div class=\"row\">", left, right, "</div>"});
}

absl::StatusOr<std::string> OverviewMarkup(const StudyView& view) {
  VESICA_ASSIGN_OR_RETURN(const std::string circles, FigureOf(view, "circles"));
  VESICA_ASSIGN_OR_RETURN(const std::string ideal, FigureOf(view, "ideal"));
  VESICA_ASSIGN_OR_RETURN(const std::string reached, FigureOf(view, "reached"));
  VESICA_ASSIGN_OR_RETURN(const std::string regions, FigureOf(view, "regions"));
  return Concat({WarningsMarkup(view), HeadlineMarkup(view), StatsMarkup(view), Row(circles, ideal), reached, regions,
                 ThreeCirclesMarkup(view)});
}

// Companies by name are for those who see all of them.
std::string CompaniesMarkup(const StudyView& view) {
  const StudyRows companies = view.of_one_company() ? view.Rows("companies") : view.Companies();
  if (companies.empty() || (companies.size() == 1 && !view.of_one_company())) return {};
  TableLook look{.most_rows = 10'000};
  if (companies.size() > kManyCompanies) {
    look.compact = true;
    look.columns =
        view.IsSketch()
            ? std::vector<std::string_view>{"company", "n_sales", "coverage", "rank"}
            : std::vector<std::string_view>{
                  "company", "n_marketing", "n_sales", "n_both", "coverage", "size_ratio", "brand_demand_coefficient",
                  "rank"};
  }
  Markup to;
  to.Raw("\n")
      .Open("div")
      .Attribute("class", "card")
      .Element("h3", view.of_one_company() ? "The company" : "Every company");
  to.Raw(ScrollingTable(companies, companies.table()->description(), look));
  return std::move(to).Finish();
}

struct Part {
  const char *id, *tab, *heading;
  std::vector<std::string_view> figures;
  struct Card {
    std::string_view table, heading;
    std::vector<std::string_view> columns = {};  // none: all
  };
  std::vector<Card> cards;
};

const std::vector<Part>& Parts() {
  static const auto* parts = new std::vector<Part>{
      {"segments",
       "Segments",
       "Where marketing reaches sales' people, and where it does not",
       {"segments", "segment_pairs", "gaps", "reach"},
       {}},
      {"responses", "Responses", "What exposure does before a contact", {"recency", "mix"}, {}},
      {"funnel",
       "Funnel",
       "From first touch to outcome",
       {"funnel", "flows", "handoff", "response_delay"},
       {{"reasons",
         "Why people were disqualified",
         {"source", "reason", "people", "n_disqualified", "share", "recycled"}}}},
      {"accounts",
       "Accounts",
       "Accounts and buying groups",
       {"buying_groups"},
       {{"accounts", "Every account"}, {"roles", "Roles at accounts"}}},
      {"trend", "Trend", "How the circles move", {"trend"}, {}},
      {"market",
       "Market",
       "The market, content and revenue",
       {"market"},
       {{"content", "What became of what teams made"}, {"revenue", "Deals, and those that marketing primed"}}},
  };
  return *parts;
}

absl::StatusOr<std::string> PartMarkup(const StudyView& view, const Part& part) {
  std::string markup;
  for (const std::string_view name : part.figures) {
    VESICA_ASSIGN_OR_RETURN(const std::string figure, FigureOf(view, name));
    markup += figure;
  }
  for (const Part::Card& card : part.cards) {
    markup += TableCard(view, card.table, card.heading, {.columns = card.columns, .most_rows = 100});
  }
  return markup;
}

std::string TitleOf(const StudyView& view, const ReportOptions& options) {
  if (!options.title.empty()) return options.title;
  return view.of_one_company() ? "Marketing and sales at " + ShortLabel(view.company())
                               : "How well marketing and sales are aligned";
}

absl::StatusOr<std::string> PageOf(const StudyView& view, const ReportOptions& options) {
  Page page{.title = TitleOf(view, options), .facts = StudyFacts(view), .sections = {}};
  const auto add = [&](const char* id, const char* tab, const char* heading, std::string markup) {
    if (!markup.empty()) page.sections.push_back({id, tab, heading, std::move(markup)});
  };
  VESICA_ASSIGN_OR_RETURN(std::string overview, OverviewMarkup(view));
  add("overview", "Overview", "How much of sales' circle marketing reaches", std::move(overview));
  VESICA_ASSIGN_OR_RETURN(const std::string benchmark, FigureOf(view, "benchmark"));
  const StudyRows spread = view.Rows("benchmark");
  const bool several = !spread.Where([&](size_t i) { return spread.Number(i, "companies") > 1; }).empty();
  add("benchmark", "Benchmark", "Beside others",
      Concat({benchmark, several ? TableCard(view, "benchmark", "How the companies are spread") : "",
              CompaniesMarkup(view)}));
  for (const Part& part : Parts()) {
    VESICA_ASSIGN_OR_RETURN(std::string markup, PartMarkup(view, part));
    add(part.id, part.tab, part.heading, std::move(markup));
  }
  add("method", "Method", "How these figures were made", MethodMarkup(view));
  return HtmlPage(page, options.theme);
}

absl::StatusOr<std::string> PictureOf(const StudyView& view, const ReportOptions& options) {
  const FigureMaker* const maker = FindFigureMaker(options.figure.empty() ? "circles" : options.figure);
  if (maker == nullptr) return InvalidArgument("figure is none of the pictures of a study");
  VESICA_ASSIGN_OR_RETURN(std::optional<Figure> figure, maker->make(view));
  if (!figure.has_value()) {
    return InvalidArgument(Concat({"figure: the study has no data for ", maker->figure.name}));
  }
  if (!options.title.empty()) figure->title = options.title;
  return StandaloneSvg(*figure, options.theme);
}

}  // namespace

absl::Status WriteReport(const StudyAnswer& answer, const ReportOptions& options, const TextSink& to) {
  if (options.format == ReportFormat::kLayout) {
    return MakeError(ErrorCode::kUnsupported, "format: a study has no layout, only its pictures of overlaps do");
  }
  if (options.format != ReportFormat::kHtml && options.format != ReportFormat::kSvg) {
    return MakeError(ErrorCode::kUnsupported, "the format of the report is not known");
  }
  if (options.theme > Theme::kDark) return MakeError(ErrorCode::kUnsupported, "the theme of the report is not known");
  if (options.format == ReportFormat::kHtml && !options.figure.empty()) {
    return InvalidArgument("figure is for pictures: a page has all of them");
  }
  VESICA_ASSIGN_OR_RETURN(const StudyView view, StudyView::Create(answer, options.company));
  VESICA_ASSIGN_OR_RETURN(const std::string text,
                          options.format == ReportFormat::kHtml ? PageOf(view, options) : PictureOf(view, options));
  return to(text);
}

}  // namespace vesica
