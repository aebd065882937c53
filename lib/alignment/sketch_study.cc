#include "alignment/sketch_study.h"

#include <algorithm>
#include <bit>
#include <optional>
#include <utility>

#include "alignment/metrics/circle_columns.h"
#include "audience/set_kernels.h"
#include "audience/sketch_operations.h"
#include "audience/sorted_hashes.h"
#include "base/error.h"
#include "overlap/audience_pairs.h"
#include "overlap/sketch_overlap.h"

namespace vesica {
namespace {

// Names of circles by their bits.
constexpr const char* kCircleNames[kSketchedCircles] = {"brand", "demand",           "marketing",
                                                        "sales", "target_marketing", "target_sales"};
static_assert((1U << (kSketchedCircles - 1)) == kTargetSales);

absl::StatusOr<size_t> CircleNamed(const std::string& name) {
  const auto* const at = std::find(std::begin(kCircleNames), std::end(kCircleNames), name);
  if (at == std::end(kCircleNames)) {
    return InvalidArgument("there is no circle '" + name +
                           "': brand, demand, marketing, sales, target_marketing or target_sales");
  }
  return static_cast<size_t>(at - std::begin(kCircleNames));
}

std::span<const uint64_t> HashesOf(const Audience& audience) { return audience.hashes().values<uint64_t>(); }

}  // namespace

absl::StatusOr<std::unique_ptr<SketchStudy>> SketchStudy::Create(ContextState& context, const StudyOptions& options,
                                                                 const IdentityStamp& stamp) {
  if (stamp.width != HashWidth::k64) {
    return MakeError(ErrorCode::kUnsupported, "a study of sketches takes hashes of 64 bits");
  }
  VESICA_ASSIGN_OR_RETURN(const MinHashSize size, MinHashSize::Of(options.sketch_bytes));
  return std::unique_ptr<SketchStudy>(new SketchStudy(context, options, stamp, size));
}

void SketchStudy::AddWorker(const EventDecoder& decoder) {
  workers_.push_back(std::make_unique<CircleSketches>(options_, size_, decoder));
}

absl::Status SketchStudy::Add(const AudienceLabels& of, const Audience& audience, Labels* labels) {
  VESICA_RETURN_IF_ERROR(CheckSameIdentity(stamp_, audience.stamp()));
  VESICA_ASSIGN_OR_RETURN(const size_t circle, CircleNamed(of.circle));
  std::vector<uint32_t> values(options_.by.size(), kNoId);
  for (const auto& [name, value] : of.values) {
    const auto at = std::find(options_.by.begin(), options_.by.end(), name);
    if (at == options_.by.end()) return InvalidArgument("there is no dimension '" + name + "' among those of by");
    const auto k = static_cast<size_t>(at - options_.by.begin());
    values[k] = labels->dimensions[k].Intern(value);
  }
  const RowKey all = {.company = labels->companies.Intern(of.company)};
  given_.push_back({all, circle, audience});
  const std::vector<Cut> cuts = CutsOf(options_);
  for (uint32_t i = 0; i < cuts.size(); ++i) {
    const uint32_t value = values[cuts[i].dimension];
    const uint32_t second = cuts[i].second.has_value() ? values[*cuts[i].second] : kNoId;
    if (value == kNoId || (cuts[i].second.has_value() && second == kNoId)) continue;
    given_.push_back({{all.company, i + 1, value, second}, circle, audience});
  }
  return absl::OkStatus();
}

uint64_t SketchStudy::held_bytes() const {
  uint64_t bytes = given_.capacity() * sizeof(Given);
  for (const auto& worker : workers_) bytes += worker->held_bytes();
  return bytes;
}

std::vector<uint64_t> SketchStudy::FutureRows(const StudyData& data) const {
  std::vector<uint64_t> rows(data.companies.size());
  for (uint32_t part = 0; part < workers_.size(); ++part) {
    const std::vector<uint64_t>& future = workers_[part]->future_by_company();
    for (uint32_t id = 0; id < future.size(); ++id) rows[data.companies.Of(part, id)] += future[id];
  }
  return rows;
}

SketchStudy::Rows SketchStudy::RowsOf(const StudyData& data) const {
  const std::vector<Cut> cuts = CutsOf(options_);
  std::map<RowKey, Parts> rows;
  const auto place = [&](uint32_t part, const RowKey& key) -> Parts& {
    RowKey rank = key;
    rank.company = data.companies.Of(part, key.company);
    if (key.cut != 0) {
      const Cut& cut = cuts[key.cut - 1];
      rank.value = data.dimensions[cut.dimension].Of(part, key.value);
      if (cut.second.has_value()) rank.second = data.dimensions[*cut.second].Of(part, key.second);
    }
    return rows[rank];
  };
  for (uint32_t part = 0; part < workers_.size(); ++part) {
    workers_[part]->ForEachRow([&](const RowKey& key, const CircleSketches::Circles& circles) {
      Parts& parts = place(part, key);
      for (size_t i = 0; i < kSketchedCircles; ++i) {
        if (circles[i] != nullptr) parts[i].sketches.push_back(circles[i]);
      }
    });
  }
  for (const Given& given : given_) place(0, given.key)[given.circle].audiences.push_back(&given.audience);
  return {std::make_move_iterator(rows.begin()), std::make_move_iterator(rows.end())};
}

absl::StatusOr<Audience> SketchStudy::AudienceOf(std::span<const uint64_t> hashes) const {
  VESICA_ASSIGN_OR_RETURN(std::shared_ptr<const SortedHashes> sorted,
                          SortedHashes::Copy(hashes, context_.shared_ledger()));
  return Audience(std::move(sorted), stamp_, Quality(), /*derived=*/true);
}

// As Union(), which is a call of its own with threads and progress.
absl::StatusOr<Audience> SketchStudy::UnionOf(const Audience& a, const Audience& b) const {
  if (IsSketch(a) || IsSketch(b)) return UnionOfSketches(a, b);
  const std::span<const uint64_t> x = HashesOf(a), y = HashesOf(b);
  std::vector<uint64_t> both(x.size() + y.size() - CountCommon(x, y));
  WriteUnion(x, y, std::span(both));
  return AudienceOf(both);
}

absl::StatusOr<Audience> SketchStudy::Join(const Part& part) const {
  std::optional<Audience> joined;
  const auto add = [&](const Audience& audience) -> absl::Status {
    if (!joined.has_value()) {
      joined = audience;
      return absl::OkStatus();
    }
    VESICA_ASSIGN_OR_RETURN(joined, UnionOf(*joined, audience));
    return absl::OkStatus();
  };
  for (GrowingMinHash* sketch : part.sketches) {
    VESICA_ASSIGN_OR_RETURN(Audience::Keys keys, sketch->Keys(context_.shared_ledger()));
    VESICA_RETURN_IF_ERROR(add(Audience(std::move(keys), stamp_, Quality(), /*derived=*/true)));
  }
  // What one worker would have made of the events of all.
  if (joined.has_value() && !IsSketch(*joined) && joined->count() > size_.ExactCapacity(stamp_.width)) {
    MinHash sample = MinHash::OfSorted(HashesOf(*joined), size_, EndCell(size_.mantissa_bits));
    joined = Audience(std::make_shared<const MinHash>(std::move(sample)), stamp_, Quality(), /*derived=*/true);
  }
  for (const Audience* audience : part.audiences) VESICA_RETURN_IF_ERROR(add(*audience));
  if (!joined.has_value()) return AudienceOf({});
  return *std::move(joined);
}

absl::Status SketchStudy::Estimate(const Parts& parts, RowOverlaps* row) const {
  std::vector<Audience> circles;
  for (const Part& part : parts) {
    VESICA_ASSIGN_OR_RETURN(Audience circle, Join(part));
    circles.push_back(std::move(circle));
  }
  const auto united = [&](uint8_t any) -> absl::StatusOr<Audience> {
    std::optional<Audience> all;
    for (size_t i = 0; i < kSketchedCircles; ++i) {
      if ((any >> i & 1) == 0) continue;
      if (!all.has_value()) {
        all = circles[i];
      } else {
        VESICA_ASSIGN_OR_RETURN(all, UnionOf(*all, circles[i]));
      }
    }
    return *std::move(all);
  };
  const size_t pairs = row->key.cut == 0 ? kCirclePairs : 2;
  for (size_t i = 0; i < pairs; ++i) {
    const CirclePair& pair = CirclePairs()[i];
    VESICA_ASSIGN_OR_RETURN(const Audience a, united(pair.in_a));
    VESICA_ASSIGN_OR_RETURN(const Audience b, united(pair.in_b));
    VESICA_RETURN_IF_ERROR(CheckRepresentationsMeet(a, b));
    if (IsSketch(a) || IsSketch(b)) {
      row->pairs[i] = OverlapOfSketches(a, b);
    } else {
      const uint64_t both = CountCommon(HashesOf(a), HashesOf(b));
      row->pairs[i] = Overlap::FromCounts(a.count() - both, b.count() - both, both, ExactMethod(stamp_));
    }
  }
  return absl::OkStatus();
}

absl::StatusOr<std::vector<RowOverlaps>> SketchStudy::Estimate(const StudyData& data, double progress_end) {
  const Rows rows = RowsOf(data);
  std::vector<RowOverlaps> estimated(rows.size());
  VESICA_RETURN_IF_ERROR(context_.ParallelFor(rows.size(), progress_end, [&](uint32_t, uint64_t i) {
    estimated[i].key = rows[i].first;
    return Estimate(rows[i].second, &estimated[i]);
  }));
  std::map<RowKey, std::vector<const RowOverlaps*>> pools;
  for (const RowOverlaps& row : estimated) {
    RowKey key = row.key;
    key.company = 0;  // of all, whatever they are
    pools[key].push_back(&row);
  }
  std::vector<RowOverlaps> all;
  for (const auto& [key, companies] : pools) {
    RowOverlaps& pooled = all.emplace_back();
    pooled.key = key;
    pooled.key.company = kNoId;
    for (size_t i = 0; i < kCirclePairs; ++i) {
      std::vector<const Overlap*> of_pair;
      for (const RowOverlaps* row : companies) of_pair.push_back(&row->pairs[i]);
      pooled.pairs[i] = Pooled(of_pair);
    }
  }
  if (data.has_companies()) all.insert(all.end(), estimated.begin(), estimated.end());
  return all;
}

}  // namespace vesica
