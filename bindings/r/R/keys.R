# R objects as keys.

#' Columns of keys
#'
#' What [audience()], [overlap()], [regions()] and [contains()] take as keys:
#' one key a row.
#'
#' | keys | |
#' |---|---|
#' | character | text in any encoding, compared as UTF-8; strings marked as `"bytes"` are taken as they are |
#' | factor | its text |
#' | integer, [bit64::integer64] | for `int64/1` |
#' | double | whole numbers below 2^53, for `int64/1`; others are an error |
#' | list of raw vectors | bytes; with `encoding = "raw"` SHA-256 digests of 32 bytes |
#' | data frame, tibble, data.table | of one column, or that named by `column` |
#' | Arrow | `nanoarrow_array`, `nanoarrow_array_stream`, and what `arrow` or `nanoarrow` makes a stream of, such as arrow's `Array`, `ChunkedArray`, `Table`, `RecordBatchReader`; read without copying |
#'
#' `NA`, `NULL` in a list and `""` are blank: counted, and never a key. So is a
#' vector of `NA` only, whatever its type. Other classes, such as `Date` and
#' `logical`, are an error: what their keys are, you have to say with
#' `as.character()`.
#'
#' Text is never copied. A factor is read level by level. An Arrow stream can
#' be read once, and a call that reads one runs on one thread, as producers of
#' streams may call R.
#'
#' @param column Of a data frame or a stream of record batches: the name of the
#'   column of keys. Not needed if there is only one.
#' @param encoding How text is written: `"plain"`, or for SHA-256 digests
#'   `"hex"` or `"base64"`; `"raw"` for digests in a list of raw vectors.
#' @name vesica_keys
#' @keywords internal
NULL

encodings <- c(plain = 0L, hex = 1L, base64 = 2L, raw = 3L)

# list(data, column, encoding, room) for source() in keys.c, which keeps memory in `room`. `name` is what errors call the keys.
key_source <- function(keys, column = NULL, encoding = "plain", name = "keys") {
  if (!is_text(encoding) || !encoding %in% names(encodings)) {
    stop_argument("`encoding` must be \"plain\", \"hex\", \"base64\" or \"raw\"")
  }
  if (!is.null(column) && !is_text(column)) stop_argument("`column` must be the name of a column")
  data <- key_data(keys, column, name)
  if (encoding == "raw" && !is_arrow_like(data) && !is.list(data)) {
    stop_argument("`encoding = \"raw\"` is for a list of raw vectors, and `", name, "` is none")
  }
  list(data, if (inherits(data, "nanoarrow_array_stream")) stream_column(data, column, name), encodings[[encoding]], list(NULL))
}

key_data <- function(keys, column, name) {
  if (is.data.frame(keys)) return(key_data(data_frame_column(keys, column, name), NULL, name))
  if (is_arrow_like(keys)) return(arrow_data(keys))
  if (!is.null(column)) stop_argument("`column` is for data frames and record batches, and `", name, "` is neither")
  if (is.null(keys)) stop_argument("`", name, "` is NULL: is there such a column?")
  if (length(dim(keys)) > 1) stop_argument("`", name, "` has ", length(dim(keys)), " dimensions: give one column of it")
  if (is.factor(keys) || is.character(keys)) return(keys)
  if (is.logical(keys) && all(is.na(keys))) return(rep(NA_character_, length(keys)))
  plain <- !is.object(keys) || inherits(keys, "AsIs")
  if ((is.integer(keys) || is.double(keys)) && (plain || inherits(keys, "integer64"))) return(keys)
  if (is.list(keys) && (plain || inherits(keys, c("vctrs_list_of", "blob")))) return(keys)
  stop_argument("`", name, "` is of class ", class(keys)[[1]], ", which holds no keys: make text of it, or whole numbers")
}

data_frame_column <- function(frame, column, name) {
  if (is.null(column) && length(frame) == 1) return(frame[[1]])
  if (is.null(column)) {
    stop_argument("`", name, "` has ", length(frame), " columns: say which with `column = `, or give the column itself")
  }
  found <- which(names(frame) == column)
  if (length(found) != 1) {
    stop_argument("`", name, "` has ", if (length(found) > 0) "several columns" else "no column", " of that name")
  }
  frame[[found]]
}
