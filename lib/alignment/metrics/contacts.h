#ifndef VESICA_LIB_ALIGNMENT_METRICS_CONTACTS_H_
#define VESICA_LIB_ALIGNMENT_METRICS_CONTACTS_H_

#include <cstdint>
#include <map>
#include <tuple>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "alignment/fold.h"
#include "alignment/intervals.h"

namespace vesica {

// What marketing showed a person within the exposure window before a contact.
enum class Mix : uint8_t { kNone, kBrand, kDemand, kBoth, kPlain };
inline constexpr size_t kMixes = 5;

// Contacts of sales and their responses, by how long ago the person's last marketing exposure was, and by what it was
// exposed to. A contact without a time has no age and is left out, as is one whose response window is not over.
class Contacts : public Fold {
 public:
  explicit Contacts(const FoldScope& scope);
  absl::Status Visit(const Timeline& timeline) override;
  absl::Status Merge(const Fold& other) override;
  uint64_t held_bytes() const override;
  void AppendLeftOut(std::vector<LeftOut>* rows) const override;
  PartialSection section() const override { return PartialSection::kContacts; }
  void Show(PartialArchive& archive) override;

  struct Counts {
    uint64_t contacts = 0, people = 0, responses = 0;
    void operator+=(const Counts& other);
    Trials trials() const { return {responses, contacts}; }
  };

  // Buckets of age: one for each bound of the options, one beyond, and the last for never.
  size_t buckets() const { return data().options.recency_buckets.size() + 2; }

  // By company (0: all of them, else rank + 1), of those with contacts.
  std::map<uint64_t, std::vector<Counts>> RecencyByCompany() const;  // by bucket
  std::map<uint64_t, std::vector<Counts>> MixByCompany() const;      // by Mix

  // By value of the dimension of strata, then by bucket.
  using Strata = std::map<uint32_t, std::vector<Counts>>;
  std::map<uint64_t, Strata> StrataByCompany() const;

 private:
  // Company, value of the dimension of strata (kNoId: unknown, or no such dimension), bucket.
  using Key = std::tuple<uint32_t, uint32_t, uint32_t>;
  struct Skipped {
    uint64_t no_time = 0, not_due = 0;
    void operator+=(const Skipped& other);
    friend bool operator==(const Skipped&, const Skipped&) = default;
  };

  std::map<uint64_t, std::vector<Counts>> ByCompany(const absl::flat_hash_map<Key, Counts>& counts, size_t size) const;

  const uint32_t strata_;  // index of the dimension, kNoId: none
  absl::flat_hash_map<Key, Counts> recency_;
  absl::flat_hash_map<Key, Counts> mix_;
  std::vector<Skipped> skipped_;  // by company
};

// The columns of a table of response rates behind the one that names the rows: contacts ... corrected. Rates are
// compared with those of `base`.
std::vector<ColumnSpec> RateColumns();
void AppendRates(const Contacts::Counts& counts, const Contacts::Counts& base, bool is_base, TableBuilder* to);

}  // namespace vesica

#endif  // VESICA_LIB_ALIGNMENT_METRICS_CONTACTS_H_
