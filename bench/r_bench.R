# The R package against base R on the same vectors, interleaved:
#
#   Rscript bench/r_bench.R [--rows N] [--rounds N]
#
# Two character vectors of a million addresses that share half of them, once in the order in which their strings lie in
# memory and once shuffled, as after a join. Every count is compared. Prints one line of JSON for each row of the table:
# what, ours_ms, peer_ms, ratio (of how many times longer the peer takes), peer, target. Times are of the processor, the
# least of all rounds. Garbage is collected before each run, so that each pays for its own.
library(vesica)

arguments <- commandArgs(trailingOnly = TRUE)
argument <- function(name, otherwise) {
  place <- match(name, arguments)
  if (is.na(place)) otherwise else as.numeric(arguments[[place + 1]])
}
rows <- argument("--rows", 1e6)
rounds <- argument("--rounds", 9)

set.seed(1)
people <- sprintf("person%08d@company%d.example.com", seq_len(1.5 * rows), seq_len(1.5 * rows) %% 5000)
first <- people[seq_len(rows)]
second <- people[rows / 2 + seq_len(rows)]
orders <- list(`as they lie in memory` = list(first, second), shuffled = list(sample(first), sample(second)))

intersection <- function(a, b, ...) overlap(a, b, ...)$intersection$estimate
works <- list(
  peer = function(a, b) length(intersect(a, b)),
  `overlap of two vectors of %s, raw/1` = function(a, b) intersection(a, b, profile = "raw/1"),
  `overlap of two vectors of %s, email/1` = function(a, b) intersection(a, b),
  `two exact audiences and their overlap, %s each, email/1` = function(a, b) intersection(audience(a), audience(b)),
  `two minhashes of 16 KiB and their overlap, %s each, email/1` = function(a, b) {
    intersection(audience(a, representation = "minhash"), audience(b, representation = "minhash"))
  }
)

milliseconds <- function(work) {
  gc()
  time <- system.time(work(), gcFirst = FALSE)
  1000 * (time[["user.self"]] + time[["sys.self"]])
}

for (order in names(orders)) {
  a <- orders[[order]][[1]]
  b <- orders[[order]][[2]]
  for (work in works[2:4]) stopifnot(work(a, b) == works$peer(a, b))
  times <- replicate(rounds, vapply(works, function(work) milliseconds(function() work(a, b)), 0))
  least <- apply(times, 1, min)
  for (name in names(works)[-1]) {
    what <- sprintf(name, format(rows, big.mark = ",", scientific = FALSE))
    cat(sprintf(
      '{"what": "R: %s, %s", "ours_ms": %.2f, "peer_ms": %.2f, "ratio": %.3f, "peer": "length(intersect(a, b))", "target": "%s"}\n',
      what, order, least[[name]], least[["peer"]], least[["peer"]] / least[[name]],
      if (startsWith(name, "overlap")) ">= 3" else ""
    ))
  }
}
