# What overlap(), regions() and overlap_matrix() have in common: sets in, an answer of plain tables out. Only `handle`,
# for JSON of a matrix and for Arrow, lives in the library and dies with saveRDS().

# Numbered as VESICA_TABLE_* in vesica.h.
answer_tables <- c(sets = 1L, regions = 2L, pairs = 3L, warnings = 4L)

answer_table <- function(handle, which) .Call(C_answer_table, handle, answer_tables[[which]])

answer_frame <- function(handle, which) .Call(C_table_data_frame, answer_table(handle, which))

# The sets of a call, each with its own of the arguments that may differ between sets.
as_sets <- function(sets, names, column, encoding) {
  n <- length(sets)
  for (argument in list(column, encoding)) {
    if (!is.null(argument) && (!is.character(argument) || !length(argument) %in% c(1, n))) {
      stop_argument("`column` and `encoding` must be one text for all sets, or one for each")
    }
  }
  own <- function(argument, i) if (length(argument) == 1) argument else argument[[i]]
  lapply(seq_len(n), function(i) {
    list(keys = sets[[i]], column = if (!is.null(column) && !is_audience(sets[[i]])) own(column, i),
         encoding = own(encoding, i), name = names[[i]])
  })
}

# Names for the library, NA where it is to make one up.
set_names <- function(names, n) {
  if (is.null(names)) return(rep(NA_character_, n))
  if (!is.character(names) || length(names) != n || any(Encoding(names) == "bytes")) {
    stop_argument("`names` must be a text for each set")
  }
  replace(enc2utf8(names), names %in% "", NA)
}

set_label <- function(set, i) if (is.na(set$name)) paste("set", i) else set$name

set_sources <- function(sets) {
  lapply(seq_along(sets), function(i) {
    key_source(sets[[i]]$keys, sets[[i]]$column, sets[[i]]$encoding, set_label(sets[[i]], i))
  })
}

# Audiences of all sets: columns of keys become exact ones of the identity that the audiences among the sets have.
set_audiences <- function(sets, profile, hash_bits, secret, country, threads, memory, progress) {
  given <- Find(function(set) is_audience(set$keys), sets)
  identity <- function() {
    if (is.null(given) || !is.null(profile)) identity_of(or_email(profile), hash_bits, secret, country)
    else identity_like(given$keys, secret, country)
  }
  lapply(seq_along(sets), function(i) {
    set <- sets[[i]]
    if (is_audience(set$keys)) return(set$keys)
    build(key_source(set$keys, set$column, set$encoding, set_label(set, i)), identity(), builder_options("exact"),
          threads, memory, progress)
  })
}

or_email <- function(profile) if (is.null(profile)) "email/1" else profile

# The regions of sets, of which some may be audiences.
count_regions <- function(sets, profile, hash_bits, secret, country, exact_bytes, threads, memory, progress) {
  if (length(sets) < 1 || length(sets) > 8) stop_argument("regions are counted of 1 to 8 sets, not ", length(sets))
  if (!is_flag(exact_bytes)) stop_argument("`exact_bytes` must be TRUE or FALSE")
  names <- vapply(sets, function(set) set$name, "")
  if (!any(vapply(sets, function(set) is_audience(set$keys), NA))) {
    sources <- set_sources(sets)
    identity <- identity_of(or_email(profile), hash_bits, secret, country)
    if (any(vapply(sources, reads_stream, NA))) threads <- 1
    work <- function(call) .Call(C_regions_of_keys, sources, names, identity, exact_bytes, call)
    return(run(work, threads, memory, progress))
  }
  if (exact_bytes) stop_argument("`exact_bytes` is for columns of keys: audiences have hashes only")
  audiences <- set_audiences(sets, profile, hash_bits, secret, country, threads, memory, progress)
  run(function(call) .Call(C_regions_of_audiences, audiences, names, call), threads, memory, progress)
}

# What every answer has.
answer_parts <- function(handle, stamp) {
  c(.Call(C_answer_info, handle),
    list(profile = sub(" .*", "", stamp), stamp = stamp, sets = answer_frame(handle, "sets"),
         warnings = answer_frame(handle, "warnings")[[1]], handle = handle))
}

invalid_of_sets <- function(handle, names) {
  each <- lapply(seq_along(names) - 1L, function(set) .Call(C_invalid_rows, handle, set))
  rows <- lengths(lapply(each, `[[`, "reason"))
  column <- function(name, empty) c(empty, unlist(lapply(each, `[[`, name), recursive = FALSE))
  as_frame(list(name = rep(names, rows), reason = column("reason", character()), rows = column("rows", numeric()),
                first_rows = column("first_rows", list())))
}

# How the answer was found, and what to know before trusting it.
closing_lines <- function(x) {
  found <- if (x$exact) {
    paste0("Counted exactly (", x$method, ") under ", x$profile, "; expected false matches: ",
           format(x$expected_false_matches, digits = 4))
  } else {
    paste0("Estimated (", x$method, ") under ", x$profile, "; in parentheses the 95 % intervals")
  }
  c(if (length(x$warnings) > 0) paste("warning:", x$warnings), found)
}

# What was read for the sets for which somebody knows.
reading_lines <- function(sets) {
  known <- sets[!is.na(sets$rows), ]
  if (nrow(known) == 0) return(NULL)
  read <- rbind(c("", known$name), c("rows read", format_count(known$rows)), c("  distinct", format_count(known$count)),
                c("  duplicate", format_count(known$duplicate)), c("  blank", format_count(known$blank)),
                c("  invalid", format_count(known$invalid)))
  c(text_table(read), "")
}

#' Answers as JSON
#'
#' The same text as every other way to use Vesica gives for the same answer, with
#' keys as its manual has them. Row numbers in it count from 0.
#'
#' @param x What [overlap()], [regions()], [overlap_matrix()] or [plan_sketch()]
#'   answered.
#' @return A string of JSON. Of a matrix about 1 KB a pair, asked of the library:
#'   not of a matrix that went through [saveRDS()].
#' @examples
#' o <- overlap("ann@example.com", c("ann@example.com", "bo@example.com"))
#' to_json(o)
#' @export
to_json <- function(x) UseMethod("to_json")

#' @export
to_json.default <- function(x) stop_argument("`x` must be an answer")

#' @export
to_json.vesica_answer <- function(x) if (is.null(x$json)) .Call(C_answer_json, x$handle) else x$json

# The table of an answer that Arrow gets, as a handle.
main_table <- function(x) UseMethod("main_table")

#' @export
main_table.vesica_answer <- function(x) answer_table(x$handle, if (inherits(x, "vesica_regions")) "regions" else "pairs")
