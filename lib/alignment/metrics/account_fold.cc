#include "alignment/metrics/account_fold.h"

#include <algorithm>
#include <tuple>

#include "alignment/hash_pair.h"
#include "base/error.h"

namespace vesica {
namespace {

auto PersonOrder(const AccountFold::Person& p) { return std::tie(p.company, p.account, p.role, p.size, p.circles); }
auto CountsOrder(const AccountFold::Counts& c) { return std::tie(c.company, c.account, c.role); }

// Sums those next to each other that are the same.
template <class Same>
std::vector<AccountFold::Counts> Summed(std::span<const AccountFold::Counts> sorted, const Same& same) {
  std::vector<AccountFold::Counts> sums;
  for (const AccountFold::Counts& counts : sorted) {
    sums.empty() || !same(sums.back(), counts) ? sums.push_back(counts) : void(sums.back() += counts);
  }
  return sums;
}

bool SameAccount(const AccountFold::Counts& a, const AccountFold::Counts& b) {
  return a.company == b.company && a.account == b.account;
}

// Counts the people of each role of each account.
void CountRoles(std::span<AccountFold::Person> people, std::vector<AccountFold::Counts>* roles) {
  std::sort(people.begin(), people.end(), [](const auto& a, const auto& b) { return PersonOrder(a) < PersonOrder(b); });
  const AccountFold::Person* last = nullptr;
  for (const AccountFold::Person& person : people) {
    const bool same = last != nullptr && last->company == person.company && last->account == person.account &&
                      last->role == person.role;
    if (!same) roles->push_back({.company = person.company, .account = person.account, .role = person.role});
    roles->back().Add(person);
    last = &person;
  }
}

}  // namespace

void AccountFold::Counts::Add(const Person& person) {
  const bool in_marketing = (person.circles & kMarketing) != 0, in_sales = (person.circles & kSales) != 0;
  ++known;
  marketing += in_marketing;
  sales += in_sales;
  both += in_marketing && in_sales;
  size = std::max(size, person.size);
}

void AccountFold::Counts::operator+=(const Counts& other) {
  known += other.known;
  marketing += other.marketing;
  sales += other.sales;
  both += other.both;
  size = std::max(size, other.size);
}

AccountFold::AccountFold(const FoldScope& scope, std::shared_ptr<Log> log)
    : Fold(scope),
      log_(std::move(log)),
      role_(static_cast<uint32_t>(scope.data->DimensionIndex(scope.data->options.role).value_or(kNoId))) {}

absl::Status AccountFold::Visit(const Timeline& timeline) {
  if (!timeline.has_person || timeline.account == kNoId) return absl::OkStatus();
  Person person{timeline.company, timeline.account, kNoId, 0, timeline.circles};
  if (role_ != kNoId) person.role = (*scope().segments)[timeline.segment][role_];
  for (const Event& event : timeline.events) person.size = std::max(person.size, data().DetailsOf(event).account_size);
  return log_->Append(scope().worker, HashPair(person.company, person.account), person);
}

absl::Status AccountFold::Complete(double progress_end) {
  std::vector<std::vector<Counts>> parts(scope().context->threads());
  VESICA_RETURN_IF_ERROR(ForEachPartition(*log_, *scope().context, progress_end,
                                          [&](uint32_t worker, std::span<Person> people) -> absl::Status {
                                            CountRoles(people, &parts[worker]);
                                            return absl::OkStatus();
                                          }));
  const bool read_some = !roles_.empty();
  for (auto& part : parts) {
    roles_.insert(roles_.end(), part.begin(), part.end());
    part = {};
  }
  std::sort(roles_.begin(), roles_.end(), [](const auto& a, const auto& b) { return CountsOrder(a) < CountsOrder(b); });
  if (read_some) {
    roles_ = Summed(roles_, [](const auto& a, const auto& b) { return CountsOrder(a) == CountsOrder(b); });
  }
  if (role_ != kNoId) accounts_ = Summed(roles_, SameAccount);
  for (Counts& account : accounts_) account.role = kNoId;
  return absl::OkStatus();
}

void AccountFold::Show(PartialArchive& archive) {
  const auto before = [](const Counts& a, const Counts& b) { return CountsOrder(a) < CountsOrder(b); };
  archive.Rows(&roles_, before, [&](Counts& counts) {
    archive.Company(&counts.company);
    archive.Account(&counts.account);
    archive.Value(role_, &counts.role);
    archive.Number(&counts.size, UINT32_MAX);
    archive.Count(&counts.known);
    archive.Number(&counts.marketing, counts.known);
    archive.Number(&counts.sales, counts.known);
    archive.Number(&counts.both, std::min(counts.marketing, counts.sales));
    archive.Require(counts.known > 0 && counts.marketing + counts.sales - counts.both <= counts.known);
  });
}

std::vector<AccountFold::Counts> AccountFold::ListedRoles() const {
  std::vector<Counts> listed;
  auto account = accounts_.begin();
  for (const Counts& role : roles_) {
    while (account != accounts_.end() && !SameAccount(*account, role)) ++account;
    if (account == accounts_.end()) break;
    if (IsListed(*account)) listed.push_back(role);
  }
  return listed;
}

bool AccountFold::IsListed(const Counts& account) const {
  return data().options.all_accounts || account.known >= data().options.min_support;
}
uint64_t AccountFold::ExpectedMin(const Counts& account) const {
  return account.size != 0 ? account.size : data().options.expected_min;
}
uint64_t AccountFold::ExpectedMax(const Counts& account) const {
  return account.size != 0 ? account.size : data().options.expected_max;
}
bool AccountFold::IsCovered(const Counts& account) const {
  return account.marketing >= ExpectedMin(account) && account.sales >= ExpectedMin(account);
}

}  // namespace vesica
