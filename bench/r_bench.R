# The R package against base R on the same vectors:
#
#   Rscript bench/r_bench.R [ROWS [ROUNDS]]
#
# Two character vectors of ROWS addresses (a million) that share half of them, once in the order in which their strings
# lie in memory and once shuffled, as after a join. In each of ROUNDS rounds (9) everything runs once in turn; shown are
# the smallest and the median seconds of processor time, which on one thread are those of the clock on a machine that does
# nothing else, and how many times as fast as length(intersect(a, b)) that is. Garbage is collected before each run, so
# that each pays for its own.
library(vesica)

arguments <- as.numeric(commandArgs(trailingOnly = TRUE))
rows <- if (length(arguments) >= 1) arguments[[1]] else 1e6
rounds <- if (length(arguments) >= 2) arguments[[2]] else 9

set.seed(1)
pool <- sprintf("person%08d@company%d.example.com", seq_len(1.5 * rows), seq_len(1.5 * rows) %% 5000)
orders <- list(
  `in order` = list(a = pool[seq_len(rows)], b = pool[rows / 2 + seq_len(rows)]),
  shuffled = list(a = sample(pool[seq_len(rows)]), b = sample(pool[rows / 2 + seq_len(rows)]))
)
works <- list(
  `length(intersect(a, b))` = function(a, b) length(intersect(a, b)),
  `overlap(a, b), email/1` = function(a, b) overlap(a, b)$intersection$estimate,
  `overlap(a, b), raw/1` = function(a, b) overlap(a, b, profile = "raw/1")$intersection$estimate,
  `overlap of audiences` = function(a, b) overlap(audience(a), audience(b))$intersection$estimate,
  `overlap of minhashes` = function(a, b) {
    overlap(audience(a, representation = "minhash"), audience(b, representation = "minhash"))$intersection$estimate
  }
)

seconds_of <- function(work) {
  gc()
  time <- system.time(work(), gcFirst = FALSE)
  time[["user.self"]] + time[["sys.self"]]
}

for (order in names(orders)) {
  a <- orders[[order]]$a
  b <- orders[[order]]$b
  for (name in names(works)[2:4]) stopifnot(works[[name]](a, b) == length(intersect(a, b)))
  seconds <- replicate(rounds, vapply(works, function(work) seconds_of(function() work(a, b)), 0))
  faster <- seconds[1, ] / t(seconds)
  cat(sprintf("\n%s rows each, %s\n\n%-26s %8s %8s %8s\n", format(rows, big.mark = ",", scientific = FALSE), order, "", "min s",
              "median s", "faster"))
  for (i in seq_along(works)) {
    cat(sprintf("%-26s %8.3f %8.3f %7.1fx\n", names(works)[[i]], min(seconds[i, ]), stats::median(seconds[i, ]),
                stats::median(faster[, i])))
  }
}
