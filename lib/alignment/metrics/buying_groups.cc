#include <map>

#include "alignment/metrics/account_fold.h"
#include "alignment/metrics/company_key.h"
#include "alignment/metrics/metrics.h"

namespace vesica {
namespace {

constexpr uint64_t kAtLeast[] = {1, 2, 3, 6};

// Accounts of a company where at least so many people are reached.
struct Groups {
  uint64_t accounts = 0, marketing = 0, sales = 0, shared = 0, same_person = 0, covered = 0;

  void Add(const AccountFold::Counts& account, uint64_t at_least, bool is_covered) {
    ++accounts;
    marketing += account.marketing >= at_least;
    sales += account.sales >= at_least;
    shared += account.marketing >= at_least && account.sales >= at_least;
    same_person += account.both >= at_least;
    covered += is_covered;
  }
};

absl::StatusOr<Table> Finish(const Fold& fold) {
  const auto& accounts = static_cast<const AccountFold&>(fold);
  std::map<std::pair<CompanyKey, uint64_t>, Groups> rows;
  for (uint64_t at_least : kAtLeast) rows[{0, at_least}] = {};
  for (const AccountFold::Counts& account : accounts.accounts()) {
    ForEachCompanyKey(fold.data(), account.company, [&](CompanyKey company) {
      for (uint64_t at_least : kAtLeast) rows[{company, at_least}].Add(account, at_least, accounts.IsCovered(account));
    });
  }
  TableBuilder to("buying_groups",
                  {{"company", ColumnType::kText},
                   {"at_least", ColumnType::kInt64},
                   {"accounts", ColumnType::kUint64},
                   {"marketing_accounts", ColumnType::kUint64},
                   {"sales_accounts", ColumnType::kUint64},
                   {"shared_accounts", ColumnType::kUint64},
                   {"same_person_accounts", ColumnType::kUint64},
                   {"covered", ColumnType::kUint64},
                   {"covered_share", ColumnType::kDouble},
                   {"shared_share_of_sales", ColumnType::kDouble}},
                  BuyingGroupsMetric().table.description);
  for (const auto& [key, groups] : rows) {
    to.Row().Text(CompanyCell(fold.data(), key.first)).Int64(static_cast<int64_t>(key.second));
    to.Uint64(groups.accounts).Uint64(groups.marketing).Uint64(groups.sales).Uint64(groups.shared);
    to.Uint64(groups.same_person).Uint64(groups.covered).Ratio(groups.covered, groups.accounts);
    to.Ratio(groups.shared, groups.sales);
  }
  return std::move(to).Finish();
}

}  // namespace

Metric BuyingGroupsMetric() {
  return {{"buying_groups", "Accounts where each team reaches at least so many people, and where both do"},
          MakeFoldsWithLog<AccountFold>,
          Finish,
          {{"company", "at_least"}, {{"company"}}}};
}

}  // namespace vesica
