#ifndef VESICA_LIB_ALIGNMENT_METRICS_ACCOUNT_FOLD_H_
#define VESICA_LIB_ALIGNMENT_METRICS_ACCOUNT_FOLD_H_

#include <cstdint>
#include <memory>
#include <vector>

#include "alignment/engine.h"
#include "alignment/fold.h"
#include "alignment/record_log.h"

namespace vesica {

// People by account: the first fold emits everybody who has one, the second counts each account of a company, by role.
class AccountFold : public Fold {
 public:
  struct Person {
    uint32_t company, account;
    uint32_t role;  // value of the dimension of roles
    uint32_t size;  // expected of the account, as the person's events say it; 0: they do not
    uint32_t circles;
  };
  // People of an account, or of one role there.
  struct Counts {
    uint32_t company = kNoId, account = kNoId, role = kNoId, size = 0;
    uint64_t known = 0, marketing = 0, sales = 0, both = 0;
    void Add(const Person& person);
    void operator+=(const Counts& other);
  };
  using Log = RecordLog<Person>;

  AccountFold(const FoldScope& scope, std::shared_ptr<Log> log);

  absl::Status Visit(const Timeline& timeline) override;
  absl::Status Merge(const Fold&) override { return absl::OkStatus(); }  // they share the log
  absl::Status Complete(double progress_end) override;
  uint64_t held_bytes() const override { return (accounts_.capacity() + roles_.capacity()) * sizeof(Counts); }
  PartialSection section() const override { return PartialSection::kAccounts; }
  void Show(PartialArchive& archive) override;

  // By company and account.
  const std::vector<Counts>& accounts() const { return role_ == kNoId ? roles_ : accounts_; }
  // And by role; only of accounts that are listed. None without a dimension of roles.
  std::vector<Counts> ListedRoles() const;
  bool IsListed(const Counts& account) const;

  // How many people the buying group of an account should have.
  uint64_t ExpectedMin(const Counts& account) const;
  uint64_t ExpectedMax(const Counts& account) const;
  // Whether both teams reach so many.
  bool IsCovered(const Counts& account) const;

 private:
  const std::shared_ptr<Log> log_;
  const uint32_t role_;           // index of the dimension; kNoId: none
  std::vector<Counts> roles_;     // by company, account and role; until Complete() those that were read
  std::vector<Counts> accounts_;  // sums of these over roles, where there are roles
};

}  // namespace vesica

#endif  // VESICA_LIB_ALIGNMENT_METRICS_ACCOUNT_FOLD_H_
