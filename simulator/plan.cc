#include "plan.h"

#include <algorithm>
#include <cmath>
#include <initializer_list>
#include <span>
#include <utility>

#include "random.h"

namespace vesica_simulator {
namespace {

constexpr double kMeanMembers = (kFewestMembers + kMostMembers) / 2.0;
constexpr size_t kSpreads = 3;  // a company's coverage is at most so many standard deviations from its groups'

bool IsShare(double x) { return x >= 0 && x <= 1; }

bool AreShares(std::span<const double> shares) {
  double sum = 0;
  for (double share : shares) sum += share;
  return std::all_of(shares.begin(), shares.end(), IsShare) && std::abs(sum - 1) < 1e-9;
}

bool AreShares(const std::vector<Value>& values) {
  std::vector<double> shares;
  for (const Value& value : values) shares.push_back(value.share);
  return AreShares(shares);
}

bool AreShares(const std::vector<CompanyGroup>& groups) {
  std::vector<double> shares;
  for (const CompanyGroup& group : groups) shares.push_back(group.share);
  return AreShares(shares);
}

std::pair<double, double> CoverageRange(const std::vector<CompanyGroup>& groups) {
  const auto [least, most] = std::minmax_element(groups.begin(), groups.end(),
                                                 [](const auto& a, const auto& b) { return a.coverage < b.coverage; });
  return {least->coverage, most->coverage};
}

bool HasValues(std::initializer_list<size_t> sizes) {
  return std::all_of(sizes.begin(), sizes.end(), [](size_t size) { return size >= 1 && size < kMostValues; });
}

bool SharesAreShares(const Plan& plan) {
  const double alone[] = {plan.dirt,
                          plan.coverage,
                          plan.worked_accounts,
                          plan.sales_targets,
                          plan.other_targets,
                          plan.target_overlap,
                          plan.marketing_targets,
                          plan.in_market,
                          plan.sales_in_market,
                          plan.marketing_in_market,
                          plan.gap_coverage,
                          plan.gap_reach,
                          plan.growth,
                          plan.unasked_responses,
                          plan.sales_leads,
                          plan.contacted,
                          plan.skips,
                          plan.returns,
                          plan.dropped,
                          plan.recycled,
                          plan.win_rate_primed,
                          plan.win_rate_not,
                          plan.second_contact,
                          plan.assets_used,
                          plan.assets_used_by_sales};
  const std::span<const double> sums[] = {plan.marketing_kinds, plan.sales_kinds, plan.exposures,
                                          plan.contacts,        plan.delays,      plan.asset_teams};
  return std::all_of(std::begin(alone), std::end(alone), IsShare) &&
         std::all_of(std::begin(sums), std::end(sums), [](std::span<const double> one) { return AreShares(one); }) &&
         std::all_of(plan.contact_rates.begin(), plan.contact_rates.end(), IsShare) &&
         std::all_of(plan.conversions.begin(), plan.conversions.end(), IsShare) && AreShares(plan.company_regions) &&
         AreShares(plan.company_industries) && AreShares(plan.regions) && AreShares(plan.industries) &&
         AreShares(plan.sizes) && AreShares(plan.sources);
}

bool ResponsesAreShares(const Plan& plan) {
  for (double rate : plan.response_rates) {
    for (double mix : plan.mix_effects) {
      for (double delay : plan.delay_effects) {
        if (!IsShare(rate * mix * delay) || !IsShare(rate * mix)) return false;
      }
    }
  }
  return true;
}

bool ListsFit(const Plan& plan) {
  const bool sized = HasValues({plan.company_regions.size(), plan.company_industries.size(), plan.regions.size(),
                                plan.industries.size(), plan.sizes.size(), plan.titles.size(), plan.sources.size(),
                                plan.reasons.size(), plan.currencies.size()});
  const bool titled = plan.titles.size() <= kFewestMembers && plan.contact_rates.size() == plan.titles.size();
  const bool reasoned = plan.reasons_of_source.size() == plan.sources.size() &&
                        std::all_of(plan.reasons_of_source.begin(), plan.reasons_of_source.end(), [&](const auto& row) {
                          return row.size() == plan.reasons.size() && AreShares(row);
                        });
  const bool gapped =
      plan.gaps.size() < kMostValues && std::all_of(plan.gaps.begin(), plan.gaps.end(), [&](const Gap& gap) {
        return gap.region < plan.regions.size() && gap.industry < plan.industries.size() && IsShare(gap.sales_share);
      });
  const bool paid = plan.currency_of_region.size() == plan.company_regions.size() &&
                    std::all_of(plan.currency_of_region.begin(), plan.currency_of_region.end(),
                                [&](uint32_t currency) { return currency < plan.currencies.size(); });
  return sized && titled && reasoned && gapped && paid;
}

}  // namespace

std::string FaultOf(const Plan& plan) {
  if (plan.companies < 1 || plan.companies > 1'000'000) return "companies must be 1 to 1,000,000";
  if (plan.people < 40 || plan.people > 400'000) return "people must be 40 to 400,000";
  if (plan.days < 90 || plan.days > 1825) return "days must be 90 to 1825";
  if (plan.people_per_asset < 1 || plan.mean_amount < 2 || plan.mean_amount > 1'000'000'000) {
    return "people_per_asset or mean_amount is out of range";
  }
  if (!ListsFit(plan)) return "the lists of the plan do not fit each other";
  if (!SharesAreShares(plan)) return "a share is not between 0 and 1, or shares do not sum up to 1";
  if (!(plan.coverage > 0) || !(plan.size_ratio > 0)) return "coverage and size_ratio must be above 0";
  if (!(plan.contacted > 0) || plan.contacted + plan.dropped_untouched > 1 || plan.dropped_untouched < 0) {
    return "contacted and dropped_untouched must be shares of those handed over";
  }
  if (!ResponsesAreShares(plan)) return "an effect makes responses more than sure";
  if (!IsShare(plan.coverage_spread * kSpreads)) return "coverage_spread must be at most a third";
  for (uint32_t days : plan.median_days) {
    if (days > 40) return "median_days must be at most 40";
  }
  if (SlowestLead(plan) >= plan.days * kDay) return "days are fewer than a lead takes";
  const PlanShares shares = SharesOf(plan);
  if (!IsShare(shares.worked_gaps) || !IsShare(shares.extra_gaps.back())) return "the gaps are more than all accounts";
  const auto [region_low, region_high] = CoverageRange(plan.company_regions);
  const auto [industry_low, industry_high] = CoverageRange(plan.company_industries);
  const double spread = plan.coverage_spread * kSpreads;
  for (double coverage : {region_low * industry_low / plan.coverage * (1 - spread),
                          region_high * industry_high / plan.coverage * (1 + spread)}) {
    if (!IsShare(coverage) || !SharesOf(plan, shares, coverage).possible()) {
      return "no company can have circles of these sizes and overlaps";
    }
  }
  return {};
}

uint32_t MembersOf(uint32_t account) {
  constexpr uint64_t kRange = kMostMembers - kFewestMembers + 1;
  return static_cast<uint32_t>(kFewestMembers + (((Random::Mixed(account + 1) >> 32) * kRange) >> 32));
}

uint32_t TitleOf(const Plan& plan, uint32_t seat) {
  return std::min(seat, static_cast<uint32_t>(plan.titles.size()) - 1);
}

uint32_t SlowestLead(const Plan& plan) {
  return 2 * kDay * (plan.median_days[kLead] + plan.median_days[kMql]) + kDelayBounds.back() + kDay;
}

PlanShares SharesOf(const Plan& plan) {
  PlanShares shares;
  double contacted = 0;  // people of an account that sales works on
  for (uint32_t seat = 0; seat < kMostMembers; ++seat) {
    // Of the sizes from kFewestMembers to kMostMembers, as many have the seat.
    const uint32_t sizes = std::min<uint32_t>(kMostMembers - seat, kMostMembers - kFewestMembers + 1);
    contacted += plan.contact_rates[TitleOf(plan, seat)] * sizes / (kMostMembers - kFewestMembers + 1);
  }
  shares.sales = plan.worked_accounts * contacted / kMeanMembers;
  double extra = 0;
  for (const Gap& gap : plan.gaps) {
    extra += gap.sales_share;
    shares.extra_gaps.push_back(gap.sales_share);
    shares.other_gaps += plan.regions[gap.region].share * plan.industries[gap.industry].share;
  }
  shares.extra_gaps.push_back(1 - extra);
  shares.worked_gaps = extra + (1 - extra) * shares.other_gaps;
  return shares;
}

CompanyShares SharesOf(const Plan& plan, const PlanShares& shares, double coverage) {
  CompanyShares of;
  of.coverage = coverage / (1 - shares.worked_gaps * (1 - plan.gap_coverage));
  of.gap_coverage = of.coverage * plan.gap_coverage;

  const double marketing = plan.size_ratio * shares.sales, both = shares.sales * coverage;
  const double others = marketing - both;  // of marketing's circle
  const double others_in_gaps =
      (plan.worked_accounts - shares.sales) * shares.worked_gaps + (1 - plan.worked_accounts) * shares.other_gaps;
  of.reach = others / (1 - shares.sales - others_in_gaps * (1 - plan.gap_reach));
  of.gap_reach = of.reach * plan.gap_reach;
  for (size_t kind = 0; kind < 4; ++kind) {
    of.other_kinds[kind] = (plan.marketing_kinds[kind] * marketing - plan.sales_kinds[kind] * both) / others;
  }
  const double nobody = 1 - shares.sales - others;
  of.rest_in_market =
      (plan.in_market - plan.sales_in_market * shares.sales - plan.marketing_in_market * others) / nobody;
  of.other_leads = shares.sales * plan.sales_leads * (1 - plan.contacted) / plan.contacted / others;
  return of;
}

bool CompanyShares::possible() const {
  return IsShare(gap_coverage) && IsShare(coverage) && IsShare(gap_reach) && IsShare(reach) && AreShares(other_kinds) &&
         IsShare(rest_in_market) && IsShare(other_leads);
}

}  // namespace vesica_simulator
