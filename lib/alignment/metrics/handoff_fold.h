#ifndef VESICA_LIB_ALIGNMENT_METRICS_HANDOFF_FOLD_H_
#define VESICA_LIB_ALIGNMENT_METRICS_HANDOFF_FOLD_H_

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "alignment/fold.h"
#include "alignment/metrics/company_key.h"
#include "alignment/stages.h"

namespace vesica {

inline constexpr size_t kDelayBuckets = 6;

// People handed to sales, each by the first entry of the stage of the hand-off, and what sales did within the time in
// which a lead is not yet ignored.
class HandoffFold : public Fold {
 public:
  struct Counts {
    uint64_t handed_off = 0, not_due = 0, accepted = 0, disqualified_untouched = 0, contacted = 0, ignored = 0,
             within_sla = 0;
    std::array<uint64_t, kDelayBuckets> leads = {}, responses = {};
    std::vector<int64_t> delays;  // of the contacted
    uint64_t due() const { return handed_off - not_due; }
    void operator+=(const Counts& other);
  };

  explicit HandoffFold(const FoldScope& scope)
      : Fold(scope), stages_(*scope.data), no_time_(scope.data->companies.size()) {}
  absl::Status Visit(const Timeline& timeline) override;
  absl::Status Merge(const Fold& other) override;
  uint64_t held_bytes() const override;
  void AppendLeftOut(std::vector<LeftOut>* rows) const override;
  PartialSection section() const override { return PartialSection::kHandoff; }
  void Show(PartialArchive& archive) override;

  // By company and source; nullopt: all sources, kNoId: none given.
  std::map<std::pair<CompanyKey, std::optional<uint32_t>>, Counts> BySource() const;

 private:
  using Key = std::pair<uint32_t, uint32_t>;  // company, source
  void CountDue(std::span<const Event> events, const Event& handoff, Counts* counts) const;

  const Stages stages_;
  absl::flat_hash_map<Key, Counts> counts_;
  std::vector<uint64_t> no_time_;  // by company
  uint64_t delays_ = 0;
};

// "(0,5m]", ..., "later", "never".
const char* DelayBucketText(size_t bucket);

}  // namespace vesica

#endif  // VESICA_LIB_ALIGNMENT_METRICS_HANDOFF_FOLD_H_
