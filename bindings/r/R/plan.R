# How large a sketch has to be.

#' How large sketches have to be
#'
#' `plan_sketch()` says how many bytes it takes to tell the overlap of two
#' audiences to a wanted error; `plan_error()` what error to expect of sketches of
#' a size. Both need no data.
#'
#' @param size_a,size_b Keys of each audience.
#' @param overlap Share of the smaller audience's keys that the other has too.
#' @param error Wanted half-width of the intersection's 95 % interval, over the
#'   intersection: 0.2 is 20 %.
#' @inheritParams audience
#' @return `plan_sketch()`: an object of class `vesica_plan`; [as.data.frame()]
#'   gives one row for each `representation`: `sketch_bytes` (for `bytes` of
#'   [audience()]), `image_bytes_a` and `image_bytes_b` (expected sizes of what is
#'   saved), `relative_half_width` (expected), `build_ns_per_row`,
#'   `reaches_error`, and `smallest` for the one that does with fewest bytes.
#'
#'   `plan_error()`: the expected half-width over the intersection; `Inf` where
#'   the sketches tell nothing.
#' @examples
#' plan_sketch(50e3, 1e6, overlap = 0.16, error = 0.2)
#' plan_error(50e3, 1e6, overlap = 0.16, bytes = 16384)
#' @export
plan_sketch <- function(size_a, size_b, overlap = 0.16, error = 0.2) {
  question <- plan_question(size_a, size_b, overlap, error)
  structure(list(question = question, table = .Call(C_table_data_frame, .Call(C_plan_table, question))),
            class = "vesica_plan")
}

#' @rdname plan_sketch
#' @export
plan_error <- function(size_a, size_b, overlap = 0.16, representation = c("minhash", "hyperloglog", "exact"),
                       bytes = NULL) {
  options <- builder_options(if (missing(representation)) "minhash" else representation, bytes)
  .Call(C_plan_half_width, plan_question(size_a, size_b, overlap, 1), options)
}

plan_question <- function(size_a, size_b, overlap, error) {
  question <- list(size_a = size_a, size_b = size_b, overlap = overlap, error = error)
  if (!all(vapply(question, is_number, NA))) {
    stop_argument("`size_a`, `size_b`, `overlap` and `error` must be a number each")
  }
  vapply(question, as.numeric, 0)
}

#' @export
as.data.frame.vesica_plan <- function(x, row.names = NULL, optional = FALSE, ...) x$table

#' @export
summary.vesica_plan <- function(object, ...) object$table

#' @export
format.vesica_plan <- function(x, ...) {
  question <- x$question
  paste0("An overlap of ", format_count(question[["overlap"]] * min(question[c("size_a", "size_b")])), " keys (",
         format_share(question[["overlap"]]), " of ", format_count(min(question[c("size_a", "size_b")])), ") to within ",
         format_share(question[["error"]]), ":")
}

#' @export
print.vesica_plan <- function(x, ...) {
  plan <- x$table
  reaches <- ifelse(plan$reaches_error, "", "  not reached")
  rows <- rbind(c("", "bytes", "image of a", "image of b", "error (95 %)", "ns a row"),
                cbind(plan$representation, ifelse(plan$representation == "exact", "-", format_count(plan$sketch_bytes)),
                      format_count(plan$image_bytes_a), format_count(plan$image_bytes_b),
                      format_share(plan$relative_half_width), format_count(plan$build_ns_per_row)))
  smallest <- plan$representation[plan$smallest]
  cat(format(x), "", paste0(text_table(rows), c("", reaches)), "",
      if (length(smallest) == 1) paste("Fewest bytes:", smallest) else "No representation reaches the error.", sep = "\n")
  invisible(x)
}

#' @export
to_json.vesica_plan <- function(x) .Call(C_table_json, main_table(x))

#' @export
main_table.vesica_plan <- function(x) .Call(C_plan_table, x$question)
