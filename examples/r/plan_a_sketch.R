# How many bytes does it take? A plan from three guesses.
library(vesica)

# Sales knows 50 thousand people, ads reach a million, 16 % of the former are expected among the latter. The number in
# both is wanted to 20 %, 95 times in 100.
plan <- plan_sketch(50000, 1000000, overlap = 0.16, error = 0.2)
print(plan)

cat("\nWith a MinHash of\n")
for (bytes in c(1024, 4096, 16384, 65536)) {
  cat(sprintf("%6d bytes each: to %.1f %%\n", bytes, 100 * plan_error(50000, 1000000, overlap = 0.16, bytes = bytes)))
}

table <- as.data.frame(plan)
stopifnot(table$reaches_error[table$representation == "minhash"],
          plan_error(50000, 1000000, 0.16, bytes = 65536) < plan_error(50000, 1000000, 0.16, bytes = 1024))
