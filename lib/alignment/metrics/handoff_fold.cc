#include "alignment/metrics/handoff_fold.h"

#include <algorithm>

namespace vesica {
namespace {

// Bounds of the delays, closed above: what speed-to-lead studies cut by (Oldroyd 2007).
constexpr int64_t kDelayBounds[] = {kHour / 12, kHour / 2, kHour, 24 * kHour};
constexpr size_t kNever = kDelayBuckets - 1;

size_t BucketOf(int64_t delay) {
  return static_cast<size_t>(std::lower_bound(std::begin(kDelayBounds), std::end(kDelayBounds), delay) -
                             std::begin(kDelayBounds));
}

// Whether the person responded within the window that begins at `from`.
bool Responded(std::span<const Event> events, int64_t from, int64_t window) {
  return std::any_of(events.begin(), events.end(), [&](const Event& event) {
    return event.kind == EventKind::kResponded && event.has_time() && event.time >= from && event.time - from < window;
  });
}

}  // namespace

const char* DelayBucketText(size_t bucket) {
  constexpr const char* kTexts[kDelayBuckets] = {"(0,5m]", "(5m,30m]", "(30m,1h]", "(1h,24h]", "later", "never"};
  return kTexts[bucket];
}

void HandoffFold::Counts::operator+=(const Counts& other) {
  handed_off += other.handed_off;
  not_due += other.not_due;
  accepted += other.accepted;
  disqualified_untouched += other.disqualified_untouched;
  contacted += other.contacted;
  ignored += other.ignored;
  within_sla += other.within_sla;
  for (size_t i = 0; i < kDelayBuckets; ++i) {
    leads[i] += other.leads[i];
    responses[i] += other.responses[i];
  }
  delays.insert(delays.end(), other.delays.begin(), other.delays.end());
}

absl::Status HandoffFold::Visit(const Timeline& timeline) {
  const Event* handoff = nullptr;
  for (const Event& event : timeline.events) {
    if (event.kind != EventKind::kStage || !stages_.IsHandoff(data().DetailsOf(event).stage)) continue;
    if (!event.has_time()) {
      ++no_time_[timeline.company];
    } else if (handoff == nullptr) {
      handoff = &event;
    }
  }
  if (handoff == nullptr) return absl::OkStatus();
  Counts& counts = counts_[{timeline.company, data().DetailsOf(*handoff).source}];
  ++counts.handed_off;
  if (handoff->time > data().as_of - data().options.ignore_after) {
    ++counts.not_due;
    return absl::OkStatus();
  }
  const size_t before = counts.delays.size();
  CountDue(timeline.events, *handoff, &counts);
  delays_ += counts.delays.size() - before;
  return absl::OkStatus();
}

void HandoffFold::CountDue(std::span<const Event> events, const Event& handoff, Counts* counts) const {
  const StudyOptions& options = data().options;
  int64_t touch = kNoTime;
  bool accepted = false, disqualified = false;
  for (const Event& event : events) {
    if (!event.has_time() || event.time < handoff.time) continue;
    const bool in_time = event.time - handoff.time < options.ignore_after;
    if (in_time && touch == kNoTime && IsSalesContact(event)) touch = event.time;
    if (event.kind != EventKind::kStage) continue;
    const uint32_t stage = data().DetailsOf(event).stage;
    accepted = accepted || stages_.IsAccepted(stage);
    disqualified = disqualified || (in_time && stages_.KindOf(stage) == StageKind::kDisqualified);
  }
  counts->accepted += accepted;
  size_t bucket = kNever;
  if (touch != kNoTime) {
    const auto& hours = data().business_hours;
    const int64_t delay = hours.has_value() ? hours->Between(handoff.time, touch) : touch - handoff.time;
    ++counts->contacted;
    counts->within_sla += delay <= options.sla;
    counts->delays.push_back(delay);
    bucket = BucketOf(delay);
  } else if (disqualified) {
    ++counts->disqualified_untouched;
  } else {
    ++counts->ignored;
  }
  ++counts->leads[bucket];
  counts->responses[bucket] += Responded(events, touch == kNoTime ? handoff.time : touch, options.response_window);
}

absl::Status HandoffFold::Merge(const Fold& other) {
  const auto& from = static_cast<const HandoffFold&>(other);
  for (const auto& [key, counts] : from.counts_) counts_[key] += counts;
  for (size_t i = 0; i < no_time_.size(); ++i) no_time_[i] += from.no_time_[i];
  delays_ += from.delays_;
  return absl::OkStatus();
}

void HandoffFold::Show(PartialArchive& archive) {
  archive.Entries(&counts_, [&](Key& key, Counts& counts) {
    archive.Company(&key.first);
    archive.Source(&key.second);
    archive.Count(&counts.handed_off);
    archive.Number(&counts.not_due, counts.handed_off);
    const uint64_t due = counts.due();
    archive.Number(&counts.accepted, due);
    archive.Number(&counts.disqualified_untouched, due);
    archive.Number(&counts.contacted, due);
    archive.Number(&counts.ignored, due);
    archive.Number(&counts.within_sla, counts.contacted);
    uint64_t leads = 0;
    for (size_t i = 0; i < kDelayBuckets; ++i) {
      archive.Number(&counts.leads[i], due);
      archive.Number(&counts.responses[i], counts.leads[i]);
      leads += counts.leads[i];
    }
    archive.Durations(&counts.delays, data().options.ignore_after);
    archive.Require(counts.handed_off > 0 && leads == due && counts.delays.size() == counts.contacted &&
                    counts.contacted + counts.ignored + counts.disqualified_untouched == due);
  });
  archive.ByCompany(&no_time_);
  if (!archive.reading()) return;
  delays_ = 0;
  for (const auto& [key, counts] : counts_) delays_ += counts.delays.size();
}

// Vectors grow to at most twice what they hold.
uint64_t HandoffFold::held_bytes() const {
  return counts_.capacity() * (sizeof(Key) + sizeof(Counts) + 1) + 2 * delays_ * sizeof(int64_t);
}

void HandoffFold::AppendLeftOut(std::vector<LeftOut>* rows) const {
  std::vector<uint64_t> not_due(no_time_.size());
  for (const auto& [key, counts] : counts_) not_due[key.first] += counts.not_due;
  for (uint32_t company = 0; company < no_time_.size(); ++company) {
    for (const char* table : {"handoff", "response_delay"}) {
      rows->push_back({table, "no_time", company, no_time_[company]});
      rows->push_back({table, "not_due", company, not_due[company]});
    }
  }
}

std::map<std::pair<CompanyKey, std::optional<uint32_t>>, HandoffFold::Counts> HandoffFold::BySource() const {
  std::map<std::pair<CompanyKey, std::optional<uint32_t>>, Counts> rows;
  rows[{0, std::nullopt}] = {};
  for (const auto& [key, counts] : counts_) {
    ForEachCompanyKey(data(), key.first, [&, &source = key.second, &of_key = counts](CompanyKey company) {
      rows[{company, std::nullopt}] += of_key;
      rows[{company, source}] += of_key;
    });
  }
  return rows;
}

}  // namespace vesica
