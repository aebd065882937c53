many <- mails(1:1e6)

test_that("a function hears of the progress, from 0 to 1 and never back", {
  for (work in list(function(f) audience(many, progress = f),
                    function(f) audience(many, representation = "minhash", progress = f),
                    function(f) overlap(many, many, progress = f))) {
    told <- numeric()
    work(function(fraction) told <<- c(told, fraction))
    expect_false(is.unsorted(told))
    expect_true(all(told >= 0 & told <= 1))
    expect_equal(told[length(told)], 1)
  }
})

test_that("a function that answers FALSE cancels, and leaves everything usable", {
  error <- expect_error_of(audience(many, progress = function(fraction) FALSE), "vesica_cancelled")
  expect_equal(error$status, 7)
  calls <- 0
  stop_later <- function(fraction) {
    calls <<- calls + 1
    calls < 2
  }
  expect_error_of(overlap(many, rev(many), progress = stop_later), "vesica_cancelled")
  expect_equal(calls, 2)
  expect_equal(length(audience(many)), 1e6)
})

test_that("what a progress function raises comes out of the call", {
  expect_error(audience(many, progress = function(fraction) stop("my own")), "my own", class = "simpleError")
  custom <- structure(class = c("mine", "error", "condition"), list(message = "custom", call = NULL))
  expect_error(overlap(many, many, progress = function(fraction) stop(custom)), class = "mine")
  expect_equal(length(audience(many)), 1e6)
})

test_that("no jump out of a progress function passes through the library", {
  expect_error(callCC(function(leave) audience(many, progress = function(fraction) leave("left"))), "no function to return")
  expect_equal(length(audience(many)), 1e6)
})

test_that("a progress function may use the package", {
  inner <- 0
  audience(many, progress = function(fraction) {
    inner <<- inner + length(audience(mails(1:10)))
    gc()
    TRUE
  })
  expect_gt(inner, 0)
})

test_that("a bar is drawn on stderr", {
  bar <- capture.output(audience(many, progress = TRUE), type = "message")
  expect_match(paste(bar, collapse = ""), "100%")
})

test_that("defaults of a session are options", {
  withr::local_options(vesica.threads = 2, vesica.progress = function(fraction) FALSE)
  expect_error_of(audience(many), "vesica_cancelled")
  withr::local_options(vesica.progress = NULL, vesica.threads = 0)
  expect_error_of(audience(many), "vesica_invalid_argument", "threads")
})
