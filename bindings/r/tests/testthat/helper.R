# Addresses that are their own canonical form under email/1.
mails <- function(numbers) if (length(numbers) == 0) character() else sprintf("person%d@example.com", numbers)

# The error that `work` raises, which must be of a class of this package.
caught <- function(work) tryCatch({
  work
  NULL
}, vesica_error = identity)

expect_error_of <- function(work, class, pattern = "") {
  error <- caught(work)
  expect_s3_class(error, c(class, "vesica_error", "error", "condition"), exact = TRUE)
  expect_match(conditionMessage(error), pattern)
  invisible(error)
}

# Figures alone, without what a call leaves in the library.
plain <- function(answer) unclass(answer[setdiff(names(answer), "handle")])

# What audiences of these keys have in common with those made of text.
expect_same_keys <- function(audience, keys, ...) {
  expect_equal(length(audience), length(unique(keys)))
  expect_identical(as.raw(audience), as.raw(audience(keys, ...)))
}

# What a new R says to this code.
run_r <- function(code, env = character()) {
  script <- tempfile(fileext = ".R")
  on.exit(unlink(script))
  writeLines(c(sprintf(".libPaths(%s)", paste(deparse(.libPaths()), collapse = "")), code), script)
  r <- file.path(R.home("bin"), "Rscript")
  paste(system2(r, c("--vanilla", script), stdout = TRUE, stderr = FALSE, env = c(env, "R_TESTS=")), collapse = "\n")
}

# The manual page of a topic, from the sources or from the installed package.
manual_page <- function(topic) {
  path <- testthat::test_path("..", "..", "man", paste0(topic, ".Rd"))
  if (file.exists(path)) return(path)
  tools::Rd_db("vesica")[[paste0(topic, ".Rd")]]
}
