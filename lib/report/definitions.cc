#include "report/definitions.h"

#include <algorithm>
#include <iterator>
#include <string_view>

#include "report/markup.h"

namespace vesica {
namespace {

struct Definition {
  std::string_view table;  // that uses it
  std::string_view term, text;
};

constexpr Definition kDefinitions[] = {
    {"circles", "Circle",
     "A set of people, each counted once. Brand and demand: those exposed by that team. Marketing: those exposed by "
     "brand, "
     "demand or marketing. Sales: those contacted by sales. Target lists: those targeted by marketing's teams, or by "
     "sales."},
    {"circles", "Share of sales' people reached",
     "People who are in marketing's circle and in sales', over those in sales'. Ideally all of them: 100 %. It is the "
     "headline "
     "because the Jaccard share, of both circles together, cannot exceed 5 % where one circle is twenty times the "
     "other."},
    {"circles", "Marketing to sales",
     "People in marketing's circle over people in sales'. The target is an assumption that can be set (target_ratio)."},
    {"circles", "In common, of the smaller",
     "People in both circles over those in the smaller: the overlap coefficient. 100 % when one circle holds the "
     "other."},
    {"regions", "Region", "People who are in exactly these circles and in no other of the three."},
    {"segments", "Segment",
     "People of one value of a dimension. Who has several has that of sales' events, else the latest."},
    {"companies", "Rank",
     "Place of a company by its share of sales' people reached; companies of one share have one place."},
    {"benchmark", "Mean of the companies",
     "Every company counts alike, however many people it has. The interval is a bootstrap over companies. Pooled: all "
     "their "
     "people together, so that large companies count more."},
    {"gaps", "Missed",
     "Sales' people of a segment whom marketing has not reached. A combination of segments is listed only if it "
     "misses clearly more than each of its parts."},
    {"reach", "Next segment",
     "Each step adds the whole segment that newly reaches most of sales' people. By chance: what as many people drawn "
     "from "
     "all that are not reached would gain."},
    {"recency", "Answered",
     "A response from the contact on, before the next contact to the person and within the response window. Contacts "
     "whose "
     "window was not over are left out."},
    {"recency", "Risk ratio",
     "Response rate of a group over that of people whom marketing never reached. A comparison, not a proof "
     "of cause: who was reached differs in other ways too."},
    {"mix", "Shown before the contact",
     "What marketing exposed the person to within the exposure window before sales' contact."},
    {"funnel", "Entered", "People who were in the stage at some time; the first time counts."},
    {"flows", "First touch",
     "The team that first exposed the person before the first stage; untouched where none did."},
    {"handoff", "Ignored",
     "Handed to sales and neither contacted nor disqualified within the time set (ignore_after). In time: contacted "
     "within the "
     "time set (sla)."},
    {"response_delay", "Time to contact", "From the hand-off to sales' first contact."},
    {"buying_groups", "Account", "Where the person works: as the events say, else the domain of the e-mail address."},
    {"accounts", "Covered",
     "Marketing and sales each reach as many of the account's people as a buying group is expected to have."},
    {"trend", "Period",
     "The circles of the events of one month or week alone, so that shares are smaller than over all time."},
    {"market", "In the market", "People of whom an event says that they are about to buy."},
    {"content", "Used", "Assets that anybody used after they were made."},
    {"revenue", "Primed", "Deals of which somebody was exposed by marketing before the deal was opened."},
};

struct QualityReason {
  std::string_view name, text;
};
constexpr QualityReason kReasons[] = {
    {"blank", "left out: no person"},
    {"conflicting_segment", "people with several values of a dimension; one was taken"},
    {"duplicate", "repetitions of an event, counted once"},
    {"free_mail", "person keys that are free-mail addresses"},
    {"future_time", "left out: later than the study's end"},
    {"invalid", "left out: not a person key"},
    {"invalid_amount", "taken without an amount: it cannot be read"},
    {"invalid_size", "taken without an account size: it cannot be read"},
    {"invalid_team", "left out: no team, or an unknown one"},
    {"invalid_time", "taken without a time: it cannot be read"},
    {"naive_time", "taken without a time: its time zone is not known"},
    {"no_account", "people without an account"},
    {"no_asset", "left out: no asset"},
    {"no_deal", "left out: no deal, or an unknown stage of one"},
    {"no_stage", "left out: no stage"},
    {"no_time", "without a time"},
    {"not_due", "not due yet at the study's end"},
    {"role_address", "person keys that are addresses of roles, such as info@"},
    {"unknown_event", "left out: an unknown kind of event"},
    {"unknown_segment", "people without a value in some dimension"},
};

}  // namespace

std::string QualityText(std::string_view reason) {
  const auto* const found = std::find_if(std::begin(kReasons), std::end(kReasons),
                                         [&](const QualityReason& one) { return one.name == reason; });
  return std::string(found == std::end(kReasons) ? reason : found->text);
}

std::string DefinitionsMarkup(const StudyView& view) {
  Markup to;
  to.Open("dl").Attribute("class", "terms");
  const size_t empty = to.size();
  for (const Definition& definition : kDefinitions) {
    if (view.Rows(definition.table).empty()) continue;
    to.Element("dt", definition.term).Element("dd", definition.text);
  }
  if (to.size() == empty) return {};
  return std::move(to).Finish();
}

}  // namespace vesica
