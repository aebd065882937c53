# Profiles: what makes two keys the same.

#' Rules that make two keys the same
#'
#' A profile turns keys into a canonical form: `email/1` takes
#' `" Ann@Example.com"` and `"ann@example.com"` for one person. Profiles are
#' frozen once released; a fix is a new version.
#'
#' @return A data frame with `name`, `summary`, `source` (where the rule comes
#'   from), `needs_country` and `digest` (whether keys may be SHA-256 digests
#'   already, see `encoding` of [audience()]).
#' @examples
#' profiles()[, c("name", "summary")]
#' @export
profiles <- function() .Call(C_table_data_frame, .Call(C_profile_table))

# list(name, hash_bits, secret, country) for profile.c.
identity_of <- function(profile, hash_bits = 64, secret = NULL, country = NULL) {
  if (!is_text(profile)) stop_argument("`profile` must be a name such as \"email/1\"; see profiles()")
  if (!is_number(hash_bits) || !hash_bits %in% c(64, 128)) stop_argument("`hash_bits` must be 64 or 128")
  if (is_text(secret)) secret <- charToRaw(enc2utf8(secret))
  if (!is.null(secret) && !is.raw(secret)) stop_argument("`secret` must be 16 random bytes or more: raw, or a string")
  if (!is.null(secret) && length(secret) < 16) stop_argument("`secret` must be 16 random bytes or more")
  if (!is.null(country) && !is_text(country)) stop_argument("`country` must be two letters of ISO 3166-1")
  list(profile, as.integer(hash_bits), secret, country)
}

#' What a profile makes of keys
#'
#' `canonicalize()` shows what is compared, and `invalid_reason()` why a key is
#' not: to look at lists, and to clean them. These are the only functions of the
#' package that show keys.
#'
#' @param keys Character, factor, or a list of raw vectors; numbers for
#'   `int64/1`.
#' @inheritParams audience
#' @return `canonicalize()`: a character vector as long as `keys`, `NA` where a
#'   key is blank or invalid; digests are in hex. Of a list of raw vectors a
#'   list of raw vectors, with `NULL` in place of `NA`.
#'
#'   `invalid_reason()`: a character vector, `NA` where a key is valid.
#' @examples
#' keys <- c(" Ann@Example.com ", "bo@example", NA)
#' canonicalize(keys)
#' invalid_reason(keys)
#' canonicalize("ann@example.com", profile = "google-ads-email/1")
#' @export
canonicalize <- function(keys, profile = "email/1", country = NULL, encoding = "plain", column = NULL) {
  canonical(keys, profile, country, encoding, column)$canonical
}

#' @rdname canonicalize
#' @export
invalid_reason <- function(keys, profile = "email/1", country = NULL, encoding = "plain", column = NULL) {
  canonical(keys, profile, country, encoding, column)$reason
}

canonical <- function(keys, profile, country, encoding, column) {
  if (identical(encoding, "raw")) stop_argument("a digest of raw bytes is canonical already")
  source <- key_source(keys, column, encoding)
  source[[1]] <- as_text(source[[1]])
  .Call(C_canonicalize, source, identity_of(profile, country = country), shown_as(profile))
}

# Numbers and factors as text, as `canonicalize` of canonical.c takes text and raw vectors.
as_text <- function(data) {
  if (is_arrow_like(data)) stop_argument("Arrow objects are not supported here: as.vector() makes a vector of one")
  if (is.double(data) && !inherits(data, "integer64")) {
    whole <- is.na(data) | (abs(data) < 2^53 & data == floor(data))
    if (!all(whole)) stop_argument("`keys` has numbers that are not whole or not below 2^53", row = which(!whole)[[1]])
    text <- format(data, scientific = FALSE, trim = TRUE, digits = 15)
    text[is.na(data)] <- NA
    return(text)
  }
  if (is.list(data) || is.character(data)) data else as.character(data)
}

# How canonical.c shows canonical bytes.
shown_as <- function(profile) {
  known <- profiles()
  if (profile %in% c(known$name[known$digest], "sha256/1")) return(1L)
  if (startsWith(profile, "int64/")) 2L else 0L
}
