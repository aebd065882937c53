# A figure with its 95 % interval.

#' Estimates
#'
#' A figure with its 95 % interval, as in the answers of this package: a list of
#' `estimate`, `lower` and `upper`. The three are equal where the figure is
#' exact, and `NA` where it is undefined, such as a share of an empty set.
#' `as.numeric()` gives the figure alone.
#'
#' @param x An estimate.
#' @param ... Not used.
#' @examples
#' o <- overlap("ann@example.com", c("ann@example.com", "bo@example.com"))
#' o$jaccard
#' as.numeric(o$jaccard)
#' as.data.frame(o$jaccard)
#' @name vesica_estimate
NULL

# `kind` is how it is written: "count", "share" or "ratio".
new_estimate <- function(x, kind) {
  structure(list(estimate = x[[1]], lower = x[[2]], upper = x[[3]]), class = "vesica_estimate", kind = kind)
}

#' @rdname vesica_estimate
#' @export
format.vesica_estimate <- function(x, ...) {
  as <- switch(attr(x, "kind"), count = format_count, share = format_share, ratio = format_ratio)
  format_interval(x$estimate, x$lower, x$upper, as)
}

#' @rdname vesica_estimate
#' @export
print.vesica_estimate <- function(x, ...) {
  cat(format(x), "\n", sep = "")
  invisible(x)
}

#' @export
as.double.vesica_estimate <- function(x, ...) x$estimate

#' @rdname as.data.frame.vesica_audience
#' @export
as.data.frame.vesica_estimate <- function(x, row.names = NULL, optional = FALSE, ...) {
  data.frame(estimate = x$estimate, lower = x$lower, upper = x$upper)
}
