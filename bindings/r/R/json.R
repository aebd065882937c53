# JSON of the library as lists, without a package for it.

# Reads what the library writes: objects become named lists, arrays lists, null NULL. Numbers and strings are R's.
read_json <- function(text) {
  pattern <- "\"(?:[^\"\\\\]|\\\\.)*\"|[-+0-9.eE]+|true|false|null|[][{}:,]"
  tokens <- regmatches(text, gregexpr(pattern, text, perl = TRUE))[[1]]
  at <- 0L
  take <- function() tokens[[at <<- at + 1L]]
  # What lies between an opening token, which was taken, and `end`.
  members <- function(end, member) {
    if (tokens[[at + 1L]] == end) {
      take()
      return(list())
    }
    all <- list()
    repeat {
      all[[length(all) + 1L]] <- member()
      if (take() == end) return(all)
    }
  }
  pair <- function() {
    key <- json_string(take())
    take() # the colon
    list(key, value())
  }
  value <- function() {
    token <- take()
    if (token == "{") {
      pairs <- members("}", pair)
      return(stats::setNames(lapply(pairs, `[[`, 2), vapply(pairs, `[[`, "", 1)))
    }
    if (token == "[") return(lapply(members("]", function() list(value())), `[[`, 1))
    if (startsWith(token, "\"")) return(json_string(token))
    switch(token, true = TRUE, false = FALSE, null = NULL, as.numeric(token))
  }
  value()
}

json_string <- function(token) {
  text <- substr(token, 2, nchar(token) - 1)
  if (!grepl("\\", text, fixed = TRUE)) return(text)
  parts <- regmatches(text, gregexpr("\\\\u[0-9a-fA-F]{4}|\\\\.|[^\\\\]+", text, perl = TRUE))[[1]]
  plain <- c("\\n" = "\n", "\\t" = "\t", "\\r" = "\r", "\\b" = "\b", "\\f" = "\f")
  decoded <- vapply(parts, function(part) {
    if (!startsWith(part, "\\")) return(part)
    if (part %in% names(plain)) return(plain[[part]])
    if (startsWith(part, "\\u")) return(intToUtf8(strtoi(substr(part, 3, 6), 16)))
    substr(part, 2, 2)
  }, "")
  paste(decoded, collapse = "")
}
