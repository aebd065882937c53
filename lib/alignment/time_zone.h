#ifndef VESICA_LIB_ALIGNMENT_TIME_ZONE_H_
#define VESICA_LIB_ALIGNMENT_TIME_ZONE_H_

#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace vesica {

// What a zone's clocks show when. Times are microseconds: of UTC, or of the clock as if it were UTC. Immutable; copies
// share their periods.
class TimeZone {
 public:
  // A time while clocks keep one offset from UTC. In local time it begins where clocks have shown every time of the
  // period before: so a time that clocks skip, and the first of two times they show alike, have the offset before the
  // change.
  struct Period {
    int64_t utc_begin;
    int64_t local_begin;
    int64_t offset;
  };

  TimeZone();  // UTC

  // Of "UTC", an offset such as "+02:00", or a name of the IANA time zone database such as "Europe/Tallinn", which is
  // read from where the machine has it: no environment variable is. InvalidArgument for what is none of these and for a
  // name that the machine does not know. From the year 2200 on the offset stays as it is then.
  static absl::StatusOr<TimeZone> Open(std::string_view name);

  // InvalidArgument for what Open() would not even look for.
  static absl::Status Check(std::string_view name);

  // Ascending; the first begins, and one more after the last, where time does: it is never reached.
  const std::vector<Period>& periods() const { return *periods_; }

  // The index of the last period that begins at `time` or before.
  size_t Find(int64_t Period::*begin, int64_t time) const;

 private:
  explicit TimeZone(std::vector<Period> periods);

  std::shared_ptr<const std::vector<Period>> periods_;
};

// A zone's clock, read by one thread: it remembers the period it was asked for last.
class LocalClock {
 public:
  explicit LocalClock(const TimeZone& zone) : zone_(zone), at_(zone_.periods().data()) {}

  int64_t ToLocal(int64_t utc) {
    if (utc < at_->utc_begin || utc >= at_[1].utc_begin) Seek(&TimeZone::Period::utc_begin, utc);
    return utc + at_->offset;
  }
  int64_t ToUtc(int64_t local) {
    if (local < at_->local_begin || local >= at_[1].local_begin) Seek(&TimeZone::Period::local_begin, local);
    return local - at_->offset;
  }

 private:
  void Seek(int64_t TimeZone::Period::*begin, int64_t time) { at_ = &zone_.periods()[zone_.Find(begin, time)]; }

  TimeZone zone_;
  const TimeZone::Period* at_;
};

}  // namespace vesica

#endif  // VESICA_LIB_ALIGNMENT_TIME_ZONE_H_
