# Overlaps and regions as plots of base graphics, from the layout that the library's own pictures have.

# Those of lib/report/palette.h: told apart with any colour vision.
circle_colours <- c("#0b63a5", "#b8500a", "#8a3f8f")
circle_inks <- c(both = "#5b3a8c", text = "#1b1f24", muted = "#57606a", grid = "#d8dee4")
soft <- 0.22 # how much of a colour fills its shape

#' Plot an overlap or regions
#'
#' Up to three sets are circles, or ellipses where circles cannot be, of the areas
#' they stand for, laid out as in [as_svg()]. What two sets share is hatched; where
#' it is estimated, the band is the 95 % interval: the edge of the second circle
#' lies within. Four and more sets are bars, one for each region that holds keys.
#'
#' @param x What [overlap()] or [regions()] answered.
#' @param y,... Not used.
#' @param main A title.
#' @param n Of four and more sets: at most so many regions, the largest.
#' @return What was plotted, invisibly: a data frame of `region`, `count`, `lower`
#'   and `upper`.
#' @examples
#' people <- sprintf("person%d@example.com", 1:500)
#' plot(overlap(people[1:400], people[361:420], names = c("marketing", "sales")))
#' plot(regions(list(brand = people[1:300], demand = people[200:400], sales = people[380:450])))
#' @export
plot.vesica_overlap <- function(x, y, ..., main = NULL) {
  draw_circles(x, main, overlap_caption(x$overlap_coefficient, x$sets))
  names <- x$sets$name
  both <- x$intersection
  alone <- pmax(0, c(x$size_a$estimate, x$size_b$estimate) - both$estimate)
  invisible(data.frame(region = c(names, paste(names, collapse = " & ")), count = c(alone, both$estimate),
                       lower = c(alone, both$lower), upper = c(alone, both$upper)))
}

#' @rdname plot.vesica_overlap
#' @export
plot.vesica_regions <- function(x, y, ..., main = NULL, n = 20) {
  if (!is_number(n) || n < 1) stop_argument("`n` must be a number of 1 or more")
  sets <- nrow(x$sets)
  shown <- x$regions[c("region", "count", "lower", "upper")]
  if (sets > 3) return(invisible(shown[draw_bars(x, main, n), ]))
  caption <- if (sets == 2) overlap_caption(figures_of(x$pairs, 1)$overlap_coefficient, x$sets)
  draw_circles(x, main, caption)
  invisible(shown)
}

# Of two sets, the headline in words.
overlap_caption <- function(share, sets) {
  if (is.na(share$estimate)) return(NULL)
  small <- if (sets$count[[1]] <= sets$count[[2]]) 1 else 2
  names <- shown_label(sets$name, "(unnamed)")
  paste(format(share), "of", names[[small]], "is also in", names[[3 - small]])
}

draw_circles <- function(x, main, caption) {
  layout <- read_json(report_text(x, report_options("layout")))
  notes <- strwrap(c(caption, unlist(layout$notes)), 76)
  with_margins(c(1.2 + 1.1 * length(notes), 0.8, if (is.null(main)) 0.8 else 3, 0.8), function() {
    graphics::plot.new()
    labels <- circle_labels(layout)
    frame <- circle_frame(layout$sets)
    unit <- set_circle_window(frame, labels)
    for (i in seq_along(layout$sets)) draw_shape(layout$sets[[i]], circle_colours[[i]])
    if (length(layout$sets) == 2) draw_shared(layout$sets, layout$band)
    draw_labels(labels, frame, unit)
    for (i in seq_along(notes)) {
      graphics::mtext(notes[[i]], 1, i * 1.1 - 0.6, adj = 0, cex = 0.85 * graphics::par("cex"), col = circle_inks[["text"]])
    }
    if (!is.null(main)) graphics::title(main)
  })
}

# Points around an ellipse: a matrix of x and y.
shape_points <- function(set, steps = 360) {
  turn <- seq(0, 2 * pi, length.out = steps + 1)[-1]
  along <- set$a * cos(turn)
  across <- set$b * sin(turn)
  cbind(set$x + along * set$cosine - across * set$sine, set$y + along * set$sine + across * set$cosine)
}

# The point of a shape's outline that is farthest along (x, y).
shape_edge <- function(set, x, y) {
  along <- x * set$cosine + y * set$sine
  across <- y * set$cosine - x * set$sine
  reach <- sqrt((set$a * along)^2 + (set$b * across)^2)
  u <- set$a^2 * along / reach
  v <- set$b^2 * across / reach
  list(set$x + u * set$cosine - v * set$sine, set$y + u * set$sine + v * set$cosine)
}

# list(left, right, top, bottom) of the shapes; y grows downwards.
circle_frame <- function(sets) {
  points <- do.call(rbind, lapply(Filter(function(set) set$a > 0, sets), shape_points))
  if (is.null(points)) points <- rbind(c(-1, -1), c(1, 1))
  room <- 0.01 * max(apply(points, 2, function(along) diff(range(along)))) # for the lines
  list(left = min(points[, 1]) - room, right = max(points[, 1]) + room, top = min(points[, 2]) - room,
       bottom = max(points[, 2]) + room)
}

# Sets up coordinates with the shapes left and room for labels right of them. Returns inches a unit.
set_circle_window <- function(frame, labels) {
  room <- 0.55 + max(0.5, vapply(labels, function(label) max(graphics::strwidth(label$lines, "inches", font = 2)), 0))
  size <- graphics::par("pin")
  width <- frame$right - frame$left
  height <- frame$bottom - frame$top
  unit <- 0.98 * min(max(size[[1]] - room, 0.3 * size[[1]]) / width, size[[2]] / height)
  spare <- size[[2]] / unit - height
  graphics::plot.window(c(frame$left, frame$left + size[[1]] / unit), c(frame$bottom + spare / 2, frame$top - spare / 2),
                        xaxs = "i", yaxs = "i")
  unit
}

draw_shape <- function(set, colour, ...) {
  if (set$a > 0) graphics::polygon(shape_points(set), col = grDevices::adjustcolor(colour, soft), border = colour, lwd = 2)
}

inside <- function(points, circle) (points[, 1] - circle$x)^2 + (points[, 2] - circle$y)^2 <= circle$a^2 * (1 + 1e-9)

# What two circles share as a polygon, which is convex.
lens_points <- function(first, second) {
  a <- shape_points(first)
  b <- shape_points(second)
  points <- rbind(a[inside(a, second), , drop = FALSE], b[inside(b, first), , drop = FALSE])
  points[grDevices::chull(points), , drop = FALSE]
}

# Hatched what both share; where the second circle would be at both ends of the interval, as a band within the first.
draw_shared <- function(sets, band) {
  first <- sets[[1]]
  second <- sets[[2]]
  if (first$a <= 0 || second$a <= 0) return()
  shared <- lens_points(first, second)
  if (nrow(shared) > 2) {
    graphics::polygon(shared, col = grDevices::adjustcolor(circle_inks[["both"]], soft), border = NA)
    graphics::polygon(shared, density = 14, angle = 45, col = grDevices::adjustcolor(circle_inks[["text"]], 0.6), border = NA)
  }
  if (is.null(band)) return()
  ends <- lapply(band[c("lower", "upper")], function(center) utils::modifyList(second, list(x = center[[1]], y = center[[2]])))
  lenses <- Filter(function(points) nrow(points) > 2, lapply(ends, lens_points, first = first))
  if (length(lenses) > 0) {
    outline <- utils::head(do.call(rbind, lapply(lenses, rbind, NA)), -1)
    graphics::polypath(outline, rule = "evenodd", border = NA, col = grDevices::adjustcolor(circle_inks[["both"]], 0.35))
  }
  for (end in ends) {
    edge <- shape_points(end)
    edge[!inside(edge, first), ] <- NA
    graphics::lines(edge, lty = 2, col = circle_inks[["text"]])
  }
}

size_lines <- function(size) {
  c(format_count(size$estimate), if (size$lower != size$upper) paste(format_count(size$lower), "to", format_count(size$upper)))
}

# For each set and what sets share: lines of text, of which a set's first is strong, a colour, and the point they are of.
circle_labels <- function(layout) {
  sets <- layout$sets
  names <- vapply(sets, `[[`, "", "name")
  labels <- lapply(layout$regions, function(region) {
    members <- which(bitwAnd(region$members, 2^(seq_along(sets) - 1)) > 0)
    set <- sets[[members[[1]]]]
    if (length(members) == 1) {
      if (set$a <= 0) return(NULL)
      only <- if (length(sets) == 3) paste(format_count(region$size$estimate), "only here")
      return(list(lines = c(shown_label(names[[members]], "", 28), size_lines(set$size), only),
                  colour = circle_colours[[members]], at = shape_edge(set, 0.5, -0.9)))
    }
    if (is.null(region$label) || region$size$estimate <= 0) return(NULL)
    name <- if (length(sets) == 2) "In both" else paste(shown_label(names[members], "", 14), collapse = " & ")
    list(lines = c(name, size_lines(region$size)), colour = if (length(sets) == 2) circle_inks[["both"]], at = region$label)
  })
  labels <- Filter(Negate(is.null), labels)
  labels[order(vapply(labels, function(label) label$at[[2]], 0), vapply(labels, function(label) label$at[[1]], 0))]
}

# A column of labels right of the circles, each with a line to its place.
draw_labels <- function(labels, frame, unit) {
  line <- 1.25 * graphics::strheight("Mg", "inches") * 1.2 / unit
  heights <- vapply(labels, function(label) (length(label$lines) + 0.6) * line, 0)
  middles <- spread_apart(vapply(labels, function(label) label$at[[2]], 0), heights)
  column <- frame$right + 0.2 / unit
  for (i in seq_along(labels)) {
    label <- labels[[i]]
    graphics::segments(label$at[[1]], label$at[[2]], column, middles[[i]], col = circle_inks[["muted"]], lwd = 0.8)
    graphics::points(label$at[[1]], label$at[[2]], pch = 19, cex = 0.4, col = circle_inks[["text"]])
    rows <- middles[[i]] + (seq_along(label$lines) - (length(label$lines) + 1) / 2) * line
    strong <- !is.null(label$colour)
    if (strong) graphics::points(column + 0.1 / unit, rows[[1]], pch = 19, cex = 0.9, col = label$colour)
    graphics::text(column + c(if (strong) 0.18 else 0.05, rep(0.05, length(rows) - 1)) / unit, rows, label$lines,
                   adj = c(0, 0.5), font = c(if (strong) 2 else 1, rep(1, length(rows) - 1)), col = circle_inks[["text"]],
                   xpd = NA)
  }
}

# The middles, which are in order, moved apart as little as keeps the heights from meeting.
spread_apart <- function(middles, heights) {
  groups <- list()
  for (i in seq_along(middles)) {
    groups[[length(groups) + 1]] <- list(middle = middles[[i]], heights = heights[[i]])
    while ((n <- length(groups)) > 1) {
      above <- groups[[n - 1]]
      below <- groups[[n]]
      if (below$middle - above$middle >= (sum(above$heights) + sum(below$heights)) / 2) break
      counts <- lengths(list(above$heights, below$heights))
      groups[n] <- NULL
      groups[[n - 1]] <- list(middle = sum(c(above$middle, below$middle) * counts) / sum(counts),
                              heights = c(above$heights, below$heights))
    }
  }
  unlist(lapply(groups, function(group) {
    group$middle - sum(group$heights) / 2 + cumsum(group$heights) - group$heights / 2
  }))
}

# Bars of the regions that hold keys, the largest first, beside dots that say whose they are. Returns which they are.
draw_bars <- function(x, main, n) {
  frame <- x$regions
  largest <- order(-frame$count)
  held <- largest[frame$count[largest] > 0]
  shown <- utils::head(held, n)
  if (length(shown) == 0) nothing_to_plot("every set is empty")
  members <- as.matrix(frame[shown, startsWith(names(frame), "in_"), drop = FALSE])
  sets <- ncol(members)
  most <- max(frame$upper[shown])
  gap <- most * 0.055
  names <- shown_label(x$sets$name, "(unnamed)", 24)
  above <- 1.5 + 0.3 * max(nchar(names, "width")) + if (is.null(main)) 0 else 2
  with_margins(c(4, 1, above, 2), function() {
    graphics::plot(NULL, xlim = c(-gap * (sets + 1), most * 1.12), ylim = c(length(shown) + 0.5, 0.5), axes = FALSE,
                   xlab = "", ylab = "")
    rows <- seq_along(shown)
    graphics::rect(0, rows - 0.3, frame$count[shown], rows + 0.3, col = circle_colours[[1]], border = NA)
    if (!x$exact) graphics::segments(frame$lower[shown], rows, frame$upper[shown], rows, col = circle_inks[["text"]], lwd = 1.5)
    graphics::text(frame$upper[shown], rows, format_count(frame$count[shown]), pos = 4, cex = 0.85, xpd = NA)
    columns <- -gap * (sets - seq_len(sets) + 1)
    for (row in rows) {
      graphics::segments(min(columns[members[row, ]]), row, max(columns[members[row, ]]), row, lwd = 1.5, col = circle_inks[["text"]])
      graphics::points(columns, rep(row, sets), pch = 19, col = circle_inks[ifelse(members[row, ], "text", "grid")])
    }
    graphics::text(columns, 0.4, names, srt = 40, adj = 0, cex = 0.85, xpd = NA)
    ticks <- pretty(c(0, most))
    graphics::axis(1, ticks, format_count(ticks))
    more <- if (length(held) > length(shown)) paste0(" (the ", length(shown), " largest of ", length(held), ")")
    graphics::mtext(paste0("in exactly these sets", more), 1, 2.5)
    if (!is.null(main)) graphics::title(main)
  })
  shown
}
