#include "vesica/study.h"

#include <algorithm>
#include <functional>
#include <string>

#include "alignment/decoder.h"
#include "alignment/engine.h"
#include "alignment/metrics/metrics.h"
#include "alignment/partial.h"
#include "alignment/record_log.h"
#include "alignment/sketch_study.h"
#include "alignment/study_folds.h"
#include "alignment/study_tables.h"
#include "base/context_state.h"
#include "base/error.h"

namespace vesica {
namespace {

constexpr uint64_t kShardRows = uint64_t{1} << 13;  // about a millisecond's work
constexpr double kCompleteProgress = 0.9;

// One worker's part of a log.
class LogSink : public EventSink {
 public:
  LogSink(RecordLog<PackedEvent>& log, const HashSlice& slice, uint32_t worker)
      : log_(log), slice_(slice), worker_(worker) {}
  absl::Status Take(const Event& event) override {
    if (!CanPack(event)) return MakeError(ErrorCode::kUnsupported, "the events name too many companies or accounts");
    return log_.Append(worker_, slice_.Spread(event.person), Pack(event));
  }

 private:
  RecordLog<PackedEvent>& log_;
  const HashSlice& slice_;
  const uint32_t worker_;
};

}  // namespace

std::span<const StudyTable> StudyTables() {
  static const auto* tables = [] {
    std::vector<StudyTable> all;
    for (const Metric& metric : Metrics()) all.push_back(metric.table);
    all.push_back(kQualityTable);
    all.push_back(kSettingsTable);
    return new std::vector<StudyTable>(std::move(all));
  }();
  return *tables;
}

class Study::Impl {
 public:
  static absl::StatusOr<std::unique_ptr<Impl>> Create(const Context& context, const Identity& person,
                                                      StudyOptions options) {
    VESICA_RETURN_IF_ERROR(options.Validate());
    VESICA_ASSIGN_OR_RETURN(AccountRules accounts, AccountRules::Open());
    std::optional<TimeZone> zone;
    if (!options.zone.empty()) {
      VESICA_ASSIGN_OR_RETURN(zone, TimeZone::Open(options.zone));
    }
    auto impl = std::make_unique<Impl>(context, person, std::move(options), std::move(accounts), zone);
    if (impl->options_.sketch_bytes == 0) return impl;
    VESICA_ASSIGN_OR_RETURN(impl->sketches_, SketchStudy::Create(impl->state_, impl->options_, person.stamp()));
    for (const auto& decoder : impl->decoders_) impl->sketches_->AddWorker(*decoder);
    return impl;
  }

  Impl(const Context& context, const Identity& person, StudyOptions options, AccountRules accounts,
       const std::optional<TimeZone>& zone)
      : context_(context),
        state_(context_.state()),
        options_(std::move(options)),
        stamp_(person.stamp()),
        accounts_(std::move(accounts)),
        slice_(*HashSlice::Parse(options_.slice)),
        zone_(zone.value_or(TimeZone())),
        log_(state_, options_.partitions, options_.spill_directory),
        held_bytes_(state_.ledger()),
        terms_(PartialTerms::Of(person.stamp(), accounts_, options_)),
        partials_bytes_(state_.ledger()) {
    for (uint32_t i = 0; i < state_.threads(); ++i) {
      decoders_.push_back(
          std::make_unique<EventDecoder>(person, accounts_, TimeRules{.zone = zone, .day_first = options_.day_first},
                                         options_.by.size(), slice_, /*persons_alone=*/options_.sketch_bytes != 0));
    }
  }

  absl::Status Add(const EventBatch& batch) {
    VESICA_ASSIGN_OR_RETURN(EventColumns columns, EventColumns::Find(batch, options_.by));
    if (RangesMeet(loaded_, {slice_.range()})) {
      return InvalidArgument("a partial that was loaded counts people of the study's slice: their hash ranges overlap");
    }
    added_ = true;
    EventColumn person = *columns.person;
    if (options_.encoding != KeyEncoding::kPlain) person.values.encoding = options_.encoding;
    columns.person = &person;
    state_.BeginCall();
    const uint64_t shards = (batch.rows + kShardRows - 1) / kShardRows;
    VESICA_RETURN_IF_ERROR(state_.ParallelFor(shards, 1.0, [&](uint32_t worker, uint64_t shard) {
      const uint64_t begin = shard * kShardRows;
      const uint64_t rows = std::min(kShardRows, batch.rows - begin);
      if (sketches_ != nullptr) {
        return decoders_[worker]->Decode(columns, rows_, begin, rows, &sketches_->sink(worker));
      }
      LogSink sink(log_, slice_, worker);
      return decoders_[worker]->Decode(columns, rows_, begin, rows, &sink);
    }));
    rows_ += batch.rows;
    return CountHeld();
  }

  absl::Status Add(const AudienceLabels& of, const Audience& audience) {
    if (sketches_ == nullptr) return InvalidArgument("a study takes audiences only with sketch_bytes");
    VESICA_RETURN_IF_ERROR(sketches_->Add(of, audience, &decoders_.front()->labels()));
    return CountHeld();
  }

  absl::StatusOr<std::vector<Table>> Run(std::span<const std::string> names) {
    VESICA_ASSIGN_OR_RETURN(std::vector<std::string> wanted, TablesOf(names, sketches_ != nullptr));
    const StudyData data(options_, zone_, Parts());
    Reservation data_bytes(state_.ledger());
    VESICA_RETURN_IF_ERROR(data_bytes.Add(data.held_bytes()));
    VESICA_RETURN_IF_ERROR(data.CheckDimensions());
    if (sketches_ != nullptr) return Estimate(data, wanted);
    StudyFolds folds(state_, data, std::move(wanted), state_.threads());
    VESICA_RETURN_IF_ERROR(CountAll(data, &folds));
    return folds.Finish();
  }

  absl::StatusOr<std::string> Save(std::span<const std::string> names) {
    if (sketches_ != nullptr) return NoCounts();
    if (!options_.as_of.has_value()) {
      return InvalidArgument(
          "as_of must be given where a partial is saved: its default, the time of the latest event, "
          "is another one for other people");
    }
    std::vector<std::string> counted(names.begin(), names.end());
    if (!names.empty()) counted.emplace_back(kQualityTable.name);
    VESICA_ASSIGN_OR_RETURN(std::vector<std::string> wanted, TablesOf(counted));
    const StudyData data(options_, zone_, Parts());
    Reservation bytes(state_.ledger());
    VESICA_RETURN_IF_ERROR(bytes.Add(data.held_bytes()));
    VESICA_RETURN_IF_ERROR(data.CheckDimensions());
    if (options_.stages.empty() && data.has_stages()) {
      return InvalidArgument(
          "stages must be given where a partial is saved: their default follows from the stages met, "
          "which are others for other people");
    }
    StudyFolds folds(state_, data, std::move(wanted), state_.threads());
    VESICA_RETURN_IF_ERROR(CountAll(data, &folds));
    VESICA_ASSIGN_OR_RETURN(std::string image, WritePartial(terms_, covered(), data, &folds));
    VESICA_RETURN_IF_ERROR(bytes.Add(image.size()));
    return image;
  }

  absl::Status Load(std::span<const uint8_t> image) {
    if (sketches_ != nullptr) return NoCounts();
    VESICA_ASSIGN_OR_RETURN(std::unique_ptr<Partial> partial, Partial::Parse(image));
    VESICA_RETURN_IF_ERROR(CheckSameTerms(terms_, partial->terms()));
    if ((added_ || !partials_.empty()) && RangesMeet(covered(), partial->ranges())) {
      return InvalidArgument("the study has people already that the partial counts: their hash ranges overlap");
    }
    VESICA_RETURN_IF_ERROR(CheckCounts(partial.get()));
    if (loaded_counts_ + partial->counted() > kMostLoaded) {
      return MakeError(ErrorCode::kUnsupported, "the partials together count more than there can be");
    }
    HashRanges ranges = JoinRanges(loaded_, partial->ranges());
    partials_.reserve(partials_.size() + 1);
    VESICA_RETURN_IF_ERROR(partials_bytes_.Add(partial->held_bytes()));  // from here on nothing fails
    loaded_ = std::move(ranges);
    loaded_counts_ += partial->counted();
    partials_.push_back(std::move(partial));
    return absl::OkStatus();
  }

  const IdentityStamp& stamp() const { return stamp_; }

  double covered_share() const {
    double share = 0;
    for (const HashRange& range : covered()) share += (static_cast<double>(range.last - range.first) + 1) * 0x1p-64;
    return share;
  }

  // Hash ranges of the people that are counted: of those loaded, and of its own slice unless it is there only to load.
  HashRanges covered() const { return added_ || partials_.empty() ? JoinRanges(loaded_, {slice_.range()}) : loaded_; }

  EventQuality quality() const {
    EventQuality quality;
    for (const StudyPart& part : Parts()) quality.Merge(*part.quality);
    return quality;
  }

 private:
  // Of labels and sketches: it never shrinks.
  absl::Status CountHeld() {
    uint64_t held = sketches_ == nullptr ? 0 : sketches_->held_bytes();
    for (const auto& decoder : decoders_) held += decoder->held_bytes();
    if (held > held_) VESICA_RETURN_IF_ERROR(held_bytes_.Add(held - held_));
    held_ = std::max(held_, held);
    return absl::OkStatus();
  }

  // The most that is counted in all partials: each has at most 2^56, so that no sum overflows.
  static constexpr uint64_t kMostLoaded = uint64_t{1} << 60;

  std::vector<StudyPart> Parts() const {
    std::vector<StudyPart> parts;
    for (const auto& decoder : decoders_) {
      parts.push_back(PartOf(*decoder));
      if (sketches_ != nullptr) parts.back().companies_taken = nullptr;  // audiences have labels without events
    }
    for (const auto& partial : partials_) parts.push_back(partial->part());
    return parts;
  }

  static absl::Status NoCounts() {
    return MakeError(ErrorCode::kUnsupported, "a study with sketch_bytes counts nothing that a partial could hold");
  }

  // What the partials counted, and the events.
  absl::Status CountAll(const StudyData& data, StudyFolds* folds) {
    auto part = static_cast<uint32_t>(decoders_.size());
    for (const auto& partial : partials_) VESICA_RETURN_IF_ERROR(partial->AddTo(data, part++, folds));
    VESICA_RETURN_IF_ERROR(folds->Run(log_));
    // The people of a partial are not counted here: they were where it was saved.
    return partials_.empty() ? data.CheckDimensions(folds->valued()) : absl::OkStatus();
  }

  // Whether the counts of a partial are such as a study counts, by reading them all.
  absl::Status CheckCounts(Partial* partial) {
    if (partial->part().labels->dimensions.size() != options_.by.size()) {
      return MakeError(ErrorCode::kCorrupt, "the partial has not the dimensions of its options");
    }
    Reservation bytes(state_.ledger());
    VESICA_RETURN_IF_ERROR(bytes.Add(partial->held_bytes()));
    StudyOptions options = options_;
    options.partitions = 1;
    const StudyData data(options, zone_, {partial->part()});
    VESICA_RETURN_IF_ERROR(bytes.Add(data.held_bytes()));
    VESICA_ASSIGN_OR_RETURN(std::vector<std::string> all, TablesOf({}));
    StudyFolds folds(state_, data, std::move(all), 1);
    VESICA_RETURN_IF_ERROR(partial->Check(data, &folds));
    return bytes.Add(folds.held_bytes());
  }

  absl::StatusOr<std::vector<Table>> Estimate(const StudyData& data, const std::vector<std::string>& wanted) {
    state_.BeginCall();
    VESICA_ASSIGN_OR_RETURN(const std::vector<RowOverlaps> rows, sketches_->Estimate(data, kCompleteProgress));
    std::vector<Table> tables;
    for (const Metric& metric : Metrics()) {
      if (std::find(wanted.begin(), wanted.end(), metric.table.name) == wanted.end()) continue;
      VESICA_ASSIGN_OR_RETURN(const Table table, SketchTable(metric.table.name, data, rows));
      VESICA_ASSIGN_OR_RETURN(Table shown, Suppress(table, metric.suppression, options_.min_cell));
      tables.push_back(std::move(shown));
    }
    std::vector<LeftOutRows> left_out;
    for (const uint64_t future : sketches_->FutureRows(data)) left_out.push_back({.future = future});
    VESICA_RETURN_IF_ERROR(AppendTablesOfStudy(data, wanted, left_out, {}, &tables));
    return tables;
  }

  const Context context_;
  ContextState& state_;
  const StudyOptions options_;
  const IdentityStamp stamp_;
  const AccountRules accounts_;
  const HashSlice slice_;
  const TimeZone zone_;
  RecordLog<PackedEvent> log_;
  Reservation held_bytes_;
  uint64_t held_ = 0;
  std::vector<std::unique_ptr<EventDecoder>> decoders_;
  std::unique_ptr<SketchStudy> sketches_;  // instead of the log
  uint64_t rows_ = 0;
  bool added_ = false;  // a batch, be it of no row
  const PartialTerms terms_;
  std::vector<std::unique_ptr<const Partial>> partials_;
  Reservation partials_bytes_;
  HashRanges loaded_;  // of the partials
  uint64_t loaded_counts_ = 0;
};

absl::StatusOr<Study> Study::Create(const Context& context, const Identity& person, StudyOptions options) {
  VESICA_ASSIGN_OR_RETURN(std::unique_ptr<Impl> impl, Impl::Create(context, person, std::move(options)));
  return Study(std::move(impl));
}

Study::Study(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Study::~Study() = default;
Study::Study(Study&&) noexcept = default;
Study& Study::operator=(Study&&) noexcept = default;

absl::Status Study::Add(const EventBatch& batch) { return impl_->Add(batch); }
absl::Status Study::Add(const AudienceLabels& of, const Audience& audience) { return impl_->Add(of, audience); }
absl::StatusOr<std::vector<Table>> Study::Run(std::span<const std::string> tables) { return impl_->Run(tables); }
absl::StatusOr<std::string> Study::Save(std::span<const std::string> tables) { return impl_->Save(tables); }
absl::Status Study::Load(std::span<const uint8_t> partial) { return impl_->Load(partial); }
double Study::covered_share() const { return impl_->covered_share(); }
EventQuality Study::quality() const { return impl_->quality(); }
const IdentityStamp& Study::stamp() const { return impl_->stamp(); }

}  // namespace vesica
