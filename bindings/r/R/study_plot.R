# Three tables of a study as plots of base graphics.

# Okabe and Ito's colours, which people who are colour-blind tell apart.
plot_colours <- c(blue = "#0072B2", orange = "#D55E00", grey = "#7F7F7F")

#' Plot a study
#'
#' - `"recency"`: how many contacts were answered, by the time since marketing
#'   last reached the person, with 95 % intervals.
#' - `"reach"`: how much of sales' circle marketing would reach after adding one
#'   segment after the other.
#' - `"companies"`: how much of sales' circle marketing reaches at each company,
#'   and the median.
#'
#' Colours are told apart by people who are colour-blind; titles say what is
#' counted, and of how many.
#'
#' @param x What [study()] answered, with the table to plot.
#' @param y,which `"recency"`, `"reach"` or `"companies"`.
#' @param company Of `"recency"` and `"reach"`: a company; all together unless
#'   given.
#' @param n Of `"companies"` and `"reach"`: at most so many, the first of them.
#' @param ... Further arguments of [graphics::plot.default()], such as `main`.
#' @return What was plotted, a data frame, invisibly.
#' @examples
#' days <- function(n) as.Date("2026-01-01") + n
#' people <- sprintf("person%d@example.com", 1:300)
#' events <- rbind(
#'   data.frame(person = people[1:200], event = "exposed", team = "demand", time = days(1:200 %% 90)),
#'   data.frame(person = people[101:300], event = "contacted", team = "sales", time = days(100)),
#'   data.frame(person = people[seq(101, 300, 6)], event = "responded", team = "sales", time = days(104))
#' )
#' s <- study(events, as_of = "2026-06-30")
#' plot(s, "recency")
#' @export
plot.vesica_study <- function(x, y = which, ..., which = c("recency", "reach", "companies"), company = NULL, n = 25) {
  if (missing(y) && missing(which)) which <- intersect(which, names(x))[1]
  else if (!missing(y)) which <- y
  plots <- list(recency = plot_recency, reach = plot_reach, companies = plot_companies)
  if (!is_text(which) || !which %in% names(plots)) stop_argument("`which` must be \"recency\", \"reach\" or \"companies\"")
  if (!is.null(company) && !is_text(company)) stop_argument("`company` must be the name of a company")
  if (!is_number(n) || n < 1) stop_argument("`n` must be a number of 1 or more")
  frame <- x[[which]]
  if (which != "companies") frame <- frame[if (is.null(company)) is.na(frame$company) else frame$company %in% company, ]
  if (which == "companies") frame <- frame[!is.na(frame$company), ]
  plots[[which]](frame, n, ...)
}

# An empty plot of percentages over `labels`, or beside them.
percent_axes <- function(most, labels, main, sub, ylab, ..., horizontal = FALSE) {
  places <- c(0.5, length(labels) + 0.5)
  range <- c(0, most * 1.08)
  graphics::plot(NULL, xlim = if (horizontal) range else places, ylim = if (horizontal) rev(places) else range,
                 axes = FALSE, main = main, xlab = if (horizontal) ylab else "", ylab = if (horizontal) "" else ylab, ...)
  graphics::mtext(sub, 3, 0.2, cex = 0.8 * graphics::par("cex"))
  ticks <- pretty(c(0, most))
  graphics::axis(if (horizontal) 1 else 2, ticks, paste0(format(100 * ticks, trim = TRUE), " %"), las = 1)
  graphics::axis(if (horizontal) 2 else 1, seq_along(labels), labels, las = if (horizontal) 1 else 0, tick = FALSE,
                 cex.axis = 0.8)
}

# Draws with these margins and gives back those there were.
with_margins <- function(mar, draw) {
  before <- graphics::par(mar = mar)
  on.exit(graphics::par(before))
  draw()
}

nothing_to_plot <- function(what) stop_argument("there is nothing to plot: ", what)

plot_recency <- function(frame, n, main = "Contacts answered, by the time since marketing last reached the person", ...) {
  if (all(is.na(frame$rate))) nothing_to_plot("no contact of sales whose window for a response is over, or all are hidden")
  counts <- ifelse(is.na(frame$contacts), "hidden", format_count(frame$contacts))
  labels <- paste0(shown_label(bucket_text(frame$bucket), "(unknown)", 14), "\nn = ", counts)
  with_margins(c(5, 4.5, 4, 1), function() {
    percent_axes(max(frame$rate_upper, na.rm = TRUE), labels, main,
                 paste0("n = ", format_count(sum(frame$contacts, na.rm = TRUE)), " contacts; bars are 95 % intervals"), "answered", ...)
    places <- seq_len(nrow(frame))
    colour <- ifelse(frame$bucket == "never", plot_colours[["grey"]], plot_colours[["blue"]])
    graphics::segments(places, frame$rate_lower, places, frame$rate_upper, col = colour)
    for (end in frame[c("rate_lower", "rate_upper")]) graphics::segments(places - 0.06, end, places + 0.06, end, col = colour)
    graphics::points(places, frame$rate, pch = 19, cex = 1.3, col = colour)
  })
  invisible(frame[c("bucket", "contacts", "responses", "rate", "rate_lower", "rate_upper")])
}

plot_reach <- function(frame, n, main = "Sales' people that marketing reaches, adding segment after segment", ...) {
  known <- utils::head(frame[!is.na(frame$coverage_after), ], n)
  if (nrow(known) == 0) nothing_to_plot("no segment would add anybody, or all are hidden")
  segments <- shown_label(ifelse(is.na(known$values), "(unknown)", known$values), "(unknown)", 22)
  labels <- c("today", paste("+", segments))
  covered <- c(known$coverage_before[[1]], known$coverage_after)
  with_margins(c(5, 11, 4, 1), function() {
    percent_axes(max(covered), labels, main, paste0("of n = ", format_count(known$n_sales[[1]]), " people of sales"), "reached",
                 ..., horizontal = TRUE)
    places <- seq_along(covered)
    graphics::segments(0, places, covered, places, lwd = 6, lend = 1,
                       col = c(plot_colours[["grey"]], rep(plot_colours[["blue"]], length(covered) - 1)))
    graphics::text(covered, places, format_share(covered), pos = 4, cex = 0.8, xpd = NA)
  })
  invisible(data.frame(segment = c(NA, known$values), people_added = c(0, known$people_added), coverage = covered))
}

plot_companies <- function(frame, n, main = "Sales' people that marketing reaches, by company", ...) {
  known <- frame[!is.na(frame$coverage), ]
  if (nrow(known) == 0) nothing_to_plot("no company has a coverage")
  median <- stats::median(known$coverage)
  shown <- utils::head(known[order(known$rank), ], n)
  labels <- paste0(shown_label(shown$company, "(unnamed)", 18), " (", format_count(shown$n_sales), ")")
  sub <- paste0(if (nrow(shown) < nrow(known)) paste0("the first ", nrow(shown), " of "), "n = ", format_count(nrow(known)),
                " companies; in parentheses people of sales; dashed: the median")
  with_margins(c(5, 11, 4, 1), function() {
    percent_axes(max(shown$coverage), labels, main, sub, "reached", ..., horizontal = TRUE)
    places <- seq_len(nrow(shown))
    graphics::segments(0, places, shown$coverage, places, col = plot_colours[["grey"]])
    graphics::points(shown$coverage, places, pch = 19, col = plot_colours[["blue"]])
    graphics::abline(v = median, lty = 2, col = plot_colours[["orange"]])
  })
  invisible(shown[c("company", "n_sales", "coverage", "rank")])
}
