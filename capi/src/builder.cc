#include "builder_options.h"
#include "column.h"
#include "guard.h"
#include "handles.h"
#include "structs.h"

namespace vesica::capi {
namespace {

absl::StatusOr<AudienceBuilder> MakeBuilder(vesica_context* context, const vesica_profile* profile,
                                            const vesica_builder_options* given) {
  VESICA_RETURN_IF_ERROR(NotNull({{context, "context"}, {profile, "profile"}}));
  VESICA_ASSIGN_OR_RETURN(const BuilderOptions options, ToBuilderOptions(given));
  return AudienceBuilder::Create(context->impl, profile->impl, options);
}

}  // namespace
}  // namespace vesica::capi

using namespace vesica::capi;  // NOLINT: the functions below are the C interface of this namespace.

extern "C" {

vesica_status vesica_builder_create(vesica_context* context, const vesica_profile* profile,
                                    const vesica_builder_options* options, vesica_builder** out, vesica_error* error) {
  return GuardNew(out, error, [&] { return MakeBuilder(context, profile, options); });
}

void vesica_builder_free(vesica_builder* builder) { delete builder; }

vesica_status vesica_builder_add(vesica_builder* builder, const vesica_column* column, vesica_error* error) {
  return Guard(error, [&]() -> absl::Status {
    VESICA_RETURN_IF_ERROR(NotNull({{builder, "builder"}, {column, "column"}}));
    VESICA_ASSIGN_OR_RETURN(const vesica_column from, ReadStruct(column, "column"));
    VESICA_ASSIGN_OR_RETURN(const vesica::KeyColumn keys, ToKeyColumn(from));
    return builder->impl.Add(keys);
  });
}

vesica_status vesica_builder_add_source(vesica_builder* builder, const vesica_source* source, vesica_error* error) {
  return Guard(error, [&]() -> absl::Status {
    VESICA_RETURN_IF_ERROR(NotNull({{builder, "builder"}, {source, "source"}}));
    VESICA_ASSIGN_OR_RETURN(const vesica_source from, ReadStruct(source, "source"));
    VESICA_ASSIGN_OR_RETURN(const auto keys, ToKeySource(from));
    return builder->impl.Add(*keys);
  });
}

vesica_status vesica_builder_merge(vesica_builder* builder, const vesica_audience* audience, vesica_error* error) {
  return Guard(error, [&]() -> absl::Status {
    VESICA_RETURN_IF_ERROR(NotNull({{builder, "builder"}, {audience, "audience"}}));
    return builder->impl.Merge(audience->impl);
  });
}

vesica_status vesica_builder_build(vesica_builder* builder, vesica_audience** out, vesica_error* error) {
  return GuardNew(out, error, [&]() -> absl::StatusOr<vesica::Audience> {
    VESICA_RETURN_IF_ERROR(NotNull({{builder, "builder"}}));
    return builder->impl.Build();
  });
}

}  // extern "C"
