#include <algorithm>
#include <map>
#include <string_view>

#include "alignment/decoder.h"
#include "base/error.h"

namespace vesica {
namespace {

constexpr std::string_view kAttributePrefix = "company_";

bool IsTimeUnit(EventUnit unit) { return unit >= EventUnit::kDays && unit <= EventUnit::kNanoseconds; }
bool IsNumberUnit(EventUnit unit) {
  return unit == EventUnit::kDouble || unit == EventUnit::kFloat || unit == EventUnit::kDecimal;
}

// What values a part of an event can have, beside plain ones.
enum class Part { kLabel, kTime, kAmount, kOther };

bool CanBe(Part part, EventUnit unit) {
  if (IsTimeUnit(unit)) return part == Part::kTime;
  if (IsNumberUnit(unit)) return part == Part::kAmount;
  if (unit == EventUnit::kBool) return part == Part::kLabel;
  return unit == EventUnit::kPlain;
}

// The values of a column are integers as wide as its unit has them.
bool HasWidthOfUnit(const EventColumn& column) {
  if (column.unit == EventUnit::kPlain) return true;
  if (column.values.layout != KeyLayout::kIntegers) return false;
  const uint8_t width = column.values.integer_width;
  if (column.unit == EventUnit::kDouble) return width == 8;
  if (column.unit == EventUnit::kFloat) return width == 4;
  if (column.unit == EventUnit::kDecimal) return width == 4 || width == 8 || width == 16;
  if (column.unit == EventUnit::kBool) return column.bits != nullptr || column.values.length == 0;
  return true;
}

absl::Status Check(const EventColumn& column, uint64_t rows, Part part) {
  const std::string name = "column '" + column.name + "'";
  if (!CanBe(part, column.unit)) {
    return MakeError(ErrorCode::kUnsupported, name + " has a type that a study cannot read there");
  }
  if (column.values.length != rows) return InvalidArgument(name + " has another number of rows than its batch");
  if (!HasWidthOfUnit(column)) return InvalidArgument(name + " is not laid out as its unit says");
  KeyColumn values = column.values;
  if (column.unit == EventUnit::kDecimal) values.integer_width = 8;  // no column of keys has 16
  return values.Validate();
}

}  // namespace

absl::StatusOr<EventColumns> EventColumns::Find(const EventBatch& batch, const std::vector<std::string>& dimensions) {
  EventColumns found;
  found.dimensions.resize(dimensions.size());
  const std::map<std::string_view, std::pair<const EventColumn**, Part>> parts = {
      {"company", {&found.company, Part::kLabel}},   {"person", {&found.person, Part::kOther}},
      {"account", {&found.account, Part::kOther}},   {"event", {&found.event, Part::kLabel}},
      {"team", {&found.team, Part::kLabel}},         {"time", {&found.time, Part::kTime}},
      {"stage", {&found.stage, Part::kLabel}},       {"reason", {&found.reason, Part::kLabel}},
      {"source", {&found.source, Part::kLabel}},     {"asset", {&found.asset, Part::kOther}},
      {"deal", {&found.deal, Part::kOther}},         {"amount", {&found.amount, Part::kAmount}},
      {"currency", {&found.currency, Part::kLabel}}, {"account_size", {&found.account_size, Part::kOther}}};
  auto set = [&](const EventColumn** place, const EventColumn& column, Part part) -> absl::Status {
    if (*place != nullptr) return InvalidArgument("the batch has two columns '" + column.name + "'");
    *place = &column;
    return Check(column, batch.rows, part);
  };
  for (const EventColumn& column : batch.columns) {
    if (column.unit == EventUnit::kNull) continue;
    const auto part = parts.find(column.name);
    if (part != parts.end()) VESICA_RETURN_IF_ERROR(set(part->second.first, column, part->second.second));
    const auto dimension = std::find(dimensions.begin(), dimensions.end(), column.name);
    if (dimension != dimensions.end()) {
      const auto index = static_cast<size_t>(dimension - dimensions.begin());
      VESICA_RETURN_IF_ERROR(set(&found.dimensions[index], column, Part::kLabel));
    }
    if (part == parts.end() && column.name.starts_with(kAttributePrefix)) {
      for (const EventColumn* other : found.attributes) {
        if (other->name == column.name) {
          return InvalidArgument("the batch has two columns '" + column.name + "'");
        }
      }
      VESICA_RETURN_IF_ERROR(Check(column, batch.rows, Part::kLabel));
      found.attributes.push_back(&column);
    }
  }
  if (found.event == nullptr) return InvalidArgument("the batch has no column 'event'");
  if (found.person == nullptr) return InvalidArgument("the batch has no column 'person'");
  return found;
}

}  // namespace vesica
