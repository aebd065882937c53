test_that("children of a fork use what their parent made, and hand on what is plain", {
  skip_on_os("windows")
  skip_if_not_installed("parallel")
  a <- audience(mails(1:20000))
  count <- function(i) overlap(a, mails(10001:30000), threads = i)$intersection$estimate
  expect_equal(parallel::mclapply(c(1, 2, 1, 2), count, mc.cores = 2), as.list(rep(10000, 4)))
  made <- parallel::mclapply(1:2, function(i) audience(mails(1:i)), mc.cores = 2)
  expect_error_of(length(made[[1]]), "vesica_invalid_argument", "another process")
  images <- parallel::mclapply(1:2, function(i) as.raw(audience(mails(1:i))), mc.cores = 2)
  expect_equal(vapply(images, function(image) length(audience_from_raw(image)), 1L), 1:2)
  expect_equal(length(a), 20000)
})

test_that("what is left when the package is unloaded dies in peace, and the package loads again", {
  said <- run_r(c('library(vesica)', 'a <- audience("ann@example.com")', 'r <- overlap_matrix(list(a, a))',
                  'unloadNamespace("vesica")', 'rm(a, r)', 'invisible(gc())', 'library(vesica)',
                  'cat(length(audience("ann@example.com")))'))
  expect_equal(said, "1")
})

test_that("an image of the workspace restores audiences that say they are dead, also before the package is loaded", {
  path <- withr::local_tempfile()
  a <- audience(mails(1))
  answer <- overlap(mails(1:2), mails(2:3))
  save(a, answer, file = path)
  said <- run_r(c(sprintf("load(%s)", deparse(path)), "invisible(gc())", "library(vesica)",
                  "cat(tryCatch(length(a), vesica_invalid_argument = function(e) 'dead'), answer$intersection$estimate)"))
  expect_equal(said, "dead 1")
})
