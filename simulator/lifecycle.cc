#include <algorithm>

#include "population.h"

namespace vesica_simulator {
namespace {

// The life of one person, stage by stage; what would come after the last second never happens.
class Life {
 public:
  Life(const Plan& plan, const Clock& clock, Random& random, Person* person)
      : plan_(plan), clock_(clock), random_(random), person_(*person) {}

  // Subscriber to, at most, MQL; early enough for the slowest to be contacted before the last second.
  void BecomeLead() {
    person_.lead = true;
    person_.source = PickSource();
    uint8_t reached = kSubscriber;
    while (reached < kMql && random_.Chance(plan_.conversions[reached + 1])) ++reached;
    uint32_t time = clock_.Draw(random_, SlowestLead(plan_));
    Enter(time, kSubscriber);
    for (uint8_t stage = kLead; stage <= reached; ++stage) Enter(time += TimeTo(stage), stage);
    if (reached == kMql) handed_over_ = time;
  }

  void BeContacted() {
    uint32_t time = 0;
    uint8_t delay = kNoDelay;
    if (handed_over_ != kNever) {
      delay = static_cast<uint8_t>(random_.Pick(plan_.delays));
      const uint32_t least = delay == 0 ? 0 : kDelayBounds[delay - 1];
      time = handed_over_ + least + 1 + random_.Below(kDelayBounds[delay] - least);
    } else {
      time = clock_.Draw(random_);
    }
    const uint32_t count = random_.Pick(plan_.contacts) + 1;
    for (uint32_t i = 0; i < count && time <= clock_.last(); ++i) {
      AddContact(time, i == 0 ? delay : kNoDelay);
      time += 3 * kDay + random_.Below(42 * kDay);
    }
    Respond();
  }

  // From MQL on, if sales has made contact; returns when the person became an opportunity.
  uint32_t Progress() {
    if (!random_.Chance(plan_.conversions[kSal])) return Fail(handed_over_);
    uint32_t time = handed_over_;
    if (!random_.Chance(plan_.skips)) {
      if (!Enter(time += TimeTo(kSal), kSal)) return kNever;
      if (!random_.Chance(plan_.conversions[kSql])) return Fail(time);
    }
    if (!Enter(time += TimeTo(kSql), kSql)) return kNever;
    if (random_.Chance(plan_.returns)) Enter(time + 1 + random_.Below(kDay), kMql);
    if (!random_.Chance(plan_.conversions[kOpportunity])) return Fail(time);
    time += TimeTo(kOpportunity);
    return Enter(time, kOpportunity) ? time : kNever;
  }

  // What becomes of a lead that sales never contacts.
  void BeIgnored() {
    if (random_.Chance(plan_.dropped_untouched / (1 - plan_.contacted))) Disqualify(handed_over_);
    person_.unasked_time = handed_over_ + random_.Below(20 * kDay);
    person_.responds_unasked = random_.Chance(plan_.unasked_responses) && person_.unasked_time <= clock_.last();
  }

  bool handed_over() const { return handed_over_ != kNever; }

  static constexpr uint32_t kNever = UINT32_MAX;

 private:
  uint8_t PickSource() {
    double rest = random_.Unit();
    uint8_t i = 0;
    while (i + 1u < plan_.sources.size() && rest >= plan_.sources[i].share) rest -= plan_.sources[i++].share;
    return i;
  }

  uint32_t TimeTo(uint8_t stage) { return 1 + random_.Around(plan_.median_days[stage] * kDay); }

  bool Enter(uint32_t time, uint8_t stage, uint8_t reason = 0) {
    if (time > clock_.last()) return false;
    person_.stages.Add({time, stage, reason});
    return true;
  }

  uint32_t Fail(uint32_t time) {
    if (random_.Chance(plan_.dropped)) Disqualify(time);
    return kNever;
  }

  void Disqualify(uint32_t time) {
    time += kDay + random_.Below(19 * kDay);
    const auto reason = static_cast<uint8_t>(random_.Pick(plan_.reasons_of_source[person_.source]));
    if (!Enter(time, kDisqualified, reason) || !random_.Chance(plan_.recycled)) return;
    Enter(time + 10 * kDay + random_.Below(30 * kDay), kLead);
  }

  void AddContact(uint32_t time, uint8_t delay) {
    Contact contact{.time = time,
                    .response_time = 0,
                    .bucket = BucketOf(person_, time),
                    .mix = MixOf(person_, time),
                    .delay = delay,
                    .responded = false,
                    .probability = 0};
    contact.probability = plan_.response_rates[contact.bucket] * plan_.mix_effects[contact.mix] *
                          (delay == kNoDelay ? 1 : plan_.delay_effects[delay]);
    person_.contacts.Add(contact);
  }

  // A response comes before the next contact, and within the window.
  void Respond() {
    for (uint32_t i = 0; i < person_.contacts.count; ++i) {
      Contact& contact = person_.contacts[i];
      uint32_t within = kResponseWindow;
      if (i + 1 < person_.contacts.count) within = std::min(within, person_.contacts[i + 1].time - contact.time);
      contact.response_time = contact.time + random_.Below(within);
      contact.responded = random_.Chance(contact.probability) && contact.response_time <= clock_.last();
    }
  }

  const Plan& plan_;
  const Clock& clock_;
  Random& random_;
  Person& person_;
  uint32_t handed_over_ = kNever;
};

void OpenDeal(const Plan& plan, const Clock& clock, Random& random, uint32_t opened, uint8_t seat, uint32_t number,
              Account* account) {
  Deal deal{.number = number,
            .opened = opened,
            .closed = opened + 1 + random.Around(plan.median_days[kWonStage] * kDay),
            .has_closed = false,
            .won = false,
            .primed = false,
            .amount = plan.mean_amount / 2 + random.Below(plan.mean_amount + 1),
            .seats = {seat, static_cast<uint8_t>((seat + 1) % account->people.count)},
            .seat_count = static_cast<uint8_t>(random.Chance(plan.second_contact) ? 2 : 1)};
  for (uint8_t i = 0; i < deal.seat_count; ++i) {
    const Person& person = account->people[deal.seats[i]];
    deal.primed |= person.exposures.count > 0 && person.exposures[0].time < opened;
  }
  if (deal.primed) deal.amount = static_cast<uint32_t>(deal.amount * plan.primed_amount);
  const bool wins = random.Chance(deal.primed ? plan.win_rate_primed : plan.win_rate_not);
  deal.has_closed = deal.closed <= clock.last();
  deal.won = wins && deal.has_closed;
  if (deal.won) account->people[seat].stages.Add({deal.closed, kWonStage, 0});
  account->deals.push_back(deal);
}

}  // namespace

void DrawLifecycles(const Plan& plan, const CompanyShares& company, const Clock& clock, Random& random,
                    Account* account, uint32_t* deals) {
  for (Person& person : account->people) {
    const bool sales = (person.circles & kInSales) != 0, marketing = (person.circles & kInMarketing) != 0;
    if (!sales && !marketing) continue;
    Life life(plan, clock, random, &person);
    if (random.Chance(sales ? plan.sales_leads : company.other_leads)) life.BecomeLead();
    if (sales) life.BeContacted();
    if (!life.handed_over()) continue;
    if (!sales) {
      life.BeIgnored();
      continue;
    }
    const uint32_t opened = life.Progress();
    if (opened != Life::kNever) OpenDeal(plan, clock, random, opened, person.seat, ++*deals, account);
  }
}

}  // namespace vesica_simulator
