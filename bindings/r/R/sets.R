# Audiences made of audiences.

#' Set operations on audiences
#'
#' `a | b`, `a & b` and `a - b` are the union, the intersection and the keys of
#' `a` that are not in `b`. The functions do the same and take arguments. All
#' need audiences of one profile, hash width and secret. Of sketches there is
#' only the union, of two of one kind; the result has the size of the smaller.
#'
#' [union()], [intersect()] and [setdiff()] of base R take vectors and are left
#' alone; those of the package generics (and so of dplyr and lubridate) work on
#' audiences.
#'
#' @param a,b Audiences.
#' @inheritParams vesica_call
#' @return An audience. What was read for it is not known: [quality()] has `NA`.
#' @seealso [merge.vesica_audience()] for more than two.
#' @examples
#' a <- audience(c("ann@example.com", "bo@example.com"))
#' b <- audience(c("bo@example.com", "cy@example.com"))
#' a | b
#' length(a & b)
#' contains(a - b, c("ann@example.com", "bo@example.com"))
#' @name set_operations
NULL

combine <- function(a, b, operation, threads, memory, progress) {
  check_audience(a, "a")
  check_audience(b, "b")
  run(function(call) .Call(C_audience_combine, a, b, operation, call), threads, memory, progress)
}

#' @rdname set_operations
#' @export
audience_union <- function(a, b, threads = default_threads(), memory = default_memory(), progress = default_progress()) {
  combine(a, b, 0L, threads, memory, progress)
}

#' @rdname set_operations
#' @export
audience_intersect <- function(a, b, threads = default_threads(), memory = default_memory(),
                               progress = default_progress()) {
  combine(a, b, 1L, threads, memory, progress)
}

#' @rdname set_operations
#' @export
audience_setdiff <- function(a, b, threads = default_threads(), memory = default_memory(),
                             progress = default_progress()) {
  combine(a, b, 2L, threads, memory, progress)
}

#' @export
Ops.vesica_audience <- function(e1, e2) {
  operation <- switch(.Generic, "|" = audience_union, "&" = audience_intersect, "-" = audience_setdiff)
  if (is.null(operation) || missing(e2)) stop_argument("`", .Generic, "` is not defined for audiences: | & - are")
  operation(e1, e2)
}

#' @exportS3Method generics::union
union.vesica_audience <- function(x, y, ...) audience_union(x, y, ...)

#' @exportS3Method generics::intersect
intersect.vesica_audience <- function(x, y, ...) audience_intersect(x, y, ...)

#' @exportS3Method generics::setdiff
setdiff.vesica_audience <- function(x, y, ...) audience_setdiff(x, y, ...)

#' Merge audiences
#'
#' One audience of the keys of several: what an audience of all their rows
#' together would be, to the byte. What was read for them is added up.
#'
#' @param x,y,... Audiences of one profile, hash width and secret: exact ones,
#'   and sketches of one kind.
#' @param representation,bytes Of the result. By default the kind and the
#'   smallest size of the sketches among the audiences; exact if all are exact.
#' @inheritParams vesica_call
#' @return An audience.
#' @examples
#' january <- audience(c("ann@example.com", "bo@example.com"), representation = "hyperloglog")
#' february <- audience("cy@example.com", representation = "hyperloglog")
#' march <- audience("ann@example.com", representation = "hyperloglog")
#' merge(january, february, march)
#' do.call(merge, list(january, february, march))
#' @export
merge.vesica_audience <- function(x, y, ..., representation = NULL, bytes = NULL, threads = default_threads(),
                                  memory = default_memory(), progress = default_progress()) {
  audiences <- if (missing(y)) list(x, ...) else list(x, y, ...)
  for (audience in audiences) check_audience(audience, "...")
  options <- merged_options(lapply(audiences, describe), representation, bytes)
  run(function(call) .Call(C_audience_merge, audiences, options, call), threads, memory, progress)
}

merged_options <- function(about, representation, bytes) {
  sketches <- Filter(function(a) a$representation != "exact", about)
  plain <- FALSE
  if (length(sketches) > 0) {
    if (is.null(representation)) representation <- sketches[[1]]$representation
    if (is.null(bytes)) bytes <- min(vapply(sketches, function(a) a$sketch_bytes, 0))
    plain <- representation == "hyperloglog" && any(vapply(sketches, function(a) a$mantissa_bits == 0L, NA))
  }
  builder_options(if (is.null(representation)) "exact" else representation, bytes, plain)
}

#' Make a sketch of an audience
#'
#' A sketch of an exact audience, which carries its exact count into estimates
#' until it is merged; or a smaller sketch of a sketch of the same kind.
#'
#' @param x An audience.
#' @param representation `"minhash"` or `"hyperloglog"`.
#' @inheritParams audience
#' @inheritParams vesica_call
#' @return An audience.
#' @examples
#' all <- audience(sprintf("person%d@example.com", 1:50000))
#' sketch(all, bytes = 4096)
#' @export
sketch <- function(x, representation = c("minhash", "hyperloglog"), bytes = NULL, plain_registers = FALSE,
                   threads = default_threads(), memory = default_memory(), progress = default_progress()) {
  check_audience(x, "x")
  options <- builder_options(if (missing(representation)) "minhash" else representation, bytes, plain_registers)
  run(function(call) .Call(C_audience_sketch, x, options, call), threads, memory, progress)
}
