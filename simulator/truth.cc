#include <nlohmann/json.hpp>

#include "calendar.h"
#include "simulator.h"

namespace vesica_simulator {
namespace {

using Json = nlohmann::ordered_json;

constexpr const char* kNote =
    "Synthetic: made by vesica simulate. No company, person, address or deal in it exists; addresses end in .example, "
    "which is reserved (RFC 2606)";

Json SharesJson(const std::vector<Value>& values) {
  Json json = Json::object();
  for (const Value& value : values) json[value.name] = value.share;
  return json;
}

template <class Names, class Values>
Json Named(const Names& names, const Values& values) {
  Json json = Json::object();
  for (size_t i = 0; i < std::size(values); ++i) json[names[i]] = values[i];
  return json;
}

Json GroupsJson(const std::vector<CompanyGroup>& groups) {
  Json json = Json::array();
  for (const CompanyGroup& group : groups) {
    json.push_back({{"value", group.name.empty() ? Json() : Json(group.name)},
                    {"share", group.share},
                    {"coverage", group.coverage}});
  }
  return json;
}

Json CirclesPlanned(const Plan& plan) {
  const std::vector<std::string> kinds = {"brand", "demand", "both", "marketing"};
  return {{"coverage", plan.coverage},
          {"coverage_spread", plan.coverage_spread},
          {"company_region", GroupsJson(plan.company_regions)},
          {"company_industry", GroupsJson(plan.company_industries)},
          {"size_ratio", plan.size_ratio},
          {"sales_share", SharesOf(plan).sales},
          {"marketing_kinds", Named(kinds, plan.marketing_kinds)},
          {"sales_kinds", Named(kinds, plan.sales_kinds)},
          {"sales_targets", plan.sales_targets},
          {"other_targets", plan.other_targets},
          {"target_overlap", plan.target_overlap},
          {"marketing_targets", plan.marketing_targets},
          {"in_market", plan.in_market},
          {"sales_in_market", plan.sales_in_market},
          {"marketing_in_market", plan.marketing_in_market}};
}

Json PeoplePlanned(const Plan& plan) {
  Json gaps = Json::array();
  for (const Gap& gap : plan.gaps) {
    gaps.push_back({{"region", plan.regions[gap.region].name},
                    {"industry", plan.industries[gap.industry].name},
                    {"sales_share", gap.sales_share}});
  }
  return {{"region", SharesJson(plan.regions)},
          {"industry", SharesJson(plan.industries)},
          {"size", SharesJson(plan.sizes)},
          {"worked_accounts", plan.worked_accounts},
          {"contact_rates", Named(plan.titles, plan.contact_rates)},
          {"gaps", gaps},
          {"gap_coverage", plan.gap_coverage},
          {"gap_reach", plan.gap_reach}};
}

Json ResponsesPlanned(const Plan& plan) {
  return {{"growth", plan.growth},
          {"exposures", plan.exposures},
          {"contacts", plan.contacts},
          {"response_rates", Named(kRecencyNames, plan.response_rates)},
          {"mix_effects", Named(kMixNames, plan.mix_effects)},
          {"delay_effects", Named(kDelayNames, plan.delay_effects)},
          {"unasked_responses", plan.unasked_responses}};
}

Json LifecyclePlanned(const Plan& plan) {
  Json reasons = Json::object();
  for (size_t i = 0; i < plan.sources.size(); ++i) {
    reasons[plan.sources[i].name] = Named(plan.reasons, plan.reasons_of_source[i]);
  }
  return {{"sales_leads", plan.sales_leads},
          {"contacted", plan.contacted},
          {"dropped_untouched", plan.dropped_untouched},
          {"conversions", Named(kStageNames, plan.conversions)},
          {"median_days", Named(kStageNames, plan.median_days)},
          {"skips", plan.skips},
          {"returns", plan.returns},
          {"delays", Named(kDelayNames, plan.delays)},
          {"dropped", plan.dropped},
          {"recycled", plan.recycled},
          {"sources", SharesJson(plan.sources)},
          {"reasons", reasons}};
}

Json DealsPlanned(const Plan& plan) {
  return {{"win_rate_primed", plan.win_rate_primed},
          {"win_rate_not", plan.win_rate_not},
          {"primed_amount", plan.primed_amount},
          {"mean_amount", plan.mean_amount},
          {"second_contact", plan.second_contact},
          {"people_per_asset", plan.people_per_asset},
          {"asset_teams", Named(kTeamNames, plan.asset_teams)},
          {"assets_used", plan.assets_used},
          {"assets_used_by_sales", plan.assets_used_by_sales}};
}

// Sizes of circles and what pairs of them share.
Json CirclesJson(const CircleCounts& counts) {
  constexpr std::pair<const char*, uint8_t> kCircles[] = {{"marketing", kInMarketing},
                                                          {"brand", kInBrand},
                                                          {"demand", kInDemand},
                                                          {"sales", kInSales},
                                                          {"target_marketing", kInMarketingTargets},
                                                          {"target_sales", kInSalesTargets},
                                                          {"market", kInMarket}};
  Json sizes = Json::object(), shared = Json::object();
  for (size_t i = 0; i < std::size(kCircles); ++i) {
    sizes[kCircles[i].first] = PeopleIn(counts, kCircles[i].second);
    for (size_t k = i + 1; k < std::size(kCircles); ++k) {
      if (kCircles[i].second & kCircles[k].second) continue;  // one within the other
      shared[std::string(kCircles[i].first) + "," + kCircles[k].first] =
          PeopleIn(counts, kCircles[i].second, kCircles[k].second);
    }
  }
  return {{"people", PeopleIn(counts, 0)}, {"sizes", sizes}, {"shared", shared}};
}

Json SegmentsJson(const Plan& plan, const Realised& realised) {
  auto row = [](const CircleCounts& counts) {
    return Json{{"people", PeopleIn(counts, 0)},
                {"marketing", PeopleIn(counts, kInMarketing)},
                {"sales", PeopleIn(counts, kInSales)},
                {"both", PeopleIn(counts, kInMarketing, kInSales)}};
  };
  Json json = Json::object();
  const std::vector<Value>* named[] = {&plan.regions, &plan.industries, &plan.sizes};
  constexpr const char* kNames[] = {"region", "industry", "size", "title"};
  for (size_t k = 0; k < 4; ++k) {
    for (size_t i = 0; i < realised.segments[k].size(); ++i) {
      json[kNames[k]][k < 3 ? (*named[k])[i].name : plan.titles[i]] = row(realised.segments[k][i]);
    }
  }
  for (const Gap& gap : plan.gaps) {
    const std::string name = plan.regions[gap.region].name + "," + plan.industries[gap.industry].name;
    json["gaps"][name] = row(realised.pairs[gap.region * plan.industries.size() + gap.industry]);
  }
  return json;
}

Json ContactsJson(const Realised& realised) {
  Json cells = Json::array();
  for (size_t bucket = 0; bucket < kRecencyBuckets; ++bucket) {
    for (size_t mix = 0; mix < kMixes; ++mix) {
      for (size_t delay = 0; delay <= kDelays; ++delay) {
        const Responses& cell = realised.contacts[bucket][mix][delay];
        if (cell.contacts == 0) continue;
        cells.push_back({{"recency", kRecencyNames[bucket]},
                         {"mix", kMixNames[mix]},
                         {"delay", delay == kDelays ? Json() : Json(kDelayNames[delay])},
                         {"contacts", cell.contacts},
                         {"responses", cell.responses}});
      }
    }
  }
  return {{"not_due", realised.contacts_not_due},
          {"people_by_recency", Named(kRecencyNames, realised.recency_people)},
          {"people_by_mix", Named(kMixNames, realised.mix_people)},
          {"responses", cells}};
}

Json HandoffsJson(const Plan& plan, const Realised& realised) {
  Json json = Json::object();
  for (size_t i = 0; i < realised.handoffs.size(); ++i) {
    const Realised::Handoff& of = realised.handoffs[i];
    json[plan.sources[i].name] = {{"handed_off", of.handed_off},
                                  {"not_due", of.not_due},
                                  {"accepted", of.accepted},
                                  {"disqualified_untouched", of.disqualified_untouched},
                                  {"contacted", of.contacted},
                                  {"ignored", of.ignored},
                                  {"within_sla", of.within_sla},
                                  {"leads", Named(kDelayNames, of.leads)},
                                  {"responses", Named(kDelayNames, of.responses)}};
  }
  return json;
}

Json FunnelJson(const Realised& realised) {
  Json json = Json::array();
  for (const auto& stages : realised.funnel) {
    Json month = Json::object();
    for (size_t stage = 0; stage < kStages; ++stage) {
      const Realised::StageCounts& of = stages[stage];
      month[kStageNames[stage]] = {
          {"entered", of.entered}, {"from_previous", of.from_previous}, {"returned", of.returned}};
    }
    json.push_back(month);
  }
  return json;
}

Json FlowsJson(const Realised& realised) {
  const auto name = [](size_t node) -> std::string {
    constexpr const char* kTouches[] = {"untouched", "brand", "demand", "marketing"};
    constexpr const char* kOutcomes[] = {"open", "won", "lost", "disqualified"};
    if (node < 4) return kTouches[node];
    return node < 4 + kStages ? kStageNames[node - 4] : kOutcomes[node - 4 - kStages];
  };
  Json json = Json::array();
  for (const auto& [attribution, flows] :
       {std::pair("first", &realised.first_flows), std::pair("last", &realised.last_flows),
        std::pair("any", &realised.any_flows)}) {
    for (size_t from = 0; from < Realised::kNodes; ++from) {
      for (size_t to = 0; to < Realised::kNodes; ++to) {
        if ((*flows)[from][to] == 0) continue;
        json.push_back(
            {{"attribution", attribution}, {"from", name(from)}, {"to", name(to)}, {"people", (*flows)[from][to]}});
      }
    }
  }
  return json;
}

Json DealsJson(const Plan& plan, const Realised& realised) {
  Json reasons = Json::object(), content = Json::object(), revenue = Json::object();
  for (size_t i = 0; i < realised.reasons.size(); ++i) {
    for (size_t k = 0; k < realised.reasons[i].size(); ++k) {
      const Realised::Reason& of = realised.reasons[i][k];
      reasons[plan.sources[i].name][plan.reasons[k]] = {{"people", of.people}, {"recycled", of.recycled}};
    }
  }
  for (size_t team = 0; team < realised.content.size(); ++team) {
    const Realised::Content& of = realised.content[team];
    content[kTeamNames[team]] = {{"made", of.made}, {"used", of.used}, {"used_by_sales", of.used_by_sales}};
  }
  for (size_t i = 0; i < realised.revenue.size(); ++i) {
    const Realised::Revenue& of = realised.revenue[i];
    revenue[plan.currencies[i]] = {{"won", of.won},
                                   {"lost", of.lost},
                                   {"won_amount", of.won_amount},
                                   {"primed_won", of.primed_won},
                                   {"primed_lost", of.primed_lost},
                                   {"primed_amount", of.primed_amount}};
  }
  return {{"reasons", reasons}, {"content", content}, {"revenue", revenue}};
}

Json AccountsJson(const Realised& realised) {
  Json groups = Json::object();
  for (size_t i = 0; i < Realised::kAtLeast.size(); ++i) {
    const Realised::Groups& of = realised.groups[i];
    groups[std::to_string(Realised::kAtLeast[i])] = {
        {"marketing", of.marketing}, {"sales", of.sales}, {"shared", of.shared}, {"same_person", of.same_person}};
  }
  return {{"accounts", realised.accounts}, {"covered", realised.covered_accounts}, {"at_least", groups}};
}

Json TrendJson(const Realised& realised) {
  Json json = Json::array();
  for (const Realised::Month& of : realised.months) {
    json.push_back({{"marketing", of.marketing}, {"sales", of.sales}, {"both", of.both}});
  }
  return json;
}

Json CompanyJson(const Plan& plan, const CompanyCounts& of) {
  const std::string& region = plan.company_regions[of.company.region].name;
  const std::string& industry = plan.company_industries[of.company.industry].name;
  return {{"company", CompanyName(of.company.index)},
          {"region", region.empty() ? Json() : Json(region)},
          {"industry", industry.empty() ? Json() : Json(industry)},
          {"planted_coverage", of.company.coverage},
          {"rows", of.rows},
          {"people", of.people},
          {"marketing", of.marketing},
          {"sales", of.sales},
          {"both", of.both},
          {"brand", of.brand},
          {"demand", of.demand},
          {"brand_demand", of.brand_demand}};
}

}  // namespace

std::string TruthJson(const Simulator& simulator) {
  const Plan& plan = simulator.plan();
  const Realised& realised = simulator.realised();
  Json json = {{"note", kNote},
               {"seed", plan.seed},
               {"companies", plan.companies},
               {"people", plan.people},
               {"days", plan.days},
               {"dirt", plan.dirt},
               {"as_of", TimeText(plan.days * kDay - 1)}};
  json["planted"] = {{"circles", CirclesPlanned(plan)},
                     {"people", PeoplePlanned(plan)},
                     {"responses", ResponsesPlanned(plan)},
                     {"lifecycle", LifecyclePlanned(plan)},
                     {"deals_and_content", DealsPlanned(plan)}};
  json["realised"] = {{"rows", realised.rows},
                      {"circles", CirclesJson(realised.circles)},
                      {"segments", SegmentsJson(plan, realised)},
                      {"contacts", ContactsJson(realised)},
                      {"handoff", HandoffsJson(plan, realised)},
                      {"funnel_by_month", FunnelJson(realised)},
                      {"flows", FlowsJson(realised)},
                      {"trend_by_month", TrendJson(realised)},
                      {"accounts", AccountsJson(realised)},
                      {"dirt",
                       {{"blank", realised.blank_persons},
                        {"invalid", realised.invalid_persons},
                        {"unknown_event", realised.unknown_events},
                        {"naive_time", realised.naive_times},
                        {"duplicate", realised.duplicates}}}};
  json["realised"].update(DealsJson(plan, realised));
  Json& companies = json["realised"]["companies"] = Json::array();
  for (const CompanyCounts& of : simulator.companies()) companies.push_back(CompanyJson(plan, of));
  return json.dump(1) + "\n";
}

}  // namespace vesica_simulator
