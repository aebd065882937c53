#include "overlap_answer.h"

#include <algorithm>

#include "resident_keys.h"

namespace vesica_cli {

Failure OverlapAnswer::Count(const OpenProfile& profile, vesica_context* context, const RunOptions& options,
                             const Notes& notes, uint64_t most_resident_bytes, std::vector<KeyInput>* inputs) {
  for (;;) {
    sets_.clear();
    const bool in_one_shot = inputs->size() <= kMostRegionSets &&
                             std::all_of(inputs->begin(), inputs->end(), [](const KeyInput& i) { return !i.image; });
    const Failure failure = in_one_shot ? CountRegions(profile, context, options, most_resident_bytes, inputs)
                                        : CompareAudiences(profile, context, notes, inputs);
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

Failure OverlapAnswer::CompareAudiences(const OpenProfile& profile, vesica_context* context, const Notes& notes,
                                        std::vector<KeyInput>* inputs) {
  vesica_builder_options exact = {};
  exact.struct_size = sizeof(exact);
  std::vector<AudienceHandle> owned(inputs->size());
  std::vector<const vesica_audience*> audiences;
  std::vector<const char*> names;
  bool estimated = false;
  for (size_t i = 0; i < inputs->size(); ++i) {
    const KeyInput& input = (*inputs)[i];
    SetFacts facts;
    if (Failure failure = MakeAudience(profile, context, exact, notes, inputs, i, &owned[i], &facts)) return failure;
    estimated |= input.image != nullptr && input.image->info.representation != VESICA_REPRESENTATION_EXACT;
    audiences.push_back(owned[i].get());
    names.push_back(input.name.c_str());
    sets_.push_back(std::move(facts));
  }
  vesica_error error = NoError();
  const auto count = static_cast<uint32_t>(audiences.size());
  vesica_status status = VESICA_OK;
  if (count <= (estimated ? kMostEstimatedSets : kMostRegionSets)) {
    vesica_regions* regions = nullptr;
    status = vesica_regions_of_audiences(context, audiences.data(), names.data(), count, &regions, &error);
    regions_.reset(regions);
  } else {
    vesica_matrix* matrix = nullptr;
    status = vesica_matrix_of_audiences(context, audiences.data(), names.data(), count, &matrix, &error);
    matrix_.reset(matrix);
  }
  Failure failure = FromLibrary(status, error);
  if (failure && error.index < inputs->size())
    failure.message = (*inputs)[error.index].Label() + ": " + failure.message;
  return failure;
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

vesica_status OverlapAnswer::Report(const vesica_report_options* options, const vesica_output* output,
                                    vesica_error* error) const {
  return vesica_regions_report(regions_.get(), options, output, error);
}

}  // namespace vesica_cli
