# The overlap of every pair of many sets.

#' The overlap of every pair of sets
#'
#' @param sets A list of 2 to 1024 audiences and columns of keys, named as they
#'   are to be called. Of a column an exact audience is made first.
#' @inheritParams overlap
#' @inheritParams vesica_call
#' @return A list of class `vesica_matrix`: `pairs`, a data frame with one row for
#'   each two sets, in columns as the figures of [overlap()], and beside it what
#'   an overlap has. [as.data.frame()] gives `pairs`, [as.matrix()] a square of
#'   one figure.
#' @examples
#' m <- overlap_matrix(list(
#'   january = c("ann@example.com", "bo@example.com"),
#'   february = c("bo@example.com", "cy@example.com"),
#'   march = "bo@example.com"
#' ))
#' m
#' as.matrix(m, "intersection")
#' as.data.frame(m)[, c("a", "b", "jaccard")]
#' @export
overlap_matrix <- function(sets, profile = NULL, secret = NULL, country = NULL, hash_bits = 64, encoding = "plain",
                           column = NULL, threads = default_threads(), memory = default_memory(),
                           progress = default_progress()) {
  n <- length(check_sets(sets))
  if (n < 2 || n > 1024) stop_argument("a matrix is of 2 to 1024 sets, not ", n)
  labels <- set_names(names(sets), n)
  sets <- as_sets(sets, labels, column, encoding)
  audiences <- set_audiences(sets, profile, hash_bits, secret, country, threads, memory, progress)
  handle <- run(function(call) .Call(C_matrix_of_audiences, audiences, labels, call), threads, memory, progress)
  structure(c(list(pairs = answer_frame(handle, "pairs")), answer_parts(handle, describe(audiences[[1]])$stamp)),
            class = c("vesica_matrix", "vesica_answer"))
}

#' @export
as.data.frame.vesica_matrix <- function(x, row.names = NULL, optional = FALSE, ...) x$pairs

#' A figure of every pair as a matrix
#'
#' @param x What [overlap_matrix()] or [regions()] answered.
#' @param figure A figure that is the same either way round:
#'   `"overlap_coefficient"`, `"intersection"`, `"union"`, `"jaccard"` or
#'   `"dice"`; or `"share"`, the share of the row's set that is in the column's.
#' @param ... Not used.
#' @return A square matrix with the names of the sets.
#' @examples
#' m <- overlap_matrix(list(a = "ann@example.com", b = c("ann@example.com", "bo@example.com")))
#' as.matrix(m)
#' as.matrix(m, "share")
#' @export
as.matrix.vesica_matrix <- function(x, figure = "overlap_coefficient", ...) {
  known <- c("overlap_coefficient", "intersection", "union", "jaccard", "dice", "share")
  if (!is_text(figure) || !figure %in% known) {
    stop_argument("`figure` must be one of ", paste0("\"", known, "\"", collapse = ", "))
  }
  n <- nrow(x$sets)
  sizes <- x$sets$count
  diagonal <- if (figure %in% c("intersection", "union")) sizes else ifelse(sizes > 0, 1, NA)
  square <- diag(diagonal, n)
  dimnames(square) <- list(x$sets$name, x$sets$name)
  # Pairs come as (1, 2), (1, 3), ..., (2, 3), ...: down the columns of the lower triangle.
  below <- lower.tri(square)
  square[below] <- x$pairs[[if (figure == "share") "share_of_b" else figure]]
  square <- t(square)
  square[below] <- x$pairs[[if (figure == "share") "share_of_a" else figure]]
  t(square)
}

#' @rdname as.matrix.vesica_matrix
#' @export
as.matrix.vesica_regions <- as.matrix.vesica_matrix

#' @export
summary.vesica_matrix <- function(object, ...) object$pairs

#' @export
format.vesica_matrix <- function(x, ...) paste0("<vesica matrix of ", nrow(x$sets), " sets>")

#' @export
print.vesica_matrix <- function(x, n = 10, ...) {
  shown <- utils::head(x$pairs, n)
  cat(pair_lines(shown), if (nrow(shown) < nrow(x$pairs)) {
    c(paste("...", format_count(nrow(x$pairs) - nrow(shown)), "more pairs: as.data.frame() has all"), "")
  }, closing_lines(x), sep = "\n")
  invisible(x)
}
