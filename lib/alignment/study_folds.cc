#include "alignment/study_folds.h"

#include <algorithm>
#include <utility>

#include "alignment/metrics/metrics.h"
#include "alignment/sketch_tables.h"
#include "alignment/study_tables.h"
#include "base/error.h"

namespace vesica {
namespace {

constexpr double kFoldProgress = 0.7;
constexpr double kCompleteProgress = 0.9;

}  // namespace

absl::StatusOr<std::vector<std::string>> TablesOf(std::span<const std::string> names, bool of_sketches) {
  std::vector<std::string> wanted;
  for (const StudyTable& table : StudyTables()) {
    const bool has = !of_sketches || IsSketchTable(table.name) || table.name == std::string_view(kQualityTable.name) ||
                     table.name == std::string_view(kSettingsTable.name);
    const bool named = std::find(names.begin(), names.end(), table.name) != names.end();
    if (named && !has) {
      return MakeError(ErrorCode::kUnsupported,
                       std::string("table '") + table.name + "' needs events, which a study with sketch_bytes forgets");
    }
    if (named || (names.empty() && has)) wanted.emplace_back(table.name);
  }
  for (const std::string& name : names) {
    if (std::find(wanted.begin(), wanted.end(), name) == wanted.end()) {
      return InvalidArgument("there is no table '" + name + "'");
    }
  }
  return wanted;
}

StudyFolds::StudyFolds(ContextState& context, const StudyData& data, std::vector<std::string> tables, uint32_t workers)
    : context_(context),
      data_(data),
      tables_(std::move(tables)),
      counts_{std::vector<LeftOutRows>(data.companies.size()), std::vector<uint64_t>(data.dimensions.size())},
      held_(context.ledger()) {
  for (uint32_t worker = 0; worker < workers; ++worker) {
    segments_.push_back(std::make_unique<Segments>(data));
    workers_.push_back({&context_, &data_, segments_.back().get(), worker});
  }
  for (const Metric& metric : Metrics()) {
    const bool made = std::find(makers_.begin(), makers_.end(), metric.make) != makers_.end();
    if (!made && IsWanted(metric.table.name)) makers_.push_back(metric.make);
  }
  if (IsWanted(kQualityTable.name)) makers_.push_back(MakeFolds<QualityFold>);
  for (FoldMaker make : makers_) folds_.push_back(make(workers_));
}

bool StudyFolds::IsWanted(std::string_view table) const {
  return std::find(tables_.begin(), tables_.end(), table) != tables_.end();
}

Fold* StudyFolds::Of(PartialSection section) const {
  for (const Folds& of_all : folds_) {
    if (of_all.front()->section() == section) return of_all.front().get();
  }
  return nullptr;
}

const std::string& StudyFolds::TableOf(PartialSection section) const {
  for (const Metric& metric : Metrics()) {
    const auto table = std::find(tables_.begin(), tables_.end(), metric.table.name);
    const auto maker = std::find(makers_.begin(), makers_.end(), metric.make);
    if (table == tables_.end()) continue;
    if (folds_[static_cast<size_t>(maker - makers_.begin())].front()->section() == section) return *table;
  }
  return tables_.back();
}

absl::Status StudyFolds::Run(const RecordLog<PackedEvent>& log) {
  context_.BeginCall();
  VESICA_RETURN_IF_ERROR(FoldPeople(log, workers_, folds_, kFoldProgress, &counts_));
  for (size_t i = 0; i < folds_.size(); ++i) {
    const double done = static_cast<double>(i + 1) / static_cast<double>(folds_.size());
    VESICA_RETURN_IF_ERROR(folds_[i].front()->Complete(kFoldProgress + (kCompleteProgress - kFoldProgress) * done));
    VESICA_RETURN_IF_ERROR(held_.Add(folds_[i].front()->held_bytes()));
  }
  return absl::OkStatus();
}

absl::StatusOr<std::vector<Table>> StudyFolds::Finish() const {
  std::vector<Table> tables;
  for (const Metric& metric : Metrics()) {
    if (!IsWanted(metric.table.name)) continue;
    const auto maker = std::find(makers_.begin(), makers_.end(), metric.make);
    const Fold& fold = *folds_[static_cast<size_t>(maker - makers_.begin())].front();
    VESICA_ASSIGN_OR_RETURN(const Table table, metric.finish(fold));
    VESICA_ASSIGN_OR_RETURN(Table shown, Suppress(table, metric.suppression, data_.options.min_cell));
    tables.push_back(std::move(shown));
    const double done = static_cast<double>(tables.size()) / static_cast<double>(tables_.size());
    VESICA_RETURN_IF_ERROR(context_.Progress(kCompleteProgress + (1 - kCompleteProgress) * done));
  }
  std::vector<LeftOut> by_tables;
  for (const Folds& of_all : folds_) of_all.front()->AppendLeftOut(&by_tables);
  std::erase_if(by_tables, [&](const LeftOut& rest) { return *rest.table != '\0' && !IsWanted(rest.table); });
  VESICA_RETURN_IF_ERROR(AppendTablesOfStudy(data_, tables_, counts_.left_out, by_tables, &tables));
  return tables;
}

uint64_t StudyFolds::held_bytes() const {
  uint64_t bytes = counts_.left_out.capacity() * sizeof(LeftOutRows);
  for (const auto& segments : segments_) bytes += segments->held_bytes();
  for (const Folds& of_all : folds_) {
    for (const auto& fold : of_all) bytes += fold == nullptr ? 0 : fold->held_bytes();
  }
  return bytes;
}

}  // namespace vesica
