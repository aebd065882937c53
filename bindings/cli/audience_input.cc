#include "audience_input.h"

#include "escape.h"
#include "image_file.h"

namespace vesica_cli {
namespace {

Failure BuildFromList(const OpenProfile& profile, vesica_context* context, const vesica_builder_options& options,
                      const KeyInput& input, AudienceHandle* out) {
  vesica_error error = NoError();
  vesica_builder* made = nullptr;
  vesica_status status = vesica_builder_create(context, profile.handle.get(), &options, &made, &error);
  const BuilderHandle builder(made);
  if (Failure failure = FromLibrary(status, error)) return failure;
  const vesica_source source = input.column->Source(input.name.c_str(), input.encoding);
  status = vesica_builder_add_source(builder.get(), &source, &error);
  if (Failure failure = FromLibrary(status, error)) return failure;
  vesica_audience* audience = nullptr;
  status = vesica_builder_build(builder.get(), &audience, &error);
  out->reset(audience);
  return FromLibrary(status, error);
}

}  // namespace

Failure MakeAudience(const OpenProfile& profile, vesica_context* context, const vesica_builder_options& options,
                     const Notes& notes, std::vector<KeyInput>* inputs, size_t index, AudienceHandle* out,
                     SetFacts* facts) {
  const KeyInput& input = (*inputs)[index];
  if (input.image != nullptr) {
    if (Failure failure = LoadImage(*input.image, context, out)) return failure;
  } else {
    for (;;) {
      const Failure failure = BuildFromList(profile, context, options, input, out);
      if (!failure) break;
      if (Failure lasting = Recover(failure, notes, inputs)) return lasting;
    }
  }
  const auto quality = [&](vesica_quality* to, vesica_error* e) { return vesica_audience_quality(out->get(), to, e); };
  const auto invalid = [&](uint32_t i, vesica_invalid* to, vesica_error* e) {
    return vesica_audience_invalid(out->get(), i, to, e);
  };
  return ReadFacts(quality, invalid, facts);
}

}  // namespace vesica_cli
