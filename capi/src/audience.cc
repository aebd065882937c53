#include <algorithm>
#include <cmath>
#include <span>

#include "audience_list.h"
#include "builder_options.h"
#include "column.h"
#include "figures.h"
#include "guard.h"
#include "handles.h"
#include "structs.h"
#include "text.h"
#include "vesica/overlap.h"

namespace vesica::capi {
namespace {

using SetOperation = absl::StatusOr<Audience> (*)(const Audience&, const Audience&, Context&);

absl::StatusOr<Audience> Combine(SetOperation operation, vesica_context* context, const vesica_audience* a,
                                 const vesica_audience* b) {
  VESICA_RETURN_IF_ERROR(NotNull({{context, "context"}, {a, "a"}, {b, "b"}}));
  return operation(a->impl, b->impl, context->impl);
}

// As Regions::Set::count.
uint64_t RoundedCount(const Audience& audience) {
  return static_cast<uint64_t>(std::llround(std::min(CountOf(audience).value, 0x1p62)));
}

}  // namespace
}  // namespace vesica::capi

using namespace vesica::capi;  // NOLINT: the functions below are the C interface of this namespace.

extern "C" {

vesica_status vesica_audience_sketch(vesica_context* context, const vesica_audience* audience,
                                     const vesica_builder_options* options, vesica_audience** out,
                                     vesica_error* error) {
  return GuardNew(out, error, [&]() -> absl::StatusOr<vesica::Audience> {
    VESICA_RETURN_IF_ERROR(NotNull({{context, "context"}, {audience, "audience"}, {options, "options"}}));
    VESICA_ASSIGN_OR_RETURN(const vesica::BuilderOptions to, ToBuilderOptions(options));
    return vesica::SketchOf(audience->impl, to, context->impl);
  });
}

vesica_status vesica_audience_merge(vesica_context* context, const vesica_audience* const* audiences, uint32_t count,
                                    const vesica_builder_options* options, vesica_audience** out, vesica_error* error) {
  return GuardNew(out, error, [&]() -> absl::StatusOr<vesica::Audience> {
    VESICA_RETURN_IF_ERROR(NotNull({{context, "context"}}));
    VESICA_ASSIGN_OR_RETURN(const AudienceList list, ToAudienceList(audiences, nullptr, count, 1, UINT32_MAX));
    VESICA_ASSIGN_OR_RETURN(const vesica::BuilderOptions to, ToBuilderOptions(options));
    return vesica::MergeOf(list.audiences, to, context->impl);
  });
}

void vesica_audience_free(vesica_audience* audience) { delete audience; }

vesica_status vesica_audience_count(const vesica_audience* audience, vesica_estimate* out, vesica_error* error) {
  return Guard(error, [&]() -> absl::Status {
    VESICA_RETURN_IF_ERROR(NotNull({{audience, "audience"}, {out, "out"}}));
    *out = ToEstimate(vesica::CountOf(audience->impl));
    return absl::OkStatus();
  });
}

vesica_status vesica_audience_quality(const vesica_audience* audience, vesica_quality* out, vesica_error* error) {
  return Guard(error, [&]() -> absl::Status {
    VESICA_RETURN_IF_ERROR(NotNull({{audience, "audience"}}));
    VESICA_RETURN_IF_ERROR(CheckRoom(out));
    const vesica::Audience& from = audience->impl;
    WriteStruct(ToQuality(from.quality(), from.derived(), RoundedCount(from)), out);
    return absl::OkStatus();
  });
}

vesica_status vesica_audience_invalid(const vesica_audience* audience, uint32_t index, vesica_invalid* out,
                                      vesica_error* error) {
  return Guard(error, [&]() -> absl::Status {
    VESICA_RETURN_IF_ERROR(NotNull({{audience, "audience"}}));
    VESICA_RETURN_IF_ERROR(CheckRoom(out));
    const vesica::Audience& from = audience->impl;
    VESICA_ASSIGN_OR_RETURN(const vesica_invalid invalid, ToInvalid(from.quality(), from.derived(), index));
    WriteStruct(invalid, out);
    return absl::OkStatus();
  });
}

vesica_status vesica_audience_stamp(const vesica_audience* audience, char* buffer, size_t capacity, size_t* length,
                                    vesica_error* error) {
  return Guard(error, [&]() -> absl::Status {
    VESICA_RETURN_IF_ERROR(NotNull({{audience, "audience"}}));
    return WriteText(audience->impl.stamp().ToString(), buffer, capacity, length);
  });
}

vesica_status vesica_audience_contains(vesica_context* context, const vesica_audience* audience,
                                       const vesica_profile* profile, const vesica_column* keys, uint8_t* out,
                                       uint64_t out_length, vesica_error* error) {
  return Guard(error, [&]() -> absl::Status {
    VESICA_RETURN_IF_ERROR(
        NotNull({{context, "context"}, {audience, "audience"}, {profile, "profile"}, {keys, "keys"}}));
    VESICA_ASSIGN_OR_RETURN(const vesica_column from, ReadStruct(keys, "keys"));
    VESICA_ASSIGN_OR_RETURN(const vesica::KeyColumn column, ToKeyColumn(from));
    if (out_length != column.length) return vesica::InvalidArgument("out_length is not the column's length");
    if (out == nullptr && out_length != 0) return vesica::InvalidArgument("out must not be NULL");
    return audience->impl.Contains(column, profile->impl, std::span<uint8_t>(out, out_length));
  });
}

vesica_status vesica_audience_union(vesica_context* context, const vesica_audience* a, const vesica_audience* b,
                                    vesica_audience** out, vesica_error* error) {
  return GuardNew(out, error, [&] { return Combine(vesica::Union, context, a, b); });
}

vesica_status vesica_audience_intersection(vesica_context* context, const vesica_audience* a, const vesica_audience* b,
                                           vesica_audience** out, vesica_error* error) {
  return GuardNew(out, error, [&] { return Combine(vesica::Intersection, context, a, b); });
}

vesica_status vesica_audience_difference(vesica_context* context, const vesica_audience* a, const vesica_audience* b,
                                         vesica_audience** out, vesica_error* error) {
  return GuardNew(out, error, [&] { return Combine(vesica::Difference, context, a, b); });
}

}  // extern "C"
