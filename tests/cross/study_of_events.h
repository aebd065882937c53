// The studies of tests/cross through the C++ library.
#ifndef VESICA_CROSS_STUDY_OF_EVENTS_H_
#define VESICA_CROSS_STUDY_OF_EVENTS_H_

#include <filesystem>

namespace vesica {

// Writes out/study.json of a file cases/NAME.study.
void RunStudy(const std::filesystem::path& path, const std::filesystem::path& out);

}  // namespace vesica

#endif  // VESICA_CROSS_STUDY_OF_EVENTS_H_
