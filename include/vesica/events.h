#ifndef VESICA_EVENTS_H_
#define VESICA_EVENTS_H_

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "vesica/identity.h"
#include "vesica/keys.h"

namespace vesica {

// What the numbers of a column are; text columns say it themselves.
enum class EventUnit : uint8_t {
  kPlain = 0,    // text, keys, whole numbers; of times: an epoch whose size tells its unit
  kDays = 1,     // of times: days since 1970-01-01
  kSeconds = 2,  // of times: since 1970-01-01 UTC
  kMilliseconds = 3,
  kMicroseconds = 4,
  kNanoseconds = 5,
  kDouble = 6,       // of amounts: 8-byte floating point
  kFloat = 7,        // of amounts: 4-byte floating point
  kDecimal = 8,      // of amounts: integers of 4, 8 or 16 bytes, in units of 10^-scale
  kBool = 9,         // of labels: true and false
  kNull = 10,        // a column without values: as if it were not there
  kUnreadable = 11,  // a column of a type that no column of events has: an error where the study reads it
};

// One column of events. Names of the contract: company, person, account, event, team, time, stage, reason, source,
// asset, deal, amount, currency, account_size, company_*; a study says which others are dimensions, and ignores the
// rest. With kDouble, kFloat and kDecimal, `values` has the layout kIntegers and the numbers' width, and its data are
// the numbers; with kBool the values are in `bits` instead.
struct EventColumn {
  std::string name;
  KeyColumn values;
  EventUnit unit = EventUnit::kPlain;
  bool naive = false;             // of times with a unit: clock time, to be read in the study's zone
  int32_t scale = 0;              // of kDecimal
  const uint8_t* bits = nullptr;  // of kBool: row i is bit values.validity_offset + i
};

// Rows of events in the caller's memory, borrowed for the length of a call. Every column has `rows` rows.
struct EventBatch {
  uint64_t rows = 0;
  std::vector<EventColumn> columns;
};

// Views a record batch (an Arrow struct array) as events, without copying. The array must outlive the batch. Fails with
// Unsupported where the array is no record batch or has null records, Corrupt where the two structs contradict each
// other.
absl::StatusOr<EventBatch> EventsFromArrow(const ArrowSchema& schema, const ArrowArray& array);

// A column of the caller's name, and the name it has among events.
struct ColumnRename {
  std::string from;
  std::string to;
};

// Gives columns their names among events: each `from` is taken as `to`, and is no column of its own name any more. A
// column may be taken as several; one that already had a name that another now takes is left out. Fails with
// InvalidArgument, at the index of the rename, where there is no column `from`, and where two take one name.
absl::Status RenameColumns(const std::vector<ColumnRename>& renames, EventBatch* batch);

// Why a row, or a value of it, was not taken. Append only.
enum class RowProblem : uint8_t {
  kBlankPerson = 0,    // row left out
  kInvalidPerson = 1,  // row left out; persons.reasons says more
  kUnknownEvent = 2,   // row left out: the event is blank or none of the contract
  kInvalidTeam = 3,    // row left out: no team where one is required, or none of the contract
  kNoAsset = 4,        // row left out: an asset event without asset
  kNoDeal = 5,         // row left out: a deal event without deal or with a stage other than open, won and lost
  kNoStage = 6,        // row left out: a stage event without stage
  kInvalidTime = 7,    // taken without a time
  kNaiveTime = 8,      // taken without a time: it needs a zone
  kInvalidAmount = 9,  // taken without an amount
  kInvalidSize = 10,   // taken without an account size
};
inline constexpr size_t kRowProblems = 11;
std::string_view RowProblemText(RowProblem problem);  // as in the table `quality`: "naive_time"

// What was read. Rows of a study are numbered from 0 through all batches.
struct EventQuality {
  uint64_t rows = 0;
  uint64_t taken = 0;
  Quality persons;  // the person keys of all rows
  std::array<Quality::InvalidRows, kRowProblems> problems;

  void Merge(const EventQuality& other);
};

}  // namespace vesica

#endif  // VESICA_EVENTS_H_
