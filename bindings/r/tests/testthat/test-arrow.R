test_that("answers leave as Arrow streams, and streams are keys", {
  stream <- function() arrow_stream(regions(list(brand = mails(1:2), demand = mails(2:5))))
  expect_s3_class(stream(), "nanoarrow_array_stream")
  expect_equal(length(audience(stream(), profile = "raw/1", column = "region")), 3)
  o <- overlap(stream(), data.frame(key = "brand"), profile = "raw/1", column = c("region", "key"))
  expect_equal(o$intersection$estimate, 1)
  expect_error_of(audience(stream(), profile = "raw/1"), "vesica_invalid_argument", "columns: say which")
  expect_error_of(audience(stream(), profile = "raw/1", column = "nothing"), "vesica_invalid_argument", "no column")
  expect_error_of(contains(audience("a", profile = "raw/1"), stream(), column = "region"), "vesica_invalid_argument", "stream")
  expect_error_of(audience(stream(), column = "count"), "vesica_invalid_argument", "integers")
})

test_that("a stream is read once", {
  stream <- arrow_stream(plan_sketch(10, 10))
  expect_equal(length(audience(stream, profile = "raw/1", column = "representation")), 3)
  expect_equal(length(audience(stream, profile = "raw/1", column = "representation")), 0)
})

test_that("dead Arrow objects are refused", {
  path <- withr::local_tempfile()
  saveRDS(arrow_stream(plan_sketch(10, 10)), path)
  expect_error_of(audience(readRDS(path)), "vesica_invalid_argument", "dead")
  for (fake in list(list(), list("a", "b"), 1:10, "a")) {
    for (class in c("nanoarrow_array", "nanoarrow_array_stream")) {
      expect_error_of(audience(structure(fake, class = class)), "vesica_invalid_argument", "dead")
    }
  }
  expect_error_of(audience(.Call(C_arrow_new_stream)), "vesica_invalid_argument", "read or released")
})

test_that("nanoarrow reads what comes out, and is read", {
  skip_if_not_installed("nanoarrow")
  r <- regions(list(brand = mails(1:2), demand = mails(2:5)))
  back <- as.data.frame(nanoarrow::as_nanoarrow_array_stream(r))
  expect_equal(back$count, r$regions$count)
  expect_equal(back$region, r$regions$region)
  expect_equal(back$in_brand, r$regions$in_brand)
  keys <- c(mails(1:5), NA)
  for (array in list(nanoarrow::as_nanoarrow_array(keys), nanoarrow::as_nanoarrow_array(factor(keys)),
                     nanoarrow::basic_array_stream(list(nanoarrow::as_nanoarrow_array(keys))),
                     nanoarrow::as_nanoarrow_array(data.frame(email = keys)),
                     nanoarrow::as_nanoarrow_array_stream(data.frame(email = keys)))) {
    a <- audience(array)
    expect_same_keys(a, mails(1:5))
    expect_equal(quality(a)$blank, 1)
  }
  expect_equal(length(audience(nanoarrow::as_nanoarrow_array(c(5L, NA, 7L)), profile = "int64/1")), 2)
  frame <- data.frame(id = 1:3, email = mails(1:3))
  expect_same_keys(audience(nanoarrow::as_nanoarrow_array_stream(frame), column = "email"), mails(1:3))
  expect_same_keys(audience(nanoarrow::as_nanoarrow_array(frame), column = "email"), mails(1:3))
  expect_error_of(audience(nanoarrow::as_nanoarrow_array(frame)), "vesica_invalid_argument", "2 columns")
  expect_equal(contains(audience(mails(1)), nanoarrow::as_nanoarrow_array(keys)), c(TRUE, rep(FALSE, 5)))
  expect_error_of(audience(nanoarrow::as_nanoarrow_array(1.5)), "vesica_unsupported")
})
