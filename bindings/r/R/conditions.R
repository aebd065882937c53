# Conditions: one class for each status of the library, all of them `vesica_error`.

status_classes <- c(
  "1" = "vesica_invalid_argument",
  "2" = "vesica_invalid_key",
  "3" = "vesica_identity_mismatch",
  "4" = "vesica_out_of_memory",
  "5" = "vesica_over_budget",
  "6" = "vesica_buffer_too_small",
  "7" = "vesica_cancelled",
  "8" = "vesica_corrupt",
  "9" = "vesica_too_new",
  "10" = "vesica_io",
  "11" = "vesica_unsupported",
  "99" = "vesica_internal"
)

# What may differ between the identities of two audiences, as numbered in vesica.h.
identity_fields <- c("profile", "data", "family", "width", "secret")

#' Conditions that vesica raises
#'
#' Every error inherits from `vesica_error` and has a class of its own for
#' [tryCatch()]. No message and no call of a condition holds a key, so both may
#' be logged.
#'
#' | class | means |
#' |---|---|
#' | `vesica_invalid_argument` | an argument that cannot be |
#' | `vesica_invalid_key` | a key without a canonical form (columns count such keys and go on) |
#' | `vesica_identity_mismatch` | two audiences were made under different identities; `field` says what differs |
#' | `vesica_out_of_memory` | the system gave no memory |
#' | `vesica_over_budget` | `memory` is too small; `needed_bytes` would do |
#' | `vesica_buffer_too_small` | never raised by this package |
#' | `vesica_cancelled` | the `progress` function answered `FALSE` |
#' | `vesica_corrupt` | bytes that are no image of an audience, or a damaged one |
#' | `vesica_too_new` | an image that a later version wrote |
#' | `vesica_io` | a file or an Arrow stream failed |
#' | `vesica_unsupported` | valid, but this build or these representations cannot do it |
#' | `vesica_internal` | a bug: please report it |
#'
#' @section Fields: beside `message` and `call` a condition has `status` (the
#'   number in `vesica.h`), `row` and `index` (which row of which set is at
#'   fault, counted from 1), `field` (what differs between two identities:
#'   `"profile"`, `"data"`, `"family"`, `"width"` or `"secret"`) and
#'   `needed_bytes`; `NA` where there is nothing to say.
#'
#' A call that is interrupted by the user raises R's own `interrupt` condition
#' within a second, and leaves everything usable.
#'
#' @examples
#' a <- audience("ann@example.com")
#' b <- audience("ann@example.com", profile = "google-ads-email/1")
#' tryCatch(
#'   overlap(a, b),
#'   vesica_identity_mismatch = function(e) e$field
#' )
#' @name vesica_conditions
NULL

vesica_condition <- function(status, message, row = NA_real_, index = NA_integer_, field = NA_character_,
                             needed_bytes = NA_real_, call = public_call()) {
  structure(
    class = c(unname(status_classes[names(status_classes) == status]), "vesica_error", "error", "condition"),
    list(message = message, call = call, status = as.integer(status), row = row, index = index, field = field,
         needed_bytes = needed_bytes)
  )
}

# The outermost function of this package that is running, as `name(...)`: the arguments of the true call may be keys.
public_call <- function() {
  package <- topenv()
  for (n in seq_len(sys.nframe())) {
    f <- sys.function(n)
    if (!identical(topenv(environment(f)), package)) next
    head <- sys.call(n)[[1]]
    if (is.call(head) && length(head) == 3) head <- head[[3]]
    return(if (is.name(head)) as.call(list(head, quote(...))))
  }
  NULL
}

abort <- function(status, ...) stop(vesica_condition(status, ...))

stop_argument <- function(..., row = NA_real_, index = NA_integer_) {
  abort(1, paste0(...), row = row, index = index)
}

# Called by stop.c.
stop_as_told <- function(facts) {
  message <- if (nzchar(facts$message)) facts$message else .Call(C_status_text, facts$status)
  where <- c(if (!is.na(facts$row)) paste("row", format_count(facts$row)), if (!is.na(facts$index)) paste("set", facts$index))
  if (length(where) > 0) message <- paste0(message, " (", paste(where, collapse = " of "), ")")
  abort(facts$status, message, row = facts$row, index = facts$index,
        field = if (facts$field > 0) identity_fields[facts$field] else NA_character_,
        needed_bytes = if (facts$needed_bytes > 0) facts$needed_bytes else NA_real_)
}

# Called by call.c: what Ctrl-C would have done had it not met the library.
stop_by_interrupt <- function(unused) {
  signalCondition(structure(class = c("interrupt", "condition"), list(message = "interrupted", call = NULL)))
  invokeRestart("abort")
}

# Called by call.c with the condition that a progress function raised.
stop_by_hook <- function(condition) {
  if (inherits(condition, "interrupt")) stop_by_interrupt()
  stop(condition)
}
