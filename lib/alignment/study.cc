#include "vesica/study.h"

#include <algorithm>
#include <functional>
#include <string>

#include "alignment/decoder.h"
#include "alignment/engine.h"
#include "alignment/metrics/metrics.h"
#include "alignment/record_log.h"
#include "alignment/sketch_study.h"
#include "alignment/study_tables.h"
#include "base/context_state.h"
#include "base/error.h"

namespace vesica {
namespace {

constexpr uint64_t kShardRows = uint64_t{1} << 13;  // about a millisecond's work
constexpr double kFoldProgress = 0.7;
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
    auto* all = new std::vector<StudyTable>;
    for (const Metric& metric : Metrics()) all->push_back(metric.table);
    all->push_back(kQualityTable);
    all->push_back(kSettingsTable);
    return all;
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
        accounts_(std::move(accounts)),
        slice_(*HashSlice::Parse(options_.slice)),
        zone_(zone.value_or(TimeZone())),
        log_(state_, options_.partitions, options_.spill_directory),
        held_bytes_(state_.ledger()) {
    for (uint32_t i = 0; i < state_.threads(); ++i) {
      decoders_.push_back(
          std::make_unique<EventDecoder>(person, accounts_, TimeRules{.zone = zone, .day_first = options_.day_first},
                                         options_.by.size(), slice_, /*persons_alone=*/options_.sketch_bytes != 0));
    }
  }

  absl::Status Add(const EventBatch& batch) {
    VESICA_ASSIGN_OR_RETURN(const EventColumns columns, EventColumns::Find(batch, options_.by));
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
    VESICA_ASSIGN_OR_RETURN(const std::vector<std::string> wanted, Wanted(names));
    std::vector<const EventDecoder*> decoders;
    for (const auto& decoder : decoders_) decoders.push_back(decoder.get());
    const StudyData data(options_, zone_, decoders);
    Reservation data_bytes(state_.ledger());
    VESICA_RETURN_IF_ERROR(data_bytes.Add(data.held_bytes()));
    VESICA_RETURN_IF_ERROR(data.CheckDimensions());
    return sketches_ == nullptr ? Fold(data, wanted) : Estimate(data, wanted);
  }

  EventQuality quality() const {
    EventQuality quality;
    for (const auto& decoder : decoders_) quality.Merge(decoder->quality());
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

  // Whether the study has what the table is made of.
  bool Has(std::string_view table) const {
    return sketches_ == nullptr || IsSketchTable(table) || table == kQualityTable.name || table == kSettingsTable.name;
  }

  // The tables asked for, in their order, each once; of all those that the study has.
  absl::StatusOr<std::vector<std::string>> Wanted(std::span<const std::string> names) const {
    std::vector<std::string> wanted;
    for (const StudyTable& table : StudyTables()) {
      const bool named = std::find(names.begin(), names.end(), table.name) != names.end();
      if (named && !Has(table.name)) {
        return MakeError(ErrorCode::kUnsupported, std::string("table '") + table.name +
                                                      "' needs events, which a study with sketch_bytes forgets");
      }
      if (named || (names.empty() && Has(table.name))) wanted.emplace_back(table.name);
    }
    for (const std::string& name : names) {
      if (std::find(wanted.begin(), wanted.end(), name) == wanted.end()) {
        return InvalidArgument("there is no table '" + name + "'");
      }
    }
    return wanted;
  }

  absl::StatusOr<std::vector<Table>> Fold(const StudyData& data, const std::vector<std::string>& wanted) {
    std::vector<std::unique_ptr<Segments>> segments;
    std::vector<FoldScope> workers;
    for (uint32_t worker = 0; worker < state_.threads(); ++worker) {
      segments.push_back(std::make_unique<Segments>(data));
      workers.push_back({&state_, &data, segments.back().get(), worker});
    }
    std::vector<FoldMaker> makers;
    for (const Metric& metric : Metrics()) {
      const bool made = std::find(makers.begin(), makers.end(), metric.make) != makers.end();
      if (!made && std::find(wanted.begin(), wanted.end(), metric.table.name) != wanted.end()) {
        makers.push_back(metric.make);
      }
    }
    if (std::find(wanted.begin(), wanted.end(), kQualityTable.name) != wanted.end()) {
      makers.push_back(MakeFolds<QualityFold>);
    }
    std::vector<Folds> folds;
    for (FoldMaker make : makers) folds.push_back(make(workers));
    std::vector<LeftOutRows> left_out(data.companies.size());
    state_.BeginCall();
    VESICA_RETURN_IF_ERROR(FoldPeople(log_, workers, folds, kFoldProgress, &left_out));
    Reservation held(state_.ledger());
    for (size_t i = 0; i < folds.size(); ++i) {
      const double done = static_cast<double>(i + 1) / static_cast<double>(folds.size());
      VESICA_RETURN_IF_ERROR(folds[i].front()->Complete(kFoldProgress + (kCompleteProgress - kFoldProgress) * done));
      VESICA_RETURN_IF_ERROR(held.Add(folds[i].front()->held_bytes()));
    }
    return Finish(data, wanted, makers, folds, left_out);
  }

  absl::StatusOr<std::vector<Table>> Finish(const StudyData& data, const std::vector<std::string>& wanted,
                                            const std::vector<FoldMaker>& makers, const std::vector<Folds>& folds,
                                            const std::vector<LeftOutRows>& left_out) {
    std::vector<Table> tables;
    for (const Metric& metric : Metrics()) {
      if (std::find(wanted.begin(), wanted.end(), metric.table.name) == wanted.end()) continue;
      const auto maker = std::find(makers.begin(), makers.end(), metric.make);
      const vesica::Fold& fold = *folds[static_cast<size_t>(maker - makers.begin())].front();
      VESICA_ASSIGN_OR_RETURN(const Table table, metric.finish(fold));
      VESICA_ASSIGN_OR_RETURN(Table shown, Suppress(table, metric.suppression, options_.min_cell));
      tables.push_back(std::move(shown));
      const double done = static_cast<double>(tables.size()) / static_cast<double>(wanted.size());
      VESICA_RETURN_IF_ERROR(state_.Progress(kCompleteProgress + (1 - kCompleteProgress) * done));
    }
    if (std::find(wanted.begin(), wanted.end(), kQualityTable.name) != wanted.end()) {
      std::vector<LeftOut> by_tables;
      for (const Folds& of_all : folds) of_all.front()->AppendLeftOut(&by_tables);
      std::erase_if(by_tables, [&](const LeftOut& rest) {
        return *rest.table != '\0' && std::find(wanted.begin(), wanted.end(), rest.table) == wanted.end();
      });
      VESICA_ASSIGN_OR_RETURN(Table quality, QualityTable(data, left_out, by_tables));
      tables.push_back(std::move(quality));
    }
    if (std::find(wanted.begin(), wanted.end(), kSettingsTable.name) != wanted.end()) {
      VESICA_ASSIGN_OR_RETURN(Table settings, SettingsTable(data));
      tables.push_back(std::move(settings));
    }
    return tables;
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
    if (std::find(wanted.begin(), wanted.end(), kQualityTable.name) != wanted.end()) {
      std::vector<LeftOutRows> left_out;
      for (const uint64_t future : sketches_->FutureRows(data)) left_out.push_back({.future = future});
      VESICA_ASSIGN_OR_RETURN(Table quality, QualityTable(data, left_out, {}));
      tables.push_back(std::move(quality));
    }
    if (std::find(wanted.begin(), wanted.end(), kSettingsTable.name) != wanted.end()) {
      VESICA_ASSIGN_OR_RETURN(Table settings, SettingsTable(data));
      tables.push_back(std::move(settings));
    }
    return tables;
  }

  const Context context_;
  ContextState& state_;
  const StudyOptions options_;
  const AccountRules accounts_;
  const HashSlice slice_;
  const TimeZone zone_;
  RecordLog<PackedEvent> log_;
  Reservation held_bytes_;
  uint64_t held_ = 0;
  std::vector<std::unique_ptr<EventDecoder>> decoders_;
  std::unique_ptr<SketchStudy> sketches_;  // instead of the log
  uint64_t rows_ = 0;
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
EventQuality Study::quality() const { return impl_->quality(); }

}  // namespace vesica
