#ifndef VESICA_SIMULATOR_POPULATION_H_
#define VESICA_SIMULATOR_POPULATION_H_

#include <array>
#include <cstdint>
#include <vector>

#include "plan.h"
#include "random.h"

namespace vesica_simulator {

// What is drawn: companies, the accounts they know, and those accounts' people with all that happens to them. Events
// are written from this, and what was realised is counted from it, each on its own.

// Accounts are of one pool, so that companies share them. Prime: steps of any length go all around.
inline constexpr uint32_t kAccountPool = 199'999;

struct Company {
  uint32_t index = 0;
  uint32_t region = 0, industry = 0;
  double coverage = 0;    // planted
  uint32_t accounts = 0;  // known to it
  uint32_t first_account = 0, account_step = 1;

  uint32_t Account(uint32_t i) const {
    return static_cast<uint32_t>((first_account + uint64_t{i} * account_step) % kAccountPool);
  }
};

enum Team : uint8_t { kBrand, kDemand, kMarketing, kSales };

// Circles as bits.
enum Circle : uint8_t {
  kInBrand = 1,
  kInDemand = 2,
  kInPlainMarketing = 4,
  kInSales = 8,
  kInMarketingTargets = 16,
  kInSalesTargets = 32,
  kInMarket = 64,
};
inline constexpr uint8_t kInMarketing = kInBrand | kInDemand | kInPlainMarketing;
inline constexpr size_t kCircleSets = 128;

// A list that never holds more than so many.
template <class T, size_t kMost>
struct List {
  std::array<T, kMost> items;
  uint32_t count = 0;

  void Add(const T& item) { items[count++] = item; }
  const T* begin() const { return items.data(); }
  const T* end() const { return items.data() + count; }
  T* begin() { return items.data(); }
  T* end() { return items.data() + count; }
  const T& operator[](size_t i) const { return items[i]; }
  T& operator[](size_t i) { return items[i]; }
};

struct Exposure {
  uint32_t time;
  Team team;
};

inline constexpr uint8_t kNoDelay = 255;

struct Contact {
  uint32_t time;
  uint32_t response_time;
  uint8_t bucket, mix, delay;  // what the response went by; kNoDelay but for the first of a lead
  bool responded;
  double probability;  // of the response
};

struct StageEntry {
  uint32_t time;
  uint8_t stage, reason;
};

struct Person {
  uint8_t seat = 0, title = 0;
  uint8_t circles = 0;
  bool engaged = false, responds_unasked = false;
  bool lead = false;
  uint8_t source = 0;
  uint32_t target_time = 0, sales_target_time = 0, market_time = 0, engaged_time = 0, unasked_time = 0;
  List<Exposure, 4> exposures;  // by time, at different times
  List<Contact, 3> contacts;    // by time
  List<StageEntry, 12> stages;  // in the order they were drawn
};

struct Deal {
  uint32_t number;  // within the company, from 1
  uint32_t opened, closed;
  bool has_closed, won, primed;
  uint32_t amount;
  uint8_t seats[2];
  uint8_t seat_count;
};

struct AssetUse {
  uint32_t time;
  uint8_t seat;
  Team team;
};

struct Asset {
  uint32_t number;  // within the company, from 1
  uint32_t created;
  Team team;
  List<AssetUse, 3> uses;
};

struct Account {
  uint32_t number = 0;
  uint8_t region = 0, industry = 0, size = 0;
  bool worked = false, gap = false;
  List<Person, kMostMembers> people;
  std::vector<Deal> deals;
  std::vector<Asset> assets;
};

// Times of one length: 0 is the first second of the plan's first day.
class Clock {
 public:
  explicit Clock(const Plan& plan) : growth_(plan.growth), last_(plan.days * kDay - 1) {}

  uint32_t last() const { return last_; }  // the last second: what the events are seen as of

  // A time from 0 to the last second less `spare`, by the activity planted.
  uint32_t Draw(Random& random, uint32_t spare = 0) const {
    const uint32_t bound = last_ - spare;
    const uint32_t time = random.Below(bound);
    return random.Chance(growth_) ? std::max(time, random.Below(bound)) : time;
  }

 private:
  double growth_;
  uint32_t last_;
};

// One company after the other, each from its own numbers: the same whatever others there are.
Company DrawCompany(const Plan& plan, uint32_t index, Random& random);

// The people of a company's account with their circles, exposures and targets.
void DrawAccount(const Plan& plan, const PlanShares& shares, const CompanyShares& company, const Clock& clock,
                 Random& random, uint32_t number, Account* account);

// What comes of them: contacts and responses, stages, deals (numbered on from *deals).
void DrawLifecycles(const Plan& plan, const CompanyShares& company, const Clock& clock, Random& random,
                    Account* account, uint32_t* deals);

// An asset of the company that people of the account use, if any do.
Asset DrawAsset(const Plan& plan, const Clock& clock, Random& random, uint32_t members, uint32_t number);

// What a response to a contact goes by: age of the person's last exposure, and what it was of within the window.
uint8_t BucketOf(const Person& person, uint32_t contact_time);
uint8_t MixOf(const Person& person, uint32_t contact_time);

}  // namespace vesica_simulator

#endif  // VESICA_SIMULATOR_POPULATION_H_
