#ifndef VESICA_SIMULATOR_PLAN_H_
#define VESICA_SIMULATOR_PLAN_H_

#include <array>
#include <cstdint>
#include <string>
#include <vector>

namespace vesica_simulator {

// What is planted. Defaults are the figures of the study where it has one, as retold by Marketing Week ("The 'circles
// of doom'") and bbf.digital (?p=24857): `published` is how those are noted below. All else is made up.

inline constexpr uint32_t kHour = 3600, kDay = 24 * kHour;  // seconds, as all times of the simulator

inline constexpr size_t kMostValues = 16;   // of a dimension
inline constexpr size_t kMostMembers = 10;  // of a buying group; Gartner: 6 to 10
inline constexpr size_t kFewestMembers = 6;

// A value of a dimension, and the share of those who have it.
struct Value {
  std::string name;
  double share;
};

// A group of companies by region or industry; an empty name: not known.
struct CompanyGroup {
  std::string name;
  double share;     // of the companies
  double coverage;  // mean of its companies: the share of sales' people whom marketing reaches
};

// A segment in which sales is and marketing is not.
struct Gap {
  uint32_t region, industry;  // indices
  double sales_share;         // of the accounts that sales works on, besides those there by chance
};

enum Stage : uint8_t { kSubscriber, kLead, kMql, kSal, kSql, kOpportunity, kWonStage, kDisqualified };
inline constexpr size_t kStages = 7;  // of the order: without kDisqualified
inline constexpr std::array<const char*, kStages + 1> kStageNames = {"Subscriber",  "Lead", "MQL",         "SAL", "SQL",
                                                                     "Opportunity", "Won",  "Disqualified"};

inline constexpr size_t kRecencyBuckets = 5;  // under 7, 30 and 90 days, more, never
inline constexpr std::array<uint32_t, 3> kRecencyBounds = {7 * kDay, 30 * kDay, 90 * kDay};
inline constexpr std::array<const char*, kRecencyBuckets> kRecencyNames = {"[0s,7d)", "[7d,30d)", "[30d,90d)",
                                                                           "[90d,inf)", "never"};
inline constexpr uint32_t kExposureWindow = 30 * kDay, kResponseWindow = 30 * kDay, kIgnoreAfter = 30 * kDay;
inline constexpr uint32_t kSla = 24 * kHour;

inline constexpr size_t kMixes = 5;
inline constexpr std::array<const char*, kMixes> kMixNames = {"none", "brand", "demand", "both", "marketing"};

inline constexpr size_t kDelays = 5;  // buckets of the time to the first contact; "never" comes after them
inline constexpr std::array<uint32_t, kDelays> kDelayBounds = {kHour / 12, kHour / 2, kHour, 24 * kHour, 20 * kDay};
inline constexpr std::array<const char*, kDelays + 1> kDelayNames = {"(0,5m]",   "(5m,30m]", "(30m,1h]",
                                                                     "(1h,24h]", "later",    "never"};

inline constexpr std::array<const char*, 4> kTeamNames = {"brand", "demand", "marketing", "sales"};

struct Plan {
  uint64_t seed = 1;
  uint32_t companies = 100;
  uint32_t people = 1000;  // known to a company on average; companies have a quarter to two and a half times as many
  uint32_t days = 365;     // from 2024-01-01
  double dirt = 0;         // share of events beside which a row of each flaw is written

  // Companies. Region and industry are independent, and coverage is the product of both, so that the means by region,
  // by industry and of all are the published ones at once. The four regions of the study all are at or above its mean
  // of 16 %, which leaves room only for companies whose region is not known.
  double coverage = 0.16;
  std::vector<CompanyGroup> company_regions = {{"EMEA", 0.50, 0.16},
                                               {"North America", 0.20, 0.18},
                                               {"APAC", 0.08, 0.20},
                                               {"LATAM", 0.04, 0.20},
                                               {"", 0.18, 0.02 / 0.18}};
  std::vector<CompanyGroup> company_industries = {{"technology", 0.25, 0.19},
                                                  {"manufacturing", 0.12, 0.08},
                                                  {"financial services", 0.21, 0.18},
                                                  {"healthcare", 0.21, 0.16},
                                                  {"professional services", 0.21, 0.15}};
  double coverage_spread = 0.25;  // standard deviation between companies of a group, relative to its mean

  // Circles. Sales works on some accounts and there contacts people by their role.
  double size_ratio = 20;  // published: marketing's circle is 20 times sales'
  double worked_accounts = 0.10;
  std::array<double, 4> marketing_kinds = {0.585, 0.285, 0.015, 0.115};  // brand only, demand only, both, neither:
  std::array<double, 4> sales_kinds = {0.50, 0.30, 0.08,
                                       0.12};         // published: both is 5 % of demand. Those of sales' people
  double sales_targets = 0.85, other_targets = 0.05;  // share of people on sales' list, by whether it contacts
  double target_overlap = 0.23;                       // published: share of sales' targets that are marketing's
  double marketing_targets = 0.40;                    // of those who are not sales' targets
  double in_market = 0.05;                            // published
  double sales_in_market = 0.12, marketing_in_market = 0.05;  // of sales' people; of people only marketing reaches

  // People: the firm's dimensions are those of their account, titles go by the seat in the buying group.
  std::vector<Value> regions = {{"Baltics", 0.06}, {"Benelux", 0.12},        {"DACH", 0.26},          {"Nordics", 0.14},
                                {"Iberia", 0.12},  {"UK and Ireland", 0.20}, {"Central Europe", 0.10}};
  std::vector<Value> industries = {{"Pharma", 0.12},  {"Energy", 0.10},    {"Retail", 0.22},
                                   {"Banking", 0.18}, {"Machinery", 0.23}, {"Public sector", 0.15}};
  std::vector<Value> sizes = {{"under 50", 0.30}, {"50 to 249", 0.35}, {"250 to 999", 0.20}, {"1000 and more", 0.15}};
  std::vector<std::string> titles = {"Decision maker", "Finance", "Technology", "Procurement", "Legal", "User"};
  std::vector<double> contact_rates = {0.40, 0.30, 0.60, 0.50, 0.10, 0.40};  // by title, in accounts sales works on
  std::vector<Gap> gaps = {{0, 0, 0.10}, {3, 1, 0.05}};                      // Baltics and Pharma, Nordics and Energy
  double gap_coverage = 0.10;                                                // in gaps, relative to elsewhere
  double gap_reach = 0.15;  // of marketing among others there, relative to elsewhere

  // What happens when. Activity grows: of any time span's events, this share is drawn as the later of two times.
  double growth = 0.30;
  std::array<double, 4> exposures = {0.40, 0.30, 0.20, 0.10};  // 1 to 4 a person; one of both kinds has 2 at least
  std::array<double, 3> contacts = {0.50, 0.30, 0.20};         // 1 to 3
  // Response to a contact, by the age of the last exposure. Published: 56 % more likely within 30 days of one.
  std::array<double, kRecencyBuckets> response_rates = {0.156, 0.156, 0.12, 0.105, 0.10};
  std::array<double, kMixes> mix_effects = {1, 1.05, 0.80, 1.50, 0.96};    // on it, within 30 days of an exposure
  std::array<double, kDelays> delay_effects = {2.5, 1.8, 1.4, 0.95, 0.6};  // on it, of the first contact of a lead
  double unasked_responses = 0.02;                                         // of leads never contacted

  // Lifecycle.
  double sales_leads = 0.70;        // share of sales' people who enter it; of others as many as `contacted` asks for
  double contacted = 0.20;          // of people handed over; published: 80 % of marketing's leads are ignored
  double dropped_untouched = 0.04;  // of people handed over: disqualified and never contacted
  std::array<double, kStages> conversions = {1, 0.80, 0.60, 0.65, 0.70, 0.50, 0};  // into the stage; Won: win_rates
  std::array<uint32_t, kStages> median_days = {0, 7, 10, 3, 12, 15, 40};           // from the stage before
  double skips = 0.10;    // of people accepted: MQL to SQL at once
  double returns = 0.10;  // of people of stage SQL: MQL once more
  std::array<double, kDelays> delays = {0.05, 0.08, 0.10, 0.35, 0.42};
  double dropped = 0.50;   // of people contacted who do not get to the next stage: disqualified
  double recycled = 0.15;  // of people disqualified
  std::vector<Value> sources = {{"web", 0.40}, {"event", 0.20}, {"ads", 0.30}, {"referral", 0.10}};
  std::vector<std::string> reasons = {"", "budget", "timing", "no fit", "competitor"};  // "": none given
  std::vector<std::vector<double>> reasons_of_source = {{0.20, 0.20, 0.20, 0.30, 0.10},
                                                        {0.30, 0.10, 0.40, 0.15, 0.05},
                                                        {0.10, 0.15, 0.10, 0.60, 0.05},
                                                        {0.15, 0.40, 0.25, 0.05, 0.15}};

  // Deals. Primed: marketing reached one of its people before it was opened.
  double win_rate_primed = 0.32, win_rate_not = 0.22;
  double primed_amount = 1.25;    // relative to others
  uint32_t mean_amount = 40'000;  // half to one and a half times as much
  double second_contact = 0.50;   // of deals: two people of the account
  std::vector<std::string> currencies = {"EUR", "USD"};
  std::vector<uint32_t> currency_of_region = {0, 1, 1, 1, 0};

  // Content.
  uint32_t people_per_asset = 50;
  std::array<double, 4> asset_teams = {0.30, 0.30, 0.20, 0.20};
  double assets_used = 0.30;           // published: 60 to 70 % of content is never used
  double assets_used_by_sales = 0.40;  // of those used
};

// Why a plan cannot be followed, in one line; empty if it can.
std::string FaultOf(const Plan& plan);

// The members of an account's buying group: of all companies, as it is the same account.
uint32_t MembersOf(uint32_t account);

// The title of a seat: seats beyond the titles have the last one.
uint32_t TitleOf(const Plan& plan, uint32_t seat);

// Most seconds from becoming a subscriber to the first contact of sales.
uint32_t SlowestLead(const Plan& plan);

// What follows from a plan for all companies: shares of the people known.
struct PlanShares {
  double sales = 0;                // contacted by sales
  double worked_gaps = 0;          // of the accounts that sales works on: in a gap
  double other_gaps = 0;           // of the others
  std::vector<double> extra_gaps;  // of the accounts worked on: put into gap 0, 1, ..., and at last none
};
PlanShares SharesOf(const Plan& plan);

// What follows for one company, from the coverage planted for it.
struct CompanyShares {
  double gap_coverage, coverage;      // of sales' people: reached by marketing, in gaps and elsewhere
  double gap_reach, reach;            // of others
  std::array<double, 4> other_kinds;  // of others that marketing reaches
  double rest_in_market;              // of people in neither circle
  double other_leads;                 // of others that marketing reaches: enter the lifecycle
  bool possible() const;              // all of them are shares
};
CompanyShares SharesOf(const Plan& plan, const PlanShares& shares, double coverage);

}  // namespace vesica_simulator

#endif  // VESICA_SIMULATOR_PLAN_H_
