# The overlap of two sets.

#' How far two audiences overlap
#'
#' Give two columns of keys, or audiences, or one of each. Two columns are
#' counted in one pass, without building audiences; a column beside an audience
#' is read under its profile.
#'
#' @param a,b Columns of keys (see [vesica_keys]) or audiences.
#' @param profile The rule that makes two keys the same; see [profiles()]. By
#'   default that of the audiences among the sets, and `"email/1"` where all are
#'   columns.
#' @param names What the sets are called in the answer. By default what they are
#'   called in the call.
#' @param exact_bytes `TRUE` to compare keys wherever their hashes agree, so that
#'   there is no false match; for columns only.
#' @param column,encoding See [vesica_keys]: one text for all sets, or one for
#'   each.
#' @inheritParams audience
#' @inheritParams vesica_call
#' @return A list of class `vesica_overlap`. Its figures are estimates (see
#'   [vesica_estimate]):
#'
#'   - `size_a`, `size_b`, `intersection`, `union`: numbers of distinct keys;
#'   - `share_of_a`, `share_of_b`: of each set, what is in the other;
#'   - `overlap_coefficient`: the intersection over the smaller set, the headline;
#'   - `jaccard`, `dice`;
#'   - `size_ratio`: `size_a` over `size_b`.
#'
#'   Beside them: `exact`, `method`, `expected_false_matches` (keys merged because
#'   their hashes agree), `design_error` (relative standard error of the
#'   intersection that such sketches promise before their data),
#'   `below_resolution` (the interval reaches from 0 to half of the smaller set or
#'   more), `profile`, `stamp`, `sets` (see [quality()]) and `warnings`.
#'
#'   [as.data.frame()] has one row a figure. The object is plain data, which
#'   [saveRDS()] keeps; only the way to Arrow is lost.
#' @examples
#' crm <- data.frame(email = c("ann@example.com", "bo@example.com", "bo@example.com", NA))
#' ads <- data.frame(email = c(" Ann@Example.com ", "cy@example.com"))
#' o <- overlap(crm$email, ads$email)
#' o
#' o$overlap_coefficient$estimate
#' as.data.frame(o)
#'
#' # one list is hashed already
#' hashed <- canonicalize(ads$email, profile = "linkedin-email/1")
#' overlap(crm$email, hashed, profile = "linkedin-email/1", encoding = c("plain", "hex"))$intersection
#' @export
overlap <- function(a, b, profile = NULL, names = NULL, secret = NULL, country = NULL, hash_bits = 64,
                    encoding = "plain", column = NULL, exact_bytes = FALSE, threads = default_threads(),
                    memory = default_memory(), progress = default_progress()) {
  if (is.null(names)) names <- c(label_of(substitute(a)), label_of(substitute(b)))
  sets <- as_sets(list(a, b), set_names(names, 2), column, encoding)
  new_overlap(count_regions(sets, profile, hash_bits, secret, country, exact_bytes, threads, memory, progress))
}

# `crm`, `crm$email` and `crm[["email"]]` as text. Nothing else, as it may hold keys.
label_of <- function(expression) {
  plain <- function(e) is.name(e) && !identical(e, quote(.)) ||
    is.call(e) && (identical(e[[1]], quote(`$`)) || identical(e[[1]], quote(`[[`))) && length(e) == 3 && plain(e[[2]]) &&
      (is.name(e[[3]]) || is.character(e[[3]]))
  if (plain(expression)) paste(deparse(expression), collapse = "") else NA_character_
}

figure_kinds <- c(size_a = "count", size_b = "count", intersection = "count", union = "count", share_of_a = "share",
                  share_of_b = "share", overlap_coefficient = "share", jaccard = "share", dice = "share",
                  size_ratio = "ratio")

# The figures of row `i` of a table of pairs.
figures_of <- function(pairs, i) {
  figure <- function(name) {
    new_estimate(c(pairs[[name]][[i]], pairs[[paste0(name, "_lower")]][[i]], pairs[[paste0(name, "_upper")]][[i]]),
                 figure_kinds[[name]])
  }
  sapply(names(figure_kinds), figure, simplify = FALSE)
}

new_overlap <- function(handle) {
  pairs <- answer_frame(handle, "pairs")
  parts <- answer_parts(handle, .Call(C_answer_stamp, handle))
  structure(c(figures_of(pairs, 1), list(design_error = pairs$design_error), parts,
              list(invalid = invalid_of_sets(handle, parts$sets$name), json = .Call(C_answer_json, handle))),
            class = c("vesica_overlap", "vesica_answer"))
}

#' @export
as.data.frame.vesica_overlap <- function(x, row.names = NULL, optional = FALSE, ...) {
  figures <- x[names(figure_kinds)]
  part <- function(name) unname(vapply(figures, function(figure) figure[[name]], 0))
  data.frame(figure = names(figures), estimate = part("estimate"), lower = part("lower"), upper = part("upper"))
}

#' @export
summary.vesica_overlap <- function(object, ...) as.data.frame(object)

#' @export
format.vesica_overlap <- function(x, ...) headline(x)

#' @export
print.vesica_overlap <- function(x, ...) {
  names <- x$sets$name
  only <- function(size) format_count(size$estimate - x$intersection$estimate)
  sizes <- rbind(c("", names),
                 c("distinct keys", format(x$size_a), format(x$size_b)),
                 c("in both", format(x$intersection), format(x$intersection)),
                 c("only here", only(x$size_a), only(x$size_b)),
                 c("share in both", format(x$share_of_a), format(x$share_of_b)))
  ratios <- rbind(c("overlap coefficient", format(x$overlap_coefficient), "in both, of the smaller set"),
                  c("Jaccard", format(x$jaccard),
                    paste("in both, of the", format_count(x$union$estimate), "keys in either")),
                  c("Dice", format(x$dice), "in both twice, of both sizes added"),
                  c("size ratio", ratio_text(x), larger_text(x)))
  cat(headline(x), "", text_table(sizes), "", text_table(ratios, align = "left"), "", reading_lines(x$sets),
      closing_lines(x), sep = "\n")
  invisible(x)
}

headline <- function(x) {
  names <- x$sets$name
  a_smaller <- isTRUE(x$size_a$estimate <= x$size_b$estimate)
  smaller <- if (a_smaller) 1 else 2
  if (is.na(x$overlap_coefficient$estimate)) {
    return(paste0("The overlap is undefined: ", names[[smaller]], " holds no valid key."))
  }
  size <- if (a_smaller) x$size_a else x$size_b
  paste0(format_count(x$intersection$estimate), " of the ", format_count(size$estimate), " keys in ", names[[smaller]],
         " are also in ", names[[3 - smaller]], ": ", format_share(x$overlap_coefficient$estimate))
}

# As the larger over the smaller, and which that is.
ratio_text <- function(x) {
  ratio <- x$size_ratio$estimate
  if (is.na(ratio) || ratio == 0) "undefined" else paste(format_ratio(max(ratio, 1 / ratio)), ": 1")
}

larger_text <- function(x) {
  ratio <- x$size_ratio$estimate
  if (is.na(ratio) || ratio %in% c(0, 1)) "" else paste(x$sets$name[[if (ratio > 1) 1 else 2]], "is the larger")
}
