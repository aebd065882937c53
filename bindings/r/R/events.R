# Tables of events as columns that events.c and Arrow streams hand to the library.

# Columns that have a part in a study (docs/tables.md), beside dimensions and company_*. Others are never looked at.
event_columns <- c("company", "person", "account", "event", "team", "time", "stage", "reason", "source", "deal", "amount",
                   "currency", "asset", "account_size")

# As numbered in events.c.
event_kinds <- c(text = 0L, factor = 1L, integer = 2L, integer64 = 3L, whole = 4L, amount = 5L, time = 6L, day = 7L)

is_role <- function(names, dimensions) {
  names %in% c(event_columns, dimensions) | startsWith(as.character(names), "company_")
}

# list(list(data, from, to), ...) for study.c.
event_parts <- function(events, mapping, dimensions) {
  several <- is.list(events) && !is.object(events)
  tables <- if (several) events else list(events)
  own <- is.list(mapping) && is.null(names(mapping))
  if (own && length(mapping) != length(tables)) stop_argument("a list of mappings has one for each table")
  lapply(seq_along(tables), function(i) {
    event_part(tables[[i]], check_mapping(if (own) mapping[[i]] else mapping), dimensions)
  })
}

check_mapping <- function(mapping) {
  if (is.null(mapping)) return(character())
  texts <- unlist(mapping, use.names = FALSE)
  if (!is.character(texts) || anyNA(texts) || length(texts) != length(mapping) || is.null(names(mapping)) ||
        any(!nzchar(names(mapping))) || any(Encoding(c(texts, names(mapping))) == "bytes")) {
    stop_argument("`mapping` must say of your columns what they are: c(Email = \"person\", Created = \"time\")")
  }
  structure(as.character(texts), names = names(mapping))
}

event_part <- function(table, mapping, dimensions) {
  stream <- if (!is.data.frame(table)) event_stream(table)
  names <- if (is.null(stream)) names(table) else .Call(C_arrow_column_names, stream)
  from <- as.character(names(mapping))
  for (role in mapping[!is_role(mapping, dimensions)]) {
    turned <- if (any(is_role(from, dimensions))) ". Your names are on the left: c(Email = \"person\")"
    stop_argument("`", role, "` in `mapping` is no column of events", turned)
  }
  absent <- setdiff(from, names)
  if (length(absent) > 0) {
    stop_argument("the events have no column `", absent[[1]], "`, which `mapping` names")
  }
  data <- if (is.null(stream)) event_frame(table, mapping, dimensions) else stream
  list(data, enc2utf8(from), enc2utf8(as.character(mapping)))
}

event_stream <- function(table) {
  if (!is_arrow_like(table) || inherits(table, "ArrowDatum")) {
    stop_argument("events are a data frame, an Arrow table or a list of such, and not of class ", class(table)[[1]])
  }
  stream <- arrow_data(table)
  if (!inherits(stream, "nanoarrow_array_stream") || is.null(.Call(C_arrow_column_names, stream))) {
    stop_argument("events are Arrow record batches, and not one column")
  }
  stream
}

# list(columns, names, kinds, rooms) of the columns that have a part in the study.
event_frame <- function(frame, mapping, dimensions) {
  names <- names(frame)
  roles <- ifelse(names %in% names(mapping), unname(mapping[match(names, names(mapping))]),
                  ifelse(names %in% mapping, NA, names))
  taken <- which(is_role(roles, dimensions))
  if (anyDuplicated(names[taken])) stop_argument("the events have two columns `", names[taken][duplicated(names[taken])][[1]], "`")
  columns <- lapply(taken, function(i) event_column(frame[[i]], names[[i]], roles[[i]]))
  list(lapply(columns, `[[`, 1), enc2utf8(names[taken]), vapply(columns, `[[`, 0L, 2), lapply(taken, function(i) list(NULL)))
}

# list(data, kind) of a column.
event_column <- function(data, name, role) {
  as <- function(kind, data) list(data, event_kinds[[kind]])
  plain <- !is.object(data) || inherits(data, "AsIs")
  if (length(dim(data)) > 1) stop_argument("column `", name, "` has ", length(dim(data)), " dimensions")
  if (is.factor(data)) return(as("factor", data))
  if (is.character(data)) return(as("text", data))
  if (inherits(data, "POSIXt")) return(as("time", in_range(as.double(as.POSIXct(data)), 9e12, name)))
  if (inherits(data, "Date")) return(as("day", in_range(as.double(data), 2^31 - 1, name)))
  if (inherits(data, "integer64")) return(as("integer64", data))
  if (is.logical(data) && plain) return(as("text", as.character(data)))
  if (is.integer(data) && plain) return(as("integer", data))
  if (is.double(data) && plain && role == "amount") return(as("amount", data))
  if (is.double(data) && plain) return(as("whole", whole(data, name)))
  stop_argument("column `", name, "` is of class ", class(data)[[1]], ", which has no meaning here: make text of it")
}

in_range <- function(x, most, name) {
  far <- which(!is.na(x) & abs(x) > most)
  if (length(far) > 0) stop_argument("column `", name, "` has a time that is none", row = far[[1]])
  x
}

whole <- function(x, name) {
  odd <- which(!is.na(x) & !(abs(x) < 2^53 & x == floor(x)))
  if (length(odd) > 0) {
    stop_argument("column `", name, "` has numbers that are not whole or not below 2^53: make text of it", row = odd[[1]])
  }
  x
}
