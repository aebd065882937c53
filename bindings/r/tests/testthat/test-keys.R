test_that("character vectors are read wherever they come from", {
  expect_equal(length(audience(mails(1:10))), 10)
  expect_equal(length(audience(character())), 0)
  expect_equal(length(audience(c(NA, mails(1), "", "  "))), 1)
  expect_same_keys(audience(mails(1:100)[11:20]), mails(11:20))
  expect_same_keys(audience(I(mails(1:3))), mails(1:3))
  expect_same_keys(audience(c(a = mails(1), b = mails(2))), mails(1:2))
  expect_same_keys(audience(structure(mails(1:3), class = "glue")), mails(1:3))
})

test_that("vectors longer than a batch and a shard are read whole, and rows numbered through", {
  keys <- mails(1:150000)
  keys[c(4097, 70000, 149999)] <- "no address"
  keys[100000] <- strrep("x", 3e5)
  a <- audience(keys, profile = "email/1")
  expect_equal(length(a), 150000 - 4)
  expect_equal(sort(unlist(invalid_rows(a)$first_rows)), c(4097, 70000, 100000, 149999))
  expect_identical(as.raw(audience(keys, threads = 3)), as.raw(a))
  expect_identical(as.raw(audience(rev(keys))), as.raw(a))
})

test_that("deferred strings are made while they are read", {
  numbers <- as.character(1:5000) # ALTREP: made from the integers when asked for
  expect_equal(length(audience(numbers, profile = "raw/1")), 5000)
  expect_equal(length(audience(as.character(1:5000), profile = "raw/1", threads = 2)), 5000)
})

test_that("vectors of NA only are blank, whatever their type", {
  for (keys in list(c(NA, NA), rep(NA_character_, 2), factor(c(NA, NA)), list(NULL, NULL))) {
    expect_equal(quality(audience(keys))$blank, 2)
  }
  for (keys in list(c(NA_integer_, NA), c(NA_real_, NaN))) {
    expect_equal(quality(audience(keys, profile = "int64/1"))$blank, 2)
  }
  expect_equal(quality(audience(logical()))$rows, 0)
})

test_that("factors are read as their text", {
  f <- factor(c(mails(2), NA, mails(1), mails(2)), levels = mails(3:1))
  expect_same_keys(audience(f), mails(1:2))
  expect_equal(quality(audience(f))[c("rows", "blank", "duplicate")], data.frame(rows = 4, blank = 1, duplicate = 1))
  expect_same_keys(audience(f[3]), mails(1))
  expect_equal(length(audience(factor(character(), levels = mails(1)))), 0)
  expect_same_keys(audience(ordered(mails(1:3))), mails(1:3))
  expect_equal(quality(audience(addNA(f)))$blank, 1)
  latin <- factor(iconv("jos\u00e9@example.com", "UTF-8", "latin1"))
  expect_same_keys(audience(latin, profile = "raw/1"), "jos\u00e9@example.com", profile = "raw/1")
  many <- factor(mails(1:2000))[sample.int(2000, 1e5, replace = TRUE)]
  expect_same_keys(audience(many), as.character(many))
})

test_that("factors that are not what they say do no harm", {
  broken <- structure(c(1L, 0L, 1L), levels = mails(1), class = "factor")
  expect_equal(quality(audience(broken))$blank, 1)
  broken <- structure(c(1L, 3L, 1L), levels = mails(1), class = "factor")
  expect_equal(expect_error_of(audience(broken), "vesica_corrupt")$row, 2)
  broken <- structure(c(1L, -7L), levels = mails(1), class = "factor")
  expect_equal(expect_error_of(audience(broken), "vesica_corrupt")$row, 2)
  expect_error_of(audience(structure(1:2, class = "factor")), "vesica_invalid_argument", "levels")
})

test_that("numbers are keys of int64/1", {
  ids <- audience(c(7L, NA, -3L, 7L), profile = "int64/1")
  expect_equal(quality(ids)[c("rows", "blank", "duplicate", "count")],
               data.frame(rows = 4, blank = 1, duplicate = 1, count = 2))
  expect_identical(as.raw(audience(c(7, NaN, -3), profile = "int64/1")), as.raw(ids))
  expect_identical(as.raw(audience(c("7", "-3"), profile = "int64/1")), as.raw(ids))
  expect_equal(length(audience(1:1000, profile = "int64/1")), 1000)
  most <- 2^53 - 1
  expect_same_keys(audience(c(most, -most), profile = "int64/1"), c("9007199254740991", "-9007199254740991"),
                   profile = "int64/1")
  expect_error_of(audience(1:3), "vesica_invalid_argument", "integers")
})

test_that("doubles that are not whole numbers below 2^53 are an error that names the row", {
  for (bad in c(2.5, 2^53, -2^53, Inf, -Inf)) {
    error <- expect_error_of(audience(c(1, NA, bad, 2), profile = "int64/1"), "vesica_invalid_argument", "row 3")
    expect_equal(error$row, 3)
  }
  error <- caught(overlap(c(1, 2), c(1, 2.5), profile = "int64/1"))
  expect_equal(c(error$row, error$index), c(2, 2))
})

test_that("bit64 integers are read as they are", {
  skip_if_not_installed("bit64")
  wide <- bit64::as.integer64(c("9223372036854775807", NA, "-5"))
  expect_same_keys(audience(wide, profile = "int64/1"), c("9223372036854775807", "-5"), profile = "int64/1")
  expect_equal(quality(audience(wide, profile = "int64/1"))$blank, 1)
  expect_equal(canonicalize(wide, profile = "int64/1"), c("9223372036854775807", NA, "-5"))
})

test_that("lists of raw vectors are bytes", {
  bytes <- list(charToRaw(mails(1)), NULL, raw(), charToRaw(mails(2)))
  expect_same_keys(audience(bytes), mails(1:2))
  expect_equal(quality(audience(bytes))$blank, 2)
  expect_equal(length(audience(list(as.raw(0:3), as.raw(0:4)), profile = "raw/1")), 2)
  expect_same_keys(audience(structure(bytes, class = c("blob", "vctrs_list_of", "vctrs_vctr", "list"))), mails(1:2))
  error <- expect_error_of(audience(list(charToRaw("a"), 1)), "vesica_invalid_argument", "neither raw nor NULL")
  expect_equal(error$row, 2)
})

test_that("digests are read in hex, in base64 and as bytes", {
  profile <- "google-ads-email/1"
  hex <- canonicalize(mails(1:3), profile)
  bytes <- lapply(hex, function(h) as.raw(strtoi(substring(h, seq(1, 63, 2), seq(2, 64, 2)), 16)))
  expect_same_keys(audience(hex, profile, encoding = "hex"), mails(1:3), profile)
  expect_same_keys(audience(toupper(hex), profile, encoding = "hex"), mails(1:3), profile)
  expect_same_keys(audience(c(bytes, list(NULL)), profile, encoding = "raw"), mails(1:3), profile)
  expect_error_of(audience(list(as.raw(1:31)), profile, encoding = "raw"), "vesica_invalid_argument", "32 raw bytes")
  expect_error_of(audience(hex, profile, encoding = "raw"), "vesica_invalid_argument", "list of raw")
  expect_error_of(audience(bytes, "email/1", encoding = "raw"), "vesica_invalid_argument", "digests")
  expect_error_of(audience(hex, "email/1", encoding = "hex"), "vesica_invalid_argument", "digests")
  expect_error_of(audience(hex, profile, encoding = "rot13"), "vesica_invalid_argument", "encoding")
})

test_that("data frames give their one column, or the one that is named", {
  frame <- data.frame(id = 1:3, email = mails(1:3))
  expect_same_keys(audience(frame["email"]), mails(1:3))
  expect_same_keys(audience(frame, column = "email"), mails(1:3))
  expect_error_of(audience(frame), "vesica_invalid_argument", "2 columns.*column = ")
  expect_error_of(audience(frame, column = "mail"), "vesica_invalid_argument", "no column")
  expect_error_of(audience(cbind(frame, email = "x"), column = "email"), "vesica_invalid_argument", "several")
  expect_error_of(audience(mails(1), column = "email"), "vesica_invalid_argument", "column")
  expect_same_keys(audience(stats::setNames(frame, c(NA, "email")), column = "email"), mails(1:3))
  expect_error_of(audience(stats::setNames(frame, c(NA, NA)), column = "email"), "vesica_invalid_argument", "no column")
  expect_equal(overlap(frame, data.frame(mail = mails(3:9)), column = c("email", "mail"))$intersection$estimate, 1)
})

test_that("tibbles and data.tables are data frames", {
  skip_if_not_installed("tibble")
  skip_if_not_installed("data.table")
  tibble <- tibble::tibble(id = 1:3, email = mails(1:3))
  table <- data.table::data.table(id = 1:3, email = mails(1:3))
  expect_same_keys(audience(tibble, column = "email"), mails(1:3))
  expect_same_keys(audience(table, column = "email"), mails(1:3))
  expect_same_keys(audience(tibble$email), mails(1:3))
  expect_same_keys(audience(table[["email"]]), mails(1:3))
})

test_that("what holds no keys is refused, and says so", {
  for (keys in list(TRUE, c(NA, TRUE), Sys.Date(), Sys.time(), as.POSIXlt(Sys.time()), 1i, raw(3), mean, quote(a), new.env(),
                    difftime(Sys.time(), Sys.time()))) {
    expect_error_of(audience(keys), "vesica_invalid_argument", "holds no keys|neither raw nor NULL")
  }
  expect_error_of(audience(NULL), "vesica_invalid_argument", "NULL: is there such a column")
  expect_error_of(audience(data.frame(a = 1)$b), "vesica_invalid_argument", "NULL")
  expect_error_of(audience(matrix(mails(1:4), 2)), "vesica_invalid_argument", "dimensions")
})
