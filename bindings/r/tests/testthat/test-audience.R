test_that("audiences count, and say what was read", {
  a <- audience(c(mails(1:3), mails(1), "info@gmail.com", "bad", "a@b", NA, ""))
  expect_equal(length(a), 4)
  expect_equal(quality(a), data.frame(rows = 9, blank = 2, invalid = 2, duplicate = 1, free_mail = 1, role = 1, count = 4))
  invalid <- invalid_rows(a)
  expect_equal(invalid$reason, c("no @", "domain has no dot"))
  expect_equal(invalid$rows, c(1, 1))
  expect_equal(invalid$first_rows, list(6, 7))
})

test_that("representations are told apart", {
  keys <- mails(1:30000)
  exact <- audience(keys)
  for (kind in c("minhash", "hyperloglog")) {
    a <- audience(keys, representation = kind)
    expect_equal(inspect_audience(a)$representation, kind)
    count <- audience_count(a)
    expect_lt(count$lower, count$upper)
    expect_lt(abs(count$estimate / 30000 - 1), 0.05)
    expect_error_of(length(a), "vesica_unsupported", "audience_count")
    expect_identical(as.raw(sketch(exact, kind))[1:4], as.raw(a)[1:4])
  }
  expect_equal(inspect_audience(audience(keys, representation = "hyperloglog", plain_registers = TRUE))$mantissa_bits, 0)
  expect_lte(length(as.raw(audience(keys, representation = "minhash", bytes = 2048))), 2048)
  count <- audience_count(exact)
  expect_equal(unlist(unclass(count), use.names = FALSE), rep(30000, 3))
  expect_equal(as.numeric(count), 30000)
})

test_that("sketches of exact audiences carry their count", {
  s <- sketch(audience(mails(1:30000)), bytes = 4096)
  expect_equal(audience_count(s)$estimate, 30000)
  expect_equal(inspect_audience(s)$exact_count, 30000)
  smaller <- sketch(s, "minhash", bytes = 2048)
  expect_lte(length(as.raw(smaller)), 2048)
  expect_error_of(sketch(s, "hyperloglog"), "vesica_unsupported")
})

test_that("contains() knows the keys of an exact audience", {
  a <- audience(mails(1:1000))
  expect_equal(contains(a, c(mails(1), "PERSON2@example.com", mails(2000), "bad", NA)), c(TRUE, TRUE, FALSE, FALSE, FALSE))
  expect_equal(contains(a, character()), logical())
  expect_equal(contains(a, factor(mails(c(5, 5000)))), c(TRUE, FALSE))
  expect_equal(contains(a, data.frame(x = 1, e = mails(7)), column = "e"), TRUE)
  expect_error_of(contains(audience(mails(1:30000), representation = "minhash"), "x"), "vesica_unsupported")
  phones <- audience("+49 30 901820", profile = "phone-digits/1", country = "DE")
  expect_true(contains(phones, "030 901820"))
  expect_error_of(contains(phones, "030 901820", country = "FR"), "vesica_identity_mismatch")
  keyed <- audience(mails(1:3), secret = charToRaw("0123456789abcdef"), hash_bits = 128)
  expect_true(contains(keyed, mails(1), secret = "0123456789abcdef"))
  expect_equal(expect_error_of(contains(keyed, mails(1)), "vesica_identity_mismatch")$field, "family")
  expect_equal(expect_error_of(contains(keyed, mails(1), secret = strrep("x", 16)), "vesica_identity_mismatch")$field, "secret")
})

test_that("arguments that cannot be are refused", {
  bad <- function(...) expect_error_of(audience(mails(1), ...), "vesica_invalid_argument")
  bad(profile = "email")
  bad(profile = NA_character_)
  bad(profile = c("email/1", "raw/1"))
  bad(representation = "theta")
  bad(representation = c("exact", "minhash"))
  bad(representation = "minhash", bytes = 10)
  bad(representation = "minhash", bytes = -1)
  bad(representation = "minhash", bytes = "many")
  bad(secret = "short")
  bad(secret = 1)
  bad(hash_bits = 32)
  bad(country = "DE")
  bad(threads = 0)
  bad(threads = 1.5)
  bad(threads = 1000)
  bad(memory = -1)
  bad(memory = "2G")
  bad(progress = "yes")
  bad(plain_registers = NA)
  expect_error_of(audience("1", profile = "phone-digits/1"), "vesica_invalid_argument", "country")
  for (work in list(quote(audience_count("x")), quote(contains("x", "x")), quote(sketch("x")), quote(quality("x")),
                    quote(save_audience("x", "x")), quote(audience_union("x", "x")), quote(invalid_rows("x")))) {
    expect_error_of(eval(work), "vesica_invalid_argument", "must be an audience")
  }
})

test_that("audiences print what they are", {
  expect_output(print(audience(mails(1))), "<vesica audience: 1 key, exact, email/1>", fixed = TRUE)
  sketch <- audience(mails(1:50000), representation = "minhash")
  expect_match(format(sketch), "^<vesica audience: [0-9]+,[0-9]{3} \\([0-9,]+ to [0-9,]+\\) keys, MinHash, email/1>$")
  expect_output(str(list(sketch)), "MinHash")
  expect_output(print(summary(audience(c(mails(1:2), NA)))), "3 rows read: 1 blank, 0 invalid, 0 duplicate")
  expect_equal(as.data.frame(audience(c(mails(1:2), NA)))[c("representation", "count", "rows", "blank")],
               data.frame(representation = "exact", count = 2, rows = 3, blank = 1))
})

test_that("a budget that is too small says what would do", {
  keys <- mails(1:1e6)
  error <- expect_error_of(audience(keys, memory = 4.2e6), "vesica_over_budget")
  expect_gt(error$needed_bytes, 4.2e6)
  expect_equal(length(audience(keys, memory = 1e9)), 1e6)
})
