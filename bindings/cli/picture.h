// Answers as a page and as a picture in files: --html, --svg and what goes with them.
#ifndef VESICA_CLI_PICTURE_H_
#define VESICA_CLI_PICTURE_H_

#include <functional>
#include <optional>
#include <string>

#include "CLI/CLI.hpp"
#include "failure.h"
#include "library.h"

namespace vesica_cli {

struct PictureOptions {
  std::optional<std::string> html, svg;  // paths; "-" is standard output, instead of the answer as text
  std::string title, theme, figure;
  std::optional<std::string> company;

  bool any() const { return html || svg; }
  bool to_standard_output() const { return html == "-" || svg == "-"; }
};

// --html, --svg, --title and --theme.
void AddPictureOptions(CLI::App* command, PictureOptions* options);
// --company and --figure, of studies.
void AddStudyPictureOptions(CLI::App* command, PictureOptions* options);

// A failure where the options contradict each other, or `answer_option`, which asks for an answer on standard output
// in a form that is not text and is empty where none does.
Failure CheckPictures(const PictureOptions& options, const std::string& answer_option);

// A failure where --figure is no picture of a study.
Failure CheckFigure(const PictureOptions& options);

using RenderReport = std::function<vesica_status(const vesica_report_options*, const vesica_output*, vesica_error*)>;

// Makes the page and the picture asked for, then writes them. A file is replaced at once or, on failure, left as it
// was.
Failure WritePictures(const PictureOptions& options, const RenderReport& render);

}  // namespace vesica_cli

#endif  // VESICA_CLI_PICTURE_H_
