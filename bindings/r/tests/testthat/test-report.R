drawn <- function(work) {
  path <- tempfile(fileext = ".pdf")
  on.exit(unlink(path))
  grDevices::pdf(path)
  shown <- tryCatch(work, finally = grDevices::dev.off())
  expect_gt(file.size(path), 1000)
  shown
}

several <- function(count) {
  sets <- lapply(seq_len(count), function(i) seq(i * 30, i * 30 + 100 + 7 * i))
  regions(stats::setNames(sets, paste("set", seq_len(count))), profile = "int64/1")
}

estimated <- function() {
  of <- function(keys) audience(keys, profile = "int64/1", representation = "minhash", bytes = 1024)
  overlap(of(1:60000), of(45001:70000), names = c("A", "B"))
}

# As in a document of knitr whose output is HTML, or is not.
with_mocked_html <- function(html, work) {
  before <- knitr::opts_knit$get("rmarkdown.pandoc.to")
  on.exit(knitr::opts_knit$set(rmarkdown.pandoc.to = before))
  knitr::opts_knit$set(rmarkdown.pandoc.to = if (html) "html" else "latex")
  work
}

test_that("pictures and pages say what they show", {
  o <- overlap(1:8000, 7937:8336, profile = "int64/1", names = c("marketing", "sales"))
  svg <- as_svg(o, title = "Now & <then>")
  for (text in c("Now &amp; &lt;then&gt;", "8,000", "64", "16.0 %")) expect_match(svg, text, fixed = TRUE)
  expect_match(as_svg(o), "prefers-color-scheme")
  expect_identical(as_svg(o, theme = "auto"), as_svg(o))
  expect_no_match(as_svg(o, theme = "dark"), "prefers-color-scheme")
  expect_match(as_svg(estimated()), " to 17,")
  for (count in 1:8) expect_match(as_svg(several(count)), paste("set", count))
  hostile <- as_svg(overlap(1, 2, profile = "int64/1", names = c("<script>alert(1)</script>", "b")))
  expect_no_match(hostile, "<script", fixed = TRUE)
  expect_error_of(as_svg(o, theme = "blue"), "vesica_invalid_argument", "`theme`")
  expect_error_of(as_svg(o, title = 1), "vesica_invalid_argument", "`title`")
  expect_error_of(as_svg(1), "vesica_invalid_argument", "`x`")
  expect_error_of(report(1, "x"), "vesica_invalid_argument", "`x`")
  expect_error_of(as_svg(overlap_matrix(list(1, 2), profile = "int64/1")), "vesica_invalid_argument", "`x`")
})

test_that("a report is whole or not there", {
  folder <- tempfile()
  dir.create(folder)
  on.exit(unlink(folder, recursive = TRUE))
  path <- file.path(folder, "overlap.html")
  writeLines("old", path)
  o <- overlap(1:10, 5:20, profile = "int64/1", names = c("a", "b"))
  expect_identical(withVisible(report(o, path, title = "Mine")), list(value = o, visible = FALSE))
  page <- readChar(path, file.size(path), useBytes = TRUE)
  expect_match(page, "^<!doctype html>", ignore.case = TRUE)
  expect_match(page, "<title>Mine</title>", fixed = TRUE)
  expect_equal(dir(folder, all.files = TRUE, no.. = TRUE), "overlap.html")
  expect_error_of(report(o, file.path(folder, "nowhere", "x.html")), "vesica_io")
  expect_error_of(report(o, ""), "vesica_invalid_argument", "`path`")
  expect_equal(dir(folder, all.files = TRUE, no.. = TRUE), "overlap.html")
})

test_that("saved overlaps are drawn, saved regions are not", {
  saved <- function(x) unserialize(serialize(x, NULL))
  o <- overlap(1:10, 5:20, profile = "int64/1", names = c("a", "b"))
  expect_identical(as_svg(saved(o)), as_svg(o))
  expect_match(as_svg(saved(estimated())), "A")
  expect_match(as_svg(saved(overlap(integer(), 1, profile = "int64/1"))), "is empty")
  expect_error_of(as_svg(saved(several(2))), "vesica_invalid_argument", "dead")
})

test_that("plots are of the layout of the pictures", {
  o <- overlap(1:8000, 7937:8336, profile = "int64/1", names = c("marketing", "sales"))
  expect_equal(drawn(plot(o))$count, c(7936, 336, 64))
  layout <- read_json(report_text(o, report_options("layout")))
  area <- vapply(layout$sets, function(set) {
    points <- shape_points(set)
    after <- rbind(points[-1, ], points[1, ])
    abs(sum(points[, 1] * after[, 2] - after[, 1] * points[, 2])) / 2
  }, 0)
  expect_equal(area[[1]] / area[[2]], 20)
  shared <- drawn(plot(estimated(), main = "Estimated"))
  expect_true(all(shared$lower <= shared$count & shared$count <= shared$upper))
  for (count in 1:8) {
    r <- several(count)
    shown <- drawn(plot(r, main = "Several"))
    if (count > 3) expect_equal(shown$count, utils::head(sort(r$regions$count[r$regions$count > 0], decreasing = TRUE), 20))
    else expect_equal(shown, r$regions[c("region", "count", "lower", "upper")])
  }
  expect_equal(nrow(drawn(plot(several(5), n = 2))), 2)
  drawn(plot(overlap(integer(), 1, profile = "int64/1")))
  drawn(plot(overlap(integer(), integer(), profile = "int64/1")))
  # the device of the test has no glyphs for the second name
  suppressWarnings(drawn(plot(overlap(1, 2:3, profile = "int64/1", names = c(strrep("long ", 50), "\u65e5\u672c")))))
  expect_error_of(plot(several(5), n = 0), "vesica_invalid_argument", "`n`")
  expect_error_of(plot(regions(list(integer(), integer(), integer(), integer()), profile = "int64/1")),
                  "vesica_invalid_argument", "nothing to plot")
})

test_that("labels are moved apart as little as needed", {
  set.seed(4)
  for (round in 1:100) {
    count <- sample.int(8, 1)
    middles <- sort(stats::runif(count, 0, 50))
    heights <- stats::runif(count, 1, 9)
    spread <- spread_apart(middles, heights)
    expect_true(all(diff(spread) >= (utils::head(heights, -1) + heights[-1]) / 2 - 1e-9))
  }
  expect_equal(spread_apart(c(1, 9), c(2, 2)), c(1, 9))
  expect_equal(spread_apart(c(5, 5), c(2, 2)), c(4, 6))
})

test_that("JSON is read as it is", {
  text <- "{\"a\":[1,-2.5e-3,null,true,[]],\"b\":{\"c\":\"x\\\"\\\\\\u00e9\\n[{\"},\"d\":{}}"
  expect_identical(read_json(text), list(a = list(1, -0.0025, NULL, TRUE, list()), b = list(c = "x\"\\\u00e9\n[{"),
                                         d = stats::setNames(list(), character())))
  o <- overlap(1, 2, profile = "int64/1", names = c("a \"quote\" \\ {[", "\u65e5\u672c"))
  expect_identical(vapply(read_json(report_text(o, report_options("layout")))$sets, `[[`, "", "name"), o$sets$name)
})

test_that("R Markdown shows the picture where it can", {
  skip_if_not_installed("knitr")
  o <- overlap(1:10, 5:20, profile = "int64/1", names = c("a", "b"))
  for (x in list(o, several(3), several(5))) {
    shown <- with_mocked_html(TRUE, knitr::knit_print(x, list(comment = "##")))
    expect_s3_class(shown, "knit_asis")
    expect_match(shown, as_svg(x), fixed = TRUE)
    expect_match(shown, paste("##", utils::capture.output(print(x))[[1]]), fixed = TRUE)
  }
  expect_no_match(with_mocked_html(TRUE, knitr::knit_print(o, list(comment = NA))), "NA ")
  hostile <- regions(list("```" = 1, "````\n<script>" = 2, c = 3), profile = "int64/1")
  lines <- strsplit(with_mocked_html(TRUE, knitr::knit_print(hostile, list(comment = NA))), "\n")[[1]]
  expect_equal(grep("^`{5}", lines, value = TRUE), c("`````{=html}", "`````", "`````", "`````"))
  expect_equal(utils::tail(lines, 1), "`````")
  expect_output(with_mocked_html(FALSE, knitr::knit_print(o, list(comment = "##"))), "are also in")
})
