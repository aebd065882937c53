test_that("every status of the library has a class of its own", {
  known <- Filter(function(status) .Call(C_status_text, status) != "unknown status", 1:255)
  expect_setequal(as.integer(names(status_classes)), known)
  expect_equal(anyDuplicated(status_classes), 0L)
  for (status in known) {
    condition <- vesica_condition(status, "text")
    expect_s3_class(condition, c(status_classes[[as.character(status)]], "vesica_error", "error", "condition"),
                    exact = TRUE)
    expect_equal(condition$status, status)
  }
  expect_s3_class(vesica_condition(77, "of a later library"), c("vesica_error", "error", "condition"), exact = TRUE)
})

test_that("every class is in the manual", {
  text <- paste(utils::capture.output(tools::Rd2txt(manual_page("vesica_conditions"))), collapse = "\n")
  for (class in status_classes) expect_match(text, class, fixed = TRUE)
})

test_that("conditions carry what the library knows, rows counted from 1", {
  error <- caught(overlap(audience(mails(1)), audience(mails(1), hash_bits = 128)))
  expect_equal(error[c("status", "index", "field")], list(status = 3L, index = 2L, field = "width"))
  expect_true(is.na(error$row) && is.na(error$needed_bytes))
  expect_match(conditionMessage(error), "set 2")
})

test_that("neither message nor call holds a key", {
  secret <- "very.secret.person@example.com"
  bad <- structure(list(secret), class = "vctrs_list_of")
  works <- list(
    quote(audience(c(secret, 1, NA), profile = secret)),
    quote(do.call(audience, list(keys = bad))),
    quote(do.call("audience", list(keys = c(secret), profile = "int64"))),
    quote(do.call(overlap, list(c(secret), c(secret), profile = "nothing/1"))),
    quote(overlap(c("very.secret.person@example.com"), Sys.Date())),
    quote(lapply(list(c(secret)), audience, profile = 1)),
    quote(contains(secret, secret)),
    quote(regions(list(a = secret, b = 1.5)))
  )
  for (work in works[-1]) {
    error <- caught(eval(work))
    expect_s3_class(error, "vesica_error")
    expect_no_match(paste(conditionMessage(error), paste(deparse(conditionCall(error)), collapse = "")), "secret.person")
    said <- paste(utils::capture.output(print(error)), collapse = "")
    expect_no_match(said, "secret.person")
  }
})

test_that("texts that cannot be UTF-8 are refused as arguments", {
  bytes <- "a\xff"
  Encoding(bytes) <- "bytes"
  for (work in list(quote(audience(mails(1), profile = bytes)), quote(audience(mails(1), country = bytes)),
                    quote(audience(mails(1), secret = strrep(bytes, 20))), quote(audience(data.frame(a = mails(1)), column = bytes)),
                    quote(overlap(mails(1), mails(1), names = c(bytes, "b"))), quote(load_audience(bytes)))) {
    expect_error_of(eval(work), "vesica_invalid_argument")
  }
  answer <- overlap(mails(1), mails(1), names = c("\xff\xfe", "b"))
  expect_true(validUTF8(to_json(answer)))
})

test_that("the call is that of the function that was called", {
  expect_equal(conditionCall(caught(audience(1:3))), quote(audience(...)))
  expect_equal(conditionCall(caught(vesica::regions(list(mails(1), 1.5)))), quote(regions(...)))
  expect_equal(conditionCall(caught(audience(mails(1)) & 1)), quote(Ops.vesica_audience(...)))
})
