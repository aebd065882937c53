# Every allocation collects garbage: what is not protected dies at once.
test_that("nothing is lost under gctorture", {
  keys <- c(mails(1:3), NA, "bad", iconv("jos\u00e9@example.com", "UTF-8", "latin1"))
  image <- as.raw(audience(keys))
  expected <- plain(overlap(keys, mails(2:4)))
  count <- function(work) {
    gctorture(TRUE)
    on.exit(gctorture(FALSE))
    work()
  }
  expect_identical(count(function() as.raw(audience(keys))), image)
  expect_identical(count(function() as.raw(audience(factor(keys)))), as.raw(audience(factor(keys))))
  expect_identical(count(function() as.raw(audience(c(1, NA), profile = "int64/1"))),
                   as.raw(audience(c(1, NA), profile = "int64/1")))
  expect_identical(count(function() plain(overlap(keys, mails(2:4)))), expected)
  expect_identical(count(function() canonicalize(keys)), canonicalize(keys))
  expect_identical(count(function() contains(audience_from_raw(image), keys)), contains(audience(keys), keys))
  expect_identical(count(function() profiles()), profiles())
  expect_identical(count(function() as.data.frame(plan_sketch(10, 10))), as.data.frame(plan_sketch(10, 10)))
  expect_identical(count(function() invalid_rows(audience(keys))), invalid_rows(audience(keys)))
  expect_identical(count(function() class(caught(audience(TRUE)))[[1]]), "vesica_invalid_argument")
  expect_identical(count(function() class(caught(overlap(audience(keys), audience(keys, hash_bits = 128))))[[1]]),
                   "vesica_identity_mismatch")
  expect_identical(count(function() as.data.frame(overlap_matrix(list(keys, mails(1))))),
                   as.data.frame(overlap_matrix(list(keys, mails(1)))))
  expect_identical(count(function() plain(regions(list(a = keys, b = factor(keys), c = list(charToRaw("x@y.com"), NULL))))),
                   plain(regions(list(a = keys, b = factor(keys), c = list(charToRaw("x@y.com"), NULL)))))
  combined <- function() {
    a <- audience(keys, representation = "hyperloglog")
    as.raw(merge(a, sketch(audience(mails(2:5), threads = 2), "hyperloglog") | a))
  }
  expect_identical(count(combined), combined())
  streamed <- function() as.raw(audience(arrow_stream(plan_sketch(10, 10)), "raw/1", column = "representation"))
  expect_identical(count(streamed), streamed())
  expect_identical(count(function() canonicalize(list(as.raw(1:3), NULL), "raw/1")), list(as.raw(1:3), NULL))
  expect_identical(count(function() inspect_audience(image)), inspect_audience(image))
})

test_that("studies lose nothing under gctorture", {
  events <- data.frame(person = factor(mails(c(1, 1, 2))), event = c("exposed", "contacted", "contacted"),
                       team = c("brand", "sales", "sales"), time = as.Date("2026-01-01") + 0:2, amount = 1.5, deal = 1:3,
                       region = c(NA, rep(iconv("P\u00e4rnu", "UTF-8", "latin1"), 2)))
  tables <- function() unclass(study(events, by = "region", tables = c("circles", "gaps"), min_support = 1))[1:2]
  expected <- tables()
  gctorture(TRUE)
  found <- tables()
  error <- caught(study(events, min_cell = -1))
  gctorture(FALSE)
  expect_identical(found, expected)
  expect_s3_class(error, "vesica_invalid_argument")
})

test_that("what the library made is freed with the object", {
  skip_if_not(file.exists("/proc/self/status"))
  resident <- function() {
    gc()
    as.numeric(gsub("[^0-9]", "", grep("VmRSS", readLines("/proc/self/status"), value = TRUE))) / 1024
  }
  keys <- mails(1:500000)
  for (i in 1:3) audience(keys)
  before <- resident()
  for (i in 1:20) audience(keys) # 4 MB each
  expect_lt(resident() - before, 40)
})
