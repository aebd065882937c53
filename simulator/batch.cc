#include "batch.h"

#include <algorithm>
#include <charconv>
#include <cstdio>
#include <cstring>
#include <iterator>

#include "calendar.h"

namespace vesica_simulator {
namespace {

// Places of the columns.
enum Place : size_t {
  kCompany,
  kPerson,
  kEvent,
  kTeam,
  kTime,
  kStage,
  kReason,
  kSource,
  kDeal,
  kAmount,
  kCurrency,
  kAsset,
  kAccountSize,
  kRegion,
  kIndustry,
  kSize,
  kTitle,
  kCompanyRegion,
  kCompanyIndustry,
  kColumns
};

constexpr char kPersonTemplate[] = "p0@buyer-000000.example";
constexpr size_t kPersonBytes = sizeof(kPersonTemplate) - 1, kAt = 2, kDigitsEnd = 15, kDigits = 6;

template <class T>
std::vector<std::string> NamesOf(const std::vector<T>& values) {
  std::vector<std::string> names;
  for (const T& value : values) names.push_back(value.name);
  return names;
}

std::vector<std::string> StageLabels() {
  std::vector<std::string> labels(kStageNames.begin(), kStageNames.end());
  for (const char* state : {"open", "won", "lost"}) labels.emplace_back(state);
  return labels;
}

void ReleaseSchema(ArrowSchema* schema) { schema->release = nullptr; }
void ReleaseArray(ArrowArray* array) { array->release = nullptr; }

}  // namespace

// The structs of the interface, which point into the columns.
struct Batch::Exports {
  struct Node {
    ArrowSchema schema = {}, labels_schema = {};
    ArrowArray array = {}, labels_array = {};
    std::array<const void*, 3> buffers = {}, labels_buffers = {};
    std::vector<int32_t> labels_offsets;
    std::string labels_bytes;
  };
  std::array<Node, kColumns> nodes;
  std::array<ArrowSchema*, kColumns> schemas = {};
  std::array<ArrowArray*, kColumns> arrays = {};
  ArrowSchema schema = {};
  ArrowArray array = {};
  const void* no_validity = nullptr;
};

Batch::Batch(const Plan& plan, uint32_t capacity)
    : plan_(plan), capacity_(capacity), exports_(std::make_unique<Exports>()) {
  using Type = Column::Type;
  const Type time = plan.dirt > 0 ? Type::kText : Type::kTime;
  auto add = [&](const char* name, Type type, std::vector<std::string> labels = {}) {
    Column& column = columns_.emplace_back();
    column.name = name;
    column.type = type;
    column.labels = std::move(labels);
    column.validity.resize((capacity_ + 7) / 8);
    if (type == Type::kText) column.offsets.resize(capacity_ + size_t{1});
    if (type == Type::kLabels) column.codes.resize(capacity_);
    if (type == Type::kCompanies) column.indices.resize(capacity_);
    if (type == Type::kTime) column.times.resize(capacity_);
    if (type == Type::kAmount) column.amounts.resize(capacity_);
    if (type == Type::kSize) column.sizes.resize(capacity_);
  };
  add("company", Type::kCompanies);
  add("person", Type::kText);
  add("event", Type::kLabels, {kEventNames.begin(), kEventNames.end()});
  add("team", Type::kLabels, {kTeamNames.begin(), kTeamNames.end()});
  add("time", time);
  add("stage", Type::kLabels, StageLabels());
  add("reason", Type::kLabels, plan.reasons);
  add("source", Type::kLabels, NamesOf(plan.sources));
  add("deal", Type::kText);
  add("amount", Type::kAmount);
  add("currency", Type::kLabels, plan.currencies);
  add("asset", Type::kText);
  add("account_size", Type::kSize);
  add("region", Type::kLabels, NamesOf(plan.regions));
  add("industry", Type::kLabels, NamesOf(plan.industries));
  add("size", Type::kLabels, NamesOf(plan.sizes));
  add("title", Type::kLabels, plan.titles);
  add("company_region", Type::kLabels, NamesOf(plan.company_regions));
  add("company_industry", Type::kLabels, NamesOf(plan.company_industries));
  columns_[kPerson].bytes.reserve(capacity_ * kPersonBytes);
  if (time == Type::kText) {
    for (uint32_t day = 0; day < plan.days; ++day) dates_.push_back(DateText(day));
  }
}

Batch::~Batch() = default;

void Batch::Clear() {
  rows_ = 0;
  columns_[kCompany].labels.clear();
  for (Column& column : columns_) {
    std::fill(column.validity.begin(), column.validity.end(), uint8_t{0});
    column.bytes.clear();
  }
}

size_t Batch::Append(const Company& company, std::span<const Event> events) {
  events = events.first(std::min<size_t>(events.size(), capacity_ - rows_));
  if (events.empty()) return 0;
  AppendCompany(company, events.size());
  AppendPersons(events);
  AppendTimes(events);
  AppendDetails(company, events);
  rows_ += static_cast<uint32_t>(events.size());
  return events.size();
}

void Batch::AppendCompany(const Company& company, size_t count) {
  Column& column = columns_[kCompany];
  if (column.labels.empty() || last_company_ != company.index) column.labels.push_back(CompanyName(company.index));
  last_company_ = company.index;
  const auto index = static_cast<int32_t>(column.labels.size() - 1);
  for (size_t i = 0; i < count; ++i) {
    column.indices[rows_ + i] = index;
    SetValid(&column, rows_ + i, true);
  }
}

void Batch::AppendPersons(std::span<const Event> events) {
  Column& column = columns_[kPerson];
  char text[kPersonBytes + 1];
  std::memcpy(text, kPersonTemplate, sizeof(text));
  size_t row = rows_;
  for (const Event& event : events) {
    if (event.kind != kAssetCreated && event.flaw != kBlankPerson) {
      text[1] = static_cast<char>('0' + event.seat);
      text[kAt] = event.flaw == kInvalidPerson ? '.' : '@';
      uint32_t rest = event.account;
      for (size_t digit = 1; digit <= kDigits; ++digit, rest /= 10) {
        text[kDigitsEnd - digit] = static_cast<char>('0' + rest % 10);
      }
      column.bytes.append(text, kPersonBytes);
      SetValid(&column, row, true);
    }
    column.offsets[++row] = static_cast<int32_t>(column.bytes.size());
  }
}

void Batch::AppendTimes(std::span<const Event> events) {
  Column& column = columns_[kTime];
  size_t row = rows_;
  if (column.type == Column::Type::kTime) {
    for (const Event& event : events) {
      column.times[row] = kFirstSecond + event.time;
      SetValid(&column, row++, true);
    }
    return;
  }
  for (const Event& event : events) {
    const uint32_t second = event.time % kDay;
    char text[32];
    const int size =
        std::snprintf(text, sizeof(text), event.flaw == kNaiveTime ? " %02u:%02u:%02u" : "T%02u:%02u:%02uZ",
                      second / kHour, second / 60 % 60, second % 60);
    column.bytes.append(dates_[event.time / kDay]).append(text, static_cast<size_t>(size));
    SetValid(&column, row, true);
    column.offsets[++row] = static_cast<int32_t>(column.bytes.size());
  }
}

// `get` gives the place of an event's label, from 1; 0: none. A label that is empty is none either.
template <class Get>
void Batch::AppendLabels(Column* column, std::span<const Event> events, Get get) {
  std::array<bool, 256> valid = {};
  for (size_t i = 0; i < column->labels.size(); ++i) valid[i + 1] = !column->labels[i].empty();
  size_t row = rows_;
  for (const Event& event : events) {
    const auto label = static_cast<uint8_t>(get(event));
    column->codes[row] = static_cast<int8_t>(label - valid[label]);
    if (!valid[label]) column->codes[row] = 0;
    SetValid(column, row++, valid[label]);
  }
}

void Batch::AppendDetails(const Company& company, std::span<const Event> events) {
  AppendLabels(&columns_[kEvent], events, [](const Event& e) { return e.kind + 1; });
  AppendLabels(&columns_[kTeam], events, [](const Event& e) { return e.team; });
  AppendLabels(&columns_[kStage], events, [](const Event& e) { return e.stage; });
  AppendLabels(&columns_[kReason], events, [](const Event& e) { return e.reason; });
  AppendLabels(&columns_[kSource], events, [](const Event& e) { return e.source; });
  AppendLabels(&columns_[kCurrency], events, [](const Event& e) { return e.currency; });
  AppendLabels(&columns_[kRegion], events, [](const Event& e) { return e.region; });
  AppendLabels(&columns_[kIndustry], events, [](const Event& e) { return e.industry; });
  AppendLabels(&columns_[kSize], events, [](const Event& e) { return e.size; });
  AppendLabels(&columns_[kTitle], events, [](const Event& e) { return e.title; });
  AppendLabels(&columns_[kCompanyRegion], events, [&](const Event&) { return company.region + 1; });
  AppendLabels(&columns_[kCompanyIndustry], events, [&](const Event&) { return company.industry + 1; });
  AppendIds(&columns_[kDeal], 'd', company.index, kDealEvent, kDealEvent, events);
  AppendIds(&columns_[kAsset], 'a', company.index, kAssetCreated, kAssetUsed, events);
  Column &amounts = columns_[kAmount], &sizes = columns_[kAccountSize];
  size_t row = rows_;
  for (const Event& event : events) {
    amounts.amounts[row] = event.amount;
    sizes.sizes[row] = event.account_size;
    SetValid(&amounts, row, event.amount != 0);
    SetValid(&sizes, row++, event.account_size != 0);
  }
}

// "d17-3": the third deal of company 17.
void Batch::AppendIds(Column* column, char letter, uint32_t company, EventKind kind, EventKind other,
                      std::span<const Event> events) {
  size_t row = rows_;
  for (const Event& event : events) {
    if (event.number != 0 && (event.kind == kind || event.kind == other)) {
      char digits[16];
      auto append = [&](uint32_t number) {
        column->bytes.append(digits, static_cast<size_t>(std::to_chars(digits, std::end(digits), number).ptr - digits));
      };
      column->bytes += letter;
      append(company);
      column->bytes += '-';
      append(event.number);
      SetValid(column, row, true);
    }
    column->offsets[++row] = static_cast<int32_t>(column->bytes.size());
  }
}

const ArrowSchema& Batch::schema() {
  Exports& to = *exports_;
  for (size_t i = 0; i < kColumns; ++i) {
    const Column& column = columns_[i];
    Exports::Node& node = to.nodes[i];
    constexpr const char* kFormats[] = {"u", "c", "i", "tss:UTC", "g", "C"};  // by Type
    node.schema = {};
    node.schema.format = kFormats[static_cast<size_t>(column.type)];
    node.schema.name = column.name.c_str();
    node.schema.flags = ARROW_FLAG_NULLABLE;
    node.schema.release = ReleaseSchema;
    if (column.type == Column::Type::kLabels || column.type == Column::Type::kCompanies) {
      node.labels_schema = {};
      node.labels_schema.format = "u";
      node.labels_schema.name = "";
      node.labels_schema.release = ReleaseSchema;
      node.schema.dictionary = &node.labels_schema;
    }
    to.schemas[i] = &node.schema;
  }
  to.schema = {};
  to.schema.format = "+s";
  to.schema.name = "";
  to.schema.n_children = kColumns;
  to.schema.children = to.schemas.data();
  to.schema.release = ReleaseSchema;
  return to.schema;
}

const ArrowArray& Batch::array() {
  Exports& to = *exports_;
  for (size_t i = 0; i < kColumns; ++i) {
    const Column& column = columns_[i];
    Exports::Node& node = to.nodes[i];
    const void* data[] = {column.offsets.data(), column.codes.data(),   column.indices.data(),
                          column.times.data(),   column.amounts.data(), column.sizes.data()};  // by Type
    node.buffers = {column.validity.data(), data[static_cast<size_t>(column.type)], column.bytes.data()};
    node.array = {};
    node.array.length = rows_;
    node.array.null_count = -1;  // not counted
    node.array.n_buffers = column.type == Column::Type::kText ? 3 : 2;
    node.array.buffers = node.buffers.data();
    node.array.release = ReleaseArray;
    if (column.type == Column::Type::kLabels || column.type == Column::Type::kCompanies) {
      node.labels_bytes.clear();
      node.labels_offsets.assign(1, 0);
      for (const std::string& label : column.labels) {
        node.labels_bytes += label;
        node.labels_offsets.push_back(static_cast<int32_t>(node.labels_bytes.size()));
      }
      node.labels_buffers = {nullptr, node.labels_offsets.data(), node.labels_bytes.data()};
      node.labels_array = {};
      node.labels_array.length = static_cast<int64_t>(column.labels.size());
      node.labels_array.n_buffers = 3;
      node.labels_array.buffers = node.labels_buffers.data();
      node.labels_array.release = ReleaseArray;
      node.array.dictionary = &node.labels_array;
    }
    to.arrays[i] = &node.array;
  }
  to.array = {};
  to.array.length = rows_;
  to.array.n_buffers = 1;
  to.array.buffers = &to.no_validity;
  to.array.n_children = kColumns;
  to.array.children = to.arrays.data();
  to.array.release = ReleaseArray;
  return to.array;
}

std::string CompanyName(uint32_t index) {
  char text[32];
  std::snprintf(text, sizeof(text), "synthetic-%05u", index);
  return text;
}

}  // namespace vesica_simulator
