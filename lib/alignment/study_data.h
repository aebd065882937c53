#ifndef VESICA_LIB_ALIGNMENT_STUDY_DATA_H_
#define VESICA_LIB_ALIGNMENT_STUDY_DATA_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "alignment/business_hours.h"
#include "alignment/decoder.h"
#include "alignment/event.h"
#include "alignment/hash_slice.h"
#include "alignment/interner.h"
#include "alignment/partial_bytes.h"
#include "vesica/study.h"

namespace vesica {

// Labels that one decoder met, or that a partial names, under numbers of their own; and what else the part says of its
// events.
struct StudyPart {
  const Labels* labels;
  const Interner* accounts;
  const EventQuality* quality;
  int64_t latest_time = kNoTime;
  const std::vector<bool>* companies_taken = nullptr;  // nullptr: an event of all labels was taken
};
StudyPart PartOf(const EventDecoder& decoder);

// What all people of a study have in common once its events are read. Every id of a label is its rank in byte order, so
// that nothing depends on who read what first. Immutable.
class StudyData {
 public:
  StudyData(const StudyOptions& options, const TimeZone& zone, const std::vector<StudyPart>& parts);

  // InvalidArgument for a dimension that seems to name people, by its labels and the rows there are, or by how many
  // people have a value in each.
  absl::Status CheckDimensions(std::span<const uint64_t> valued = {}) const;

  // Rewrites the ids of an event from those of part `part`.
  void Translate(uint32_t part, Event* event) const {
    event->company = companies.Of(part, event->company);
    event->account = accounts.Of(part, event->account);
    if (event->segment != kNoId) event->segment = segment_ids_[part][event->segment];
    if (event->details != kNoId) event->details = detail_ids_[part][event->details];
  }

  const EventDetails& DetailsOf(const Event& event) const {
    return event.details == kNoId ? no_details_ : details_[event.details];
  }

  // The values of a tuple of dimensions, one for each; kNoId: missing.
  std::span<const uint32_t> Segment(uint32_t id) const {
    const size_t size = dimensions.size();
    return id == kNoId ? std::span<const uint32_t>(no_segment_.data(), size)
                       : std::span<const uint32_t>(segments_.data() + id * size, size);
  }
  uint32_t segment_count() const { return segment_count_; }

  // The name of a company; nullopt where the study names none.
  std::optional<std::string_view> CompanyName(uint32_t company) const {
    if (company == kNoId) return std::nullopt;
    return companies[company];
  }
  // Whether rows are to be told apart by company: not where all events are of the unnamed one.
  bool has_companies() const { return has_companies_; }
  // Whether an event of a company, or with a value of a dimension, was taken.
  bool IsTakenCompany(uint32_t company) const { return companies_taken_[company]; }
  bool IsTakenValue(size_t dimension, uint32_t value) const { return values_taken_[dimension][value]; }
  bool has_stages() const;  // of any event

  // The list of labels of a kind, or of the values of a dimension.
  const Ranking& RankingOf(LabelKind kind, size_t dimension = 0) const;

  // The value of a company's attribute; kNoId: not known. Of several the first in byte order.
  uint32_t AttributeOf(uint32_t attribute, uint32_t company) const {
    const auto value = attribute_of_.find({attribute, company});
    return value == attribute_of_.end() ? kNoId : value->second;
  }

  std::optional<size_t> DimensionIndex(std::string_view name) const;

  uint64_t held_bytes() const;

  const StudyOptions& options;
  const TimeZone zone;                                // of the study's clock
  const std::optional<BusinessHours> business_hours;  // nullopt: all hours are
  const HashSlice slice;
  Ranking companies, accounts, stages, reasons, sources, currencies, attributes, attribute_values;
  std::vector<Ranking> dimensions;
  EventQuality quality;
  int64_t as_of = kNoTime;  // given, or of the latest event; kNoTime: no event has one

 private:
  void RankSegments(const std::vector<StudyPart>& parts);
  void RankDetails(const std::vector<StudyPart>& parts);
  void FindTaken(const std::vector<StudyPart>& parts);
  void ReadAttributes(const std::vector<StudyPart>& parts);

  std::vector<uint32_t> segments_;  // tuples, in lexicographic order
  uint32_t segment_count_ = 0;
  std::array<uint32_t, kMaxDimensions> no_segment_;
  std::vector<std::vector<uint32_t>> segment_ids_;  // by part
  std::vector<EventDetails> details_;
  EventDetails no_details_;
  std::vector<std::vector<uint32_t>> detail_ids_;
  absl::flat_hash_map<std::pair<uint32_t, uint32_t>, uint32_t> attribute_of_;  // attribute, company
  std::vector<bool> companies_taken_;
  std::vector<std::vector<bool>> values_taken_;  // by dimension
  bool has_companies_ = false;
};

}  // namespace vesica

#endif  // VESICA_LIB_ALIGNMENT_STUDY_DATA_H_
