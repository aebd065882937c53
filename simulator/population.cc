#include "population.h"

#include <algorithm>
#include <utility>

namespace vesica_simulator {
namespace {

uint32_t PickValue(const std::vector<Value>& values, Random& random) {
  double rest = random.Unit();
  uint32_t i = 0;
  while (i + 1 < values.size() && rest >= values[i].share) rest -= values[i++].share;
  return i;
}

uint32_t PickGroup(const std::vector<CompanyGroup>& groups, Random& random) {
  double rest = random.Unit();
  uint32_t i = 0;
  while (i + 1 < groups.size() && rest >= groups[i].share) rest -= groups[i++].share;
  return i;
}

bool IsGap(const Plan& plan, const Account& account) {
  return std::any_of(plan.gaps.begin(), plan.gaps.end(),
                     [&](const Gap& gap) { return gap.region == account.region && gap.industry == account.industry; });
}

// By time, at different times.
void PutInOrder(List<Exposure, 4>* exposures) {
  for (uint32_t i = 1; i < exposures->count; ++i) {
    for (uint32_t k = i; k > 0 && (*exposures)[k].time < (*exposures)[k - 1].time; --k) {
      std::swap((*exposures)[k], (*exposures)[k - 1]);
    }
  }
  for (uint32_t i = 1; i < exposures->count; ++i) {
    (*exposures)[i].time = std::max((*exposures)[i].time, (*exposures)[i - 1].time + 1);
  }
}

// Kinds: brand only, demand only, both, neither.
void DrawExposures(const Plan& plan, const Clock& clock, Random& random, uint32_t kind, Person* person) {
  constexpr uint8_t kCircles[] = {kInBrand, kInDemand, kInBrand | kInDemand, kInPlainMarketing};
  constexpr Team kTeams[] = {kBrand, kDemand, kBrand, kMarketing};
  constexpr uint32_t kBothKinds = 2;
  person->circles |= kCircles[kind];
  const uint32_t drawn = random.Pick(plan.exposures) + 1;
  const uint32_t count = kind == kBothKinds ? std::max(drawn, 2u) : drawn;
  for (uint32_t i = 0; i < count; ++i) {
    Team team = kTeams[kind];
    if (kind == kBothKinds && (i == 1 || (i > 1 && random.Chance(0.5)))) team = kDemand;
    person->exposures.Add({clock.Draw(random, kMostMembers), team});  // with room for PutInOrder
  }
  PutInOrder(&person->exposures);
}

void DrawTargets(const Plan& plan, const Clock& clock, Random& random, Person* person) {
  const bool sales = (person->circles & kInSales) != 0;
  const bool sales_target = random.Chance(sales ? plan.sales_targets : plan.other_targets);
  if (sales_target) {
    person->circles |= kInSalesTargets;
    person->sales_target_time = clock.Draw(random);
  }
  if (random.Chance(sales_target ? plan.target_overlap : plan.marketing_targets)) {
    person->circles |= kInMarketingTargets;
    person->target_time = clock.Draw(random);
  }
}

void DrawPerson(const Plan& plan, const CompanyShares& company, const Clock& clock, Random& random,
                const Account& account, Person* person) {
  constexpr double kEngaged = 0.05;  // of those marketing reaches; whoever is in no circle is known by it
  const bool sales = account.worked && random.Chance(plan.contact_rates[person->title]);
  if (sales) person->circles |= kInSales;
  const double reach = sales ? (account.gap ? company.gap_coverage : company.coverage)
                             : (account.gap ? company.gap_reach : company.reach);
  const bool marketing = random.Chance(reach);
  if (marketing) {
    const uint32_t kind = random.Pick(sales ? plan.sales_kinds : company.other_kinds);
    DrawExposures(plan, clock, random, kind, person);
  }
  DrawTargets(plan, clock, random, person);
  const double in_market = sales ? plan.sales_in_market : marketing ? plan.marketing_in_market : company.rest_in_market;
  if (random.Chance(in_market)) {
    person->circles |= kInMarket;
    person->market_time = clock.Draw(random);
  }
  person->engaged = person->circles == 0 || (marketing && random.Chance(kEngaged));
  if (person->engaged) person->engaged_time = clock.Draw(random);
}

}  // namespace

Company DrawCompany(const Plan& plan, uint32_t index, Random& random) {
  constexpr double kMeanMembers = (kFewestMembers + kMostMembers) / 2.0;
  Company company{.index = index};
  company.region = PickGroup(plan.company_regions, random);
  company.industry = PickGroup(plan.company_industries, random);
  // The sum of three uniform numbers: mean 0, standard deviation 1, and never more than 3.
  const double spread = 2 * (random.Unit() + random.Unit() + random.Unit() - 1.5);
  company.coverage = plan.company_regions[company.region].coverage *
                     plan.company_industries[company.industry].coverage / plan.coverage *
                     (1 + plan.coverage_spread * spread);
  const double large = random.Unit();
  const double accounts = plan.people / kMeanMembers * (0.25 + 2.25 * large * large);  // mean 1, few large ones
  company.accounts = std::max(1u, static_cast<uint32_t>(accounts + random.Unit()));
  company.first_account = random.Below(kAccountPool);
  company.account_step = 1 + random.Below(kAccountPool - 1);
  return company;
}

void DrawAccount(const Plan& plan, const PlanShares& shares, const CompanyShares& company, const Clock& clock,
                 Random& random, uint32_t number, Account* account) {
  account->number = number;
  account->deals.clear();
  account->assets.clear();
  account->worked = random.Chance(plan.worked_accounts);
  account->region = static_cast<uint8_t>(PickValue(plan.regions, random));
  account->industry = static_cast<uint8_t>(PickValue(plan.industries, random));
  account->size = static_cast<uint8_t>(PickValue(plan.sizes, random));
  if (account->worked) {
    const uint32_t gap = random.Pick(shares.extra_gaps);
    if (gap < plan.gaps.size()) {
      account->region = static_cast<uint8_t>(plan.gaps[gap].region);
      account->industry = static_cast<uint8_t>(plan.gaps[gap].industry);
    }
  }
  account->gap = IsGap(plan, *account);
  account->people.count = MembersOf(number);
  for (uint32_t seat = 0; seat < account->people.count; ++seat) {
    Person& person = account->people[seat];
    person = Person{};
    person.seat = static_cast<uint8_t>(seat);
    person.title = static_cast<uint8_t>(TitleOf(plan, seat));
    DrawPerson(plan, company, clock, random, *account, &person);
  }
}

Asset DrawAsset(const Plan& plan, const Clock& clock, Random& random, uint32_t members, uint32_t number) {
  constexpr uint32_t kMostLater = 10 * kDay;
  Asset asset{.number = number, .created = clock.Draw(random, 4 * kMostLater), .team = kBrand, .uses = {}};
  asset.team = static_cast<Team>(random.Pick(plan.asset_teams));
  if (!random.Chance(plan.assets_used)) return asset;
  const bool by_sales = random.Chance(plan.assets_used_by_sales);
  const uint32_t count = 1 + random.Below(3);
  uint32_t time = asset.created;
  for (uint32_t i = 0; i < count; ++i) {
    time += 1 + random.Below(kMostLater);
    const Team team = by_sales && i == 0 ? kSales : kMarketing;
    asset.uses.Add({time, static_cast<uint8_t>(random.Below(members)), team});
  }
  return asset;
}

uint8_t BucketOf(const Person& person, uint32_t contact_time) {
  uint32_t age = UINT32_MAX;
  for (const Exposure& exposure : person.exposures) {
    if (exposure.time <= contact_time) age = contact_time - exposure.time;
  }
  if (age == UINT32_MAX) return kRecencyBuckets - 1;
  uint8_t bucket = 0;
  while (bucket < kRecencyBounds.size() && age >= kRecencyBounds[bucket]) ++bucket;
  return bucket;
}

uint8_t MixOf(const Person& person, uint32_t contact_time) {
  bool brand = false, demand = false, plain = false;
  for (const Exposure& exposure : person.exposures) {
    if (exposure.time > contact_time || contact_time - exposure.time >= kExposureWindow) continue;
    brand |= exposure.team == kBrand;
    demand |= exposure.team == kDemand;
    plain |= exposure.team == kMarketing;
  }
  if (brand && demand) return 3;
  if (brand) return 1;
  if (demand) return 2;
  return plain ? 4 : 0;
}

}  // namespace vesica_simulator
