// A study: one table of events in, the tables of the field out.
#ifndef VESICA_STUDY_H_
#define VESICA_STUDY_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "vesica/audience.h"
#include "vesica/context.h"
#include "vesica/events.h"
#include "vesica/hash.h"
#include "vesica/table.h"

namespace vesica {

inline constexpr int64_t kHour = 3'600'000'000;  // microseconds, as all times
inline constexpr int64_t kDay = 24 * kHour;

// What may be chosen. Set() knows every option by its name here.
struct StudyOptions {
  std::vector<std::string> by;                                // dimensions: names of columns; at most 16
  std::vector<std::pair<std::string, std::string>> by_pairs;  // of `by`, for `segments`
  bool force_by = false;                                      // also those that look like names or keys of people
  std::optional<int64_t> as_of;                // later events are left out; default: the time of the latest
  KeyEncoding encoding = KeyEncoding::kPlain;  // of persons in text; of kHex and kBase64 no account is known
  std::string zone;           // of clock times and days: "UTC", "+02:00", "Europe/Tallinn"; empty: not known
  bool day_first = false;     // 3/4/2024 is 3 April
  uint32_t min_cell = 0;      // counts from 1 to min_cell - 1 are hidden
  uint32_t min_support = 10;  // least people of what is ranked or listed
  double target_ratio = 20;   // people marketing should reach for one of sales
  int64_t exposure_window = 30 * kDay;
  int64_t response_window = 30 * kDay;
  std::vector<int64_t> recency_buckets = {7 * kDay, 30 * kDay, 90 * kDay};  // bounds, ascending
  std::string strata;                                                       // a dimension, of `recency`
  std::string role;                                                         // a dimension, of `roles`
  uint32_t reach_steps = 20;
  uint32_t expected_min = 6;  // people of a buying group (Gartner: 6 to 10)
  uint32_t expected_max = 10;
  bool all_accounts = false;        // also those with fewer than min_support people
  std::vector<std::string> stages;  // in order; empty: the preset that has most of the stages met
  std::string handoff_stage = "MQL";
  std::vector<std::string> accepted_stages = {"SAL", "SQL"};
  int64_t ignore_after = 30 * kDay;
  int64_t sla = 24 * kHour;
  std::string business_hours;         // on the clock of `zone`, "mon-fri 09:00-17:00"; empty: all hours
  std::vector<std::string> holidays;  // days without business hours, "2026-12-24"
  std::string period = "month";       // of `trend`: "month" or "week" (from Monday)
  uint32_t resamples = 2000;          // of bootstrap intervals
  uint64_t seed = 1;                  // of them
  uint32_t partitions = 256;          // 1..65536; no table depends on it
  std::string slice = "1/1";          // "2/4": only people whose hash is in the second quarter of hash space
  uint32_t sketch_bytes = 0;          // of each circle's MinHash, kept instead of events; 0: events are kept
  std::string spill_directory;        // where events go that are over the budget; empty: nowhere

  // Sets an option from text: "30d", "24h", "15m", "10s" for times; "2024-03-31" or RFC 3339 for as_of; lists with
  // commas, pairs as "region:industry". InvalidArgument for what is no option or none of its values.
  absl::Status Set(std::string_view name, std::string_view value);

  absl::Status Validate() const;
};

// Whose people an audience is.
struct AudienceLabels {
  std::string company;  // empty: the unnamed one
  std::string circle;   // brand, demand, marketing, sales, target_marketing, target_sales
  std::vector<std::pair<std::string, std::string>> values;  // what all of them are: dimensions of `by`, and the value
};

struct StudyTable {
  const char* name;
  const char* description;
};

// Every table there is, in their order.
std::span<const StudyTable> StudyTables();

// Serves one call at a time. Movable.
class Study {
 public:
  // Persons are the same if they are under `person`. Fails with InvalidArgument where the options contradict
  // themselves.
  static absl::StatusOr<Study> Create(const Context& context, const Identity& person, StudyOptions options);
  ~Study();
  Study(Study&&) noexcept;
  Study& operator=(Study&&) noexcept;

  // Takes the events of a batch. The same tables come out for any batches, in any order, of the same rows. After a
  // failure the study can only be thrown away.
  absl::Status Add(const EventBatch& batch);

  // Takes people of a circle as an audience of the study's identity: a sketch, or exact. For a study with
  // `sketch_bytes`, which tells circles, segments and companies with intervals. An audience counts in every row whose
  // labels it has, with whatever else is added for it, events too. InvalidArgument for a study of events and labels it
  // cannot have, IdentityMismatch. HyperLogLogs meet no MinHashes: Run() then fails with Unsupported.
  absl::Status Add(const AudienceLabels& of, const Audience& audience);

  // The tables of these names, all without any. Events may be added afterwards and the study run again. Fails with
  // InvalidArgument for a table there is not and a dimension that is refused.
  absl::StatusOr<std::vector<Table>> Run(std::span<const std::string> tables = {});

  EventQuality quality() const;        // of what was added and loaded so far
  const IdentityStamp& stamp() const;  // what makes persons the same

  // How much of hash space, and so of all people, was counted: 1 for a study of its own events of all slices.
  double covered_share() const;

  // Partials: a study over several machines. Each takes one slice of the people (StudyOptions::slice) and saves what it
  // counted; one loads them all and has the tables that one study of all events has, to the last byte. A partial holds
  // counts and labels, no keys of people: lib/alignment/PARTIAL.md.

  // What was counted for these tables, for all without any, of the events added and the partials loaded: the same bytes
  // for the same rows in any batches, order and number of threads. Fails with InvalidArgument where as_of is not given,
  // where stages are not and events have some, and as Run does.
  absl::StatusOr<std::string> Save(std::span<const std::string> tables = {});

  // Adds what a partial of any origin counted; a failure leaves the study as it was. Only counts of the same identity
  // and options add up: fails with IdentityMismatch naming the field of the stamp that differs, with InvalidArgument
  // naming the option, and where the partial counts people that the study counts already; with Corrupt and TooNew for
  // what Save did not write.
  absl::Status Load(std::span<const uint8_t> partial);

 private:
  class Impl;
  explicit Study(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

// What a run says: the tables asked for, in their order, and at the end of every answer `settings` (each option of the
// study) and `warnings` (what a reader should know before trusting it, one sentence a row).
struct StudyAnswer {
  std::vector<Table> tables;
  std::string stamp = {};        // what makes persons the same: IdentityStamp::ToString()
  uint64_t rows = 0, taken = 0;  // events read, and those that were not left out

  // The table of that name, or nullptr.
  const Table* Find(std::string_view name) const;

  // Bytes of WriteJson().
  uint64_t JsonSize() const;
};

// Runs the study, as Study::Run.
absl::StatusOr<StudyAnswer> AnswerOf(Study& study, std::span<const std::string> tables = {});

// {"tables":{"circles":[...],...},"settings":{"by":"region",...},"warnings":["...",...]}, without white space: rows as
// in the JSON of a table, options as text that StudyOptions::Set takes.
absl::Status WriteJson(const StudyAnswer& answer, const TextSink& to);
std::string ToJson(const StudyAnswer& answer);

// "contents": the name and the description of every table that can be asked for.
absl::StatusOr<Table> ContentsTable();

}  // namespace vesica

#endif  // VESICA_STUDY_H_
