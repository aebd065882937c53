# Arrow objects, through the structs of the Arrow C interfaces: neither nanoarrow nor arrow is needed to install.

arrow_classes <- c("nanoarrow_array", "nanoarrow_array_stream", "ArrowDatum", "ArrowTabular", "RecordBatchReader",
                   "Dataset", "arrow_dplyr_query")

is_arrow_like <- function(x) is.object(x) && inherits(x, arrow_classes)

# As what source() in keys.c takes: a nanoarrow_array of keys, or a nanoarrow_array_stream.
arrow_data <- function(x) {
  if (inherits(x, "nanoarrow_array_stream")) return(x)
  if (inherits(x, "nanoarrow_array")) {
    return(if (is.null(.Call(C_arrow_column_names, x))) x else nanoarrow::basic_array_stream(list(x)))
  }
  table <- if (inherits(x, "ArrowDatum")) arrow::arrow_table(keys = x) else x
  stream <- .Call(C_arrow_new_stream)
  arrow::as_record_batch_reader(table)$export_to_c(stream)
  stream
}

# The name of the column of keys; NULL of a stream of plain columns.
stream_column <- function(stream, column, name) {
  names <- .Call(C_arrow_column_names, stream)
  if (is.null(names) && !is.null(column)) stop_argument("`column` is for record batches, and `", name, "` is one column")
  if (is.null(names) || !is.null(column)) return(column)
  if (length(names) != 1) {
    stop_argument("`", name, "` has ", length(names), " columns: say which with `column = `")
  }
  names
}

#' Answers as Arrow tables
#'
#' The table of an answer ([regions()] its regions; [overlap()] and
#' [overlap_matrix()] their pairs; [plan_sketch()]) for the packages nanoarrow and
#' arrow, where they are installed. Counts are `uint64`, text is `large_utf8`.
#'
#' @param x An answer.
#' @param ...,schema As the generic has them; a `schema` is not supported.
#' @return What the generic returns.
#' @examplesIf requireNamespace("nanoarrow", quietly = TRUE)
#' r <- regions(list(a = "ann@example.com", b = c("ann@example.com", "bo@example.com")))
#' nanoarrow::as_nanoarrow_array_stream(r)
#' @name vesica_arrow
#' @keywords internal
NULL

arrow_stream <- function(x) .Call(C_table_arrow, main_table(x))

#' @rdname vesica_arrow
#' @exportS3Method nanoarrow::as_nanoarrow_array_stream
as_nanoarrow_array_stream.vesica_answer <- function(x, ..., schema = NULL) arrow_stream(x)

#' @rdname vesica_arrow
#' @exportS3Method nanoarrow::as_nanoarrow_array_stream
as_nanoarrow_array_stream.vesica_plan <- function(x, ..., schema = NULL) arrow_stream(x)

#' @rdname vesica_arrow
#' @exportS3Method arrow::as_record_batch_reader
as_record_batch_reader.vesica_answer <- function(x, ...) arrow::RecordBatchReader$import_from_c(arrow_stream(x))

#' @rdname vesica_arrow
#' @exportS3Method arrow::as_record_batch_reader
as_record_batch_reader.vesica_plan <- function(x, ...) arrow::RecordBatchReader$import_from_c(arrow_stream(x))

#' @rdname vesica_arrow
#' @exportS3Method arrow::as_arrow_table
as_arrow_table.vesica_answer <- function(x, ...) arrow::as_arrow_table(arrow::as_record_batch_reader(x))

#' @rdname vesica_arrow
#' @exportS3Method arrow::as_arrow_table
as_arrow_table.vesica_plan <- function(x, ...) arrow::as_arrow_table(arrow::as_record_batch_reader(x))
