# Figures as text, as the command line writes them.

# 12345.6 as "12,346"
format_count <- function(x) ifelse(is.na(x), "undefined", formatC(round(x), format = "f", digits = 0, big.mark = ","))

# 0.1602 as "16.0 %": three digits or so, however small
format_share <- function(x) {
  percent <- 100 * x
  digits <- ifelse(is.na(percent) | percent == 0 | percent >= 9.995, 1L, ifelse(percent >= 0.0995, 2L, 4L))
  ifelse(is.na(x), "undefined", paste(sprintf("%.*f", digits, percent), "%"))
}

format_ratio <- function(x) ifelse(is.na(x), "undefined", sprintf("%.*f", ifelse(is.na(x) | x >= 10, 1L, 2L), x))

# "8,199 (7,520 to 8,908)"; without an interval where there is none.
format_interval <- function(estimate, lower, upper, as) {
  value <- as(estimate)
  ifelse(is.na(estimate) | lower == upper, value, paste0(value, " (", as(lower), " to ", as(upper), ")"))
}

# Lines of a character matrix, the first column to the left, the others to the right.
text_table <- function(cells, indent = 2, align = "right") {
  for (column in seq_len(ncol(cells))) {
    cells[, column] <- formatC(cells[, column], width = max(nchar(cells[, column], "width")),
                               flag = if (column == 1 || align == "left") "-" else "")
  }
  sub(" +$", "", paste0(strrep(" ", indent), apply(cells, 1, paste, collapse = "  ")))
}
