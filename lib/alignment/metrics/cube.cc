#include "alignment/metrics/cube.h"

#include <map>
#include <tuple>
#include <utility>

namespace vesica {

uint64_t CountIn(const CircleCounts& counts, uint8_t any) { return CountInBoth(counts, any, any); }

uint64_t CountInBoth(const CircleCounts& counts, uint8_t any, uint8_t and_any) {
  uint64_t people = 0;
  for (size_t circles = 0; circles < kCircleSets; ++circles) {
    if ((circles & any) != 0 && (circles & and_any) != 0) people += counts[circles];
  }
  return people;
}

absl::Status Cube::Visit(const Timeline& timeline) {
  if (timeline.has_person) ++people_[Key{timeline.company, timeline.segment, timeline.circles}];
  return absl::OkStatus();
}

absl::Status Cube::Merge(const Fold& other) {
  const auto& cube = static_cast<const Cube&>(other);
  for (const auto& [key, people] : cube.people_) {
    Key own = key;
    // Numbers beyond those of the rows are each worker's own.
    if (key.segment != kNoId && key.segment >= data().segment_count()) {
      own.segment = scope().segments->Intern((*cube.scope().segments)[key.segment]);
    }
    people_[own] += people;
  }
  return absl::OkStatus();
}

void Cube::Show(PartialArchive& archive) {
  Segments& segments = *scope().segments;
  std::map<std::tuple<uint32_t, PartialArchive::SegmentTuple, uint8_t>, uint64_t> cells;
  if (!archive.reading()) {
    for (const auto& [key, people] : people_) cells[{key.company, segments.Tuple(key.segment), key.circles}] += people;
  }
  archive.Entries(&cells, [&](auto& key, uint64_t& people) {
    auto& [company, tuple, circles] = key;
    archive.Company(&company);
    archive.Segment(&tuple);
    archive.Number(&circles, kCircleSets - 1);
    archive.Count(&people);
    archive.Require(people > 0);
  });
  if (!archive.reading()) return;
  for (const auto& [key, people] : cells) {
    const auto& [company, tuple, circles] = key;
    people_[Key{company, segments.InternTuple(tuple), circles}] += people;
  }
}

uint64_t Cube::held_bytes() const { return people_.capacity() * (sizeof(Key) + sizeof(uint64_t) + 1); }

std::vector<std::pair<uint32_t, CircleCounts>> Cube::ByCompany() const {
  CircleCounts all{};
  std::map<uint32_t, CircleCounts> companies;
  ForEach([&](const Cell& cell) {
    all[cell.circles] += cell.people;
    if (data().has_companies()) companies[cell.company][cell.circles] += cell.people;
  });
  std::vector<std::pair<uint32_t, CircleCounts>> rows;
  rows.reserve(companies.size() + 1);
  rows.emplace_back(kNoId, all);
  rows.insert(rows.end(), companies.begin(), companies.end());
  return rows;
}

}  // namespace vesica
