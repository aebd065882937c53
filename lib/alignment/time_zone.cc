#include "alignment/time_zone.h"

#include <algorithm>
#include <limits>
#include <optional>
#include <string>
#include <utility>

#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "alignment/time_text.h"
#include "alignment/zone_file.h"
#include "base/error.h"
#include "identity/ascii.h"

namespace vesica {
namespace {

using Period = TimeZone::Period;

constexpr int64_t kFirstTime = std::numeric_limits<int64_t>::min();
constexpr int64_t kLastTime = std::numeric_limits<int64_t>::max();
constexpr absl::CivilSecond kBegin(0, 1, 1), kEnd(2200, 1, 1);
constexpr size_t kMaxName = 64;  // the longest name of the database has 32 letters

// Letters, digits, + - _ and between them /: no name leaves the folder of the database.
bool IsName(std::string_view name) {
  if (name.empty() || name.size() > kMaxName || !IsLower(ToLower(name.front())) || name.back() == '/') return false;
  return std::all_of(name.begin(), name.end(), [](char c) {
    return IsLower(ToLower(c)) || IsDigit(c) || c == '+' || c == '-' || c == '_' || c == '/';
  });
}

std::vector<Period> FixedPeriods(int32_t seconds) {
  return {{kFirstTime, kFirstTime, seconds * kMicrosPerSecond}, {kLastTime, kLastTime, 0}};
}

std::vector<Period> PeriodsOf(const absl::TimeZone& zone) {
  const auto offset_at = [&](absl::Time time) { return zone.At(time).offset * kMicrosPerSecond; };
  absl::Time time = absl::FromCivil(kBegin, absl::UTCTimeZone());
  std::vector<Period> periods = {{kFirstTime, kFirstTime, offset_at(time)}};
  for (absl::TimeZone::CivilTransition change; zone.NextTransition(time, &change) && change.to < kEnd;) {
    time = zone.At(change.to).trans;
    const Period& before = periods.back();
    const int64_t utc = absl::ToUnixMicros(time), offset = offset_at(time);
    periods.push_back({utc, std::max(before.local_begin, utc + std::max(before.offset, offset)), offset});
  }
  periods.push_back({kLastTime, kLastTime, 0});
  return periods;
}

}  // namespace

TimeZone::TimeZone() : TimeZone(FixedPeriods(0)) {}
TimeZone::TimeZone(std::vector<Period> periods)
    : periods_(std::make_shared<const std::vector<Period>>(std::move(periods))) {}

absl::Status TimeZone::Check(std::string_view name) {
  if (ParseZoneOffset(name).has_value() || IsName(name)) return absl::OkStatus();
  return InvalidArgument("zone is neither an offset from UTC such as +02:00 nor a name such as Europe/Tallinn");
}

absl::StatusOr<TimeZone> TimeZone::Open(std::string_view name) {
  VESICA_RETURN_IF_ERROR(Check(name));
  if (const std::optional<int32_t> seconds = ParseZoneOffset(name)) return TimeZone(FixedPeriods(*seconds));
  absl::TimeZone zone;
  if (!LoadZone(name, &zone)) {
    return InvalidArgument("zone: the time zone database of this machine has no '" + std::string(name) + "'");
  }
  return TimeZone(PeriodsOf(zone));
}

size_t TimeZone::Find(int64_t Period::*begin, int64_t time) const {
  const auto after = std::upper_bound(periods_->begin() + 1, periods_->end() - 1, time,
                                      [&](int64_t value, const Period& period) { return value < period.*begin; });
  return static_cast<size_t>(after - periods_->begin()) - 1;
}

}  // namespace vesica
