# A study as text for people: what most ask for first, the columns that they read, shares in percent.

# Columns by the heading that they are shown under.
shown_columns <- list(
  circles = c(a = "first", b = "second", n_a = "in first", n_b = "in second", n_both = "both", share_of_a = "of first",
              share_of_b = "of second", reach_shortfall = "missed"),
  segments = c(dimension = "dimension", value = "value", n_a = "marketing", n_b = "sales", n_both = "both",
               share_of_b = "of sales"),
  companies = c(rank = "rank", company = "company", n_marketing = "marketing", n_sales = "sales", n_both = "both",
                coverage = "of sales"),
  recency = c(bucket = "last reached", contacts = "contacts", responses = "responses", rate = "response rate",
              risk_ratio = "against never"),
  gaps = c(rank = "rank", dimensions = "segment", values = "value", n_sales = "sales", n_missed = "missed",
           missed_share = "of sales"),
  reach = c(step = "step", dimensions = "segment", values = "value", people_added = "people added",
            sales_gained = "sales' people", coverage_before = "before", coverage_after = "after")
)

shown_titles <- c(
  circles = "Circles: how many people two teams reach, and both",
  segments = "Segments: how much of sales' circle marketing reaches in each",
  companies = "Companies: how much of sales' circle marketing reaches in each",
  recency = "Recency: responses by the time since marketing last reached the person (compares, proves no cause)",
  gaps = "Gaps: where sales is and marketing is not",
  reach = "Reach: which segments marketing should add next"
)

#' @export
format.vesica_study <- function(x, ...) {
  paste0("<vesica study of ", format_count(attr(x, "read")$taken), " events: ", study_headline(x), ">")
}

#' @export
print.vesica_study <- function(x, n = 6, ...) {
  read <- attr(x, "read")
  left_out <- read$rows - read$taken
  lines <- unlist(lapply(names(shown_columns), function(table) shown_lines(x, table, n)))
  cat(study_headline(x), "", lines,
      paste0(format_count(read$rows), " events read", if (left_out > 0) paste0(", ", format_count(left_out), " left out: see quality")),
      paste0("Tables: ", paste(names(x), collapse = ", ")), if (nrow(x$warnings) > 0) paste("warning:", clean(x$warnings[[1]])),
      sep = "\n")
  invisible(x)
}

study_headline <- function(x) {
  circle <- if ("circles" %in% names(x)) headline_circle(x$circles)
  if (is.null(circle)) return("A study without the circles of marketing and sales")
  if (is.na(circle$share_of_b)) return("How much of sales' circle marketing reaches is undefined or hidden.")
  paste0("Marketing reaches ", format_count(circle$n_both), " of the ", format_count(circle$n_b), " people sales talks to: ",
         format_share(circle$share_of_b))
}

# The row of marketing and sales over all companies.
headline_circle <- function(circles) {
  row <- which(is.na(circles$company) & circles$a == "marketing" & circles$b == "sales")
  if (length(row) == 1) circles[row, ]
}

shown_lines <- function(x, table, n) {
  rows <- if (table %in% names(x)) shown_rows(x[[table]], table)
  if (NROW(rows) == 0) return(NULL)
  headings <- shown_columns[[table]]
  first <- utils::head(rows, n)
  cells <- rbind(unname(headings), vapply(names(headings), function(name) shown_cells(first, name), character(nrow(first))))
  more <- nrow(rows) - nrow(first)
  c(shown_titles[[table]], text_table(cells), if (more > 0) paste0("  ... and ", format_count(more), " more rows in $", table), "")
}

# Of all companies together; segments of marketing and sales, the largest of sales first; no recency without responses.
shown_rows <- function(frame, table) {
  if (table == "companies") return(if (sum(!is.na(frame$company)) > 1) frame[order(frame$rank), ])
  frame <- frame[is.na(frame$company), ]
  if (table == "segments") {
    frame <- frame[frame$a == "marketing" & frame$b == "sales" & is.na(frame$dimension_2), ]
    frame <- frame[order(-frame$n_b), ]
  }
  if (table == "recency" && !any(frame$responses > 0, na.rm = TRUE)) return(NULL)
  frame
}

shown_cells <- function(frame, name) {
  cells <- frame[[name]]
  if (name == "bucket") cells <- bucket_text(cells)
  if (is.character(cells)) return(shown_label(cells, if (name == "company") "(all)" else "(unknown)"))
  hidden <- if (isTRUE(any(frame$suppressed))) ifelse(frame$suppressed %in% TRUE, "hidden", "-") else "-"
  text <- if (grepl("share|coverage|^rate$", name)) format_share(cells)
          else if (name == "risk_ratio") format_ratio(cells)
          else format_count(cells)
  ifelse(is.na(cells), hidden, text)
}

# Labels come from data: at most so wide, and without what would command a terminal.
shown_label <- function(labels, missing, width = 32) {
  text <- clean(labels)
  wide <- nchar(text, "width") > width
  text[wide] <- paste0(strtrim(text[wide], width - 3), "...")
  ifelse(is.na(labels), missing, text)
}

# "[7d,30d)" as "7d to 30d".
bucket_text <- function(buckets) {
  text <- sub("^\\[(.*),(.*)\\)$", "\\1 to \\2", buckets)
  sub("^0s to", "under", sub(" to inf$", " and more", text))
}

clean <- function(text) encodeString(enc2utf8(as.character(text)))
