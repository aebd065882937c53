# What was read.

#' What was read for an audience or an answer
#'
#' `rows = blank + invalid + duplicate + count`. Of a sketch `count` is an
#' estimate, rounded, and `duplicate` follows from it.
#'
#' @param x An audience, or what [overlap()], [regions()] or [overlap_matrix()]
#'   answered.
#' @return `quality()`: a data frame with one row a set: `rows`, `blank` (`NA` or
#'   empty), `invalid`, `duplicate`, `free_mail` (valid addresses at free-mail
#'   providers), `role` (such as info@), `count`; of an answer also `name`,
#'   `lower` and `upper`. `NA` where it is not known: for audiences that were
#'   loaded, or made by set operations.
#'
#'   `invalid_rows()`: a data frame with one row for each reason and set:
#'   `reason`, `rows` (how many) and `first_rows` (a list column: the numbers of
#'   the first 8), of an answer also `name`.
#' @examples
#' a <- audience(c("ann@example.com", "ann", "bo@example", NA, "info@example.com"))
#' quality(a)
#' invalid_rows(a)
#' @export
quality <- function(x) UseMethod("quality")

#' @export
quality.default <- function(x) stop_argument("`x` must be an audience or an answer")

#' @export
quality.vesica_audience <- function(x) as.data.frame(.Call(C_audience_quality, x))

#' @export
quality.vesica_answer <- function(x) x$sets

#' @rdname quality
#' @export
invalid_rows <- function(x) UseMethod("invalid_rows")

#' @export
invalid_rows.default <- function(x) stop_argument("`x` must be an audience, an overlap or regions")

#' @export
invalid_rows.vesica_audience <- function(x) as_frame(.Call(C_invalid_rows, x, NULL))

#' @export
invalid_rows.vesica_answer <- function(x) x$invalid

# A data frame of a list whose columns may be lists.
as_frame <- function(columns) {
  structure(columns, class = "data.frame", row.names = .set_row_names(length(columns[[1]])))
}

# What was read, on a line.
quality_line <- function(read) {
  paste0(format_count(read$rows), " rows read: ", format_count(read$blank), " blank, ", format_count(read$invalid),
         " invalid, ", format_count(read$duplicate), " duplicate")
}
