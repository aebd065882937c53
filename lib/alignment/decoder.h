#ifndef VESICA_LIB_ALIGNMENT_DECODER_H_
#define VESICA_LIB_ALIGNMENT_DECODER_H_

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "alignment/account_names.h"
#include "alignment/event.h"
#include "alignment/hash_slice.h"
#include "alignment/interner.h"
#include "alignment/label_reader.h"
#include "alignment/time_text.h"
#include "alignment/time_zone.h"
#include "hash/key_hasher.h"
#include "vesica/events.h"
#include "vesica/hash.h"

namespace vesica {

inline constexpr size_t kMaxDimensions = 16;

// The columns of a batch that a study reads, by their part; nullptr where there is none. Points into the batch.
struct EventColumns {
  const EventColumn* company = nullptr;
  const EventColumn* person = nullptr;
  const EventColumn* account = nullptr;
  const EventColumn* event = nullptr;
  const EventColumn* team = nullptr;
  const EventColumn* time = nullptr;
  const EventColumn* stage = nullptr;
  const EventColumn* reason = nullptr;
  const EventColumn* source = nullptr;
  const EventColumn* asset = nullptr;
  const EventColumn* deal = nullptr;
  const EventColumn* amount = nullptr;
  const EventColumn* currency = nullptr;
  const EventColumn* account_size = nullptr;
  std::vector<const EventColumn*> dimensions;  // one for each of the study
  std::vector<const EventColumn*> attributes;  // company_*

  // Fails with InvalidArgument where a column is twice there, has another length than the batch or a unit that its part
  // cannot have, or where the batch has no event or person column.
  static absl::StatusOr<EventColumns> Find(const EventBatch& batch, const std::vector<std::string>& dimensions);
};

// The distinct labels that one decoder met.
struct Labels {
  Interner companies, stages, reasons, sources, currencies, attributes, attribute_values;
  std::vector<Interner> dimensions;
  Interner segments;            // tuples of a uint32_t for each dimension
  Interner details;             // EventDetails
  Interner company_attributes;  // tuples: attribute, company, value

  uint64_t held_bytes() const;
};

// How times are read that do not say everything themselves.
struct TimeRules {
  std::optional<TimeZone> zone;  // of clock times; days are of UTC without it
  bool day_first = false;        // 3/4/2024 is 3 April
};

// What takes decoded events.
class EventSink {
 public:
  virtual ~EventSink() = default;
  virtual absl::Status Take(const Event& event) = 0;
};

// Rows to events, 256 at a time: decode, check, intern. One per thread; its ids are its own.
//
// Takes the events of its slice of the people only. Every row is of one slice: that of its event, or the first one
// where it has none. Rows of other slices are counted nowhere.
class EventDecoder {
 public:
  // `persons_alone`: Event::person is the hash of the person's key, as in audiences, whatever the company.
  EventDecoder(const Identity& person, const AccountRules& accounts, const TimeRules& times, size_t dimensions,
               const HashSlice& slice = {}, bool persons_alone = false);

  // Rows [begin, begin + count) of a batch whose row 0 is row `first_row` of the study. Rows are numbered in what is
  // counted, and only there. Fails with what the columns or the sink fail with; what was taken before stays taken.
  absl::Status Decode(const EventColumns& columns, uint64_t first_row, uint64_t begin, uint64_t count, EventSink* sink);

  const Labels& labels() const { return labels_; }
  Labels& labels() { return labels_; }
  const Interner& accounts() const { return accounts_.names(); }
  const EventQuality& quality() const { return quality_; }
  // Companies of which an event was taken: labels of rows that were not are interned too. May be shorter than these.
  const std::vector<bool>& companies_taken() const { return companies_taken_; }
  int64_t latest_time() const { return latest_time_; }  // of the events taken; kNoTime if none has one
  uint64_t held_bytes() const { return labels_.held_bytes() + accounts_.held_bytes(); }

 private:
  // Decoded columns of one row batch; what has no column keeps its default.
  struct Rows {
    std::array<bool, kRowBatch> has_person;
    std::array<bool, kRowBatch> in_slice;
    std::array<uint64_t, kRowBatch> person;
    std::array<std::string_view, kRowBatch> keys, accounts, assets, deals, amounts, sizes, times;
    std::array<uint32_t, kRowBatch> account;  // of the person
    std::array<uint32_t, kRowBatch> company, event, team, stage, reason, source, currency;
    std::array<TimeValue, kRowBatch> time;
    std::array<std::optional<int64_t>, kRowBatch> amount;
    std::vector<std::array<uint32_t, kRowBatch>> dimensions;
    std::vector<std::array<uint32_t, kRowBatch>> attributes;
  };

  absl::Status ReadRows(const EventColumns& columns, uint64_t begin, uint32_t count);
  absl::Status ReadLabels(const EventColumns& columns, uint64_t begin, uint32_t count);
  absl::Status ReadPersons(const KeyColumn& column, uint64_t begin, uint32_t count);
  absl::Status ReadTimes(const EventColumn& column, uint64_t begin, uint32_t count);
  absl::Status ReadAmounts(const EventColumn& column, uint64_t begin, uint32_t count);

  absl::Status TakeRow(const EventColumns& columns, uint32_t i, uint64_t row, EventSink* sink);
  // Why there is no event of row i, else its kind.
  std::optional<RowProblem> CheckParts(const EventColumns& columns, uint32_t i, Event* event);
  void SetPerson(uint32_t i, Event* event);
  void SetRest(const EventColumns& columns, uint32_t i, uint64_t row, Event* event);
  absl::Status CountPersons(const KeyColumn& column, uint64_t begin, uint32_t count);
  void SetTime(uint32_t i, uint64_t row, Event* event);
  uint32_t DetailsOf(const EventColumns& columns, uint32_t i, uint64_t row, const Event& event);
  uint32_t SegmentOf(uint32_t i);
  void KeepAttributes(const EventColumns& columns, uint32_t i, uint32_t company);
  void Count(RowProblem problem, uint64_t row) { quality_.problems[static_cast<size_t>(problem)].Add(row); }

  KeyHasher hasher_;
  AccountNames accounts_;
  const bool has_zone_, day_first_;
  LocalClock clock_;
  const HashSlice slice_;
  Labels labels_;
  Interner event_names_;
  Interner team_names_;
  std::vector<uint64_t> company_hashes_;  // of the labels
  const bool persons_alone_;
  std::vector<bool> companies_taken_;    // of the labels
  std::vector<uint8_t> deal_states_;     // of the stage labels; kUnreadState
  std::vector<uint32_t> attribute_ids_;  // of the batch's attribute columns
  TextReader texts_[7];
  LabelReader company_reader_, event_reader_, team_reader_, stage_reader_, reason_reader_, source_reader_,
      currency_reader_;
  std::vector<LabelReader> dimension_readers_, attribute_readers_;
  HashedBatch hashed_;
  Rows rows_;
  EventQuality quality_;
  int64_t latest_time_ = kNoTime;
};

}  // namespace vesica

#endif  // VESICA_LIB_ALIGNMENT_DECODER_H_
