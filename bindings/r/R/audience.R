# Audiences: sets of keys that are kept.

#' Make an audience
#'
#' An audience is an immutable set of keys under one profile: exact, or a sketch
#' of a few kilobytes. Audiences of one profile, hash width and secret can be
#' compared ([overlap()]), combined (`a | b`, `a & b`, `a - b`, [merge()]
#' [merge.vesica_audience]) and saved ([save_audience()]).
#'
#' An audience lives in memory of the library. It does not survive [saveRDS()]
#' or [save()]: save it with [save_audience()], or keep [as.raw()] of it.
#'
#' @param keys One key a row: a vector, a data frame with `column`, or an Arrow
#'   object. See [vesica_keys].
#' @param profile The rule that makes two keys the same; see [profiles()].
#' @param representation `"exact"` keeps every hash; `"minhash"` has the
#'   smallest error for its bytes; `"hyperloglog"` has a fixed size also while it
#'   is built and is the fastest to merge.
#' @param bytes Size of a sketch, 16384 unless told otherwise. MinHash: most
#'   bytes of the saved image, 1024 to 4194304; a set whose hashes fit stays
#'   exact. HyperLogLog: the largest power of two of registers that fits, 16 to
#'   1048576. [plan_sketch()] says how many it takes.
#' @param secret 16 random bytes or more, raw or as a string: hashes are keyed
#'   with it. It protects what is kept from third parties, not from a partner who
#'   holds it too.
#' @param country ISO 3166-1 code of two letters, such as `"DE"`, for profiles of
#'   phone numbers.
#' @param hash_bits 64 or 128.
#' @param plain_registers `TRUE` for the HyperLogLog of the literature, whose
#'   registers have no mantissa bits.
#' @inheritParams vesica_keys
#' @inheritParams vesica_call
#' @return An object of class `vesica_audience`.
#' @seealso [audience_count()], [quality()], [contains()]
#' @examples
#' a <- audience(c("ann@example.com", " Ann@Example.com ", "bo@example.com", NA))
#' a
#' length(a)
#' quality(a)
#'
#' # a sketch of 16 KiB, whatever the number of keys
#' audience(sprintf("person%d@example.com", 1:1e5), representation = "minhash")
#' @export
audience <- function(keys, profile = "email/1", representation = c("exact", "minhash", "hyperloglog"), bytes = NULL,
                     secret = NULL, country = NULL, hash_bits = 64, encoding = "plain", threads = default_threads(),
                     memory = default_memory(), progress = default_progress(), column = NULL,
                     plain_registers = FALSE) {
  source <- key_source(keys, column, encoding)
  identity <- identity_of(profile, hash_bits, secret, country)
  options <- builder_options(if (missing(representation)) "exact" else representation, bytes, plain_registers)
  build(source, identity, options, threads, memory, progress)
}

build <- function(source, identity, options, threads, memory, progress) {
  if (reads_stream(source)) threads <- 1
  run(function(call) .Call(C_audience_build, source, identity, options, call), threads, memory, progress)
}

reads_stream <- function(source) inherits(source[[1]], "nanoarrow_array_stream")

representations <- c(exact = 0L, minhash = 1L, hyperloglog = 2L)

# list(representation, bytes, plain_registers) for builder_options() in audience.c.
builder_options <- function(representation, bytes = NULL, plain_registers = FALSE) {
  if (!is_text(representation) || !representation %in% names(representations)) {
    stop_argument("`representation` must be \"exact\", \"minhash\" or \"hyperloglog\"")
  }
  if (!is.null(bytes) && (!is_number(bytes) || bytes < 1 || bytes > 2^52)) {
    stop_argument("`bytes` must be a number of bytes, or NULL for 16384")
  }
  if (!is_flag(plain_registers)) stop_argument("`plain_registers` must be TRUE or FALSE")
  list(representations[[representation]], if (is.null(bytes)) NA_real_ else as.numeric(bytes), plain_registers)
}

is_audience <- function(x) inherits(x, "vesica_audience")

check_audience <- function(x, name) {
  if (!is_audience(x)) stop_argument("`", name, "` must be an audience, as audience() makes it")
  x
}

# What an image of the audience would say of itself.
describe <- function(x) readable_info(.Call(C_audience_describe, x))

readable_info <- function(info) {
  info$representation <- names(representations)[match(info$representation, representations)]
  info
}

#' How many keys an audience has
#'
#' @param x An audience.
#' @return `audience_count()`: an estimate with its 95 % interval, a list of
#'   `estimate`, `lower` and `upper` of class `vesica_estimate`; the three are
#'   equal where the count is exact. `length()`: the number of keys of an exact
#'   audience; an error of class `vesica_unsupported` for a sketch, whose number
#'   is not known exactly.
#' @examples
#' a <- audience(sprintf("person%d@example.com", 1:50000), representation = "minhash")
#' audience_count(a)
#' as.numeric(audience_count(a))
#' @export
audience_count <- function(x) new_estimate(.Call(C_audience_count, check_audience(x, "x")), "count")

#' @rdname audience_count
#' @export
length.vesica_audience <- function(x) {
  if (describe(x)$representation != "exact") {
    abort(11, "the number of keys of a sketch is an estimate: ask audience_count()")
  }
  .Call(C_audience_count, x)[[1]]
}

#' Is a key in an audience?
#'
#' @param x An exact audience.
#' @param keys Keys, as for [audience()]; not an Arrow stream.
#' @param country,secret As the audience was made with.
#' @inheritParams vesica_keys
#' @inheritParams vesica_call
#' @return A logical vector as long as `keys`: `FALSE` also for blank and invalid
#'   keys.
#' @examples
#' a <- audience(c("ann@example.com", "bo@example.com"))
#' contains(a, c("ANN@example.com", "cy@example.com", NA))
#' @export
contains <- function(x, keys, secret = NULL, country = NULL, encoding = "plain", column = NULL,
                     threads = default_threads(), memory = default_memory(), progress = default_progress()) {
  identity <- identity_like(check_audience(x, "x"), secret, country)
  source <- key_source(keys, column, encoding)
  run(function(call) .Call(C_audience_contains, x, source, identity, call), threads, memory, progress)
}

# The identity of keys that are to meet an audience. What the audience does not tell has to be given: its secret.
identity_like <- function(x, secret = NULL, country = NULL) {
  about <- describe(x)
  parts <- strsplit(about$profile, ";country=", fixed = TRUE)[[1]]
  if (is.null(country) && length(parts) > 1) country <- parts[[2]]
  identity_of(parts[[1]], about$hash_bits, secret, country)
}

#' @export
print.vesica_audience <- function(x, ...) {
  cat(format(x, ...), sep = "\n")
  invisible(x)
}

#' @export
format.vesica_audience <- function(x, ...) {
  if (is_dead(x)) return("<vesica audience: dead, as it was saved with saveRDS() or save()>")
  about <- describe(x)
  what <- switch(about$representation, exact = "exact", minhash = "MinHash", hyperloglog = "HyperLogLog")
  keys <- format(audience_count(x))
  paste0("<vesica audience: ", keys, if (keys == "1") " key, " else " keys, ", what, ", ", about$profile, ">")
}

is_dead <- function(x) tryCatch(is.null(.Call(C_audience_count, x)), vesica_invalid_argument = function(e) TRUE)

#' @importFrom utils str
#' @export
str.vesica_audience <- function(object, ...) cat("", format(object), "\n")

#' @export
summary.vesica_audience <- function(object, ...) {
  structure(c(list(count = audience_count(object)), describe(object), list(quality = quality(object))),
            class = "vesica_audience_summary")
}

#' @export
print.vesica_audience_summary <- function(x, ...) {
  size <- paste0(format_count(x$size_bytes), " bytes saved")
  if (x$sketch_bytes > 0) size <- paste0(size, ", at most ", format_count(x$sketch_bytes), " asked for")
  lines <- rbind(c("keys", format(x$count)), c("representation", x$representation), c("size", size),
                 c("profile", x$profile), c("stamp", x$stamp))
  cat(text_table(lines, indent = 0, align = "left"), sep = "\n")
  if (!is.na(x$quality$rows)) cat(quality_line(x$quality), sep = "\n")
  invisible(x)
}

#' Audiences as data frames
#'
#' @param x An audience, or an estimate.
#' @param row.names,optional,... Not used.
#' @return A data frame of one row. Of an audience: `representation`, `profile`,
#'   `count`, `lower`, `upper`, and what [quality()] says. Of an estimate:
#'   `estimate`, `lower`, `upper`.
#' @examples
#' as.data.frame(audience(c("ann@example.com", NA)))
#' @export
as.data.frame.vesica_audience <- function(x, row.names = NULL, optional = FALSE, ...) {
  about <- describe(x)
  count <- audience_count(x)
  read <- quality(x)
  data.frame(representation = about$representation, profile = about$profile, count = count$estimate,
             lower = count$lower, upper = count$upper, read[names(read) != "count"])
}
