#' Measures how far audiences overlap
#'
#' [overlap()] of two columns of keys is the shortest way to an answer.
#' [audience()] makes sets that are kept, saved, merged and compared often,
#' exact or as sketches; [regions()] counts every combination of up to 8 sets,
#' [overlap_matrix()] every pair of up to 1024. [profiles()] lists what can make
#' two keys the same. [study()] makes the tables of alignment of what teams did
#' with people.
#'
#' @examples
#' crm <- data.frame(email = c("ann@example.com", "Bo@Example.com", NA))
#' ads <- data.frame(email = c(" ann@example.com", "cy@example.com"))
#' overlap(crm$email, ads$email)
#' @keywords internal
#' @useDynLib vesica, .registration = TRUE
"_PACKAGE"

#' Version of the library
#'
#' @return The version of the C library that the package runs on, such as
#'   `"0.1.0"`.
#' @examples
#' library_version()
#' @export
library_version <- function() .Call(C_version)
