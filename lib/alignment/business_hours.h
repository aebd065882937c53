#ifndef VESICA_LIB_ALIGNMENT_BUSINESS_HOURS_H_
#define VESICA_LIB_ALIGNMENT_BUSINESS_HOURS_H_

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "alignment/time_zone.h"

namespace vesica {

// When a team is at work: hours of the week on a zone's clock, but for holidays. Immutable.
//
// Business time is the time that passes while the clock shows an open hour. Where clocks change, an open hour that is
// skipped does not count, and one that is shown twice counts twice.
class BusinessHours {
 public:
  // `hours` are spans of days and times, "mon-fri 09:00-12:00, mon-fri 13:00-17:00, sat 10:00-14:00": from the first
  // time to before the last, which may be 24:00; what two spans share counts once. `holidays` are days such as
  // "2026-12-24", in any order. Fails with InvalidArgument.
  static absl::StatusOr<BusinessHours> Parse(std::string_view hours, std::span<const std::string> holidays,
                                             const TimeZone& zone);

  // Business time between two moments of UTC, from <= to; all in microseconds.
  int64_t Between(int64_t from, int64_t to) const { return OpenUntil(to) - OpenUntil(from); }

 private:
  static constexpr int kMinutesOfDay = 24 * 60;
  static constexpr int kMinutesOfWeek = 7 * kMinutesOfDay;

  explicit BusinessHours(const TimeZone& zone) : zone_(zone) {}

  // Open time from a fixed moment on, negative before it: if the clock never changed, and as it does.
  int64_t OpenOnClock(int64_t local) const;
  int64_t OpenUntil(int64_t utc) const;

  TimeZone zone_;
  std::vector<int32_t> open_minutes_;     // of the week from Monday 00:00, before each of its minutes and after all
  std::vector<int64_t> holidays_;         // days since 1970, ascending
  std::vector<int64_t> holiday_minutes_;  // that would be open on those before each, and on all
  std::vector<int64_t> shifts_;           // OpenUntil() less OpenOnClock(), in each period of the zone
};

}  // namespace vesica

#endif  // VESICA_LIB_ALIGNMENT_BUSINESS_HOURS_H_
