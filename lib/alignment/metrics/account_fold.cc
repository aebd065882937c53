#include "alignment/metrics/account_fold.h"

#include <algorithm>
#include <tuple>

#include "alignment/hash_pair.h"
#include "base/error.h"

namespace vesica {
namespace {

auto PersonOrder(const AccountFold::Person& p) { return std::tie(p.company, p.account, p.role, p.size, p.circles); }
auto CountsOrder(const AccountFold::Counts& c) { return std::tie(c.company, c.account, c.role); }

std::vector<AccountFold::Counts> Joined(std::vector<std::vector<AccountFold::Counts>> parts) {
  std::vector<AccountFold::Counts> all;
  for (auto& part : parts) {
    all.insert(all.end(), part.begin(), part.end());
    part = {};
  }
  std::sort(all.begin(), all.end(), [](const auto& a, const auto& b) { return CountsOrder(a) < CountsOrder(b); });
  return all;
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
  const uint32_t workers = scope().context->threads();
  std::vector<std::vector<Counts>> accounts(workers), roles(workers);
  VESICA_RETURN_IF_ERROR(ForEachPartition(*log_, *scope().context, progress_end,
                                          [&](uint32_t worker, std::span<Person> people) -> absl::Status {
                                            Count(people, &accounts[worker], &roles[worker]);
                                            return absl::OkStatus();
                                          }));
  accounts_ = Joined(std::move(accounts));
  roles_ = Joined(std::move(roles));
  return absl::OkStatus();
}

void AccountFold::Count(std::span<Person> people, std::vector<Counts>* accounts, std::vector<Counts>* roles) const {
  std::sort(people.begin(), people.end(),
            [](const Person& a, const Person& b) { return PersonOrder(a) < PersonOrder(b); });
  for (size_t begin = 0; begin < people.size();) {
    const Person& first = people[begin];
    Counts account{.company = first.company, .account = first.account};
    std::vector<Counts> of_account;
    size_t end = begin;
    for (; end < people.size() && people[end].company == first.company && people[end].account == first.account; ++end) {
      account.Add(people[end]);
      if (role_ == kNoId) continue;
      if (of_account.empty() || of_account.back().role != people[end].role) {
        of_account.push_back({.company = first.company, .account = first.account, .role = people[end].role});
      }
      of_account.back().Add(people[end]);
    }
    accounts->push_back(account);
    if (IsListed(account)) roles->insert(roles->end(), of_account.begin(), of_account.end());
    begin = end;
  }
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
