test_that("regions agree with base R on random sets", {
  set.seed(5)
  for (round in 1:10) {
    n <- sample.int(4, 1)
    sets <- lapply(seq_len(n), function(i) mails(sample.int(60, sample.int(80, 1), replace = TRUE)))
    names(sets) <- letters[seq_len(n)]
    all <- unique(unlist(sets))
    member <- vapply(sets, function(s) all %in% s, logical(length(all)))
    dim(member) <- c(length(all), n)
    for (r in list(regions(sets), regions(lapply(sets, audience)), regions(sets, exact_bytes = TRUE))) {
      frame <- as.data.frame(r)
      for (i in seq_len(nrow(frame))) {
        wanted <- unlist(frame[i, paste0("in_", names(sets))])
        expect_equal(frame$count[i], sum(apply(member, 1, function(row) all(row == wanted))))
      }
      expect_equal(frame$sets, rowSums(frame[paste0("in_", names(sets))]))
      expect_equal(sum(frame$count), length(all))
      expect_equal(nrow(r$pairs), n * (n - 1) / 2)
      expect_equal(quality(r)$count, unname(lengths(lapply(sets, unique))))
    }
  }
})

test_that("regions take what they can", {
  expect_error_of(regions(list()), "vesica_invalid_argument", "1 to 8 sets")
  expect_error_of(regions(rep(list(mails(1)), 9)), "vesica_invalid_argument", "1 to 8 sets")
  expect_error_of(regions(mails(1)), "vesica_invalid_argument", "list")
  sketch <- audience(mails(1:50000), representation = "minhash")
  expect_error_of(regions(rep(list(sketch), 5)), "vesica_unsupported")
  r <- regions(list(a = sketch, b = mails(1:100)))
  expect_true(all(r$regions$lower <= r$regions$count & r$regions$count <= r$regions$upper))
  expect_equal(regions(list(mails(1), b = mails(2)))$sets$name, c("A", "b"))
  expect_equal(regions(data.frame(x = mails(1:2), y = mails(2:3)))$regions$count, c(1, 1, 1))
  expect_error_of(regions(list(a = mails(1), b = Sys.Date())), "vesica_invalid_argument", "`b` is of class Date")
  invalid <- invalid_rows(regions(list(a = mails(1), b = c("x", "y"))))
  expect_equal(invalid[c("name", "rows")], data.frame(name = "b", rows = 2))
  expect_equal(invalid$first_rows, list(c(1, 2)))
})

test_that("regions print as they always have", {
  r <- regions(list(brand = mails(1:50), demand = mails(41:90), sales = c(mails(86:95), NA)))
  expect_snapshot_output(print(r))
  expect_snapshot_output(print(as.data.frame(r)))
})

test_that("a matrix has every pair, and squares of its figures", {
  sets <- list(a = mails(1:10), b = mails(6:25), c = audience(mails(20:22)), d = character())
  m <- overlap_matrix(sets)
  frame <- as.data.frame(m)
  expect_equal(paste(frame$a, frame$b), c("a b", "a c", "a d", "b c", "b d", "c d"))
  expect_equal(frame$intersection, c(5, 0, 0, 3, 0, 0))
  square <- as.matrix(m, "intersection")
  expect_equal(square, t(square))
  expect_equal(unname(diag(square)), c(10, 20, 3, 0))
  expect_equal(square["b", "c"], 3)
  share <- as.matrix(m, "share")
  expect_equal(share["a", "b"], 0.5)
  expect_equal(share["b", "a"], 0.25)
  expect_true(is.na(share["d", "a"]))
  expect_equal(as.matrix(m)["c", "b"], 1)
  expect_equal(as.matrix(regions(sets[1:3]), "intersection"), square[1:3, 1:3])
  expect_error_of(as.matrix(m, "size_ratio"), "vesica_invalid_argument", "figure")
  expect_error_of(overlap_matrix(sets[1]), "vesica_invalid_argument", "2 to 1024")
  expect_output(print(m, n = 2), "4 more pairs")
  expect_match(m$warnings, "empty", all = FALSE)
})

test_that("a large matrix is as the overlaps of its pairs", {
  set.seed(6)
  sets <- lapply(1:40, function(i) audience(mails(sample.int(5000, 1000)), representation = "minhash"))
  m <- overlap_matrix(sets)
  expect_equal(nrow(as.data.frame(m)), 780)
  for (pair in c(1, 400, 780)) {
    row <- as.data.frame(m)[pair, ]
    index <- which(lower.tri(diag(40)), arr.ind = TRUE)[pair, ]
    o <- overlap(sets[[index[["col"]]]], sets[[index[["row"]]]])
    expect_equal(row$intersection, o$intersection$estimate)
    expect_equal(row$jaccard_upper, o$jaccard$upper)
  }
})
