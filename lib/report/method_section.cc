#include "report/method_section.h"

#include <cmath>
#include <set>

#include "report/definitions.h"
#include "report/figures_text.h"
#include "report/markup.h"
#include "report/segment_name.h"
#include "report/table_html.h"

namespace vesica {
namespace {

constexpr size_t kMostReasons = 60;

std::string HowExact(const StudyView& view) {
  if (!view.IsSketch()) {
    return "Every figure is counted from events, person by person: it has no sampling error. Intervals of rates and "
           "means say how "
           "far they may be from those of other, like people or companies.";
  }
  std::string text = "Figures are estimated from sketches";
  if (const double bytes = view.NumberSetting("sketch_bytes", 0); bytes > 0) {
    text += Concat({" of ", CountText(bytes), " bytes for each circle"});
  }
  return text +
         ": each has a 95 % interval, which holds the true figure in 95 of 100 such studies. What was small enough to "
         "be "
         "kept whole is exact.";
}

std::string Methods(const StudyView& view) {
  const StudyRows circles = view.Rows("circles");
  std::set<std::string_view> methods;
  for (size_t i = 0; i < circles.size(); ++i) {
    if (!circles.IsNull(i, "method")) methods.insert(circles.Text(i, "method"));
  }
  std::string text;
  for (const std::string_view method : methods) text += text.empty() ? std::string(method) : Concat({", ", method});
  return text;
}

void AppendQuality(const StudyView& view, Markup* to) {
  const StudyRows all = view.Rows("quality");
  if (all.table() == nullptr) return;
  const StudyRows rows = all.Where([&](size_t i) { return all.Number(i, "rows") > 0; });
  to->Open("div").Attribute("class", "card").Element("h3", "Data quality");
  // How many rows there are of one company is not known, and of the others nothing to tell.
  const StudyAnswer& answer = view.answer();
  if (answer.rows > 0 && (!view.of_one_company() || view.Companies().size() == 1)) {
    to->Element(
        "p", Concat({CountText(answer.rows), " rows were read, of which ", CountText(answer.taken), " are events."}));
  }
  if (rows.empty()) {
    to->Element("p", "No row was left out, and none was taken in part.").Close();
    return;
  }
  to->Open("div").Attribute("class", "scroll").Attribute("tabindex", "0").Attribute("role", "region");
  to->Attribute("aria-label", "Data quality");
  to->Open("table")
      .Attribute("class", "sortable")
      .Element("caption", "Rows and people that need to be known about, and why.");
  to->Open("thead").Open("tr");
  to->Open("th").Attribute("scope", "col").Text("What").Close();
  to->Open("th").Attribute("scope", "col").Text("For").Close();
  to->Open("th").Attribute("scope", "col").Attribute("class", "n").Text("How many").Close();
  to->Close().Close().Open("tbody");
  for (size_t i = 0; i < std::min(rows.size(), kMostReasons); ++i) {
    to->Open("tr").Open("th").Attribute("scope", "row").Element("bdi", QualityText(rows.Text(i, "reason"))).Close();
    to->Open("td").Element("bdi", rows.IsNull(i, "table") ? "all tables" : rows.Text(i, "table")).Close();
    to->Open("td").Attribute("class", "n").Attribute("data-value", NumberText(rows.Number(i, "rows"), 0));
    to->Text(CountText(rows.Number(i, "rows"))).Close().Close();
  }
  to->Close().Close().Close().Close();
}

}  // namespace

std::vector<std::string> StudyFacts(const StudyView& view) {
  std::vector<std::string> facts;
  const StudyRows companies = view.Companies();
  if (view.of_one_company()) {
    facts.push_back(ShortLabel(view.company()));
  } else if (companies.size() > 1) {
    facts.push_back(CountText(uint64_t{companies.size()}) + " companies");
  } else if (companies.size() == 1 && !companies.IsNull(0, "company")) {
    facts.push_back(ShortLabel(companies.Text(0, "company")));
  }
  if (const std::string_view as_of = view.Setting("as_of"); !as_of.empty()) {
    facts.push_back(Concat({"Events up to ", as_of.substr(0, 10)}));
  }
  facts.emplace_back(view.IsSketch() ? "Estimated from sketches" : "Counted exactly");
  return facts;
}

std::string WarningsMarkup(const StudyView& view) {
  const StudyRows rows = view.Rows("warnings");
  if (rows.empty()) return {};
  Markup to;
  to.Open("div").Attribute("class", "warnings").Open("p").Element("strong", "Before you trust these figures").Close();
  to.Open("ul");
  if (view.of_one_company() && view.Companies().size() != 1) {
    // They count rows of all companies.
    to.Element("li", "The study of all companies has warnings about its data: ask whoever made it.");
  } else {
    for (size_t i = 0; i < rows.size(); ++i) to.Element("li", rows.Text(i, "warning"));
  }
  return std::move(to).Finish();
}

std::string MethodMarkup(const StudyView& view) {
  Markup to;
  to.Open("div").Attribute("class", "card").Element("h3", "How exact this is").Open("p").Attribute("class", "note");
  to.Text(HowExact(view));
  if (const std::string methods = Methods(view); !methods.empty()) to.Text(Concat({" Methods: ", methods, "."}));
  to.Close();
  if (!view.answer().stamp.empty()) {
    to.Open("p").Attribute("class", "note").Text("What makes two people the same: ");
    to.Element("code", view.answer().stamp).Text(".").Close();
  }
  if (view.NumberSetting("min_cell", 0) > 1) {
    to.Open("p").Attribute("class", "note");
    to.Text(Concat({"Counts from 1 to below ", view.Setting("min_cell"),
                    " are hidden, and with them what would give them away."}));
    to.Close();
  }
  to.Close();
  AppendQuality(view, &to);
  if (const std::string definitions = DefinitionsMarkup(view); !definitions.empty()) {
    to.Open("div").Attribute("class", "card").Element("h3", "What the words mean").Raw(definitions).Close();
  }
  const StudyRows settings = view.Rows("settings");
  if (!settings.empty()) {
    to.Open("div").Attribute("class", "card").Element("h3", "Settings");
    to.Open("p")
        .Attribute("class", "note")
        .Text("Every option of the study. With the same events and options comes the same report.");
    to.Close();
    to.Raw(ScrollingTable(settings, "Options of the study", {.columns = {"option", "value", "default", "unit"}}))
        .Close();
  }
  return std::move(to).Finish();
}

}  // namespace vesica
