test_that("set operations agree with base R on random sets", {
  set.seed(20261122)
  for (round in 1:20) {
    x <- mails(sample.int(500, sample.int(400, 1), replace = TRUE))
    y <- mails(sample.int(500, sample.int(400, 1) - 1, replace = TRUE))
    a <- audience(x)
    b <- audience(y)
    expect_same_keys(a | b, union(x, y))
    expect_same_keys(a & b, intersect(x, y))
    expect_same_keys(a - b, setdiff(x, y))
    expect_same_keys(merge(a, b), union(x, y))
    expect_equal(contains(a, y), y %in% x)
  }
})

test_that("what was read is added up by merge() and forgotten by set operations", {
  a <- audience(c(mails(1:3), NA))
  b <- audience(c(mails(3:4), "bad"))
  expect_equal(quality(merge(a, b))[c("rows", "blank", "invalid")], data.frame(rows = 7, blank = 1, invalid = 1))
  expect_true(is.na(quality(a | b)$rows))
  expect_equal(quality(a | b)$count, 4)
  expect_equal(nrow(invalid_rows(a | b)), 0)
})

test_that("merged sketches are to the byte what one sketch of all keys would be", {
  parts <- split(mails(1:60000), rep(1:4, length.out = 60000))
  for (kind in c("minhash", "hyperloglog")) {
    sketches <- lapply(parts, audience, representation = kind, bytes = 4096)
    whole <- as.raw(audience(mails(1:60000), representation = kind, bytes = 4096))
    expect_identical(as.raw(do.call(merge, unname(sketches))), whole)
    expect_identical(as.raw(Reduce(`|`, sketches)), whole)
    expect_error_of(sketches[[1]] & sketches[[2]], "vesica_unsupported")
  }
})

test_that("a merge takes the kind and the smallest size of its sketches", {
  exact <- audience(mails(1:10))
  small <- audience(mails(1:50000), representation = "hyperloglog", bytes = 1024)
  large <- audience(mails(1:50000), representation = "hyperloglog", bytes = 4096)
  plain <- audience(mails(1:50000), representation = "hyperloglog", bytes = 4096, plain_registers = TRUE)
  expect_equal(inspect_audience(merge(exact, large, small))$sketch_bytes, 1024)
  expect_equal(inspect_audience(merge(large, exact))$sketch_bytes, 4096)
  expect_equal(inspect_audience(merge(plain, plain))$mantissa_bits, 0)
  expect_equal(inspect_audience(merge(exact, exact))$representation, "exact")
  expect_equal(inspect_audience(merge(exact, exact, representation = "hyperloglog"))$representation, "hyperloglog")
  expect_equal(length(merge(exact)), 10)
  minhash <- audience(mails(1:50000), representation = "minhash")
  expect_equal(expect_error_of(merge(small, minhash), "vesica_unsupported")$index, 2)
  expect_error_of(merge(exact, mails(1)), "vesica_invalid_argument")
})

test_that("audiences of different identities do not meet, and the error says why", {
  a <- audience(mails(1:3))
  field <- function(b) expect_error_of(a | b, "vesica_identity_mismatch")$field
  expect_equal(field(audience(mails(1), profile = "raw/1")), "profile")
  expect_equal(field(audience(mails(1), hash_bits = 128)), "width")
  expect_equal(field(audience(mails(1), secret = raw(16))), "family")
  keyed <- audience(mails(1), secret = raw(16))
  expect_equal(expect_error_of(keyed & audience(mails(1), secret = raw(17)), "vesica_identity_mismatch")$field, "secret")
})

test_that("other operators are refused", {
  a <- audience(mails(1))
  for (work in list(quote(a + a), quote(a == a), quote(!a), quote(-a), quote(a < a))) {
    expect_error_of(eval(work), "vesica_invalid_argument", "not defined")
  }
  expect_error_of(a | mails(1), "vesica_invalid_argument", "must be an audience")
})

test_that("the generics of the package generics find audiences", {
  skip_if_not_installed("generics")
  a <- audience(mails(1:3))
  b <- audience(mails(3:4))
  expect_equal(length(generics::union(a, b)), 4)
  expect_equal(length(generics::intersect(a, b)), 1)
  expect_equal(length(generics::setdiff(a, b)), 2)
})
