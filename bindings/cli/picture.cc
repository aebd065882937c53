#include "picture.h"

#include <filesystem>
#include <string_view>
#include <system_error>

#include "image_file.h"

namespace vesica_cli {
namespace {

int32_t AppendTo(void* user, const char* bytes, size_t size) noexcept {
  try {
    static_cast<std::string*>(user)->append(bytes, size);
    return 0;
  } catch (...) {
    return 1;
  }
}

uint32_t ThemeOf(const std::string& name) {
  return name == "light" ? VESICA_THEME_LIGHT : name == "dark" ? VESICA_THEME_DARK : VESICA_THEME_AUTO;
}

const char* OrNull(const std::string& text) { return text.empty() ? nullptr : text.c_str(); }

// Whether two paths lead to one file, which may not be there yet.
bool IsSamePlace(const std::string& a, const std::string& b) {
  if (a == "-" || b == "-") return a == b;
  std::error_code unknown;
  const auto place = [&](const std::string& path) {
    return std::filesystem::weakly_canonical(std::filesystem::absolute(path, unknown), unknown);
  };
  return a == b || (place(a) == place(b) && !unknown);
}

Failure Render(const PictureOptions& options, uint32_t format, const RenderReport& render, std::string* out) {
  const bool page = format == VESICA_REPORT_HTML;
  vesica_report_options wanted = {};
  wanted.struct_size = sizeof(wanted);
  wanted.format = format;
  wanted.theme = ThemeOf(options.theme);
  wanted.title = OrNull(options.title);
  wanted.company = options.company ? options.company->c_str() : nullptr;
  wanted.figure = page ? nullptr : OrNull(options.figure);
  vesica_output output = {};
  output.struct_size = sizeof(output);
  output.write = &AppendTo;
  output.user = out;
  vesica_error error = NoError();
  const Failure failure = FromLibrary(render(&wanted, &output, &error), error);
  if (!failure) return {};
  const bool names_option = failure.message.starts_with("company") || failure.message.starts_with("figure");
  return {failure.exit_code, (names_option ? "--" : page ? "--html: " : "--svg: ") + failure.message};
}

}  // namespace

void AddPictureOptions(CLI::App* command, PictureOptions* options) {
  command->add_option("--html", options->html,
                      "Write a page of the answer to this file: all in one file, nothing from elsewhere. - is standard "
                      "output, instead of the answer as text");
  command->add_option("--svg", options->svg, "Write the picture of the answer to this file, or -");
  command->add_option("--title", options->title, "Of the page and the picture; says what is shown if not given");
  command->add_option("--theme", options->theme, "Of the page and the picture: light, dark or, if not given, auto")
      ->check(CLI::IsMember({"auto", "light", "dark"}));
}

void AddStudyPictureOptions(CLI::App* command, PictureOptions* options) {
  command->add_option("--company", options->company,
                      "Whose figures the page and the picture show, naming no other company; of all if not given");
  command->add_option("--figure", options->figure, "Which picture --svg writes; the circles if not given");
}

Failure CheckPictures(const PictureOptions& options, const std::string& answer_option) {
  const std::pair<const char*, bool> details[] = {{"--title", !options.title.empty()},
                                                  {"--theme", !options.theme.empty()},
                                                  {"--company", options.company.has_value()},
                                                  {"--figure", !options.figure.empty()}};
  for (const auto& [name, given] : details) {
    if (!options.any() && given) return {kExitUsage, std::string(name) + " is for --html and --svg"};
  }
  // To the library no company is all companies, which is not what is meant by a name that came out empty.
  if (options.company && options.company->empty()) return {kExitUsage, "--company is empty"};
  if (!options.svg && !options.figure.empty()) return {kExitUsage, "--figure is for --svg"};
  if (options.html && options.svg && IsSamePlace(*options.html, *options.svg)) {
    return {kExitUsage, "--html and --svg write to the same place"};
  }
  if (options.to_standard_output() && !answer_option.empty()) {
    return {kExitUsage, std::string(options.svg == "-" ? "--svg -" : "--html -") + " and " + answer_option +
                            " both write to standard output"};
  }
  return {};
}

Failure CheckFigure(const PictureOptions& options) {
  if (options.figure.empty()) return {};
  vesica_error error = NoError();
  vesica_table* made = nullptr;
  if (Failure failure = FromLibrary(vesica_report_figures(&made, &error), error)) return failure;
  const TableHandle figures(made);
  vesica_table_info info = {};
  info.struct_size = sizeof(info);
  vesica_column_view names = {};
  names.struct_size = sizeof(names);
  if (Failure failure = FromLibrary(vesica_table_describe(made, &info, &error), error)) return failure;
  if (Failure failure = FromLibrary(vesica_table_column(made, 0, &names, &error), error)) return failure;
  std::string known;
  for (uint64_t row = 0; row < info.rows; ++row) {
    const std::string_view name(static_cast<const char*>(names.data) + names.offsets[row],
                                static_cast<size_t>(names.offsets[row + 1] - names.offsets[row]));
    if (name == options.figure) return {};
    known += (row == 0 ? "" : ", ") + std::string(name);
  }
  return {kExitUsage, "--figure takes one of " + known};
}

Failure WritePictures(const PictureOptions& options, const RenderReport& render) {
  std::string page, picture;
  if (options.html) {
    if (Failure failure = Render(options, VESICA_REPORT_HTML, render, &page)) return failure;
  }
  if (options.svg) {
    if (Failure failure = Render(options, VESICA_REPORT_SVG, render, &picture)) return failure;
  }
  if (options.html) {
    if (Failure failure = WriteBytes(page, *options.html)) return failure;
  }
  return options.svg ? WriteBytes(picture, *options.svg) : Failure();
}

}  // namespace vesica_cli
