test_that("audiences travel as files and as raw vectors", {
  for (a in list(audience(mails(1:100)), audience(character()), audience(mails(1:50000), representation = "minhash"),
                 audience(mails(1:50000), representation = "hyperloglog"))) {
    path <- withr::local_tempfile(fileext = ".vsc")
    expect_identical(save_audience(a, path), a)
    expect_identical(as.raw(load_audience(path)), as.raw(a))
    expect_identical(as.raw(audience_from_raw(as.raw(a))), as.raw(a))
    expect_identical(inspect_audience(path), inspect_audience(a))
    expect_identical(inspect_audience(as.raw(a)), inspect_audience(a))
    expect_true(is.na(quality(load_audience(path))$rows))
  }
})

test_that("images that are damaged, cut short or none are refused", {
  image <- as.raw(audience(mails(1:100)))
  for (size in c(0, 1, 20, length(image) - 1)) {
    expect_error_of(audience_from_raw(utils::head(image, size)), "vesica_corrupt")
  }
  for (place in c(1, 10, 40, length(image))) {
    broken <- image
    broken[place] <- xor(broken[place], as.raw(0x10))
    expect_s3_class(caught(audience_from_raw(broken)), "vesica_error")
    expect_s3_class(caught(inspect_audience(broken)), "vesica_error")
  }
  expect_error_of(audience_from_raw(c(image, as.raw(0))), "vesica_corrupt")
  expect_error_of(audience_from_raw("text"), "vesica_invalid_argument")
  expect_error_of(inspect_audience(1), "vesica_invalid_argument")
})

test_that("files that cannot be read or written are an error of vesica_io", {
  a <- audience(mails(1))
  expect_error_of(load_audience(tempfile()), "vesica_io")
  expect_error_of(load_audience(tempdir()), "vesica_io")
  expect_error_of(save_audience(a, file.path(tempfile(), "a.vsc")), "vesica_io")
  expect_error_of(save_audience(a, ""), "vesica_invalid_argument")
  expect_error_of(load_audience(NA_character_), "vesica_invalid_argument")
  empty <- withr::local_tempfile(lines = character())
  expect_error_of(load_audience(empty), "vesica_corrupt")
})

test_that("nothing is left beside a saved file", {
  folder <- withr::local_tempdir()
  save_audience(audience(mails(1)), file.path(folder, "a.vsc"))
  expect_equal(list.files(folder, all.files = TRUE, no.. = TRUE), "a.vsc")
  dir.create(file.path(folder, "b.vsc"))
  expect_error_of(save_audience(audience(mails(1)), file.path(folder, "b.vsc")), "vesica_io")
  expect_equal(list.files(folder, all.files = TRUE, no.. = TRUE), c("a.vsc", "b.vsc"))
})

test_that("an audience that went through saveRDS() is dead and says how to save it", {
  path <- withr::local_tempfile()
  a <- audience(mails(1:10))
  saveRDS(a, path)
  dead <- readRDS(path)
  expect_s3_class(dead, "vesica_audience")
  for (work in list(quote(audience_count(dead)), quote(length(dead)), quote(as.raw(dead)), quote(overlap(a, dead)),
                    quote(merge(a, dead)), quote(dead | a), quote(contains(dead, "x")), quote(quality(dead)),
                    quote(sketch(dead)), quote(summary(dead)), quote(as.data.frame(dead)), quote(regions(list(dead))),
                    quote(overlap_matrix(list(dead, a))), quote(save_audience(dead, path)))) {
    expect_error_of(eval(work), "vesica_invalid_argument", "save_audience\\(\\).*as.raw\\(\\)")
  }
  expect_output(print(dead), "dead")
  expect_output(str(dead), "dead")
  expect_equal(length(a), 10)
})

test_that("objects that only look like audiences are refused", {
  fake <- structure(list(), class = "vesica_audience")
  expect_error_of(audience_count(fake), "vesica_invalid_argument")
  other <- structure(overlap(mails(1), mails(1))$handle, class = "vesica_audience")
  expect_error_of(audience_count(other), "vesica_invalid_argument")
})
