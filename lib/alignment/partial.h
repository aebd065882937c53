#ifndef VESICA_LIB_ALIGNMENT_PARTIAL_H_
#define VESICA_LIB_ALIGNMENT_PARTIAL_H_

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "alignment/account_names.h"
#include "alignment/hash_slice.h"
#include "alignment/study_data.h"
#include "alignment/study_folds.h"
#include "vesica/hash.h"

namespace vesica {

inline constexpr uint32_t kMostAttributes = 1'000;  // of companies, in a partial

// What must agree for two partials to be added up: who is the same person, which account is whose, and every option
// that decides what is counted.
struct PartialTerms {
  IdentityStamp stamp;
  uint64_t account_fingerprint = 0;  // of the data by which accounts are named
  uint64_t domain_fingerprint = 0;
  std::vector<std::pair<std::string, std::string>> options;  // as text, in the order of AllStudyOptions()

  static PartialTerms Of(const IdentityStamp& stamp, const AccountRules& accounts, const StudyOptions& options);
};

// OK if what was counted under `other` can be added to what is counted under `own`; else an error that names the
// first field of the stamp or option that differs.
absl::Status CheckSameTerms(const PartialTerms& own, const PartialTerms& other);

// Hash ranges, in their order, of which no two meet.
using HashRanges = std::vector<HashRange>;
bool RangesMeet(const HashRanges& a, const HashRanges& b);
HashRanges JoinRanges(const HashRanges& a, const HashRanges& b);  // that do not overlap; neighbours become one

// What the folds of a study counted, saved: PARTIAL.md. Immutable.
class Partial {
 public:
  // Reads an image of any origin, but for its sections, which AddTo() reads. Fails with Corrupt and TooNew.
  static absl::StatusOr<std::unique_ptr<Partial>> Parse(std::span<const uint8_t> image);

  const PartialTerms& terms() const { return terms_; }
  const HashRanges& ranges() const { return ranges_; }
  const EventQuality& quality() const { return quality_; }
  StudyPart part() const { return {.labels = &labels_, .accounts = &accounts_, .quality = &quality_}; }

  // Adds its counts to folds that have seen no event. It is part number `part` of their data. InvalidArgument if it
  // lacks what one of them counts, Corrupt if it holds what no study counts.
  absl::Status AddTo(const StudyData& data, uint32_t part, StudyFolds* folds) const;

  // Reads all sections by way of `folds`, made for it alone and for all tables. Corrupt if one holds what no study
  // writes, or a label is in none.
  absl::Status Check(const StudyData& data, StudyFolds* folds);

  uint64_t counted() const { return counted_; }  // the sum of all counts, after Check()
  uint64_t held_bytes() const;

 private:
  struct LeftOutOf {
    uint32_t company;
    LeftOutRows rows;
  };
  explicit Partial(std::span<const uint8_t> payload) : bytes_(payload.begin(), payload.end()) {}

  absl::Status ParseAll();
  absl::Status ParseTerms(ByteReader* reader);
  absl::Status ParseQuality(ByteReader* reader);
  void ParseRanges(ByteReader* reader);
  void ParseLabels(ByteReader* reader);
  void ParseAttributes(ByteReader* reader);
  void ParseLeftOut(ByteReader* reader);
  absl::Status ParseSections(ByteReader* reader);
  PartialLabels NewMarks() const;

  const std::vector<uint8_t> bytes_;
  PartialTerms terms_;
  HashRanges ranges_;
  EventQuality quality_;
  Labels labels_;
  Interner accounts_;
  std::vector<LeftOutOf> left_out_;
  std::array<std::optional<std::span<const uint8_t>>, kPartialSections> sections_;  // of bytes_
  uint64_t counted_ = 0;
};

// The image of what `folds`, which were run, counted.
absl::StatusOr<std::string> WritePartial(const PartialTerms& terms, const HashRanges& ranges, const StudyData& data,
                                         StudyFolds* folds);

}  // namespace vesica

#endif  // VESICA_LIB_ALIGNMENT_PARTIAL_H_
