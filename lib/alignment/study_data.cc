#include "alignment/study_data.h"

#include <algorithm>
#include <cstring>
#include <tuple>

#include "base/error.h"
#include "identity/ascii.h"

namespace vesica {
namespace {

template <class LabelsOf>
Ranking RankOf(const std::vector<StudyPart>& parts, LabelsOf labels_of) {
  std::vector<const Interner*> interners;
  for (const StudyPart& part : parts) interners.push_back(&labels_of(part));
  return Ranking(interners);
}

Ranking RankOf(const std::vector<StudyPart>& parts, Interner Labels::*labels) {
  return RankOf(parts, [&](const StudyPart& part) -> const Interner& { return part.labels->*labels; });
}

template <class T>
T FromBytes(std::string_view bytes) {
  T value;
  std::memcpy(&value, bytes.data(), sizeof(value));
  return value;
}

auto Fields(const EventDetails& d) {
  return std::tie(d.stage, d.reason, d.source, d.currency, d.asset, d.deal, d.amount, d.has_amount, d.account_size);
}

// Of options that are valid.
std::optional<BusinessHours> BusinessHoursOf(const StudyOptions& options, const TimeZone& zone) {
  if (options.business_hours.empty()) return std::nullopt;
  return *BusinessHours::Parse(options.business_hours, options.holidays, zone);
}

bool LooksLikeEmail(std::string_view label) {
  const size_t at = label.find('@');
  return at != std::string_view::npos && at > 0 && label.find('.', at) != std::string_view::npos;
}

// 7 digits or more (the shortest subscriber numbers in use) and nothing but what phone numbers are written with.
bool LooksLikePhone(std::string_view label) {
  constexpr std::string_view kPunctuation = " +-.()/";
  size_t digits = 0;
  for (char c : label) {
    if (!IsDigit(c) && kPunctuation.find(c) == std::string_view::npos) return false;
    digits += IsDigit(c);
  }
  return digits >= 7;
}

}  // namespace

StudyPart PartOf(const EventDecoder& decoder) {
  return {&decoder.labels(), &decoder.accounts(), &decoder.quality(), decoder.latest_time(),
          &decoder.companies_taken()};
}

StudyData::StudyData(const StudyOptions& study_options, const TimeZone& study_zone, const std::vector<StudyPart>& parts)
    : options(study_options),
      zone(study_zone),
      business_hours(BusinessHoursOf(options, zone)),
      slice(HashSlice::Parse(options.slice).value_or(HashSlice())),
      companies(RankOf(parts, &Labels::companies)),
      accounts(RankOf(parts, [](const StudyPart& part) -> const Interner& { return *part.accounts; })),
      stages(RankOf(parts, &Labels::stages)),
      reasons(RankOf(parts, &Labels::reasons)),
      sources(RankOf(parts, &Labels::sources)),
      currencies(RankOf(parts, &Labels::currencies)),
      attributes(RankOf(parts, &Labels::attributes)),
      attribute_values(RankOf(parts, &Labels::attribute_values)) {
  no_segment_.fill(kNoId);
  for (size_t k = 0; k < options.by.size(); ++k) {
    dimensions.push_back(
        RankOf(parts, [&](const StudyPart& part) -> const Interner& { return part.labels->dimensions[k]; }));
  }
  for (const StudyPart& part : parts) {
    quality.Merge(*part.quality);
    as_of = std::max(as_of, part.latest_time);
  }
  as_of = options.as_of.value_or(as_of);
  RankSegments(parts);
  RankDetails(parts);
  FindTaken(parts);
  ReadAttributes(parts);
}

void StudyData::RankSegments(const std::vector<StudyPart>& parts) {
  const size_t size = dimensions.size();
  const size_t bytes = size * sizeof(uint32_t);
  if (size == 0) {
    segment_ids_.resize(parts.size());
    return;
  }
  using Tuple = std::array<uint32_t, kMaxDimensions>;
  auto translated = [&](uint32_t part, uint32_t id) {
    Tuple tuple{};
    std::memcpy(tuple.data(), parts[part].labels->segments[id].data(), bytes);
    for (size_t k = 0; k < size; ++k) tuple[k] = dimensions[k].Of(part, tuple[k]);
    return tuple;
  };
  std::vector<Tuple> all;
  for (uint32_t part = 0; part < parts.size(); ++part) {
    const uint32_t count = parts[part].labels->segments.size();
    for (uint32_t id = 0; id < count; ++id) all.push_back(translated(part, id));
  }
  std::sort(all.begin(), all.end());
  all.erase(std::unique(all.begin(), all.end()), all.end());
  for (uint32_t part = 0; part < parts.size(); ++part) {
    std::vector<uint32_t>& ids = segment_ids_.emplace_back(parts[part].labels->segments.size());
    for (uint32_t id = 0; id < ids.size(); ++id) {
      const auto at = std::lower_bound(all.begin(), all.end(), translated(part, id));
      ids[id] = static_cast<uint32_t>(at - all.begin());
    }
  }
  segment_count_ = static_cast<uint32_t>(all.size());
  segments_.reserve(all.size() * size);
  for (const Tuple& tuple : all) segments_.insert(segments_.end(), tuple.begin(), tuple.begin() + size);
}

void StudyData::RankDetails(const std::vector<StudyPart>& parts) {
  auto translated = [&](uint32_t part, uint32_t id) {
    auto details = FromBytes<EventDetails>(parts[part].labels->details[id]);
    details.stage = stages.Of(part, details.stage);
    details.reason = reasons.Of(part, details.reason);
    details.source = sources.Of(part, details.source);
    details.currency = currencies.Of(part, details.currency);
    return details;
  };
  auto before = [](const EventDetails& a, const EventDetails& b) { return Fields(a) < Fields(b); };
  for (uint32_t part = 0; part < parts.size(); ++part) {
    const uint32_t count = parts[part].labels->details.size();
    for (uint32_t id = 0; id < count; ++id) details_.push_back(translated(part, id));
  }
  std::sort(details_.begin(), details_.end(), before);
  details_.erase(std::unique(details_.begin(), details_.end()), details_.end());
  for (uint32_t part = 0; part < parts.size(); ++part) {
    std::vector<uint32_t>& ids = detail_ids_.emplace_back(parts[part].labels->details.size());
    for (uint32_t id = 0; id < ids.size(); ++id) {
      const auto at = std::lower_bound(details_.begin(), details_.end(), translated(part, id), before);
      ids[id] = static_cast<uint32_t>(at - details_.begin());
    }
  }
}

void StudyData::ReadAttributes(const std::vector<StudyPart>& parts) {
  for (uint32_t part = 0; part < parts.size(); ++part) {
    const Interner& tuples = parts[part].labels->company_attributes;
    for (uint32_t id = 0; id < tuples.size(); ++id) {
      const auto [attribute, company, value] = FromBytes<std::array<uint32_t, 3>>(tuples[id]);
      const auto place =
          attribute_of_.try_emplace({attributes.Of(part, attribute), companies.Of(part, company)}, kNoId);
      place.first->second = std::min(place.first->second, attribute_values.Of(part, value));
    }
  }
}

void StudyData::FindTaken(const std::vector<StudyPart>& parts) {
  companies_taken_.resize(companies.size());
  for (const Ranking& values : dimensions) values_taken_.emplace_back(values.size());
  for (uint32_t part = 0; part < parts.size(); ++part) {
    const std::vector<bool>* taken = parts[part].companies_taken;
    const uint32_t of_part =
        taken != nullptr ? static_cast<uint32_t>(taken->size()) : parts[part].labels->companies.size();
    for (uint32_t id = 0; id < of_part; ++id) {
      if (taken == nullptr || (*taken)[id]) companies_taken_[companies.Of(part, id)] = true;
    }
    for (size_t k = 0; k < dimensions.size() && taken == nullptr; ++k) {
      for (uint32_t id = 0; id < parts[part].labels->dimensions[k].size(); ++id) {
        values_taken_[k][dimensions[k].Of(part, id)] = true;
      }
    }
  }
  for (uint32_t id = 0; id < segment_count_; ++id) {
    const std::span<const uint32_t> values = Segment(id);
    for (size_t k = 0; k < values.size(); ++k) {
      if (values[k] != kNoId) values_taken_[k][values[k]] = true;
    }
  }
  for (uint32_t company = 0; company < companies.size(); ++company) {
    has_companies_ = has_companies_ || (companies_taken_[company] && !companies[company].empty());
  }
}

bool StudyData::has_stages() const {
  return std::any_of(details_.begin(), details_.end(), [](const EventDetails& d) { return d.stage != kNoId; });
}

const Ranking& StudyData::RankingOf(LabelKind kind, size_t dimension) const {
  switch (kind) {
    case LabelKind::kCompany:
      return companies;
    case LabelKind::kAccount:
      return accounts;
    case LabelKind::kReason:
      return reasons;
    case LabelKind::kSource:
      return sources;
    case LabelKind::kCurrency:
      return currencies;
    case LabelKind::kValue:
      break;
  }
  return dimensions[dimension];
}

std::optional<size_t> StudyData::DimensionIndex(std::string_view name) const {
  const auto at = std::find(options.by.begin(), options.by.end(), name);
  if (at == options.by.end()) return std::nullopt;
  return static_cast<size_t>(at - options.by.begin());
}

absl::Status StudyData::CheckDimensions(std::span<const uint64_t> valued) const {
  if (options.force_by) return absl::OkStatus();
  for (size_t k = 0; k < dimensions.size(); ++k) {
    const Ranking& labels = dimensions[k];
    uint32_t taken = 0, emails = 0, phones = 0;
    for (uint32_t rank = 0; rank < labels.size(); ++rank) {
      if (!IsTakenValue(k, rank)) continue;
      ++taken;
      emails += LooksLikeEmail(labels[rank]);
      phones += LooksLikePhone(labels[rank]);
    }
    constexpr uint32_t kFewLabels = 100;  // so many values may all differ by chance
    const uint64_t of = valued.empty() ? quality.taken : valued[k];
    const bool distinct = of > 0 && taken > kFewLabels && uint64_t{taken} * 2 > of;
    const char* reason = distinct             ? "has mostly distinct values"
                         : emails * 2 > taken ? "holds e-mail addresses"
                         : phones * 2 > taken ? "holds phone numbers"
                                              : nullptr;
    if (reason != nullptr) {
      return InvalidArgument("dimension '" + options.by[k] + "' " + reason +
                             ": people are no segments; force_by takes it all the same");
    }
  }
  return absl::OkStatus();
}

uint64_t StudyData::held_bytes() const {
  uint64_t bytes = segments_.capacity() * sizeof(uint32_t) + details_.capacity() * sizeof(EventDetails) +
                   attribute_of_.capacity() * (3 * sizeof(uint32_t) + 1);
  for (const Ranking* ranking :
       {&companies, &accounts, &stages, &reasons, &sources, &currencies, &attributes, &attribute_values}) {
    bytes += ranking->held_bytes();
  }
  for (const Ranking& ranking : dimensions) bytes += ranking.held_bytes();
  for (const auto* ids : {&segment_ids_, &detail_ids_}) {
    for (const auto& part : *ids) bytes += part.capacity() * sizeof(uint32_t);
  }
  return bytes;
}

}  // namespace vesica
