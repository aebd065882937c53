#ifndef VESICA_LIB_ALIGNMENT_STUDY_DATA_H_
#define VESICA_LIB_ALIGNMENT_STUDY_DATA_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "alignment/business_hours.h"
#include "alignment/decoder.h"
#include "alignment/event.h"
#include "alignment/interner.h"
#include "vesica/study.h"

namespace vesica {

// What all people of a study have in common once its events are read. Every id of a label is its rank in byte order, so
// that nothing depends on who read what first. Immutable.
class StudyData {
 public:
  StudyData(const StudyOptions& options, const TimeZone& zone, const std::vector<const EventDecoder*>& decoders);

  // InvalidArgument for a dimension that seems to name people.
  absl::Status CheckDimensions() const;

  // Rewrites the ids of an event from those of decoder `part`.
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
  bool has_companies() const { return companies.size() > 1 || (companies.size() == 1 && !companies[0].empty()); }

  // The value of a company's attribute; kNoId: not known. Of several the first in byte order.
  uint32_t AttributeOf(uint32_t attribute, uint32_t company) const {
    return company < companies.size() ? attribute_of_[size_t{attribute} * companies.size() + company] : kNoId;
  }

  std::optional<size_t> DimensionIndex(std::string_view name) const;

  uint64_t held_bytes() const;

  const StudyOptions& options;
  const TimeZone zone;                                // of the study's clock
  const std::optional<BusinessHours> business_hours;  // nullopt: all hours are
  Ranking companies, accounts, stages, reasons, sources, currencies, attributes, attribute_values;
  std::vector<Ranking> dimensions;
  EventQuality quality;
  int64_t as_of = kNoTime;  // given, or of the latest event; kNoTime: no event has one

 private:
  void RankSegments(const std::vector<const EventDecoder*>& decoders);
  void RankDetails(const std::vector<const EventDecoder*>& decoders);
  void ReadAttributes(const std::vector<const EventDecoder*>& decoders);

  std::vector<uint32_t> segments_;  // tuples, in lexicographic order
  uint32_t segment_count_ = 0;
  std::array<uint32_t, kMaxDimensions> no_segment_;
  std::vector<std::vector<uint32_t>> segment_ids_;  // by decoder
  std::vector<EventDetails> details_;
  EventDetails no_details_;
  std::vector<std::vector<uint32_t>> detail_ids_;
  std::vector<uint32_t> attribute_of_;
};

}  // namespace vesica

#endif  // VESICA_LIB_ALIGNMENT_STUDY_DATA_H_
