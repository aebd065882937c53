rows <- data.frame(
  person = c("ann@x.com", "ann@x.com", "ann@x.com", "bo@x.com", "bo@x.com", "bo@x.com", "cy@x.com", "di@x.com", "nobody", NA),
  event = c("exposed", "exposed", "contacted", "exposed", "contacted", "responded", "contacted", "exposed", "exposed",
            "contacted"),
  team = c("brand", "demand", "sales", "demand", "sales", "sales", "sales", "marketing", "brand", "sales"),
  time = c("2026-01-03", "2026-01-05", "2026-01-10", "2026-01-04", "2026-01-08", "2026-01-09", "2026-01-11", "2026-01-02",
           "2026-01-02", "2026-01-02"),
  region = rep(c("EE", "FI"), c(6, 4))
)
tables_of <- function(s) lapply(unclass(s), identity)[names(s)]
same_tables <- function(s, ...) expect_identical(to_json(study(s, by = "region", ...)), to_json(study(rows, by = "region", ...)))

test_that("a study counts circles and segments, and says what was read", {
  s <- study(rows, by = "region", tables = c("circles", "segments"))
  expect_equal(names(s), c("circles", "segments", "settings", "warnings"))
  row <- s$circles[1, ] # marketing reached ann, bo and di; sales ann, bo and cy
  expect_equal(unlist(row[c("n_a", "n_b", "n_both", "n_union", "share_of_b")], use.names = FALSE), c(3, 3, 2, 4, 2 / 3))
  expect_identical(s[["circles"]], s$circles)
  expect_identical(as.data.frame(s), s$circles)
  expect_identical(as.data.frame(s, table = "segments"), s$segments)
  both <- s$segments[s$segments$a == "marketing", ]
  expect_equal(both$n_both[match(c("EE", "FI"), both$value)], c(2, 0))
  expect_equal(quality(s), data.frame(rows = 10, taken = 8, free_mail = 0, role = 0))
  expect_equal(invalid_rows(s)$reason, c("blank", "invalid"))
  expect_equal(invalid_rows(s)$first_rows, list(10, 9))
  expect_equal(s$settings$value[s$settings$option == "by"], "region")
})

test_that("all tables are there, with the figures of the JSON", {
  s <- study(rows, by = "region", min_support = 1)
  expect_equal(names(s), study_tables()$table)
  expect_match(to_json(s), '^\\{"tables":\\{"circles":\\[\\{"company":null,"a":"marketing","b":"sales","n_a":3,')
  listed <- summary(s)
  expect_equal(listed$table, names(s))
  expect_equal(listed$rows, unname(vapply(unclass(s), nrow, 1L)))
  expect_error_of(s$circle, "vesica_invalid_argument", "no table `circle`: it has circles")
  expect_error_of(s[["nothing"]], "vesica_invalid_argument", "no table")
})

test_that("columns of every type say the same", {
  same_tables(transform(rows, person = factor(person), event = factor(event), team = factor(team), region = factor(region)))
  same_tables(transform(rows, time = as.Date(time)))
  same_tables(transform(rows, time = factor(time)))
  same_tables(cbind(rows, notes = I(lapply(1:10, identity)), other = Sys.time()))
  same_tables(rows[10:1, ])
  same_tables(list(rows[7:10, ], rows[1:6, 5:1]))
  same_tables(list(rows, rows[0, ]))
  moments <- as.POSIXct(rows$time, tz = "UTC") + 0.25
  text <- transform(rows, time = format(moments, "%Y-%m-%dT%H:%M:%OS2Z"))
  expect_match(text$time[1], "T00:00:00.25Z")
  json <- to_json(study(text))
  attr(moments, "tzone") <- "Asia/Tokyo"
  expect_identical(to_json(study(transform(rows, time = moments))), json)
  local <- rows
  local$time <- as.POSIXlt(moments)
  expect_identical(to_json(study(local)), json)
  whole <- as.POSIXct(rows$time, tz = "UTC")
  json <- to_json(study(transform(rows, time = whole)))
  expect_identical(to_json(study(transform(rows, time = as.numeric(whole)))), json)
  expect_identical(to_json(study(transform(rows, time = as.integer(as.numeric(whole))))), json)
  expect_identical(to_json(study(transform(rows, time = structure(as.integer(as.numeric(whole)), class = class(whole))))), json)
  skip_if_not_installed("bit64")
  expect_identical(to_json(study(transform(rows, time = bit64::as.integer64(1000 * as.numeric(whole))))), json)
})

test_that("tibbles, data.tables and latin1 text are read", {
  skip_if_not_installed("tibble")
  skip_if_not_installed("data.table")
  same_tables(tibble::as_tibble(rows))
  same_tables(data.table::as.data.table(rows))
  utf8 <- transform(rows, region = ifelse(region == "EE", "P\u00e4rnu", NA))
  latin <- transform(utf8, region = iconv(region, "UTF-8", "latin1"))
  expect_identical(to_json(study(latin, by = "region")), to_json(study(utf8, by = "region")))
  expect_true("P\u00e4rnu" %in% study(latin, by = "region", tables = "segments")$segments$value)
})

test_that("persons may be numbers, and amounts money", {
  deals <- data.frame(person = c(7, 7, 8), event = c("deal", "deal", "deal"), stage = c("open", "won", "lost"),
                      deal = c(1L, 1L, 2L), amount = c(NA, 1234.5, 10), currency = "EUR", time = as.Date("2026-01-01") + 0:2)
  for (person in list(deals$person, as.integer(deals$person), as.character(deals$person))) {
    deals$person <- person
    s <- study(deals, profile = "int64/1", tables = "revenue")
    expect_equal(s$revenue[, c("currency", "won", "lost", "won_amount")],
                 data.frame(currency = "EUR", won = 1, lost = 1, won_amount = 1234.5))
  }
  text <- transform(deals, amount = as.character(amount))
  expect_identical(to_json(study(text, profile = "int64/1")), to_json(study(deals, profile = "int64/1")))
})

test_that("Arrow streams are events", {
  stream <- function(...) arrow_stream(regions(list(a = mails(1:3), b = mails(2:4))))
  expect_error_of(study(stream()), "vesica_invalid_argument", "no column 'person'|no column 'event'")
  s <- study(stream(), mapping = c(region = "person", sets = "event"), profile = "raw/1")
  expect_equal(quality(s)$rows, 3)
  expect_error_of(study(stream(), mapping = c(regio = "person")), "vesica_invalid_argument", "no column `regio`")
  skip_if_not_installed("nanoarrow")
  same_tables(nanoarrow::as_nanoarrow_array(rows))
  same_tables(nanoarrow::as_nanoarrow_array_stream(rows))
  same_tables(list(nanoarrow::as_nanoarrow_array_stream(rows[1:4, ]), rows[5:10, ]))
  expect_error_of(study(nanoarrow::as_nanoarrow_array(rows$person)), "vesica_invalid_argument", "not one column")
})

test_that("text with a NUL is shown without it, and no error shows the text", {
  skip_if_not_installed("nanoarrow")
  labels <- nanoarrow::as_nanoarrow_array(structure(list(charToRaw("a-b"), as.raw(c(0x61, 0, 0x62))), class = "blob"),
                                          schema = nanoarrow::na_binary())
  columns <- list(person = nanoarrow::as_nanoarrow_array(mails(1:2)), event = nanoarrow::as_nanoarrow_array(rep("contacted", 2)),
                  team = nanoarrow::as_nanoarrow_array(rep("sales", 2)), region = labels)
  batch <- nanoarrow::nanoarrow_array_init(nanoarrow::na_struct(lapply(columns, nanoarrow::infer_nanoarrow_schema)))
  batch <- nanoarrow::nanoarrow_array_modify(batch, list(length = 2, children = columns))
  s <- study(batch, by = "region", tables = "segments")
  expect_true(all(s$segments$value %in% c("a-b", "a b", NA)))
})

test_that("columns are mapped by name", {
  renamed <- stats::setNames(rows, c("Email", "event", "team", "Created Date", "region"))
  mapping <- c(Email = "person", "Created Date" = "time")
  same <- function(...) expect_identical(to_json(study(...)), to_json(study(rows)))
  same(renamed, mapping = mapping)
  same(renamed, mapping = as.list(mapping))
  same(cbind(renamed, person = "wrong"), mapping = mapping)
  same(list(renamed[1:3, ], rows[4:10, ]), mapping = list(mapping, NULL))
  fails <- function(mapping, pattern) expect_error_of(study(renamed, mapping = mapping), "vesica_invalid_argument", pattern)
  fails(c(person = "Email"), "on the left")
  fails(c(Email = "persona"), "no column of events")
  fails(c(Mail = "person"), "no column `Mail`")
  fails(c("person", "time"), "must say")
  fails(c(Email = NA), "must say")
  fails(1, "must say")
  expect_error_of(study(list(rows, rows), mapping = list(NULL)), "vesica_invalid_argument", "one for each")
  twice <- stats::setNames(rows[c(1:5, 1)], c(names(rows), "person"))
  expect_error_of(study(twice), "vesica_invalid_argument", "two columns `person`")
  expect_error_of(study(renamed), "vesica_invalid_argument", "no column 'person'")
})

test_that("options have types of R", {
  value <- function(name, ...) {
    settings <- study(rows, by = c("region", "team"), tables = "quality", ...)$settings
    settings$value[settings$option == name]
  }
  expect_equal(value("exposure_window", exposure_window = "14d"), "14d")
  expect_equal(value("exposure_window", exposure_window = as.difftime(2, units = "weeks")), "14d")
  expect_equal(value("sla", sla = as.difftime(90, units = "mins")), "90m")
  expect_equal(value("recency_buckets", recency_buckets = as.difftime(c(1, 2), units = "days")), "1d,2d")
  expect_equal(value("recency_buckets", recency_buckets = c("1d", "2d")), "1d,2d")
  expect_equal(value("recency_buckets", recency_buckets = list("1d", as.difftime(48, units = "hours"))), "1d,2d")
  expect_equal(value("min_cell", min_cell = 5), "5")
  expect_equal(value("seed", seed = 123456789), "123456789")
  expect_equal(value("day_first", day_first = TRUE), "true")
  expect_equal(value("as_of", as_of = as.Date("2026-03-31")), value("as_of", as_of = "2026-03-31"))
  expect_equal(value("as_of", as_of = as.POSIXct("2026-03-31 12:00:00", tz = "Etc/GMT-2")), value("as_of", as_of = "2026-03-31T10:00:00Z"))
  expect_equal(value("stages", stages = c("MQL", "SQL", "Won")), "MQL,SQL,Won")
  expect_equal(value("by_pairs", by_pairs = list(c("region", "team"))), "region:team")
  expect_equal(value("by_pairs", by_pairs = "region:team"), "region:team")
  expect_equal(value("min_cell", min_cell = NULL), "0")
})

test_that("options that cannot be are refused, and what was meant is suggested", {
  fails <- function(pattern, ...) expect_error_of(study(rows, ...), "vesica_invalid_argument", pattern)
  fails("no option `exposur_window`: did you mean `exposure_window`", exposur_window = "30d")
  fails("no option `profle`: did you mean `profile`", profle = "raw/1")
  fails("no option `nothing_like_it`\\. |no option `nothing_like_it` See", nothing_like_it = 1)
  fails("no table `circle`: did you mean `circles`", tables = "circle")
  fails("by name", NULL, NULL, "30d")
  fails("exposure_window: expected a duration", exposure_window = "soon")
  fails("min_cell", min_cell = -1)
  fails("cannot be NA", min_cell = NA)
  fails("cannot be of class", as_of = mean)
  fails("given twice", min_cell = 1, min_cell = 2)
  fails("names of columns", by = 1)
  fails("names of tables", tables = 1)
  fails("name of a file", spill = 1)
  expect_match(study_options()$default[study_options()$option == "target_ratio"], "20")
})

test_that("what is no table of events is refused", {
  for (wrong in list("ann@x.com", 7, NULL, list("ann@x.com"), list(list()), mails(1:3), quote(a))) {
    expect_error_of(study(wrong), "vesica_invalid_argument")
  }
  fails <- function(pattern, ...) expect_error_of(study(transform(rows, ...)), "vesica_invalid_argument", pattern)
  fails("column `time` is of class difftime", time = as.difftime(1:10, units = "days"))
  fails("column `deal` has numbers that are not whole", deal = 1.5)
  dated <- transform(rows, person = as.Date("2026-01-01"))
  expect_error_of(study(dated), "vesica_unsupported", "'person'.*type")
  fails("time that is none", time = structure(c(0, 1e15, rep(0, 8)), class = c("POSIXct", "POSIXt")))
  infinite <- rows
  infinite$time <- as.Date(c(Inf, -Inf, NaN, rep(0, 7)), origin = "1970-01-01")
  expect_error_of(study(infinite), "vesica_invalid_argument", "time that is none")
})

test_that("no error shows a person", {
  secret <- transform(rows, person = sub("ann", "very.secret", person))
  for (work in list(quote(study(secret, by = "person")), quote(do.call(study, list(secret, min_cell = -1))),
                    quote(study(transform(secret, region = person), by = "region", tables = "segments")))) {
    error <- caught(eval(work))
    if (is.null(error)) next
    expect_no_match(paste(conditionMessage(error), paste(deparse(conditionCall(error)), collapse = "")), "very.secret")
  }
  expect_equal(conditionCall(caught(study(secret, min_cell = -1))), quote(study(...)))
})

many <- function(n = 200000) {
  i <- seq_len(n)
  data.frame(person = sprintf("person%d@example.com", i %% 5000), event = ifelse(i %% 3 > 0, "exposed", "contacted"),
             team = ifelse(i %% 3 > 0, c("brand", "demand")[i %% 2 + 1], "sales"), time = as.Date("2026-01-01") + i %% 150,
             company = factor(paste("company", i %% 7)))
}

test_that("threads, memory, parts and encodings change nothing", {
  events <- many()
  one <- to_json(study(events))
  expect_identical(to_json(study(events, threads = 2)), one)
  folder <- withr::local_tempdir()
  expect_identical(to_json(study(events, memory = 9e6, spill = folder)), one)
  expect_equal(list.files(folder, all.files = TRUE, no.. = TRUE), character())
  expect_error_of(study(events, memory = 9e6), "vesica_over_budget")
  expect_identical(to_json(study(split(events, seq_len(nrow(events)) %% 3))), one)
  expect_identical(to_json(study(transform(events, company = as.character(company)))), one)
})

test_that("a study tells its progress, is cancelled by it, and raises what it raises", {
  events <- many()
  told <- numeric()
  study(events, progress = function(fraction) told <<- c(told, fraction))
  expect_false(is.unsorted(told))
  expect_equal(told[length(told)], 1)
  expect_error_of(study(events, progress = function(fraction) FALSE), "vesica_cancelled")
  expect_error(study(events, progress = function(fraction) stop("my own")), "my own", class = "simpleError")
})

test_that("tables survive saveRDS(), the way to JSON does not", {
  path <- withr::local_tempfile()
  s <- study(rows, by = "region", min_support = 1)
  saveRDS(s, path)
  back <- readRDS(path)
  expect_identical(tables_of(back), tables_of(s))
  expect_identical(capture.output(print(back)), capture.output(print(s)))
  expect_error_of(to_json(back), "vesica_invalid_argument", "dead")
})

test_that("a study prints for people, and as it always has", {
  s <- study(rows, by = "region", min_support = 1, as_of = "2026-06-30")
  expect_snapshot_output(print(s))
  expect_equal(format(s), "<vesica study of 8 events: Marketing reaches 2 of the 3 people sales talks to: 66.7 %>")
  expect_output(print(study(rows[0, ])), "undefined or hidden")
  expect_output(print(study(rows, tables = "gaps")), "without the circles")
  red <- transform(rows, region = ifelse(region == "EE", "\033[31mred", strrep("long", 20)))
  said <- paste(capture.output(print(study(red, by = "region", min_support = 1))), collapse = "\n")
  expect_no_match(said, "\033", fixed = TRUE)
  expect_match(said, "longlonglonglonglonglonglongl...", fixed = TRUE)
})

test_that("plots show what is in the tables", {
  grDevices::pdf(NULL)
  withr::defer(grDevices::dev.off())
  s <- study(many(), by = "team", force_by = TRUE, as_of = "2026-12-31", tables = c("recency", "reach", "companies"), min_support = 1)
  before <- graphics::par(no.readonly = TRUE)
  recency <- plot(s, "recency")
  expect_equal(recency$rate, s$recency$rate[is.na(s$recency$company)])
  expect_equal(plot(s), recency)
  expect_equal(plot(s, which = "recency", company = "company 1", main = "one")$contacts,
               s$recency$contacts[s$recency$company %in% "company 1"])
  expect_equal(nrow(plot(s, "companies", n = 3)), 3)
  expect_equal(plot(s, "companies")$coverage, s$companies$coverage[order(s$companies$rank)])
  expect_equal(graphics::par(no.readonly = TRUE)$mar, before$mar)
  reach <- plot(study(rows, by = "region", min_support = 1), "reach")
  expect_equal(reach$coverage, c(2 / 3, 1))
  expect_error_of(plot(study(rows, tables = "gaps"), "reach"), "vesica_invalid_argument", "no table")
  expect_error_of(plot(study(rows), "companies"), "vesica_invalid_argument", "nothing to plot")
  expect_error_of(plot(s, "circles"), "vesica_invalid_argument", "which")
  expect_error_of(plot(s, "recency", company = 1), "vesica_invalid_argument", "company")
})

test_that("a study has pictures and a report", {
  person <- c(mails(1:40), mails(31:50))
  events <- data.frame(person, event = rep(c("exposed", "contacted"), c(40, 20)), team = rep(c("brand", "sales"), c(40, 20)),
                       company = rep(c("Acme & <co>", "Rival"), 30))
  s <- study(events)
  expect_equal(names(study_figures()), c("figure", "description"))
  expect_true(all(c("circles", "segments", "recency") %in% study_figures()$figure))
  expect_match(as_svg(s), "^<svg")
  expect_match(as_svg(s, "benchmark", title = "Mine"), "Mine")
  path <- tempfile(fileext = ".html")
  on.exit(unlink(path))
  expect_identical(report(s, path, title = "Mine"), s)
  expect_match(readChar(path, file.size(path), useBytes = TRUE), "<title>Mine</title>", fixed = TRUE)
  report(s, path, company = "Acme & <co>")
  page <- readChar(path, file.size(path), useBytes = TRUE)
  expect_match(page, "Acme &amp; &lt;co&gt;", fixed = TRUE)
  expect_no_match(page, "Rival", fixed = TRUE)
  expect_error_of(as_svg(s, "pie"), "vesica_invalid_argument", "figure")
  expect_error_of(report(s, path, company = "Nobody"), "vesica_invalid_argument", "company")
  expect_error_of(report(s, path, company = ""), "vesica_invalid_argument", "`company` is empty")
  skip_if_not_installed("knitr")
  before <- knitr::opts_knit$get("rmarkdown.pandoc.to")
  knitr::opts_knit$set(rmarkdown.pandoc.to = "html")
  on.exit(knitr::opts_knit$set(rmarkdown.pandoc.to = before), add = TRUE)
  expect_match(knitr::knit_print(s, list(comment = "##")), as_svg(s), fixed = TRUE)
  without <- knitr::knit_print(study(events, tables = "quality"), list(comment = "##"))
  expect_no_match(without, "<svg", fixed = TRUE)
  expect_match(without, "```\n## ", fixed = TRUE)
})
