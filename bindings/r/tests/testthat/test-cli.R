# The command line and the package say the same, to the byte. VESICA_CLI is the path of the program.
cli <- Sys.getenv("VESICA_CLI")

from_cli <- function(...) paste(system2(cli, c(..., "--json", "--quiet", "--no-header"), stdout = TRUE), collapse = "\n")

column_file <- function(keys) {
  path <- tempfile(fileext = ".csv")
  writeLines(ifelse(is.na(keys), "\"\"", keys), path)
  path
}

test_that("overlaps, regions and matrices are those of the command line", {
  skip_if(cli == "", "VESICA_CLI is not set")
  set.seed(7)
  sets <- list(crm = c(sample(mails(1:2000)), "bad", NA, "info@gmail.com"), ads = sample(mails(1500:9000)),
               web = c(mails(1900:3000), "bad", "x@y"))
  files <- paste0(names(sets), "=", vapply(sets, column_file, ""))
  expect_identical(to_json(overlap(sets$crm, sets$ads, names = c("crm", "ads"))), from_cli("overlap", files[1:2]))
  expect_identical(to_json(regions(sets)), from_cli("overlap", files))
  expect_identical(to_json(overlap(sets$crm, sets$ads, names = c("crm", "ads"), hash_bits = 128)),
                   from_cli("overlap", files[1:2], "--hash-bits", "128"))
})

test_that("images and estimates are those of the command line", {
  skip_if(cli == "", "VESICA_CLI is not set")
  sets <- list(a = mails(1:30000), b = mails(25001:90000))
  images <- vapply(sets, function(keys) {
    path <- tempfile(fileext = ".vsc")
    system2(cli, c("sketch", column_file(keys), "-o", path, "--quiet", "--no-header"))
    path
  }, "")
  loaded <- lapply(images, load_audience)
  for (i in 1:2) expect_identical(as.raw(loaded[[i]]), as.raw(audience(sets[[i]], representation = "minhash")))
  files <- paste0(names(sets), "=", images)
  expect_identical(to_json(overlap(loaded$a, loaded$b, names = c("a", "b"))),
                   paste(system2(cli, c("overlap", files, "--json", "--quiet"), stdout = TRUE), collapse = "\n"))
})
