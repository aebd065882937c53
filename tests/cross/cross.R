# The cases of tests/cross through the R package: cross.R IMAGES OUT CASE...; see README.md.
library(vesica)

read_case <- function(path) {
  options <- list()
  sets <- list()
  for (line in readLines(path, encoding = "UTF-8")) {
    word <- sub(" .*", "", line)
    rest <- sub("^[^ ]* ", "", line)
    last <- length(sets)
    if (startsWith(line, "=")) {
      sets[[last]] <- c(sets[[last]], substring(line, 2))
    } else if (line == "-") {
      sets[[last]] <- c(sets[[last]], NA)
    } else if (word == "many") {
      range <- as.integer(strsplit(rest, " ")[[1]])
      sets[[last]] <- c(sets[[last]], sprintf("person%d@example.com", seq(range[[1]], range[[2]] - 1L)))
    } else if (word == "set") {
      sets[[rest]] <- character()
    } else {
      options[[word]] <- rest
    }
  }
  list(options = options, sets = sets)
}

option <- function(options, name, otherwise = NULL) if (is.null(options[[name]])) otherwise else options[[name]]

write_text <- function(text, path) writeBin(charToRaw(text), path)

write_answer <- function(sets, path, ...) {
  answer <- if (length(sets) == 2) overlap(sets[[1]], sets[[2]], names = names(sets), ...) else regions(sets, ...)
  write_text(to_json(answer), path)
  invisible(answer)
}

run <- function(path, images, out) {
  case <- read_case(path)
  options <- case$options
  reading <- list(profile = option(options, "profile", "email/1"), secret = option(options, "secret"),
                  country = option(options, "country"), hash_bits = as.integer(option(options, "hash_bits", "64")),
                  encoding = option(options, "encoding", "plain"))
  representation <- option(options, "representation", "exact")
  bytes <- if (is.null(options$bytes)) NULL else as.numeric(options$bytes)
  file_of <- function(folder, name) file.path(folder, paste0(name, ".vsc"))

  audiences <- lapply(case$sets, function(keys) {
    do.call(audience, c(list(keys, representation = representation, bytes = bytes), reading))
  })
  if (representation == "exact") {
    do.call(write_answer, c(list(case$sets, file.path(out, "columns.json")), reading))
  } else {
    write_answer(audiences, file.path(out, "columns.json"))
  }
  for (name in names(audiences)) save_audience(audiences[[name]], file_of(out, name))
  loaded <- sapply(names(audiences), function(name) load_audience(file_of(images, name)), simplify = FALSE)
  answer <- write_answer(loaded, file.path(out, "images.json"))
  write_text(as_svg(answer), file.path(out, "images.svg"))
  report(answer, file.path(out, "images.html"))
  write_text(vesica:::report_text(answer, vesica:::report_options("layout")), file.path(out, "layout.json"))
}

run_study <- function(path, out) {
  lines <- readLines(path, encoding = "UTF-8")
  of <- function(word) sub(paste0(word, " "), "", lines[startsWith(lines, paste0(word, " "))], fixed = TRUE)
  settings <- as.list(sub("^[^ ]* ", "", of("option")))
  names(settings) <- sub(" .*", "", of("option"))
  cells <- strsplit(paste0(substring(lines[startsWith(lines, "=")], 2), "|\n"), "|", fixed = TRUE)
  names <- strsplit(of("columns"), "|", fixed = TRUE)[[1]]
  columns <- lapply(seq_along(names), function(i) vapply(cells, `[[`, "", i))
  events <- as.data.frame(lapply(columns, function(column) replace(column, !nzchar(column), NA)), col.names = names)
  profile <- if (length(of("profile")) > 0) of("profile") else "email/1"
  by <- strsplit(settings$by, ",", fixed = TRUE)[[1]]
  made <- do.call(study, c(list(events, by = by, tables = if (length(of("table")) > 0) of("table"), profile = profile),
                           settings[names(settings) != "by"]))
  write_text(to_json(made), file.path(out, "study.json"))
  report(made, file.path(out, "study.html"))
}

arguments <- commandArgs(trailingOnly = TRUE)
for (path in arguments[-(1:2)]) {
  stem <- sub("[.][a-z]*$", "", basename(path))
  out <- file.path(arguments[[2]], stem)
  if (endsWith(path, ".study")) run_study(path, out) else run(path, file.path(arguments[[1]], stem), out)
}
