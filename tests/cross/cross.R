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

write_answer <- function(sets, path, ...) {
  answer <- if (length(sets) == 2) overlap(sets[[1]], sets[[2]], names = names(sets), ...) else regions(sets, ...)
  writeBin(charToRaw(to_json(answer)), path)
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
  write_answer(loaded, file.path(out, "images.json"))
}

arguments <- commandArgs(trailingOnly = TRUE)
for (path in arguments[-(1:2)]) {
  stem <- sub("[.]case$", "", basename(path))
  run(path, file.path(arguments[[1]], stem), file.path(arguments[[2]], stem))
}
