# All regions of several sets.

#' Count every region of up to 8 sets
#'
#' How many distinct keys are in exactly the sets of each combination: the parts
#' of a Venn diagram. Columns of keys are counted in one pass.
#'
#' @param sets A list of columns of keys (see [vesica_keys]) and audiences, named
#'   as they are to be called; 1 to 8, or 1 to 4 if one is a sketch.
#' @inheritParams overlap
#' @inheritParams vesica_call
#' @return A list of class `vesica_regions`: `regions`, a data frame with one row
#'   a region (`region`, how many `sets` it is in, `in_<name>` for each set,
#'   `count`, `lower`, `upper`); `pairs`, a data frame with the overlap of each
#'   two sets, in columns as the figures of [overlap()]; and beside them what an
#'   overlap has. [as.data.frame()] gives `regions`.
#' @examples
#' r <- regions(list(
#'   brand = c("ann@example.com", "bo@example.com"),
#'   demand = c("bo@example.com", "cy@example.com"),
#'   sales = c("bo@example.com", "dee@example.com")
#' ))
#' r
#' as.data.frame(r)
#' @export
regions <- function(sets, profile = NULL, secret = NULL, country = NULL, hash_bits = 64, encoding = "plain",
                    column = NULL, exact_bytes = FALSE, threads = default_threads(), memory = default_memory(),
                    progress = default_progress()) {
  sets <- as_sets(check_sets(sets), set_names(names(sets), length(sets)), column, encoding)
  handle <- count_regions(sets, profile, hash_bits, secret, country, exact_bytes, threads, memory, progress)
  parts <- answer_parts(handle, .Call(C_answer_stamp, handle))
  structure(c(list(regions = answer_frame(handle, "regions"), pairs = answer_frame(handle, "pairs")), parts,
              list(invalid = invalid_of_sets(handle, parts$sets$name), json = .Call(C_answer_json, handle))),
            class = c("vesica_regions", "vesica_answer"))
}

check_sets <- function(sets) {
  if (!is.list(sets)) stop_argument("`sets` must be a list of columns of keys and audiences")
  sets
}

#' @export
as.data.frame.vesica_regions <- function(x, row.names = NULL, optional = FALSE, ...) x$regions

#' @export
summary.vesica_regions <- function(object, ...) object$regions

#' @export
format.vesica_regions <- function(x, ...) {
  paste0("<vesica regions of ", paste(x$sets$name, collapse = ", "), ">")
}

#' @export
print.vesica_regions <- function(x, ...) {
  filled <- x$regions[x$regions$upper > 0, ]
  rows <- cbind(c("keys in exactly", filled$region),
                c("", format_interval(filled$count, filled$lower, filled$upper, format_count)))
  cat(text_table(rows, indent = 0), if (nrow(filled) < nrow(x$regions)) "(what is not listed is empty)", "",
      pair_lines(x$pairs), reading_lines(x$sets), closing_lines(x), sep = "\n")
  invisible(x)
}

# The overlap of each two sets, a line each.
pair_lines <- function(pairs) {
  if (nrow(pairs) == 0) return(NULL)
  rows <- rbind(c("pairs", "in both", "of first", "of second", "of smaller", "Jaccard", "size ratio"),
                cbind(paste(pairs$a, "&", pairs$b),
                      format_interval(pairs$intersection, pairs$intersection_lower, pairs$intersection_upper, format_count),
                      format_share(pairs$share_of_a), format_share(pairs$share_of_b),
                      format_share(pairs$overlap_coefficient), format_share(pairs$jaccard),
                      format_ratio(pairs$size_ratio)))
  c(text_table(rows, indent = 0), "")
}
