# How a call of the library runs: with how many threads, how much memory, and who hears of its progress.

#' Threads, memory and progress
#'
#' Arguments of every function that does work on keys.
#'
#' A call runs on one thread unless told otherwise. Defaults of a session are
#' set with `options(vesica.threads = 4, vesica.memory = 2e9, vesica.progress
#' = TRUE)`; operators such as `a & b`, which take no arguments, use them too.
#' Results never depend on the number of threads.
#'
#' @param threads Most threads of a call, 1 to 256.
#' @param memory Most bytes of working memory of the library, such as `2e9`, at
#'   least about 4 MiB a thread; `NULL` is no limit. Vectors of R do not count,
#'   nor does what the package needs to point at them (16 bytes a key).
#' @param progress `TRUE` for a progress bar, a function of the fraction done
#'   (0 to 1), or `NULL`. The function is called some ten times a second, and at
#'   the end with 1. When it answers `FALSE` the call ends with the error
#'   `vesica_cancelled`, and an error in it ends the call with that error. It
#'   must not change the keys by reference.
#' @name vesica_call
#' @keywords internal
NULL

# Runs work(call) where `call` is what context() in call.c takes.
run <- function(work, threads = default_threads(), memory = default_memory(), progress = default_progress()) {
  bar <- if (identical(progress, TRUE)) progress_bar()
  if (!is.null(bar)) on.exit(bar$close())
  tell <- if (is.null(bar)) progress_function(progress) else bar$tell
  last <- 0
  hook <- function(fraction) {
    last <<- fraction
    tryCatch(tell(fraction), error = identity, interrupt = identity) # nothing may jump through the library
  }
  result <- work(list(check_threads(threads), check_memory(memory), if (!is.null(tell)) hook))
  if (!is.null(tell) && last < 1) tell(1)
  result
}

default_threads <- function() getOption("vesica.threads", 1L)
default_memory <- function() getOption("vesica.memory")
default_progress <- function() getOption("vesica.progress")

check_threads <- function(threads) {
  if (!is_number(threads) || threads < 1 || threads > 256 || threads != floor(threads)) {
    stop_argument("`threads` must be a whole number from 1 to 256")
  }
  as.integer(threads)
}

check_memory <- function(memory) {
  if (is.null(memory)) return(NA_real_)
  if (!is_number(memory) || memory < 1 || memory >= 2^60) stop_argument("`memory` must be a number of bytes, or NULL")
  as.numeric(memory)
}

is_number <- function(x) is.numeric(x) && length(x) == 1 && is.finite(x)

# A text that can be made UTF-8, as the library takes names.
is_text <- function(x) is.character(x) && length(x) == 1 && !is.na(x) && Encoding(x) != "bytes"

is_flag <- function(x) is.logical(x) && length(x) == 1 && !is.na(x)

progress_function <- function(progress) {
  if (is.null(progress) || identical(progress, FALSE)) return(NULL)
  if (!is.function(progress)) stop_argument("`progress` must be TRUE, a function of the fraction done, or NULL")
  progress
}

# list(tell, close): a bar that is there once there is something to tell.
progress_bar <- function() {
  bar <- NULL
  list(
    tell = function(fraction) {
      if (is.null(bar)) bar <<- utils::txtProgressBar(style = 3, file = stderr())
      utils::setTxtProgressBar(bar, fraction)
      TRUE
    },
    close = function() if (!is.null(bar)) close(bar)
  )
}
