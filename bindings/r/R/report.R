# Answers as pictures and pages.

# Numbered as VESICA_REPORT_* and VESICA_THEME_* in vesica.h.
report_formats <- c(html = 1L, svg = 2L, layout = 3L)
report_themes <- c(auto = 0L, light = 1L, dark = 2L)

#' Answers as pictures and pages
#'
#' `as_svg()` gives the picture of an answer as SVG, the same to the byte in every
#' language: up to three sets as circles (or ellipses, where circles cannot be) of
#' the areas they stand for, four to eight as an UpSet plot; of a study one of
#' [study_figures()]. `report()` writes a page of its own, which loads nothing from
#' elsewhere; of a study it has every picture that there is data for, and its
#' table.
#'
#' In R Markdown and Quarto an answer that is printed shows its picture where the
#' output is HTML.
#'
#' @param x What [overlap()], [regions()] or [study()] answered. Regions and
#'   studies that went through [saveRDS()] have no picture any more; of such an
#'   overlap the page lacks what was read.
#' @param figure Of a study: one of [study_figures()].
#' @param company Of a study: whose figures are shown, and no other company is
#'   named; of all companies by default.
#' @param path A file, such as `"overlap.html"`. It is written beside and then
#'   moved into place, so that it is whole or not there.
#' @param title What the picture or page is called; by default it says what it
#'   shows.
#' @param theme `"light"` or `"dark"`; `"auto"` is what the reader's machine
#'   prefers.
#' @param ... Not used.
#' @return `as_svg()`: a text of SVG. `report()`: `x`, invisibly.
#' @seealso [plot.vesica_overlap()] for base graphics.
#' @examples
#' o <- overlap(c("ann@example.com", "bo@example.com"), "bo@example.com", names = c("marketing", "sales"))
#' substr(as_svg(o), 1, 4)
#' @export
as_svg <- function(x, ...) UseMethod("as_svg")

#' @rdname as_svg
#' @export
report <- function(x, path, ...) UseMethod("report")

#' @export
as_svg.default <- function(x, ...) stop_argument("`x` must be an overlap, regions or a study")

#' @export
report.default <- function(x, path, ...) stop_argument("`x` must be an overlap, regions or a study")

#' @rdname as_svg
#' @export
as_svg.vesica_answer <- function(x, title = NULL, theme = c("auto", "light", "dark"), ...) {
  report_text(x, report_options("svg", title, theme))
}

#' @rdname as_svg
#' @export
report.vesica_answer <- function(x, path, title = NULL, theme = c("auto", "light", "dark"), ...) {
  check_path(path)
  page <- report_text(x, report_options("html", title, theme))
  write_page(page, path)
  invisible(x)
}

#' @rdname as_svg
#' @export
as_svg.vesica_study <- function(x, figure = "circles", company = NULL, title = NULL, theme = c("auto", "light", "dark"),
                                ...) {
  report_text(x, report_options("svg", title, theme, company, figure))
}

#' @rdname as_svg
#' @export
report.vesica_study <- function(x, path, company = NULL, title = NULL, theme = c("auto", "light", "dark"), ...) {
  check_path(path)
  page <- report_text(x, report_options("html", title, theme, company))
  write_page(page, path)
  invisible(x)
}

# What options_of() in report.c takes.
report_options <- function(format, title = NULL, theme = "auto", company = NULL, figure = NULL) {
  theme <- theme[[1]]
  if (!is_text(theme) || !theme %in% names(report_themes)) stop_argument("`theme` must be \"auto\", \"light\" or \"dark\"")
  given <- list(title = title, company = company, figure = figure)
  for (name in names(given)) {
    if (!is.null(given[[name]]) && !is_text(given[[name]])) stop_argument("`", name, "` must be a text")
  }
  # to the library all companies, which is not what is meant by a name that came out empty
  if (identical(company, "")) stop_argument("`company` is empty")
  list(report_formats[[format]], report_themes[[theme]], title, company, figure)
}

# The report of an answer in the format of `options`.
report_text <- function(x, options) UseMethod("report_text")

#' @export
report_text.default <- function(x, options) stop_argument("`x` must be an overlap, regions or a study")

#' @export
report_text.vesica_regions <- function(x, options) .Call(C_regions_report, x$handle, options)

#' @export
report_text.vesica_overlap <- function(x, options) {
  if (.Call(C_is_alive, x$handle)) return(.Call(C_regions_report, x$handle, options))
  figures <- vapply(x[names(figure_kinds)], function(figure) as.numeric(unlist(unclass(figure))), numeric(3))
  .Call(C_overlap_report, figures, x$method, x$below_resolution, x$sets$name, options)
}

#' @export
report_text.vesica_study <- function(x, options) .Call(C_study_answer_report, attr(x, "handle"), options)

write_page <- function(text, path) {
  part <- tempfile(".part", dirname(path))
  on.exit(unlink(part))
  in_file(path, {
    writeBin(charToRaw(text), part)
    if (file.size(part) != nchar(text, "bytes") || !file.rename(part, path)) stop("not written")
  })
}

# The picture above what is printed elsewhere, where the output is HTML.
knit_answer <- function(x, options) {
  if (!knitr::is_html_output()) return(knitr::normal_print(x))
  comment <- if (is.null(options$comment) || is.na(options$comment)) "" else paste0(options$comment, " ")
  svg <- tryCatch(as_svg(x), vesica_invalid_argument = function(e) NULL) # a study without circles
  picture <- if (!is.null(svg)) fenced(paste0("<div>", svg, "</div>"), "{=html}")
  printed <- fenced(paste0(comment, utils::capture.output(print(x))))
  knitr::asis_output(paste(c("", picture, printed), collapse = "\n"))
}

# A block of Markdown that its lines, with names of sets from anywhere, cannot end: its fence is longer than any in them.
fenced <- function(lines, kind = "") {
  runs <- unlist(regmatches(lines, gregexpr("`+", lines)))
  fence <- strrep("`", max(3, nchar(runs) + 1))
  c(paste0(fence, kind), lines, fence, "")
}

#' @exportS3Method knitr::knit_print
knit_print.vesica_overlap <- function(x, options, ...) knit_answer(x, options)

#' @exportS3Method knitr::knit_print
knit_print.vesica_regions <- function(x, options, ...) knit_answer(x, options)

#' @exportS3Method knitr::knit_print
knit_print.vesica_study <- function(x, options, ...) knit_answer(x, options)
