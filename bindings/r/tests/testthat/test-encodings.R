jose <- "jos\u00e9"

test_that("text is compared as UTF-8, whatever its encoding", {
  latin <- iconv(jose, "UTF-8", "latin1")
  expect_equal(Encoding(latin), "latin1")
  for (threads in 1:2) {
    expect_same_keys(audience(c(latin, jose), profile = "raw/1", threads = threads), jose, profile = "raw/1")
  }
  expect_equal(canonicalize(latin, profile = "raw/1"), jose)
})

test_that("many strings that have to be translated are", {
  utf8 <- paste0(jose, 1:10000)
  latin <- iconv(utf8, "UTF-8", "latin1")
  expect_identical(as.raw(audience(latin, profile = "raw/1")), as.raw(audience(utf8, profile = "raw/1")))
})

test_that("strings marked as bytes are left alone", {
  bytes <- "jos\xe9"
  Encoding(bytes) <- "bytes"
  a <- audience(bytes, profile = "raw/1")
  expect_identical(as.raw(a), as.raw(audience(list(as.raw(c(0x6a, 0x6f, 0x73, 0xe9))), profile = "raw/1")))
  expect_equal(Encoding(canonicalize(bytes, profile = "raw/1")), "bytes")
})

test_that("in the C locale bytes stay what they are", {
  code <- 'library(vesica); x <- "jos\\xc3\\xa9"; cat(l10n_info()[["UTF-8"]], as.character(as.raw(audience(x, profile = "raw/1"))))'
  said <- run_r(code, env = "LC_ALL=C")
  expect_equal(said, paste(c("FALSE", as.character(as.raw(audience(jose, profile = "raw/1")))), collapse = " "))
})
