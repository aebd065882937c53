#ifndef VESICA_CAPI_SRC_STRUCTS_H_
#define VESICA_CAPI_SRC_STRUCTS_H_

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <type_traits>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "base/error.h"
#include "vesica.h"

// How structs with struct_size cross the ABI, in both directions; the rule is in vesica.h.
namespace vesica::capi {

// The size each struct had when it was released first: no caller is older.
template <class Struct>
inline constexpr uint32_t kV1Size = 0;
template <>
inline constexpr uint32_t kV1Size<vesica_context_options> = VESICA_CONTEXT_OPTIONS_V1_SIZE;
template <>
inline constexpr uint32_t kV1Size<vesica_memory> = VESICA_MEMORY_V1_SIZE;
template <>
inline constexpr uint32_t kV1Size<vesica_profile_info> = VESICA_PROFILE_INFO_V1_SIZE;
template <>
inline constexpr uint32_t kV1Size<vesica_profile_options> = VESICA_PROFILE_OPTIONS_V1_SIZE;
template <>
inline constexpr uint32_t kV1Size<vesica_column> = VESICA_COLUMN_V1_SIZE;
template <>
inline constexpr uint32_t kV1Size<vesica_source> = VESICA_SOURCE_V1_SIZE;
template <>
inline constexpr uint32_t kV1Size<vesica_quality> = VESICA_QUALITY_V1_SIZE;
template <>
inline constexpr uint32_t kV1Size<vesica_invalid> = VESICA_INVALID_V1_SIZE;
template <>
inline constexpr uint32_t kV1Size<vesica_answer_info> = VESICA_ANSWER_INFO_V1_SIZE;
template <>
inline constexpr uint32_t kV1Size<vesica_overlap> = VESICA_OVERLAP_V1_SIZE;
template <>
inline constexpr uint32_t kV1Size<vesica_regions_options> = VESICA_REGIONS_OPTIONS_V1_SIZE;
template <>
inline constexpr uint32_t kV1Size<vesica_plan_question> = VESICA_PLAN_QUESTION_V1_SIZE;
template <>
inline constexpr uint32_t kV1Size<vesica_plan_answer> = VESICA_PLAN_ANSWER_V1_SIZE;
template <>
inline constexpr uint32_t kV1Size<vesica_image_info> = VESICA_IMAGE_INFO_V1_SIZE;
template <>
inline constexpr uint32_t kV1Size<vesica_builder_options> = VESICA_BUILDER_OPTIONS_V1_SIZE;
template <>
inline constexpr uint32_t kV1Size<vesica_table_info> = VESICA_TABLE_INFO_V1_SIZE;
template <>
inline constexpr uint32_t kV1Size<vesica_column_view> = VESICA_COLUMN_VIEW_V1_SIZE;
template <>
inline constexpr uint32_t kV1Size<vesica_study_options> = VESICA_STUDY_OPTIONS_V1_SIZE;
template <>
inline constexpr uint32_t kV1Size<vesica_circle> = VESICA_CIRCLE_V1_SIZE;
template <>
inline constexpr uint32_t kV1Size<vesica_event_quality> = VESICA_EVENT_QUALITY_V1_SIZE;
template <>
inline constexpr uint32_t kV1Size<vesica_event_problem> = VESICA_EVENT_PROBLEM_V1_SIZE;
template <>
inline constexpr uint32_t kV1Size<vesica_report_options> = VESICA_REPORT_OPTIONS_V1_SIZE;
template <>
inline constexpr uint32_t kV1Size<vesica_output> = VESICA_OUTPUT_V1_SIZE;

// No struct gets near this; a larger struct_size was never set.
inline constexpr uint32_t kMaxStructSize = 4096;

inline absl::Status Unsupported(std::string_view message) { return MakeError(ErrorCode::kUnsupported, message); }

// What the caller says in `from`, with zeros where the caller's struct is older. Unsupported if a newer caller says
// what this library does not know. `from` must not be NULL.
template <class Struct>
absl::StatusOr<Struct> ReadStruct(const Struct* from, std::string_view name) {
  static_assert(std::is_trivially_copyable_v<Struct> && kV1Size<Struct> != 0);
  uint32_t size;
  std::memcpy(&size, from, sizeof(size));
  if (size < kV1Size<Struct> || size > kMaxStructSize) {
    return InvalidArgument(absl::StrCat(absl::string_view(name.data(), name.size()), ".struct_size is not set"));
  }
  Struct value{};
  std::memcpy(&value, from, std::min<size_t>(size, sizeof(Struct)));
  const char* bytes = reinterpret_cast<const char*>(from);
  const auto is_zero = [](char byte) { return byte == 0; };
  if (size > sizeof(Struct) && !std::all_of(bytes + sizeof(Struct), bytes + size, is_zero)) {
    return Unsupported(absl::StrCat(absl::string_view(name.data(), name.size()),
                                    " asks for what this version of the library does not know"));
  }
  return value;
}

// The same, and the defaults for NULL.
template <class Struct>
absl::StatusOr<Struct> ReadOptions(const Struct* from) {
  if (from == nullptr) return Struct{};
  return ReadStruct(from, "options");
}

// Element `index` of an array whose elements have the size that its first one says.
template <class Struct>
absl::StatusOr<Struct> ReadElement(const Struct* array, uint64_t index, std::string_view name) {
  uint32_t stride, size;
  std::memcpy(&stride, array, sizeof(stride));
  if (stride < kV1Size<Struct> || stride > kMaxStructSize) return ReadStruct(array, name).status();
  const char* element = reinterpret_cast<const char*>(array) + index * stride;
  std::memcpy(&size, element, sizeof(size));
  if (size != stride) {
    return InvalidArgument(absl::StrCat(absl::string_view(name.data(), name.size()),
                                        ".struct_size differs between elements of the array"));
  }
  return ReadStruct(reinterpret_cast<const Struct*>(element), name);
}

// InvalidArgument unless `*out` is there and has room for the first version of the struct.
template <class Struct>
absl::Status CheckRoom(const Struct* out) {
  static_assert(std::is_trivially_copyable_v<Struct> && kV1Size<Struct> != 0);
  if (out == nullptr) return InvalidArgument("out must not be NULL");
  if (out->struct_size < kV1Size<Struct>) return InvalidArgument("out.struct_size is not set");
  return absl::OkStatus();
}

// Fills as much of `*out` as the caller has room for.
template <class Struct>
void WriteStruct(Struct full, Struct* out) {
  full.struct_size = out->struct_size;
  std::memcpy(out, &full, std::min<size_t>(full.struct_size, sizeof(full)));
}

}  // namespace vesica::capi

#endif  // VESICA_CAPI_SRC_STRUCTS_H_
