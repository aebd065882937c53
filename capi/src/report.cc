#include "vesica/report.h"

#include <string>
#include <string_view>

#include "figures.h"
#include "guard.h"
#include "handles.h"
#include "structs.h"
#include "text.h"

namespace vesica::capi {
namespace {

absl::StatusOr<ReportOptions> ToReportOptions(const vesica_report_options* given) {
  VESICA_ASSIGN_OR_RETURN(const vesica_report_options from, ReadOptions(given));
  if (from.reserved != 0) return Unsupported("options.reserved is not 0");
  const auto text = [](const char* value) { return value == nullptr ? std::string() : std::string(value); };
  ReportOptions options;
  if (from.format != 0) options.format = static_cast<ReportFormat>(from.format);
  options.theme = static_cast<Theme>(from.theme);
  options.title = text(from.title);
  options.company = text(from.company);
  options.figure = text(from.figure);
  return options;
}

// Hands what `report` writes to the caller's callback or buffer.
template <class Report>
absl::Status WriteTo(const vesica_output* given, const Report& report) {
  VESICA_RETURN_IF_ERROR(NotNull({{given, "output"}}));
  VESICA_ASSIGN_OR_RETURN(const vesica_output output, ReadStruct(given, "output"));
  if (output.reserved != 0) return Unsupported("output.reserved is not 0");
  if (output.write == nullptr) {
    std::string text;
    VESICA_RETURN_IF_ERROR(report([&](std::string_view piece) {
      text += piece;
      return absl::OkStatus();
    }));
    return WriteText(text, output.buffer, output.capacity, output.length);
  }
  size_t length = 0;
  VESICA_RETURN_IF_ERROR(report([&](std::string_view piece) {
    length += piece.size();
    const bool taken = output.write(output.user, piece.data(), piece.size()) == 0;
    return taken ? absl::OkStatus() : MakeError(ErrorCode::kIo, "the write callback reported failure");
  }));
  if (output.length != nullptr) *output.length = length;
  return absl::OkStatus();
}

}  // namespace
}  // namespace vesica::capi

using namespace vesica::capi;  // NOLINT: the functions below are the C interface of this namespace.

extern "C" {

vesica_status vesica_overlap_report(const vesica_overlap* overlap, const char* name_a, const char* name_b,
                                    const vesica_report_options* options, const vesica_output* output,
                                    vesica_error* error) {
  return Guard(error, [&]() -> absl::Status {
    VESICA_RETURN_IF_ERROR(NotNull({{overlap, "overlap"}, {name_a, "name_a"}, {name_b, "name_b"}}));
    VESICA_ASSIGN_OR_RETURN(const vesica_overlap figures, ReadStruct(overlap, "overlap"));
    if (figures.method < VESICA_METHOD_EXACT_64 || figures.method > VESICA_METHOD_HYPERLOGLOG) {
      return Unsupported("overlap.method is not known");
    }
    VESICA_ASSIGN_OR_RETURN(const vesica::ReportOptions chosen, ToReportOptions(options));
    return WriteTo(output, [&](const vesica::TextSink& to) {
      return vesica::WriteReport(FromOverlap(figures), name_a, name_b, chosen, to);
    });
  });
}

vesica_status vesica_regions_report(const vesica_regions* regions, const vesica_report_options* options,
                                    const vesica_output* output, vesica_error* error) {
  return Guard(error, [&]() -> absl::Status {
    VESICA_RETURN_IF_ERROR(NotNull({{regions, "regions"}}));
    VESICA_ASSIGN_OR_RETURN(const vesica::ReportOptions chosen, ToReportOptions(options));
    return WriteTo(output, [&](const vesica::TextSink& to) { return vesica::WriteReport(regions->impl, chosen, to); });
  });
}

vesica_status vesica_study_answer_report(const vesica_study_answer* answer, const vesica_report_options* options,
                                         const vesica_output* output, vesica_error* error) {
  return Guard(error, [&]() -> absl::Status {
    VESICA_RETURN_IF_ERROR(NotNull({{answer, "answer"}}));
    VESICA_ASSIGN_OR_RETURN(const vesica::ReportOptions chosen, ToReportOptions(options));
    return WriteTo(output, [&](const vesica::TextSink& to) { return vesica::WriteReport(answer->impl, chosen, to); });
  });
}

vesica_status vesica_report_figures(vesica_table** out, vesica_error* error) {
  return GuardNew(out, error, [] { return vesica::FiguresTable(); });
}

}  // extern "C"
