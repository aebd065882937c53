#include "alignment/option_text.h"

#include <algorithm>
#include <charconv>
#include <limits>
#include <vector>

#include "alignment/business_hours.h"
#include "alignment/decoder.h"
#include "alignment/hash_slice.h"
#include "alignment/time_text.h"
#include "alignment/time_zone.h"
#include "base/error.h"
#include "identity/ascii.h"
#include "table/figure_text.h"

namespace vesica {
namespace {

struct Unit {
  char letter;
  int64_t micros;
};
constexpr Unit kUnits[] = {{'d', kDay}, {'h', kHour}, {'m', kHour / 60}, {'s', kHour / 3600}};

std::vector<std::string_view> Split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  while (!text.empty()) {
    const size_t at = text.find(separator);
    parts.push_back(TrimSpace(text.substr(0, at)));
    text = at == std::string_view::npos ? std::string_view() : text.substr(at + 1);
  }
  return parts;
}

std::string Join(const std::vector<std::string>& parts) {
  std::string text;
  for (const std::string& part : parts) text += (text.empty() ? "" : ",") + part;
  return text;
}

absl::Status Parse(std::string_view text, std::string* value) {
  *value = std::string(TrimSpace(text));
  return absl::OkStatus();
}
absl::Status Parse(std::string_view text, std::vector<std::string>* value) {
  value->clear();
  for (std::string_view part : Split(text, ',')) {
    if (part.empty()) return InvalidArgument("a list has an empty part");
    value->emplace_back(part);
  }
  return absl::OkStatus();
}
absl::Status Parse(std::string_view text, std::vector<std::pair<std::string, std::string>>* value) {
  value->clear();
  for (std::string_view part : Split(text, ',')) {
    const std::vector<std::string_view> names = Split(part, ':');
    if (names.size() != 2) return InvalidArgument("a pair of dimensions is written 'a:b'");
    value->emplace_back(names[0], names[1]);
  }
  return absl::OkStatus();
}
absl::Status Parse(std::string_view text, bool* value) {
  if (text != "true" && text != "false") return InvalidArgument("expected true or false");
  *value = text == "true";
  return absl::OkStatus();
}
constexpr std::string_view kEncodings[] = {"plain", "hex", "base64"};  // by KeyEncoding
absl::Status Parse(std::string_view text, KeyEncoding* value) {
  const auto found = std::find(std::begin(kEncodings), std::end(kEncodings), text);
  if (found == std::end(kEncodings)) return InvalidArgument("expected plain, hex or base64");
  *value = static_cast<KeyEncoding>(found - std::begin(kEncodings));
  return absl::OkStatus();
}
template <class Number>
absl::Status ParseNumber(std::string_view text, Number* value) {
  Number number{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return InvalidArgument("expected a number");
  *value = number;
  return absl::OkStatus();
}
absl::Status Parse(std::string_view text, uint32_t* value) { return ParseNumber(text, value); }
absl::Status Parse(std::string_view text, uint64_t* value) { return ParseNumber(text, value); }
absl::Status Parse(std::string_view text, double* value) { return ParseNumber(text, value); }

absl::Status ParseDuration(std::string_view text, int64_t* value) {
  for (const Unit& unit : kUnits) {
    if (!text.ends_with(unit.letter)) continue;
    int64_t count = 0;
    VESICA_RETURN_IF_ERROR(ParseNumber(text.substr(0, text.size() - 1), &count));
    if (count < 0 || count > std::numeric_limits<int32_t>::max()) break;
    if (__builtin_mul_overflow(count, unit.micros, &count)) break;
    *value = count;
    return absl::OkStatus();
  }
  return InvalidArgument("expected a duration such as 30d, 24h, 15m or 10s");
}
absl::Status Parse(std::string_view text, int64_t* value) { return ParseDuration(text, value); }
absl::Status Parse(std::string_view text, std::vector<int64_t>* value) {
  std::vector<int64_t> parsed;
  for (std::string_view part : Split(text, ',')) VESICA_RETURN_IF_ERROR(ParseDuration(part, &parsed.emplace_back()));
  *value = std::move(parsed);
  return absl::OkStatus();
}
// In UTC where it says no offset. A day stands for its end: all of it is in the study.
absl::Status Parse(std::string_view text, std::optional<int64_t>* value) {
  const TimeValue time = ParseTime(text, false);
  if (time.state == TimeState::kNone || time.state == TimeState::kInvalid) {
    return InvalidArgument("expected a time such as 2024-03-31 or 2024-03-31T12:00:00Z");
  }
  *value = time.micros + (time.state == TimeState::kDate ? kMicrosPerDay - 1 : 0);
  return absl::OkStatus();
}

std::string Text(const std::string& value) { return value; }
std::string Text(const std::vector<std::string>& value) { return Join(value); }
std::string Text(const std::vector<std::pair<std::string, std::string>>& value) {
  std::string text;
  for (const auto& [a, b] : value) text += (text.empty() ? "" : ",") + a + ":" + b;
  return text;
}
std::string Text(KeyEncoding value) { return std::string(kEncodings[static_cast<size_t>(value)]); }
std::string Text(bool value) { return value ? "true" : "false"; }
std::string Text(uint32_t value) { return std::to_string(value); }
std::string Text(uint64_t value) { return std::to_string(value); }
std::string Text(double value) {
  char text[32];
  return {text, std::to_chars(text, text + sizeof(text), value).ptr};
}
std::string Text(int64_t value) { return DurationText(value); }
std::string Text(const std::vector<int64_t>& value) {
  std::string text;
  for (int64_t bound : value) text += (text.empty() ? "" : ",") + DurationText(bound);
  return text;
}
std::string Text(const std::optional<int64_t>& value) {
  std::string text;
  if (value.has_value()) AppendTime(*value, &text);
  return text;
}

// What an option decides: what is counted, or only how it is read and what is made of the counts.
constexpr bool kCounts = true, kTables = false;

template <auto kMember>
constexpr StudyOption Option(const char* name, const char* unit, const char* flag, bool decides_counts) {
  return {name,
          unit,
          flag,
          decides_counts,
          [](const StudyOptions& options) { return Text(options.*kMember); },
          [](std::string_view text, StudyOptions* options) { return Parse(text, &(options->*kMember)); }};
}

constexpr StudyOption kOptions[] = {
    Option<&StudyOptions::by>("by", "columns", "--by", kCounts),
    Option<&StudyOptions::by_pairs>("by_pairs", "pairs of columns", "--set", kTables),
    Option<&StudyOptions::force_by>("force_by", "boolean", "--set", kTables),
    Option<&StudyOptions::as_of>("as_of", "time", "--as-of", kCounts),
    Option<&StudyOptions::encoding>("encoding", "encoding", "--hashed", kTables),
    Option<&StudyOptions::zone>("zone", "offset from UTC or time zone", "--zone", kCounts),
    Option<&StudyOptions::day_first>("day_first", "boolean", "--set", kCounts),
    Option<&StudyOptions::min_cell>("min_cell", "people", "--min-cell", kTables),
    Option<&StudyOptions::min_support>("min_support", "people", "--set", kTables),
    Option<&StudyOptions::target_ratio>("target_ratio", "people of marketing for one of sales", "--set", kTables),
    Option<&StudyOptions::exposure_window>("exposure_window", "duration", "--set", kCounts),
    Option<&StudyOptions::response_window>("response_window", "duration", "--set", kCounts),
    Option<&StudyOptions::recency_buckets>("recency_buckets", "durations", "--set", kCounts),
    Option<&StudyOptions::strata>("strata", "column", "--set", kCounts),
    Option<&StudyOptions::role>("role", "column", "--set", kCounts),
    Option<&StudyOptions::reach_steps>("reach_steps", "steps", "--set", kTables),
    Option<&StudyOptions::expected_min>("expected_min", "people", "--set", kTables),
    Option<&StudyOptions::expected_max>("expected_max", "people", "--set", kTables),
    Option<&StudyOptions::all_accounts>("all_accounts", "boolean", "--set", kTables),
    Option<&StudyOptions::stages>("stages", "stages", "--set", kCounts),
    Option<&StudyOptions::handoff_stage>("handoff_stage", "stage", "--set", kCounts),
    Option<&StudyOptions::accepted_stages>("accepted_stages", "stages", "--set", kCounts),
    Option<&StudyOptions::ignore_after>("ignore_after", "duration", "--set", kCounts),
    Option<&StudyOptions::sla>("sla", "duration", "--set", kCounts),
    Option<&StudyOptions::business_hours>("business_hours", "days and times", "--set", kCounts),
    Option<&StudyOptions::holidays>("holidays", "dates", "--set", kCounts),
    Option<&StudyOptions::period>("period", "month or week", "--set", kCounts),
    Option<&StudyOptions::resamples>("resamples", "samples", "--set", kTables),
    Option<&StudyOptions::seed>("seed", "number", "--set", kTables),
    Option<&StudyOptions::partitions>("partitions", "partitions", "--set", kTables),
    Option<&StudyOptions::sketch_bytes>("sketch_bytes", "bytes", "--set", kTables),
    Option<&StudyOptions::slice>("slice", "part of people", "--slice", kTables),
};

absl::Status NeedDimension(const StudyOptions& options, const std::string& name, const char* option) {
  if (name.empty() || std::find(options.by.begin(), options.by.end(), name) != options.by.end()) {
    return absl::OkStatus();
  }
  return InvalidArgument(std::string(option) + " names '" + name + "', which is not one of by");
}

}  // namespace

std::string DurationText(int64_t micros) {
  for (const Unit& unit : kUnits) {
    if (micros % unit.micros == 0 && (micros != 0 || unit.letter == 's')) {
      return std::to_string(micros / unit.micros) + unit.letter;
    }
  }
  return std::to_string(micros) + "us";
}

std::span<const StudyOption> AllStudyOptions() { return kOptions; }

absl::Status StudyOptions::Set(std::string_view name, std::string_view value) {
  for (const StudyOption& option : kOptions) {
    if (name != option.name) continue;
    StudyOptions changed = *this;
    if (const absl::Status set = option.set(value, &changed); !set.ok()) {
      return InvalidArgument("option " + std::string(name) + ": " + std::string(set.message()));
    }
    *this = std::move(changed);
    return absl::OkStatus();
  }
  return InvalidArgument("there is no option '" + std::string(name) + "'");
}

absl::Status StudyOptions::Validate() const {
  if (by.size() > kMaxDimensions) return InvalidArgument("by names more than 16 dimensions");
  for (size_t i = 0; i < by.size(); ++i) {
    if (by[i].empty()) return InvalidArgument("by names a dimension without a name");
    if (std::find(by.begin(), by.begin() + i, by[i]) != by.begin() + i) {
      return InvalidArgument("by names '" + by[i] + "' twice");
    }
  }
  for (const auto& [a, b] : by_pairs) {
    VESICA_RETURN_IF_ERROR(NeedDimension(*this, a, "by_pairs"));
    VESICA_RETURN_IF_ERROR(NeedDimension(*this, b, "by_pairs"));
    if (a == b) return InvalidArgument("by_pairs pairs '" + a + "' with itself");
  }
  VESICA_RETURN_IF_ERROR(NeedDimension(*this, strata, "strata"));
  VESICA_RETURN_IF_ERROR(NeedDimension(*this, role, "role"));
  if (static_cast<size_t>(encoding) >= std::size(kEncodings)) return InvalidArgument("encoding is unknown");
  if (!zone.empty()) VESICA_RETURN_IF_ERROR(TimeZone::Check(zone));
  if (!business_hours.empty()) {
    if (zone.empty()) return InvalidArgument("business_hours need a zone");
    VESICA_RETURN_IF_ERROR(BusinessHours::Parse(business_hours, holidays, TimeZone()).status());
  } else if (!holidays.empty()) {
    return InvalidArgument("holidays need business_hours");
  }
  if (!(target_ratio > 0 && target_ratio <= 1e6)) return InvalidArgument("target_ratio must be in (0, 1e6]");
  for (int64_t window : {exposure_window, response_window, ignore_after, sla}) {
    if (window <= 0 || window > 36'500 * kDay) return InvalidArgument("windows must be in (0, 36500d]");
  }
  int64_t last = 0;
  for (int64_t bound : recency_buckets) {
    if (bound <= last || bound > 36'500 * kDay) return InvalidArgument("recency_buckets must be ascending");
    last = bound;
  }
  if (recency_buckets.empty() || recency_buckets.size() > 32) {
    return InvalidArgument("recency_buckets must have 1 to 32 bounds");
  }
  if (expected_min < 1 || expected_max < expected_min) {
    return InvalidArgument("expected_min and expected_max are no range of people");
  }
  if (period != "month" && period != "week") return InvalidArgument("period must be month or week");
  if (resamples < 1 || resamples > 1'000'000) return InvalidArgument("resamples must be in 1..1000000");
  if (partitions < 1 || partitions > 65'536) return InvalidArgument("partitions must be in 1..65536");
  if (!HashSlice::Parse(slice).has_value()) return InvalidArgument("slice is no part of people such as 1/4");
  return absl::OkStatus();
}

}  // namespace vesica
