test_that("overlaps agree with base R on random columns", {
  set.seed(4)
  for (round in 1:20) {
    x <- mails(sample.int(300, sample.int(600, 1), replace = TRUE))
    y <- mails(sample.int(300, sample.int(200, 1), replace = TRUE))
    both <- length(intersect(x, y))
    answers <- list(overlap(x, y), overlap(audience(x), audience(y)), overlap(audience(x), y), overlap(x, y, threads = 2),
                    overlap(x, y, exact_bytes = TRUE), overlap(factor(x), y, hash_bits = 128))
    for (o in answers) {
      figures <- as.data.frame(o)
      expect_equal(figures$lower, figures$estimate)
      expect_equal(figures$upper, figures$estimate)
      expect_equal(setNames(figures$estimate, figures$figure), c(
        size_a = length(unique(x)), size_b = length(unique(y)), intersection = both, union = length(union(x, y)),
        share_of_a = both / length(unique(x)), share_of_b = both / length(unique(y)),
        overlap_coefficient = both / min(length(unique(x)), length(unique(y))), jaccard = both / length(union(x, y)),
        dice = 2 * both / (length(unique(x)) + length(unique(y))), size_ratio = length(unique(x)) / length(unique(y))
      ))
      expect_true(o$exact)
    }
  }
})

test_that("an answer says how it was found", {
  o <- overlap(c(mails(1:3), NA), mails(2:9))
  expect_equal(o$method, "exact-64")
  expect_equal(o$profile, "email/1")
  expect_match(o$stamp, "^email/1 data=[0-9a-f]{16} hash=xxh3-64$")
  expect_lt(o$expected_false_matches, 1e-15)
  expect_equal(o$design_error, 0)
  expect_false(o$below_resolution)
  expect_equal(quality(o)$blank, c(1, 0))
  expect_equal(o$warnings, character())
  expect_equal(overlap(mails(1), mails(1), hash_bits = 128)$method, "exact-128")
  expect_equal(overlap(mails(1), mails(1), exact_bytes = TRUE)$method, "exact-bytes")
})

test_that("figures of an empty set are undefined", {
  o <- overlap(mails(1:3), character())
  expect_equal(o$intersection$estimate, 0)
  for (figure in c("share_of_b", "overlap_coefficient", "size_ratio")) expect_true(is.na(o[[figure]]$estimate))
  expect_match(o$warnings, "empty", all = FALSE)
  expect_output(print(o), "undefined")
  expect_output(print(overlap(character(), character())), "undefined")
})

test_that("estimates hold the truth here, and say what they are", {
  a <- audience(mails(1:50000), representation = "minhash")
  b <- audience(mails(42001:342000), representation = "minhash")
  o <- overlap(a, b)
  expect_false(o$exact)
  expect_equal(o$method, "minhash")
  expect_true(o$intersection$lower < 8000 && 8000 < o$intersection$upper)
  expect_gt(o$design_error, 0)
  expect_output(print(o), "Estimated \\(minhash\\) under email/1; in parentheses the 95 % intervals")
  expect_match(format(o$intersection), "^[0-9,]+ \\([0-9,]+ to [0-9,]+\\)$")
  mixed <- overlap(mails(1:50000), b)
  expect_equal(mixed$size_a$estimate, 50000)
  hll <- audience(mails(1:50000), representation = "hyperloglog")
  expect_error_of(overlap(hll, b), "vesica_unsupported")
})

test_that("sets are called what they are called in the call", {
  crm <- data.frame(email = mails(1:3))
  ads <- mails(3:4)
  expect_equal(overlap(crm$email, ads)$sets$name, c("crm$email", "ads"))
  expect_equal(overlap(crm[["email"]], ads)$sets$name, c("crm[[\"email\"]]", "ads"))
  expect_equal(overlap("secret@example.com", c(ads))$sets$name, c("A", "B"))
  expect_equal(do.call(overlap, list(crm$email, ads))$sets$name, c("A", "B"))
  expect_equal(overlap(crm$email, ads, names = c("crm", "\u00e9"))$sets$name, c("crm", "\u00e9"))
  expect_error_of(overlap(crm$email, ads, names = "one"), "vesica_invalid_argument", "names")
})

test_that("columns meet audiences under the audience's profile", {
  domains <- audience(c("acme.com", "example.org"), profile = "domain/1", hash_bits = 128)
  expect_equal(overlap(domains, c("https://www.acme.com/about", "ann@other.net"))$intersection$estimate, 1)
  phones <- audience("030 901820", profile = "phone-digits/1", country = "DE")
  expect_equal(overlap("+49 30 901820", phones)$intersection$estimate, 1)
  keyed <- audience(mails(1:3), secret = raw(16))
  expect_equal(overlap(keyed, mails(3:4), secret = raw(16))$intersection$estimate, 1)
  expect_equal(expect_error_of(overlap(keyed, mails(3:4)), "vesica_identity_mismatch")$field, "family")
  expect_error_of(overlap(domains, mails(1), profile = "email/1"), "vesica_identity_mismatch")
  expect_error_of(overlap(domains, mails(1), exact_bytes = TRUE), "vesica_invalid_argument", "exact_bytes")
})

test_that("plain and hashed columns of one vendor meet", {
  hashed <- canonicalize(mails(2:5), profile = "linkedin-email/1")
  o <- overlap(mails(1:3), hashed, profile = "linkedin-email/1", encoding = c("plain", "hex"))
  expect_equal(o$intersection$estimate, 2)
  expect_error_of(overlap(mails(1), hashed, encoding = c("plain", "hex", "hex")), "vesica_invalid_argument", "one for each")
})

test_that("answers survive saveRDS()", {
  path <- withr::local_tempfile()
  o <- overlap(mails(1:3), c(mails(3:4), "bad"))
  saveRDS(o, path)
  back <- readRDS(path)
  expect_identical(plain(back), plain(o))
  expect_identical(to_json(back), to_json(o))
  expect_identical(capture.output(print(back)), capture.output(print(o)))
  m <- overlap_matrix(list(mails(1:3), mails(2:3)))
  saveRDS(m, path)
  expect_identical(as.data.frame(readRDS(path)), as.data.frame(m))
  expect_error_of(to_json(readRDS(path)), "vesica_invalid_argument", "dead")
})

test_that("an overlap prints as it always has", {
  crm <- c(mails(1:5), NA, "bad")
  ads <- mails(4:103)
  expect_snapshot_output(print(overlap(crm, ads)))
  expect_snapshot_output(print(as.data.frame(overlap(crm, ads))))
})
