#include <algorithm>
#include <map>
#include <string_view>

#include "alignment/decoder.h"
#include "base/error.h"

namespace vesica {
namespace {

constexpr std::string_view kAttributePrefix = "company_";

bool IsTimeUnit(EventUnit unit) { return unit >= EventUnit::kDays && unit <= EventUnit::kNanoseconds; }
bool IsFloating(EventUnit unit) { return unit == EventUnit::kDouble || unit == EventUnit::kFloat; }

// The values of a column are integers as wide as its unit has them.
bool HasWidthOfUnit(const EventColumn& column) {
  if (column.unit == EventUnit::kPlain) return true;
  if (column.values.layout != KeyLayout::kIntegers) return false;
  if (column.unit == EventUnit::kDouble) return column.values.integer_width == 8;
  if (column.unit == EventUnit::kFloat) return column.values.integer_width == 4;
  return true;
}

absl::Status Check(const EventColumn& column, uint64_t rows, bool time, bool amount) {
  const std::string name = "column '" + column.name + "'";
  if (column.values.length != rows) return InvalidArgument(name + " has another number of rows than its batch");
  if (const absl::Status valid = column.values.Validate(); !valid.ok()) return valid;
  if ((IsTimeUnit(column.unit) && !time) || (IsFloating(column.unit) && !amount) || !HasWidthOfUnit(column)) {
    return InvalidArgument(name + " has a type that it cannot have");
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<EventColumns> EventColumns::Find(const EventBatch& batch, const std::vector<std::string>& dimensions) {
  EventColumns found;
  found.dimensions.resize(dimensions.size());
  const std::map<std::string_view, const EventColumn**> parts = {
      {"company", &found.company},   {"person", &found.person},
      {"account", &found.account},   {"event", &found.event},
      {"team", &found.team},         {"time", &found.time},
      {"stage", &found.stage},       {"reason", &found.reason},
      {"source", &found.source},     {"asset", &found.asset},
      {"deal", &found.deal},         {"amount", &found.amount},
      {"currency", &found.currency}, {"account_size", &found.account_size}};
  auto set = [&](const EventColumn** place, const EventColumn& column) -> absl::Status {
    if (*place != nullptr) return InvalidArgument("the batch has two columns '" + column.name + "'");
    *place = &column;
    return Check(column, batch.rows, place == &found.time, place == &found.amount);
  };
  for (const EventColumn& column : batch.columns) {
    const auto part = parts.find(column.name);
    if (part != parts.end()) VESICA_RETURN_IF_ERROR(set(part->second, column));
    const auto dimension = std::find(dimensions.begin(), dimensions.end(), column.name);
    if (dimension != dimensions.end()) {
      const auto index = static_cast<size_t>(dimension - dimensions.begin());
      VESICA_RETURN_IF_ERROR(set(&found.dimensions[index], column));
    }
    if (part == parts.end() && column.name.starts_with(kAttributePrefix)) {
      for (const EventColumn* other : found.attributes) {
        if (other->name == column.name) {
          return InvalidArgument("the batch has two columns '" + column.name + "'");
        }
      }
      VESICA_RETURN_IF_ERROR(Check(column, batch.rows, false, false));
      found.attributes.push_back(&column);
    }
  }
  if (found.event == nullptr) return InvalidArgument("the batch has no column 'event'");
  if (found.person == nullptr) return InvalidArgument("the batch has no column 'person'");
  return found;
}

}  // namespace vesica
