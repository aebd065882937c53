#include "alignment/metrics/account_fold.h"
#include "alignment/metrics/metrics.h"

namespace vesica {
namespace {

std::optional<std::string_view> CompanyOf(const StudyData& data, uint32_t company) {
  return data.CompanyName(data.has_companies() ? company : kNoId);
}

absl::StatusOr<Table> FinishAccounts(const Fold& fold) {
  const auto& accounts = static_cast<const AccountFold&>(fold);
  TableBuilder to("accounts",
                  {{"company", ColumnType::kText},
                   {"account", ColumnType::kText},
                   {"known", ColumnType::kUint64},
                   {"marketing", ColumnType::kUint64},
                   {"sales", ColumnType::kUint64},
                   {"both", ColumnType::kUint64},
                   {"in_one", ColumnType::kUint64},
                   {"expected_min", ColumnType::kUint64},
                   {"expected_max", ColumnType::kUint64},
                   {"covered", ColumnType::kBool}},
                  AccountsMetric().table.description);
  for (const AccountFold::Counts& account : accounts.accounts()) {
    if (!accounts.IsListed(account)) continue;
    to.Row().Text(CompanyOf(fold.data(), account.company)).Text(fold.data().accounts[account.account]);
    to.Uint64(account.known).Uint64(account.marketing).Uint64(account.sales).Uint64(account.both);
    to.Uint64(account.marketing + account.sales - 2 * account.both);
    to.Uint64(accounts.ExpectedMin(account)).Uint64(accounts.ExpectedMax(account)).Bool(accounts.IsCovered(account));
  }
  return std::move(to).Finish();
}

absl::StatusOr<Table> FinishRoles(const Fold& fold) {
  const auto& accounts = static_cast<const AccountFold&>(fold);
  TableBuilder to("roles",
                  {{"company", ColumnType::kText},
                   {"account", ColumnType::kText},
                   {"role", ColumnType::kText},
                   {"known", ColumnType::kUint64},
                   {"marketing", ColumnType::kUint64},
                   {"sales", ColumnType::kUint64}},
                  RolesMetric().table.description);
  const StudyData& data = fold.data();
  for (const AccountFold::Counts& role : accounts.ListedRoles()) {
    to.Row().Text(CompanyOf(data, role.company)).Text(data.accounts[role.account]);
    role.role == kNoId ? to.Null() : to.Text(data.dimensions[*data.DimensionIndex(data.options.role)][role.role]);
    to.Uint64(role.known).Uint64(role.marketing).Uint64(role.sales);
  }
  return std::move(to).Finish();
}

}  // namespace

Metric AccountsMetric() {
  return {
      {"accounts", "People known at each account of a company, and reached there by marketing, by sales and by both"},
      MakeFoldsWithLog<AccountFold>,
      FinishAccounts,
      {{"company", "account", "expected_min", "expected_max"}, {}}};
}

Metric RolesMetric() {
  return {{"roles", "People of each role at an account, and reached there by each team"},
          MakeFoldsWithLog<AccountFold>,
          FinishRoles,
          {{"company", "account", "role"}, {{"role"}}}};
}

}  // namespace vesica
