#include "overlap_answer.h"

#include "resident_keys.h"

namespace vesica_cli {
namespace {

// What quality(set, quality, error) and invalid(set, index, invalid, error) tell of one set.
template <class GetQuality, class GetInvalid>
Failure ReadFacts(GetQuality&& get_quality, GetInvalid&& get_invalid, SetFacts* out) {
  vesica_error error = NoError();
  out->quality.struct_size = sizeof(out->quality);
  if (Failure failure = FromLibrary(get_quality(&out->quality, &error), error)) return failure;
  for (uint32_t i = 0; i < out->quality.invalid_reasons; ++i) {
    vesica_invalid invalid = {};
    invalid.struct_size = sizeof(invalid);
    if (Failure failure = FromLibrary(get_invalid(i, &invalid, &error), error)) return failure;
    out->invalid.push_back(invalid);
  }
  return {};
}

}  // namespace

Failure OverlapAnswer::Count(const OpenProfile& profile, vesica_context* context, const RunOptions& options,
                             const Notes& notes, uint64_t most_resident_bytes, std::vector<KeyInput>* inputs) {
  for (;;) {
    sets_.clear();
    const Failure failure = inputs->size() <= kMostRegionSets
                                ? CountRegions(profile, context, options, most_resident_bytes, inputs)
                                : CountMatrix(profile, context, inputs);
    if (!failure) return {};
    if (Failure lasting = Recover(failure, notes, inputs)) return lasting;
  }
}

Failure OverlapAnswer::CountRegions(const OpenProfile& profile, vesica_context* context, const RunOptions& options,
                                    uint64_t most_resident_bytes, std::vector<KeyInput>* inputs) {
  std::vector<ResidentKeys> resident(options.exact_bytes ? inputs->size() : 0);
  std::vector<vesica_source> sources;
  for (size_t i = 0; i < inputs->size(); ++i) {
    KeyInput& input = (*inputs)[i];
    if (!options.exact_bytes) {
      sources.push_back(input.column->Source(input.name.c_str(), input.encoding));
      continue;
    }
    if (Failure failure = resident[i].Load(input, options.threads, &most_resident_bytes)) return failure;
    sources.push_back(resident[i].Source(input.name.c_str()));
  }
  vesica_regions_options wanted = {};
  wanted.struct_size = sizeof(wanted);
  wanted.flags = options.exact_bytes ? VESICA_REGIONS_BYTE_CHECKED : 0;
  vesica_error error = NoError();
  vesica_regions* regions = nullptr;
  const vesica_status status = vesica_regions_of_sources(
      context, profile.handle.get(), sources.data(), static_cast<uint32_t>(sources.size()), &wanted, &regions, &error);
  regions_.reset(regions);
  if (Failure failure = FromLibrary(status, error)) return failure;
  for (uint32_t set = 0; set < sources.size(); ++set) {
    SetFacts facts;
    const auto quality = [&](vesica_quality* out, vesica_error* e) {
      return vesica_regions_quality(regions, set, out, e);
    };
    const auto invalid = [&](uint32_t index, vesica_invalid* out, vesica_error* e) {
      return vesica_regions_invalid(regions, set, index, out, e);
    };
    if (Failure failure = ReadFacts(quality, invalid, &facts)) return failure;
    sets_.push_back(std::move(facts));
  }
  return {};
}

Failure OverlapAnswer::CountMatrix(const OpenProfile& profile, vesica_context* context, std::vector<KeyInput>* inputs) {
  vesica_error error = NoError();
  vesica_builder* raw_builder = nullptr;
  vesica_status status = vesica_builder_create(context, profile.handle.get(), nullptr, &raw_builder, &error);
  const BuilderHandle builder(raw_builder);
  if (Failure failure = FromLibrary(status, error)) return failure;
  std::vector<AudienceHandle> owned;
  std::vector<const vesica_audience*> audiences;
  std::vector<const char*> names;
  for (KeyInput& input : *inputs) {
    const vesica_source source = input.column->Source(input.name.c_str(), input.encoding);
    status = vesica_builder_add_source(builder.get(), &source, &error);
    if (Failure failure = FromLibrary(status, error)) return failure;
    vesica_audience* audience = nullptr;
    status = vesica_builder_build(builder.get(), &audience, &error);
    owned.emplace_back(audience);
    if (Failure failure = FromLibrary(status, error)) return failure;
    audiences.push_back(audience);
    names.push_back(input.name.c_str());
    SetFacts facts;
    const auto quality = [&](vesica_quality* out, vesica_error* e) {
      return vesica_audience_quality(audience, out, e);
    };
    const auto invalid = [&](uint32_t index, vesica_invalid* out, vesica_error* e) {
      return vesica_audience_invalid(audience, index, out, e);
    };
    if (Failure failure = ReadFacts(quality, invalid, &facts)) return failure;
    sets_.push_back(std::move(facts));
  }
  vesica_matrix* matrix = nullptr;
  status = vesica_matrix_of_audiences(context, audiences.data(), names.data(), static_cast<uint32_t>(audiences.size()),
                                      &matrix, &error);
  matrix_.reset(matrix);
  return FromLibrary(status, error);
}

Failure OverlapAnswer::Info(vesica_answer_info* out) const {
  *out = {};
  out->struct_size = sizeof(*out);
  vesica_error error = NoError();
  const vesica_status status = regions_ != nullptr ? vesica_regions_info(regions_.get(), out, &error)
                                                   : vesica_matrix_info(matrix_.get(), out, &error);
  return FromLibrary(status, error);
}

Failure OverlapAnswer::Region(uint32_t members, vesica_estimate* out) const {
  vesica_error error = NoError();
  return FromLibrary(vesica_regions_region(regions_.get(), members, out, &error), error);
}

Failure OverlapAnswer::Pair(uint32_t a, uint32_t b, vesica_overlap* out) const {
  *out = {};
  out->struct_size = sizeof(*out);
  vesica_error error = NoError();
  const vesica_status status = regions_ != nullptr ? vesica_regions_overlap(regions_.get(), a, b, out, &error)
                                                   : vesica_matrix_overlap(matrix_.get(), a, b, out, &error);
  return FromLibrary(status, error);
}

Failure OverlapAnswer::Json(std::string* out) const {
  return TextFromLibrary(
      [&](char* buffer, size_t capacity, size_t* length, vesica_error* error) {
        return regions_ != nullptr ? vesica_regions_json(regions_.get(), buffer, capacity, length, error)
                                   : vesica_matrix_json(matrix_.get(), buffer, capacity, length, error);
      },
      out);
}

}  // namespace vesica_cli
