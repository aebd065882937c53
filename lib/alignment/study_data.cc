#include "alignment/study_data.h"

#include <algorithm>
#include <cstring>
#include <tuple>

#include "base/error.h"
#include "identity/ascii.h"

namespace vesica {
namespace {

template <class Part>
Ranking RankOf(const std::vector<const EventDecoder*>& decoders, Part part) {
  std::vector<const Interner*> interners;
  for (const EventDecoder* decoder : decoders) interners.push_back(&part(*decoder));
  return Ranking(interners);
}

Ranking RankOf(const std::vector<const EventDecoder*>& decoders, Interner Labels::*part) {
  return RankOf(decoders, [&](const EventDecoder& decoder) -> const Interner& { return decoder.labels().*part; });
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

StudyData::StudyData(const StudyOptions& study_options, const TimeZone& study_zone,
                     const std::vector<const EventDecoder*>& decoders)
    : options(study_options),
      zone(study_zone),
      business_hours(BusinessHoursOf(options, zone)),
      companies(RankOf(decoders, &Labels::companies)),
      accounts(RankOf(decoders, [](const EventDecoder& d) -> const Interner& { return d.accounts(); })),
      stages(RankOf(decoders, &Labels::stages)),
      reasons(RankOf(decoders, &Labels::reasons)),
      sources(RankOf(decoders, &Labels::sources)),
      currencies(RankOf(decoders, &Labels::currencies)),
      attributes(RankOf(decoders, &Labels::attributes)),
      attribute_values(RankOf(decoders, &Labels::attribute_values)) {
  no_segment_.fill(kNoId);
  for (size_t k = 0; k < options.by.size(); ++k) {
    dimensions.push_back(
        RankOf(decoders, [&](const EventDecoder& d) -> const Interner& { return d.labels().dimensions[k]; }));
  }
  for (const EventDecoder* decoder : decoders) {
    quality.Merge(decoder->quality());
    as_of = std::max(as_of, decoder->latest_time());
  }
  as_of = options.as_of.value_or(as_of);
  RankSegments(decoders);
  RankDetails(decoders);
  ReadAttributes(decoders);
}

void StudyData::RankSegments(const std::vector<const EventDecoder*>& decoders) {
  const size_t size = dimensions.size();
  const size_t bytes = size * sizeof(uint32_t);
  if (size == 0) {
    segment_ids_.resize(decoders.size());
    return;
  }
  using Tuple = std::array<uint32_t, kMaxDimensions>;
  auto translated = [&](uint32_t part, uint32_t id) {
    Tuple tuple{};
    std::memcpy(tuple.data(), decoders[part]->labels().segments[id].data(), bytes);
    for (size_t k = 0; k < size; ++k) tuple[k] = dimensions[k].Of(part, tuple[k]);
    return tuple;
  };
  std::vector<Tuple> all;
  for (uint32_t part = 0; part < decoders.size(); ++part) {
    const uint32_t count = decoders[part]->labels().segments.size();
    for (uint32_t id = 0; id < count; ++id) all.push_back(translated(part, id));
  }
  std::sort(all.begin(), all.end());
  all.erase(std::unique(all.begin(), all.end()), all.end());
  for (uint32_t part = 0; part < decoders.size(); ++part) {
    std::vector<uint32_t>& ids = segment_ids_.emplace_back(decoders[part]->labels().segments.size());
    for (uint32_t id = 0; id < ids.size(); ++id) {
      const auto at = std::lower_bound(all.begin(), all.end(), translated(part, id));
      ids[id] = static_cast<uint32_t>(at - all.begin());
    }
  }
  segment_count_ = static_cast<uint32_t>(all.size());
  segments_.reserve(all.size() * size);
  for (const Tuple& tuple : all) segments_.insert(segments_.end(), tuple.begin(), tuple.begin() + size);
}

void StudyData::RankDetails(const std::vector<const EventDecoder*>& decoders) {
  auto translated = [&](uint32_t part, uint32_t id) {
    auto details = FromBytes<EventDetails>(decoders[part]->labels().details[id]);
    details.stage = stages.Of(part, details.stage);
    details.reason = reasons.Of(part, details.reason);
    details.source = sources.Of(part, details.source);
    details.currency = currencies.Of(part, details.currency);
    return details;
  };
  auto before = [](const EventDetails& a, const EventDetails& b) { return Fields(a) < Fields(b); };
  for (uint32_t part = 0; part < decoders.size(); ++part) {
    const uint32_t count = decoders[part]->labels().details.size();
    for (uint32_t id = 0; id < count; ++id) details_.push_back(translated(part, id));
  }
  std::sort(details_.begin(), details_.end(), before);
  details_.erase(std::unique(details_.begin(), details_.end()), details_.end());
  for (uint32_t part = 0; part < decoders.size(); ++part) {
    std::vector<uint32_t>& ids = detail_ids_.emplace_back(decoders[part]->labels().details.size());
    for (uint32_t id = 0; id < ids.size(); ++id) {
      const auto at = std::lower_bound(details_.begin(), details_.end(), translated(part, id), before);
      ids[id] = static_cast<uint32_t>(at - details_.begin());
    }
  }
}

void StudyData::ReadAttributes(const std::vector<const EventDecoder*>& decoders) {
  attribute_of_.assign(size_t{attributes.size()} * companies.size(), kNoId);
  for (uint32_t part = 0; part < decoders.size(); ++part) {
    const Interner& tuples = decoders[part]->labels().company_attributes;
    for (uint32_t id = 0; id < tuples.size(); ++id) {
      const auto [attribute, company, value] = FromBytes<std::array<uint32_t, 3>>(tuples[id]);
      uint32_t& place =
          attribute_of_[size_t{attributes.Of(part, attribute)} * companies.size() + companies.Of(part, company)];
      place = std::min(place, attribute_values.Of(part, value));
    }
  }
}

std::optional<size_t> StudyData::DimensionIndex(std::string_view name) const {
  const auto at = std::find(options.by.begin(), options.by.end(), name);
  if (at == options.by.end()) return std::nullopt;
  return static_cast<size_t>(at - options.by.begin());
}

absl::Status StudyData::CheckDimensions() const {
  if (options.force_by) return absl::OkStatus();
  for (size_t k = 0; k < dimensions.size(); ++k) {
    const Ranking& labels = dimensions[k];
    uint32_t emails = 0, phones = 0;
    for (uint32_t rank = 0; rank < labels.size(); ++rank) {
      emails += LooksLikeEmail(labels[rank]);
      phones += LooksLikePhone(labels[rank]);
    }
    constexpr uint32_t kFewLabels = 100;  // so many values may all differ by chance
    const bool distinct =
        quality.taken > 0 && labels.size() > kFewLabels && uint64_t{labels.size()} * 2 > quality.taken;
    const char* reason = distinct                     ? "has mostly distinct values"
                         : emails * 2 > labels.size() ? "holds e-mail addresses"
                         : phones * 2 > labels.size() ? "holds phone numbers"
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
                   attribute_of_.capacity() * sizeof(uint32_t);
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
