// Saved audiences as people of a study's circles: --audience circle=sales,company=Acme,region=EU,file=crm.vsc
#ifndef VESICA_CLI_STUDY_AUDIENCES_H_
#define VESICA_CLI_STUDY_AUDIENCES_H_

#include <string>
#include <utility>
#include <vector>

#include "failure.h"
#include "library.h"

namespace vesica_cli {

struct StudyAudience {
  std::string company, circle, file;
  std::vector<std::pair<std::string, std::string>> values;  // of dimensions
};

Failure ParseStudyAudience(const std::string& text, StudyAudience* out);

// Reads each image and adds it to the study.
Failure AddAudiences(const std::vector<StudyAudience>& audiences, vesica_context* context, vesica_study* study);

}  // namespace vesica_cli

#endif  // VESICA_CLI_STUDY_AUDIENCES_H_
