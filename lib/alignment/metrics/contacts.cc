#include "alignment/metrics/contacts.h"

#include <algorithm>
#include <utility>

namespace vesica {
namespace {

// Exposures so far, as a contact sees them: the last of each team.
struct LastExposures {
  int64_t brand = kNoTime, demand = kNoTime, plain = kNoTime;

  void See(const Event& event) {
    if (!IsMarketingExposure(event)) return;
    int64_t& last = event.team == Team::kBrand ? brand : event.team == Team::kDemand ? demand : plain;
    last = event.time;  // later than all before
  }
  int64_t any() const { return std::max({brand, demand, plain}); }
};

// The bucket of a time since the last exposure; ages are half-open.
uint32_t BucketOf(const std::vector<int64_t>& bounds, int64_t contact, int64_t exposure) {
  if (exposure == kNoTime) return static_cast<uint32_t>(bounds.size() + 1);
  const auto at = std::upper_bound(bounds.begin(), bounds.end(), contact - exposure);
  return static_cast<uint32_t>(at - bounds.begin());
}

Mix MixOf(const LastExposures& last, int64_t contact, int64_t window) {
  auto within = [&](int64_t exposure) { return exposure != kNoTime && contact - exposure < window; };
  const bool brand = within(last.brand), demand = within(last.demand);
  if (brand && demand) return Mix::kBoth;
  if (brand) return Mix::kBrand;
  if (demand) return Mix::kDemand;
  return within(last.plain) ? Mix::kPlain : Mix::kNone;
}

// Whether the person responded at or after events[contact] and before its next contact and the end of the window.
bool Responded(std::span<const Event> events, size_t contact, int64_t window) {
  const int64_t from = events[contact].time;
  int64_t until = from + window;
  for (size_t i = contact + 1; i < events.size() && events[i].time < until; ++i) {
    if (IsSalesContact(events[i])) until = std::min(until, events[i].time);
  }
  if (until == from) return false;  // of several contacts of one time the last has the responses
  // One at the very time of the contact may be sorted before it.
  size_t i = contact;
  while (i > 0 && events[i - 1].time == from) --i;
  for (; i < events.size() && events[i].time < until; ++i) {
    if (events[i].kind == EventKind::kResponded) return true;
  }
  return false;
}

}  // namespace

void Contacts::Counts::operator+=(const Counts& other) {
  contacts += other.contacts;
  people += other.people;
  responses += other.responses;
}

void Contacts::Skipped::operator+=(const Skipped& other) {
  no_time += other.no_time;
  not_due += other.not_due;
}

Contacts::Contacts(const FoldScope& scope)
    : Fold(scope),
      strata_(static_cast<uint32_t>(scope.data->DimensionIndex(scope.data->options.strata).value_or(kNoId))),
      skipped_(scope.data->companies.size()) {}

absl::Status Contacts::Visit(const Timeline& timeline) {
  if ((timeline.circles & kSales) == 0) return absl::OkStatus();
  const StudyOptions& options = data().options;
  const uint32_t stratum = strata_ == kNoId ? kNoId : (*scope().segments)[timeline.segment][strata_];
  uint64_t seen = 0;  // bits of the buckets and, behind them, of the mixes the person is counted in
  auto count = [&](absl::flat_hash_map<Key, Counts>& to, uint32_t place, uint32_t seen_as, bool responded) {
    Counts& counts = to[{timeline.company, stratum, place}];
    ++counts.contacts;
    counts.responses += responded;
    counts.people += (seen >> seen_as & 1) == 0;
    seen |= uint64_t{1} << seen_as;
  };
  // Exposures at the time of a contact count for it, wherever they are sorted.
  size_t exposed = 0;
  LastExposures last;
  for (size_t i = 0; i < timeline.events.size(); ++i) {
    const Event& event = timeline.events[i];
    if (!IsSalesContact(event)) continue;
    if (!event.has_time()) {
      ++skipped_[timeline.company].no_time;
      continue;
    }
    if (event.time > data().as_of - options.response_window) {
      ++skipped_[timeline.company].not_due;
      continue;
    }
    for (; exposed < timeline.events.size() && timeline.events[exposed].time <= event.time; ++exposed) {
      if (timeline.events[exposed].has_time()) last.See(timeline.events[exposed]);
    }
    const bool responded = Responded(timeline.events, i, options.response_window);
    const uint32_t bucket = BucketOf(options.recency_buckets, event.time, last.any());
    count(recency_, bucket, bucket, responded);
    const auto mix = static_cast<uint32_t>(MixOf(last, event.time, options.exposure_window));
    count(mix_, mix, static_cast<uint32_t>(buckets()) + mix, responded);
  }
  return absl::OkStatus();
}

absl::Status Contacts::Merge(const Fold& other) {
  const auto& from = static_cast<const Contacts&>(other);
  for (const auto& [key, counts] : from.recency_) recency_[key] += counts;
  for (const auto& [key, counts] : from.mix_) mix_[key] += counts;
  for (size_t i = 0; i < skipped_.size(); ++i) skipped_[i] += from.skipped_[i];
  return absl::OkStatus();
}

void Contacts::Show(PartialArchive& archive) {
  const auto show = [&](absl::flat_hash_map<Key, Counts>* counts, size_t places) {
    archive.Entries(counts, [&](Key& key, Counts& of_key) {
      auto& [company, stratum, place] = key;
      archive.Company(&company);
      archive.Value(strata_, &stratum);
      archive.Number(&place, places - 1);
      archive.Count(&of_key.contacts);
      archive.Number(&of_key.people, of_key.contacts);
      archive.Number(&of_key.responses, of_key.contacts);
      archive.Require(of_key.people > 0);
    });
  };
  show(&recency_, buckets());
  show(&mix_, kMixes);
  archive.ByCompany(&skipped_, [&](Skipped& skipped) {
    archive.Count(&skipped.no_time);
    archive.Count(&skipped.not_due);
  });
}

uint64_t Contacts::held_bytes() const {
  return (recency_.capacity() + mix_.capacity()) * (sizeof(Key) + sizeof(Counts) + 1) +
         skipped_.capacity() * sizeof(Skipped);
}

void Contacts::AppendLeftOut(std::vector<LeftOut>* rows) const {
  for (uint32_t company = 0; company < skipped_.size(); ++company) {
    for (const char* table : {"recency", "mix"}) {
      rows->push_back({table, "no_time", company, skipped_[company].no_time});
      rows->push_back({table, "not_due", company, skipped_[company].not_due});
    }
  }
}

std::map<uint64_t, std::vector<Contacts::Counts>> Contacts::ByCompany(const absl::flat_hash_map<Key, Counts>& counts,
                                                                      size_t size) const {
  std::map<uint64_t, std::vector<Counts>> rows;
  rows[0].resize(size);
  for (const auto& [key, of_key] : counts) {
    const auto [company, stratum, place] = key;
    rows[0][place] += of_key;
    if (!data().has_companies()) continue;
    std::vector<Counts>& row = rows[uint64_t{company} + 1];
    row.resize(size);
    row[place] += of_key;
  }
  return rows;
}

std::map<uint64_t, std::vector<Contacts::Counts>> Contacts::RecencyByCompany() const {
  return ByCompany(recency_, buckets());
}

std::map<uint64_t, std::vector<Contacts::Counts>> Contacts::MixByCompany() const { return ByCompany(mix_, kMixes); }

std::map<uint64_t, Contacts::Strata> Contacts::StrataByCompany() const {
  std::map<uint64_t, Strata> companies;
  for (const auto& [key, counts] : recency_) {
    const auto [company, stratum, bucket] = key;
    auto add = [&, &value = stratum, &place = bucket, &of_key = counts](Strata& strata) {
      std::vector<Counts>& of_value = strata[value];
      of_value.resize(buckets());
      of_value[place] += of_key;
    };
    add(companies[0]);
    if (data().has_companies()) add(companies[uint64_t{company} + 1]);
  }
  return companies;
}

std::vector<ColumnSpec> RateColumns() {
  return {{"contacts", ColumnType::kUint64},
          {"people", ColumnType::kUint64},
          {"responses", ColumnType::kUint64},
          {"rate", ColumnType::kDouble, kWithInterval},
          {"risk_ratio", ColumnType::kDouble, kWithInterval},
          {"risk_difference", ColumnType::kDouble, kWithInterval},
          {"corrected", ColumnType::kBool}};
}

void AppendRates(const Contacts::Counts& counts, const Contacts::Counts& base, bool is_base, TableBuilder* to) {
  to->Uint64(counts.contacts).Uint64(counts.people).Uint64(counts.responses).Interval(WilsonShare(counts.trials()));
  bool corrected = false;
  if (is_base) {
    to->Interval(Estimate::Undefined()).Interval(Estimate::Undefined());
  } else {
    to->Interval(KatzRatio(counts.trials(), base.trials(), &corrected));
    to->Interval(NewcombeDifference(counts.trials(), base.trials()));
  }
  to->Bool(corrected);
}

}  // namespace vesica
