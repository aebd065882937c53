test_that("profiles are listed", {
  all <- profiles()
  expect_s3_class(all, "data.frame")
  expect_true(all(c("email/1", "raw/1", "int64/1", "account/1") %in% all$name))
  expect_false(anyDuplicated(all$name) > 0)
  expect_true(all$needs_country[all$name == "phone-digits/1"])
  expect_true(all$digest[all$name == "linkedin-email/1"])
  expect_type(library_version(), "character")
})

test_that("canonical forms and reasons go with the rows", {
  keys <- c(" Ann@Example.com ", NA, "bo@example", "", "cy@b\u00fccher.example")
  expect_equal(canonicalize(keys), c("ann@example.com", NA, NA, NA, "cy@xn--bcher-kva.example"))
  expect_equal(invalid_reason(keys), c(NA, "blank", "domain has no dot", "blank", NA))
  expect_equal(canonicalize(factor(keys)), canonicalize(keys))
  expect_equal(canonicalize(data.frame(keys)), canonicalize(keys))
  expect_equal(canonicalize(character()), character())
  expect_equal(canonicalize("https://www.Acme.co.uk/x", profile = "domain/1"), "acme.co.uk")
  expect_equal(canonicalize("030 901820", profile = "phone-digits/1", country = "DE"), "4930901820")
  long <- strrep("k", 10000)
  expect_equal(canonicalize(c(long, "short"), profile = "raw/1"), c(long, "short"))
})

test_that("digests are shown in hex and numbers in decimal", {
  sha <- "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
  expect_equal(canonicalize(toupper(sha), profile = "sha256/1", encoding = "hex"), sha)
  expect_equal(canonicalize(c(-1, NA, 123456789012), profile = "int64/1"), c("-1", NA, "123456789012"))
  expect_equal(canonicalize(5L, profile = "int64/1"), "5")
  expect_match(canonicalize("ann@example.com", profile = "google-ads-email/1"), "^[0-9a-f]{64}$")
  bytes <- list(as.raw(c(0, 255)), NULL)
  expect_equal(canonicalize(bytes, profile = "raw/1"), bytes)
  for (bad in c(1.5, 2^53, -2^53, Inf)) {
    error <- expect_error_of(canonicalize(c(1, NA, bad), profile = "int64/1"), "vesica_invalid_argument", "whole")
    expect_equal(error$row, 3)
  }
  expect_equal(canonicalize(c(2^53 - 1, 1 - 2^53), profile = "int64/1"), c("9007199254740991", "-9007199254740991"))
  expect_error_of(canonicalize(bytes, encoding = "raw"), "vesica_invalid_argument")
})
