# Options of a study as texts that the library reads.

# list(names, values) for study.c.
study_settings <- function(by, options) {
  if (!is.null(by) && !is.character(by)) stop_argument("`by` must be names of columns")
  names <- names(options)
  if (length(options) > 0 && (is.null(names) || any(!nzchar(names)))) {
    stop_argument("options are given by name, such as `exposure_window = \"30d\"`")
  }
  if (length(options) > 0) {
    check_known(names, setdiff(study_options()$option, "by"), "option", "study_options()", names(formals(study)))
  }
  if (anyDuplicated(names)) stop_argument("option `", names[duplicated(names)][[1]], "` is given twice")
  options <- c(if (length(by) > 0) list(by = by), options)
  options <- options[lengths(options) > 0]
  list(as.character(names(options)), vapply(names(options), function(name) setting_text(options[[name]], name), ""))
}

dimensions_of <- function(settings) {
  by <- settings[[2]][settings[[1]] == "by"]
  if (length(by) > 0) strsplit(by, ",", fixed = TRUE)[[1]] else character()
}

# One option as text; several values are a list of it.
setting_text <- function(value, name) {
  if (name == "by_pairs" && is.list(value)) value <- vapply(value, paste, "", collapse = ":")
  parts <- if (is.list(value)) vapply(value, setting_text, "", name) else setting_parts(value, name)
  if (anyNA(parts) || any(Encoding(parts) == "bytes")) stop_argument("option `", name, "` cannot be NA")
  paste(enc2utf8(parts), collapse = ",")
}

setting_parts <- function(value, name) {
  if (inherits(value, "difftime")) return(paste0(number_text(round(as.numeric(value, units = "secs"))), "s"))
  if (inherits(value, "Date")) return(format(value, "%Y-%m-%d"))
  if (inherits(value, "POSIXt")) return(format(as.POSIXct(value), "%Y-%m-%dT%H:%M:%SZ", tz = "UTC"))
  if (is.factor(value) || inherits(value, "integer64") || is.character(value)) return(as.character(value))
  if (is.logical(value)) return(c("false", "true")[value + 1L])
  if (is.numeric(value) && !is.object(value)) return(number_text(value))
  stop_argument("option `", name, "` cannot be of class ", class(value)[[1]])
}

number_text <- function(x) replace(format(x, digits = 15, scientific = FALSE, trim = TRUE), is.na(x), NA)
