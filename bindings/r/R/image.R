# Audiences as bytes.

#' Save and load audiences
#'
#' An audience as a file or as raw bytes: the same bytes for the same keys on
#' every machine, in every language, in any order of building. They hold hashes,
#' not keys; but who has them can test guesses against them unless they were made
#' with a `secret`. What was read for an audience ([quality()]) is not saved.
#'
#' @param x An audience; of `audience_from_raw()` a raw vector.
#' @param path A file, such as `"crm.vsc"`. It is written beside and then moved
#'   into place, so that it is whole or not there.
#' @inheritParams vesica_call
#' @return `save_audience()`: `x`, invisibly. `load_audience()` and
#'   `audience_from_raw()`: an audience. `as.raw()`: a raw vector.
#' @examples
#' a <- audience(c("ann@example.com", "bo@example.com"))
#' path <- tempfile(fileext = ".vsc")
#' save_audience(a, path)
#' load_audience(path)
#' audience_from_raw(as.raw(a))
#' inspect_audience(path)$size_bytes
#' @export
save_audience <- function(x, path) {
  image <- .Call(C_image_save, check_audience(x, "x"))
  check_path(path)
  part <- tempfile(".part", dirname(path))
  on.exit(unlink(part))
  in_file(path, {
    writeBin(image, part)
    if (file.size(part) != length(image) || !file.rename(part, path)) stop("not written")
  })
  invisible(x)
}

#' @rdname save_audience
#' @export
load_audience <- function(path, memory = default_memory(), progress = default_progress()) {
  audience_from_raw(read_image(path), memory, progress)
}

#' @rdname save_audience
#' @export
audience_from_raw <- function(x, memory = default_memory(), progress = default_progress()) {
  if (!is.raw(x)) stop_argument("`x` must be a raw vector")
  run(function(call) .Call(C_image_load, x, call), memory = memory, progress = progress)
}

#' @rdname save_audience
#' @method as.raw vesica_audience
#' @export
as.raw.vesica_audience <- function(x) .Call(C_image_save, x)

#' What a saved audience is
#'
#' @param x A file, a raw vector, or an audience.
#' @return A list: `representation`, `profile`, `stamp` (two audiences can be
#'   compared if theirs are equal), `hash_bits`, `size_bytes`, `entries` (hashes
#'   or cells kept, or registers that a key hit), `sketch_bytes`,
#'   `mantissa_bits`, `exact_count` (of a sketch that carries one) and
#'   `format_version`.
#' @examples
#' a <- audience("ann@example.com", representation = "minhash")
#' str(inspect_audience(as.raw(a)))
#' @export
inspect_audience <- function(x) {
  if (is_audience(x)) return(describe(x))
  if (is_text(x)) x <- read_image(x)
  if (!is.raw(x)) stop_argument("`x` must be a file, a raw vector or an audience")
  readable_info(.Call(C_image_inspect, x))
}

check_path <- function(path) if (!is_text(path) || !nzchar(path)) stop_argument("`path` must be the name of a file")

read_image <- function(path) {
  check_path(path)
  in_file(path, {
    size <- file.size(path)
    if (is.na(size) || dir.exists(path)) stop("no such file")
    readBin(path, "raw", size)
  })
}

# What goes wrong with a file becomes vesica_io; its warnings say no more.
in_file <- function(path, work) {
  tryCatch(suppressWarnings(work), error = function(e) abort(10, paste0("cannot read or write ", path)))
}
