#include "study_audiences.h"

#include <algorithm>

#include "escape.h"
#include "image_file.h"

namespace vesica_cli {
namespace {

Failure AddAudience(const StudyAudience& audience, vesica_context* context, vesica_study* study) {
  Image image;
  if (Failure failure = ReadImage(audience.file, &image)) return failure;
  AudienceHandle handle;
  if (Failure failure = LoadImage(image, context, &handle)) return failure;
  std::vector<vesica_setting> values;
  for (const auto& [name, value] : audience.values) values.push_back({name.c_str(), value.c_str()});
  vesica_circle circle = {};
  circle.struct_size = sizeof(circle);
  circle.company = audience.company.c_str();
  circle.circle = audience.circle.c_str();
  circle.values = values.data();
  circle.value_count = static_cast<uint32_t>(values.size());
  vesica_error error = NoError();
  Failure failure = FromLibrary(vesica_study_add_audience(study, &circle, handle.get(), &error), error);
  if (failure) failure.message = "\"" + Escaped(audience.file) + "\": " + failure.message;
  return failure;
}

}  // namespace

Failure ParseStudyAudience(const std::string& text, StudyAudience* out) {
  for (size_t begin = 0; begin < text.size();) {
    const size_t end = std::min(text.find(',', begin), text.size());
    const std::string part = text.substr(begin, end - begin);
    begin = end + 1;
    const size_t equals = part.find('=');
    if (equals == 0 || equals == std::string::npos) {
      return {kExitUsage, "--audience takes NAME=VALUE with commas between, such as circle=sales,file=crm.vsc"};
    }
    const std::string name = part.substr(0, equals), value = part.substr(equals + 1);
    if (name == "file") {
      // What follows is the name of the file, commas and all.
      out->file = text.substr(end - value.size());
      break;
    }
    std::string* const own = name == "circle" ? &out->circle : name == "company" ? &out->company : nullptr;
    own == nullptr ? void(out->values.emplace_back(name, value)) : void(*own = value);
  }
  if (out->file.empty() || out->circle.empty()) return {kExitUsage, "--audience needs a circle and, last, a file"};
  return {};
}

Failure AddAudiences(const std::vector<StudyAudience>& audiences, vesica_context* context, vesica_study* study) {
  for (const StudyAudience& audience : audiences) {
    if (Failure failure = AddAudience(audience, context, study)) return failure;
  }
  return {};
}

}  // namespace vesica_cli
