# Studies: one table of events in, the tables of alignment out.

#' What marketing and sales did with people
#'
#' A study takes events (somebody was reached by marketing, contacted by sales,
#' responded, entered a stage, ...) and gives the tables of alignment: the circles
#' of the teams and what they share, segments, gaps, recency, hand-off, revenue
#' and more. [study_tables()] lists the tables, [study_options()] the options.
#'
#' @param events A data frame, tibble or data.table with one row an event; an
#'   Arrow table or stream of record batches; or a list of several of these.
#'   Columns, of which only `person` and `event` are needed: `person` (the key of
#'   a person under `profile`), `event` (`targeted`, `exposed`, `engaged`,
#'   `contacted`, `responded`, `in_market`, `stage`, `deal`, `asset_created`,
#'   `asset_used`), `team` (`brand`, `demand`, `marketing`, `sales`), `time`,
#'   `company`, `account`, `account_size`, `stage`, `reason`, `source`, `deal`,
#'   `amount`, `currency`, `asset`, `company_*`, and those of `by`. Others are
#'   not looked at. Rows may come in any order.
#'
#'   Text may be character or a factor. A `POSIXct` or a `Date` is a time as it
#'   is; text without an offset from UTC needs the option `zone`. Numbers,
#'   [bit64::integer64] among them, are ids, or times in seconds or milliseconds
#'   since 1970.
#' @param mapping Your columns and what they are: `c(Email = "person", "Created
#'   Date" = "time")`. For a list of tables also an unnamed list with the mapping
#'   of each.
#' @param by Columns that are dimensions of people, such as
#'   `c("region", "industry")`.
#' @param ... Options by name, such as `exposure_window = "30d"` or
#'   `as.difftime(30, units = "days")`, `as_of = as.Date("2026-06-30")`,
#'   `min_cell = 5`, `stages = c("MQL", "SQL", "Won")`, `by_pairs =
#'   list(c("region", "industry"))`. See [study_options()].
#' @param tables Names of the tables to make; all unless given.
#' @param spill A folder for events for which `memory` has no room.
#' @inheritParams audience
#' @inheritParams vesica_call
#' @return A list of class `vesica_study` with a data frame for each table:
#'   `s$circles` or `s[["circles"]]`. `s$settings` has every option and
#'   `s$warnings` what to know before trusting the tables. Counts are numbers,
#'   shares are between 0 and 1, and what is undefined is `NA`, never 0. `company`
#'   is `NA` in the row of all companies.
#'
#'   [as.data.frame()] gives `circles`, or the table that is named; [summary()]
#'   lists the tables; [quality()] says how many rows were read and taken and
#'   [invalid_rows()] why others were not; [to_json()] writes all of it as every
#'   other way to use Vesica does; [plot()][plot.vesica_study()] draws three of
#'   the tables; [report()] writes a page with all pictures. [saveRDS()] keeps the tables, and loses the ways to JSON and
#'   Arrow.
#' @examples
#' events <- data.frame(
#'   person = c("ann@example.com", "bo@example.com", "bo@example.com", "cy@example.com"),
#'   event = c("exposed", "exposed", "contacted", "contacted"),
#'   team = c("brand", "demand", "sales", "sales"),
#'   time = as.Date("2026-01-05") + c(0, 1, 8, 9),
#'   region = c("EE", "EE", "EE", "FI")
#' )
#' s <- study(events, by = "region", min_support = 1)
#' s
#' s$circles[, c("a", "b", "n_a", "n_b", "n_both", "share_of_b")]
#' s$gaps[, c("dimensions", "values", "n_sales", "n_missed")]
#' @export
study <- function(events, mapping = NULL, by = NULL, ..., tables = NULL, profile = "email/1", secret = NULL,
                  country = NULL, spill = NULL, threads = default_threads(), memory = default_memory(),
                  progress = default_progress()) {
  settings <- study_settings(by, list(...))
  if (!is.null(spill)) check_path(spill)
  parts <- event_parts(events, mapping, dimensions_of(settings))
  tables <- check_tables(tables)
  identity <- identity_of(profile, 64, secret, country)
  spill <- if (!is.null(spill)) path.expand(spill)
  made <- run(function(call) .Call(C_study_run, parts, identity, settings, spill, tables, call), threads, memory, progress)
  new_study(made$answer, made$quality)
}

new_study <- function(answer, read) {
  handles <- lapply(seq_len(.Call(C_study_answer_count, answer)) - 1L, function(i) .Call(C_study_answer_table, answer, i))
  tables <- lapply(handles, function(table) .Call(C_table_data_frame, table))
  names(tables) <- vapply(handles, function(table) .Call(C_table_name, table), "")
  structure(tables, class = c("vesica_study", "vesica_answer"), handle = answer,
            read = as.data.frame(read[c("rows", "taken", "free_mail", "role")]),
            invalid = as_frame(list(reason = read$reason, rows = read$reason_rows, first_rows = read$first_rows)))
}

#' What a study can make, and how
#'
#' @return `study_tables()`: a data frame with `table` and `description`, what
#'   it answers. `study_options()`: one with `option`, `default` and `unit`.
#'   `study_figures()`: one with `figure` and `description` of the pictures for
#'   [as_svg()].
#' @examples
#' study_tables()$table
#' study_options()
#' @export
study_tables <- function() .Call(C_table_data_frame, .Call(C_study_contents))

#' @rdname study_tables
#' @export
study_options <- function() {
  nothing <- list(character(), character())
  made <- .Call(C_study_run, list(), identity_of("raw/1"), nothing, NULL, "quality", list(1L, NA_real_, NULL))
  settings <- .Call(C_study_answer_table, made$answer, "settings")
  .Call(C_table_data_frame, settings)[c("option", "default", "unit")]
}

#' @rdname study_tables
#' @export
study_figures <- function() .Call(C_table_data_frame, .Call(C_report_figures))

check_tables <- function(tables) {
  if (is.null(tables)) return(character())
  if (!is.character(tables) || anyNA(tables)) stop_argument("`tables` must be names of tables; see study_tables()")
  check_known(tables, study_tables()$table, "table", "study_tables()")
}

# Raises unless all of `names` are `known`, and suggests what may have been meant.
check_known <- function(names, known, what, list, others = NULL) {
  for (name in setdiff(names, known)) {
    candidates <- c(known, others)
    distance <- utils::adist(name, candidates, ignore.case = TRUE)[1, ]
    near <- candidates[distance <= max(2, nchar(name) / 3) | startsWith(candidates, name)]
    near <- near[order(distance[match(near, candidates)])]
    stop_argument("there is no ", what, " `", name, "`", if (length(near) > 0) paste0(": did you mean `", near[[1]], "`?"),
                  " See ", list)
  }
  names
}

#' @export
`$.vesica_study` <- function(x, name) x[[name]]

#' @export
`[[.vesica_study` <- function(x, i, ...) {
  if (is_text(i) && !i %in% names(x)) {
    stop_argument("the study has no table `", i, "`: it has ", paste(names(x), collapse = ", "))
  }
  unclass(x)[[i]]
}

#' @rdname study
#' @param x A study.
#' @param table The name of a table.
#' @param row.names,optional Not used.
#' @export
as.data.frame.vesica_study <- function(x, row.names = NULL, optional = FALSE, table = NULL, ...) {
  if (is.null(table)) table <- if ("circles" %in% names(x)) "circles" else names(x)[[1]]
  x[[table]]
}

#' @export
summary.vesica_study <- function(object, ...) {
  known <- study_tables()
  data.frame(table = names(object), rows = vapply(unclass(object), nrow, 1L),
             description = known$description[match(names(object), known$table)], row.names = NULL)
}

#' @export
quality.vesica_study <- function(x) attr(x, "read")

#' @export
invalid_rows.vesica_study <- function(x) attr(x, "invalid")

#' @export
to_json.vesica_study <- function(x) .Call(C_study_answer_json, attr(x, "handle"))

#' @export
main_table.vesica_study <- function(x) {
  .Call(C_study_answer_table, attr(x, "handle"), if ("circles" %in% names(x)) "circles" else names(x)[[1]])
}
