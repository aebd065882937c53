#include "alignment/decoder.h"

#include <algorithm>
#include <bit>
#include <charconv>
#include <cstring>

#define XXH_INLINE_ALL
#include <xxhash.h>

#include "alignment/decimal.h"
#include "arrow/key_reader.h"
#include "base/endian.h"
#include "base/error.h"
#include "identity/ascii.h"

namespace vesica {
namespace {

constexpr std::array<std::string_view, 10> kEventNames = {"targeted",      "exposed",   "engaged", "contacted",
                                                          "responded",     "in_market", "stage",   "deal",
                                                          "asset_created", "asset_used"};
constexpr std::array<std::string_view, 5> kTeamNames = {"", "brand", "demand", "marketing", "sales"};
constexpr std::array<std::string_view, 4> kDealStates = {"", "open", "won", "lost"};
constexpr uint8_t kUnreadState = 255;

bool EqualsLower(std::string_view text, std::string_view lower) {
  return std::equal(text.begin(), text.end(), lower.begin(), lower.end(),
                    [](char a, char b) { return ToLower(a) == b; });
}

template <size_t kSize>
size_t IndexOf(const std::array<std::string_view, kSize>& names, std::string_view text) {
  size_t index = 0;
  while (index < kSize && !EqualsLower(text, names[index])) ++index;
  return index;
}

// Where the ids of known names are their indices, whatever comes later has larger ones.
template <size_t kSize>
uint32_t KnownIndex(const Interner& names, uint32_t id, const std::array<std::string_view, kSize>& known) {
  return id < kSize ? id : static_cast<uint32_t>(IndexOf(known, names[id]));
}

bool NeedsTeam(EventKind kind) {
  return kind == EventKind::kTargeted || kind == EventKind::kExposed || kind == EventKind::kContacted ||
         kind == EventKind::kAssetCreated || kind == EventKind::kAssetUsed;
}

// A hash that is not 0.
uint64_t LabelHash(std::string_view text) { return XXH3_64bits(text.data(), text.size()) | 1; }

// The person within the company: both hashes are uniform, so their mix is.
uint64_t Mix(uint64_t company, uint64_t person) {
  const uint64_t pair[2] = {company, person};
  return XXH3_64bits(pair, sizeof(pair));
}

template <class T>
std::string_view BytesOf(const T& value) {
  return {reinterpret_cast<const char*>(&value), sizeof(value)};
}

std::optional<uint32_t> ParseSize(std::string_view text) {
  uint32_t size = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), size);
  if (error != std::errc() || end != text.data() + text.size() || size == 0) return std::nullopt;
  return size;
}

// Keys of which nothing but their digest is there: no address to take an account from.
bool IsDigest(const KeyColumn& column) {
  const KeyLayout layout = column.layout == KeyLayout::kDictionary ? column.dictionary->layout : column.layout;
  return column.encoding != KeyEncoding::kPlain || layout == KeyLayout::kFixed32;
}

__int128 DecimalAt(const KeyColumn& column, uint64_t row) {
  if (column.integer_width == 4) return Load<int32_t>(column.data, row);
  if (column.integer_width == 8) return Load<int64_t>(column.data, row);
  return Load<__int128>(column.data, row);
}

// An integer in the unit of its column.
TimeValue TimeOf(const EventColumn& column, int64_t ticks) {
  TimeValue value;
  switch (column.unit) {
    case EventUnit::kDays: {
      constexpr int64_t kMostDays = 4'000'000;
      if (ticks < -kMostDays || ticks > kMostDays) return {TimeState::kInvalid, 0};
      value = EpochTime(ticks * 86'400, 1);
      if (value.state == TimeState::kMoment) value.state = TimeState::kDate;
      return value;
    }
    case EventUnit::kSeconds:
      value = EpochTime(ticks, 1);
      break;
    case EventUnit::kMilliseconds:
      value = EpochTime(ticks, 1'000);
      break;
    case EventUnit::kMicroseconds:
      value = EpochTime(ticks, kMicrosPerSecond);
      break;
    case EventUnit::kNanoseconds:
      value = EpochTime(ticks, 1'000 * kMicrosPerSecond);
      break;
    default:
      value = EpochTime(ticks);
      break;
  }
  if (column.naive && value.state == TimeState::kMoment) value.state = TimeState::kNaive;
  return value;
}

}  // namespace

std::string_view RowProblemText(RowProblem problem) {
  constexpr std::array<std::string_view, kRowProblems> kTexts = {
      "blank",    "invalid",      "unknown_event", "invalid_team",   "no_asset",    "no_deal",
      "no_stage", "invalid_time", "naive_time",    "invalid_amount", "invalid_size"};
  const auto index = static_cast<size_t>(problem);
  return index < kRowProblems ? kTexts[index] : "unknown problem";
}

void EventQuality::Merge(const EventQuality& other) {
  rows += other.rows;
  taken += other.taken;
  persons.Merge(other.persons);
  for (size_t i = 0; i < kRowProblems; ++i) problems[i].Merge(other.problems[i]);
}

uint64_t Labels::held_bytes() const {
  uint64_t bytes = segments.held_bytes() + details.held_bytes() + company_attributes.held_bytes();
  for (const Interner* labels :
       {&companies, &stages, &reasons, &sources, &currencies, &attributes, &attribute_values}) {
    bytes += labels->held_bytes();
  }
  for (const Interner& labels : dimensions) bytes += labels.held_bytes();
  return bytes;
}

EventDecoder::EventDecoder(const Identity& person, const AccountRules& accounts, const TimeRules& times,
                           size_t dimensions, const HashSlice& slice, bool persons_alone)
    : hasher_(person),
      accounts_(accounts),
      has_zone_(times.zone.has_value()),
      day_first_(times.day_first),
      clock_(times.zone.value_or(TimeZone())),
      slice_(slice),
      persons_alone_(persons_alone) {
  for (std::string_view name : kEventNames) event_names_.Intern(name);
  for (std::string_view name : kTeamNames) team_names_.Intern(name);
  labels_.dimensions.resize(dimensions);
  dimension_readers_.resize(dimensions);
  rows_.dimensions.resize(dimensions);
}

absl::Status EventDecoder::Decode(const EventColumns& columns, uint64_t first_row, uint64_t begin, uint64_t count,
                                  EventSink* sink) {
  VESICA_RETURN_IF_ERROR(hasher_.Check(columns.person->values));
  attribute_readers_.resize(std::max(attribute_readers_.size(), columns.attributes.size()));
  rows_.attributes.resize(columns.attributes.size());
  attribute_ids_.clear();
  for (const EventColumn* column : columns.attributes) {
    attribute_ids_.push_back(labels_.attributes.Intern(column->name));
  }
  for (uint64_t done = 0; done < count; done += kRowBatch) {
    const auto size = static_cast<uint32_t>(std::min<uint64_t>(kRowBatch, count - done));
    VESICA_RETURN_IF_ERROR(ReadRows(columns, begin + done, size));
    for (uint32_t i = 0; i < size; ++i) {
      VESICA_RETURN_IF_ERROR(TakeRow(columns, i, first_row + begin + done + i, sink));
    }
    if (!slice_.is_whole()) VESICA_RETURN_IF_ERROR(CountPersons(columns.person->values, begin + done, size));
  }
  return absl::OkStatus();
}

absl::Status EventDecoder::TakeRow(const EventColumns& columns, uint32_t i, uint64_t row, EventSink* sink) {
  Event event;
  const std::optional<RowProblem> problem = CheckParts(columns, i, &event);
  if (!problem.has_value()) SetPerson(i, &event);
  rows_.in_slice[i] = problem.has_value() ? slice_.is_first() : slice_.Holds(event.person);
  if (!rows_.in_slice[i]) return absl::OkStatus();
  ++quality_.rows;
  if (problem.has_value()) {
    Count(*problem, row);
    return absl::OkStatus();
  }
  SetRest(columns, i, row, &event);
  ++quality_.taken;
  latest_time_ = std::max(latest_time_, event.time);
  return sink->Take(event);
}

// What is known of the keys of a batch's rows, of those in the slice: each run of them by itself.
absl::Status EventDecoder::CountPersons(const KeyColumn& column, uint64_t begin, uint32_t count) {
  const auto& in_slice = rows_.in_slice;
  for (uint32_t i = 0, end = 0; i < count; i = end) {
    for (end = i + 1; end < count && in_slice[end] == in_slice[i]; ++end) continue;
    if (in_slice[i]) {
      VESICA_RETURN_IF_ERROR(hasher_.Hash(column, begin + i, end - i, false, &hashed_, &quality_.persons));
    }
  }
  return absl::OkStatus();
}

absl::Status EventDecoder::ReadRows(const EventColumns& columns, uint64_t begin, uint32_t count) {
  Rows& r = rows_;
  VESICA_RETURN_IF_ERROR(ReadPersons(columns.person->values, begin, count));
  VESICA_RETURN_IF_ERROR(ReadLabels(columns, begin, count));
  struct Text {
    const EventColumn* column;
    std::string_view* texts;
  };
  const Text texts[] = {{columns.account, r.accounts.data()},
                        {columns.asset, r.assets.data()},
                        {columns.deal, r.deals.data()},
                        {columns.account_size, r.sizes.data()}};
  for (size_t i = 0; i < std::size(texts); ++i) {
    if (texts[i].column == nullptr) continue;
    VESICA_RETURN_IF_ERROR(texts_[i].Read(texts[i].column->values, begin, count, texts[i].texts));
  }
  std::fill_n(r.time.data(), count, TimeValue{});
  if (columns.time != nullptr) VESICA_RETURN_IF_ERROR(ReadTimes(*columns.time, begin, count));
  if (columns.amount != nullptr) VESICA_RETURN_IF_ERROR(ReadAmounts(*columns.amount, begin, count));
  return absl::OkStatus();
}

absl::Status EventDecoder::ReadLabels(const EventColumns& columns, uint64_t begin, uint32_t count) {
  Rows& r = rows_;
  struct Part {
    const EventColumn* column;
    LabelReader* reader;
    Interner* labels;
    uint32_t* ids;
  };
  const Part parts[] = {{columns.company, &company_reader_, &labels_.companies, r.company.data()},
                        {columns.event, &event_reader_, &event_names_, r.event.data()},
                        {columns.team, &team_reader_, &team_names_, r.team.data()},
                        {columns.stage, &stage_reader_, &labels_.stages, r.stage.data()},
                        {columns.reason, &reason_reader_, &labels_.reasons, r.reason.data()},
                        {columns.source, &source_reader_, &labels_.sources, r.source.data()},
                        {columns.currency, &currency_reader_, &labels_.currencies, r.currency.data()}};
  for (const Part& part : parts) {
    if (part.column == nullptr) {
      std::fill_n(part.ids, count, kNoId);
    } else {
      VESICA_RETURN_IF_ERROR(part.reader->Read(*part.column, begin, count, part.labels, part.ids));
    }
  }
  for (size_t k = 0; k < columns.dimensions.size(); ++k) {
    uint32_t* ids = r.dimensions[k].data();
    if (columns.dimensions[k] == nullptr) {
      std::fill_n(ids, count, kNoId);
    } else {
      VESICA_RETURN_IF_ERROR(
          dimension_readers_[k].Read(*columns.dimensions[k], begin, count, &labels_.dimensions[k], ids));
    }
  }
  for (size_t k = 0; k < columns.attributes.size(); ++k) {
    VESICA_RETURN_IF_ERROR(attribute_readers_[k].Read(*columns.attributes[k], begin, count, &labels_.attribute_values,
                                                      r.attributes[k].data()));
  }
  return absl::OkStatus();
}

absl::Status EventDecoder::ReadPersons(const KeyColumn& column, uint64_t begin, uint32_t count) {
  Rows& r = rows_;
  Quality of_all_slices;
  Quality* quality = slice_.is_whole() ? &quality_.persons : &of_all_slices;
  VESICA_RETURN_IF_ERROR(hasher_.Hash(column, begin, count, true, &hashed_, quality));
  std::fill_n(r.has_person.data(), count, false);
  for (uint32_t k = 0; k < hashed_.size; ++k) {
    const auto i = static_cast<uint32_t>(hashed_.row[k] - begin);
    r.has_person[i] = true;
    r.person[i] = hashed_.hi[k];
  }
  VESICA_RETURN_IF_ERROR(texts_[4].Read(column, begin, count, r.keys.data()));
  if (IsDigest(column)) {
    std::fill_n(r.account.data(), count, kNoId);
  } else {
    accounts_.OfPersons(std::span(r.keys).first(count), r.account.data());
  }
  return absl::OkStatus();
}

absl::Status EventDecoder::ReadTimes(const EventColumn& column, uint64_t begin, uint32_t count) {
  Rows& r = rows_;
  if (column.values.layout == KeyLayout::kIntegers) {
    std::array<int64_t, kRowBatch> ticks;
    std::array<IntegerState, kRowBatch> states;
    ReadIntegers(column.values, RowSet::Range(begin, count), ticks.data(), states.data());
    for (uint32_t i = 0; i < count; ++i) {
      r.time[i] = states[i] == IntegerState::kValid ? TimeOf(column, ticks[i]) : TimeValue{};
      if (states[i] == IntegerState::kTooLarge) r.time[i].state = TimeState::kInvalid;
    }
    return absl::OkStatus();
  }
  VESICA_RETURN_IF_ERROR(texts_[5].Read(column.values, begin, count, r.times.data()));
  for (uint32_t i = 0; i < count; ++i) {
    const bool again = i > 0 && r.times[i] == r.times[i - 1];
    r.time[i] = again ? r.time[i - 1] : ParseTime(r.times[i], day_first_);
  }
  return absl::OkStatus();
}

absl::Status EventDecoder::ReadAmounts(const EventColumn& column, uint64_t begin, uint32_t count) {
  Rows& r = rows_;
  if (column.unit == EventUnit::kDouble || column.unit == EventUnit::kFloat) {
    for (uint32_t i = 0; i < count; ++i) {
      const uint64_t row = begin + i;
      const bool valid = IsValidRow(column.values, row);
      const double value = column.unit == EventUnit::kDouble
                               ? Load<double>(column.values.data, row)
                               : static_cast<double>(Load<float>(column.values.data, row));
      r.amounts[i] = valid ? "x" : "";
      r.amount[i] = valid ? AmountFromDouble(value) : std::nullopt;
    }
    return absl::OkStatus();
  }
  if (column.unit == EventUnit::kDecimal) {
    for (uint32_t i = 0; i < count; ++i) {
      const bool valid = IsValidRow(column.values, begin + i);
      r.amounts[i] = valid ? "x" : "";
      r.amount[i] = valid ? AmountFromDecimal(DecimalAt(column.values, begin + i), column.scale) : std::nullopt;
    }
    return absl::OkStatus();
  }
  VESICA_RETURN_IF_ERROR(texts_[6].Read(column.values, begin, count, r.amounts.data()));
  for (uint32_t i = 0; i < count; ++i) r.amount[i] = r.amounts[i].empty() ? std::nullopt : ParseAmount(r.amounts[i]);
  return absl::OkStatus();
}

std::optional<RowProblem> EventDecoder::CheckParts(const EventColumns& columns, uint32_t i, Event* event) {
  const Rows& r = rows_;
  if (r.event[i] == kNoId) return RowProblem::kUnknownEvent;
  const uint32_t kind = KnownIndex(event_names_, r.event[i], kEventNames);
  if (kind >= kEventNames.size()) return RowProblem::kUnknownEvent;
  event->kind = static_cast<EventKind>(kind);

  const uint32_t team = r.team[i] == kNoId ? 0 : KnownIndex(team_names_, r.team[i], kTeamNames);
  if (team >= kTeamNames.size() || (team == 0 && NeedsTeam(event->kind))) return RowProblem::kInvalidTeam;
  event->team = static_cast<Team>(team);

  const bool asset = event->kind == EventKind::kAssetCreated || event->kind == EventKind::kAssetUsed;
  if (asset && (columns.asset == nullptr || r.assets[i].empty())) return RowProblem::kNoAsset;
  if (event->kind == EventKind::kStage && r.stage[i] == kNoId) return RowProblem::kNoStage;
  if (event->kind == EventKind::kDeal) {
    if (columns.deal == nullptr || r.deals[i].empty() || r.stage[i] == kNoId) return RowProblem::kNoDeal;
    deal_states_.resize(labels_.stages.size(), kUnreadState);
    uint8_t& state = deal_states_[r.stage[i]];
    if (state == kUnreadState) state = static_cast<uint8_t>(IndexOf(kDealStates, labels_.stages[r.stage[i]]));
    if (state == 0 || state >= kDealStates.size()) return RowProblem::kNoDeal;
    event->deal_state = static_cast<DealState>(state);
  }
  if (!r.has_person[i] && event->kind != EventKind::kAssetCreated) {
    return r.keys[i].empty() ? RowProblem::kBlankPerson : RowProblem::kInvalidPerson;
  }
  return std::nullopt;
}

void EventDecoder::SetPerson(uint32_t i, Event* event) {
  const Rows& r = rows_;
  event->company = r.company[i] == kNoId ? labels_.companies.Intern("") : r.company[i];
  while (company_hashes_.size() < labels_.companies.size()) {
    company_hashes_.push_back(LabelHash(labels_.companies[static_cast<uint32_t>(company_hashes_.size())]));
  }
  event->person = Mix(company_hashes_[event->company], r.has_person[i] ? r.person[i] : LabelHash(r.assets[i]));
  if (!r.has_person[i]) event->flags |= kNoPerson;
}

void EventDecoder::SetRest(const EventColumns& columns, uint32_t i, uint64_t row, Event* event) {
  const Rows& r = rows_;
  companies_taken_.resize(company_hashes_.size());
  companies_taken_[event->company] = true;
  if (r.has_person[i]) {
    if (persons_alone_) event->person = r.person[i];
    if (columns.account != nullptr && !r.accounts[i].empty()) {
      event->account = accounts_.OfText(r.accounts[i]);
      event->flags |= kAccountGiven;
    } else {
      event->account = r.account[i];
    }
    event->segment = SegmentOf(i);
  }
  SetTime(i, row, event);
  event->details = DetailsOf(columns, i, row, *event);
  if (!columns.attributes.empty()) KeepAttributes(columns, i, event->company);
}

void EventDecoder::SetTime(uint32_t i, uint64_t row, Event* event) {
  const TimeValue& time = rows_.time[i];
  int64_t micros = time.micros;
  switch (time.state) {
    case TimeState::kNone:
      return;
    case TimeState::kInvalid:
      return Count(RowProblem::kInvalidTime, row);
    case TimeState::kNaive:
      if (!has_zone_) return Count(RowProblem::kNaiveTime, row);
      micros = clock_.ToUtc(micros);
      break;
    case TimeState::kMoment:
      break;
    case TimeState::kDate: {
      const bool ends_day = event->kind == EventKind::kContacted || event->kind == EventKind::kResponded;
      micros = ends_day ? clock_.ToUtc(micros + kMicrosPerDay) - 1 : clock_.ToUtc(micros);
      break;
    }
  }
  if (!IsInCalendar(micros)) return Count(RowProblem::kInvalidTime, row);
  event->time = micros;
  if (time.state == TimeState::kDate) event->flags |= kDateOnly;
}

uint32_t EventDecoder::DetailsOf(const EventColumns& columns, uint32_t i, uint64_t row, const Event& event) {
  const Rows& r = rows_;
  EventDetails details{.stage = r.stage[i], .reason = r.reason[i], .source = r.source[i], .currency = r.currency[i]};
  if (event.kind == EventKind::kDeal) details.stage = kNoId;  // Event::deal_state has it
  if (columns.asset != nullptr && !r.assets[i].empty()) details.asset = LabelHash(r.assets[i]);
  if (columns.deal != nullptr && !r.deals[i].empty()) details.deal = LabelHash(r.deals[i]);
  if (columns.amount != nullptr && !r.amounts[i].empty()) {
    if (!r.amount[i].has_value()) Count(RowProblem::kInvalidAmount, row);
    details.has_amount = r.amount[i].has_value();
    details.amount = r.amount[i].value_or(0);
  }
  if (columns.account_size != nullptr && !r.sizes[i].empty()) {
    const std::optional<uint32_t> size = ParseSize(r.sizes[i]);
    if (!size.has_value()) Count(RowProblem::kInvalidSize, row);
    details.account_size = size.value_or(0);
  }
  if (details == EventDetails{}) return kNoId;
  return labels_.details.Intern(BytesOf(details));
}

uint32_t EventDecoder::SegmentOf(uint32_t i) {
  std::array<uint32_t, kMaxDimensions> tuple;
  const size_t size = rows_.dimensions.size();
  bool any = false;
  for (size_t k = 0; k < size; ++k) {
    tuple[k] = rows_.dimensions[k][i];
    any = any || tuple[k] != kNoId;
  }
  if (!any) return kNoId;
  return labels_.segments.Intern({reinterpret_cast<const char*>(tuple.data()), size * sizeof(uint32_t)});
}

void EventDecoder::KeepAttributes(const EventColumns& columns, uint32_t i, uint32_t company) {
  for (size_t k = 0; k < columns.attributes.size(); ++k) {
    const uint32_t value = rows_.attributes[k][i];
    if (value == kNoId) continue;
    const std::array<uint32_t, 3> tuple = {attribute_ids_[k], company, value};
    labels_.company_attributes.Intern(BytesOf(tuple));
  }
}

}  // namespace vesica
