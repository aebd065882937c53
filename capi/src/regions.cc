#include <memory>
#include <vector>

#include "audience_list.h"
#include "column.h"
#include "figures.h"
#include "guard.h"
#include "handles.h"
#include "structs.h"
#include "text.h"
#include "vesica/answer_tables.h"
#include "vesica/json.h"

namespace vesica::capi {
namespace {

using Sources = std::vector<std::unique_ptr<KeySource>>;

absl::StatusOr<Sources> ToKeySources(const vesica_source* sets, uint32_t set_count) {
  if (set_count < 1 || set_count > kMaxRegionSets) return InvalidArgument("set_count must be in 1..8");
  Sources sources;
  for (uint32_t i = 0; i < set_count; ++i) {
    const absl::StatusOr<vesica_source> set = ReadElement(sets, i, "sets");
    if (!set.ok()) return AtIndex(set.status(), i);
    absl::StatusOr<std::unique_ptr<KeySource>> source = ToKeySource(*set);
    if (!source.ok()) return AtIndex(source.status(), i);
    (*source)->name = SetName(set->name, i);
    sources.push_back(*std::move(source));
  }
  return sources;
}

absl::StatusOr<Regions> RegionsOfSources(vesica_context* context, const vesica_profile* profile,
                                         const vesica_source* sets, uint32_t set_count,
                                         const vesica_regions_options* given) {
  VESICA_RETURN_IF_ERROR(NotNull({{context, "context"}, {profile, "profile"}, {sets, "sets"}}));
  VESICA_ASSIGN_OR_RETURN(const vesica_regions_options options, ReadOptions(given));
  if ((options.flags & ~VESICA_REGIONS_BYTE_CHECKED) != 0) return Unsupported("options.flags has an unknown flag");
  VESICA_ASSIGN_OR_RETURN(const Sources sources, ToKeySources(sets, set_count));
  std::vector<const KeySource*> borrowed;
  for (const auto& source : sources) borrowed.push_back(source.get());
  CountOptions count_options;
  count_options.byte_checked = (options.flags & VESICA_REGIONS_BYTE_CHECKED) != 0;
  return CountRegions(borrowed, profile->impl, count_options, context->impl);
}

absl::StatusOr<Regions> RegionsOfAudiences(vesica_context* context, const vesica_audience* const* audiences,
                                           const char* const* names, uint32_t count) {
  VESICA_RETURN_IF_ERROR(NotNull({{context, "context"}}));
  VESICA_ASSIGN_OR_RETURN(const AudienceList list, ToAudienceList(audiences, names, count, 1, kMaxRegionSets));
  return RegionsOf(list.audiences, list.names, context->impl);
}

// Set `set` of the answer; InvalidArgument if there is no such set.
absl::StatusOr<const Regions::Set*> SetOf(const vesica_regions* regions, uint32_t set) {
  VESICA_RETURN_IF_ERROR(NotNull({{regions, "regions"}}));
  if (set >= regions->impl.sets.size()) return InvalidArgument("set is past the last set");
  return &regions->impl.sets[set];
}

absl::StatusOr<Table> TableOf(const vesica_regions* regions, uint32_t which) {
  VESICA_RETURN_IF_ERROR(NotNull({{regions, "regions"}}));
  switch (which) {
    case VESICA_TABLE_SETS:
      return SetsTable(regions->impl);
    case VESICA_TABLE_REGIONS:
      return RegionsTable(regions->impl);
    case VESICA_TABLE_PAIRS:
      return PairsTable(regions->impl);
    case VESICA_TABLE_WARNINGS:
      return WarningsTable(regions->impl);
    default:
      return Unsupported("regions have no such table");
  }
}

}  // namespace
}  // namespace vesica::capi

using namespace vesica::capi;  // NOLINT: the functions below are the C interface of this namespace.

extern "C" {

vesica_status vesica_regions_of_sources(vesica_context* context, const vesica_profile* profile,
                                        const vesica_source* sets, uint32_t set_count,
                                        const vesica_regions_options* options, vesica_regions** out,
                                        vesica_error* error) {
  return GuardNew(out, error, [&] { return RegionsOfSources(context, profile, sets, set_count, options); });
}

vesica_status vesica_regions_of_audiences(vesica_context* context, const vesica_audience* const* audiences,
                                          const char* const* names, uint32_t count, vesica_regions** out,
                                          vesica_error* error) {
  return GuardNew(out, error, [&] { return RegionsOfAudiences(context, audiences, names, count); });
}

void vesica_regions_free(vesica_regions* regions) { delete regions; }

vesica_status vesica_regions_info(const vesica_regions* regions, vesica_answer_info* out, vesica_error* error) {
  return Guard(error, [&]() -> absl::Status {
    VESICA_RETURN_IF_ERROR(NotNull({{regions, "regions"}}));
    VESICA_RETURN_IF_ERROR(CheckRoom(out));
    const vesica::Regions& from = regions->impl;
    WriteStruct(ToAnswerInfo(from.method, from.sets.size(), from.expected_false_matches, from.pairs), out);
    return absl::OkStatus();
  });
}

vesica_status vesica_regions_region(const vesica_regions* regions, uint32_t members, vesica_estimate* out,
                                    vesica_error* error) {
  return Guard(error, [&]() -> absl::Status {
    VESICA_RETURN_IF_ERROR(NotNull({{regions, "regions"}, {out, "out"}}));
    const size_t sets = regions->impl.sets.size();
    if (members == 0 || members >> sets != 0) return vesica::InvalidArgument("members must be in 1..2^sets - 1");
    *out = ToEstimate(regions->impl.Region(members));
    return absl::OkStatus();
  });
}

vesica_status vesica_regions_quality(const vesica_regions* regions, uint32_t set, vesica_quality* out,
                                     vesica_error* error) {
  return Guard(error, [&]() -> absl::Status {
    VESICA_ASSIGN_OR_RETURN(const vesica::Regions::Set* from, SetOf(regions, set));
    VESICA_RETURN_IF_ERROR(CheckRoom(out));
    WriteStruct(ToQuality(from->quality, from->derived, from->count), out);
    return absl::OkStatus();
  });
}

vesica_status vesica_regions_invalid(const vesica_regions* regions, uint32_t set, uint32_t index, vesica_invalid* out,
                                     vesica_error* error) {
  return Guard(error, [&]() -> absl::Status {
    VESICA_ASSIGN_OR_RETURN(const vesica::Regions::Set* from, SetOf(regions, set));
    VESICA_RETURN_IF_ERROR(CheckRoom(out));
    VESICA_ASSIGN_OR_RETURN(const vesica_invalid invalid, ToInvalid(from->quality, from->derived, index));
    WriteStruct(invalid, out);
    return absl::OkStatus();
  });
}

vesica_status vesica_regions_overlap(const vesica_regions* regions, uint32_t a, uint32_t b, vesica_overlap* out,
                                     vesica_error* error) {
  return Guard(error, [&]() -> absl::Status {
    VESICA_RETURN_IF_ERROR(SetOf(regions, a).status());
    VESICA_RETURN_IF_ERROR(SetOf(regions, b).status());
    VESICA_RETURN_IF_ERROR(CheckRoom(out));
    WriteStruct(ToOverlap(regions->impl.Pair(a, b)), out);
    return absl::OkStatus();
  });
}

vesica_status vesica_regions_stamp(const vesica_regions* regions, char* buffer, size_t capacity, size_t* length,
                                   vesica_error* error) {
  return Guard(error, [&]() -> absl::Status {
    VESICA_RETURN_IF_ERROR(NotNull({{regions, "regions"}}));
    return WriteText(regions->impl.stamp.ToString(), buffer, capacity, length);
  });
}

vesica_status vesica_regions_json(const vesica_regions* regions, char* buffer, size_t capacity, size_t* length,
                                  vesica_error* error) {
  return Guard(error, [&]() -> absl::Status {
    VESICA_RETURN_IF_ERROR(NotNull({{regions, "regions"}}));
    return WriteText(vesica::ToJson(regions->impl), buffer, capacity, length);
  });
}

vesica_status vesica_regions_table(const vesica_regions* regions, uint32_t which, vesica_table** out,
                                   vesica_error* error) {
  return GuardNew(out, error, [&] { return TableOf(regions, which); });
}

}  // extern "C"
