# Sketches by month, saved, merged to a quarter and compared: 16 KB a month instead of the lists.
library(vesica)

set.seed(2026)
people <- sprintf("person%d@example.com", seq_len(300000))
months <- list(january = sample(people, 90000), february = sample(people, 90000), march = sample(people, 90000))
sales <- sample(people, 20000)

# At the end of each month: one image of the month's visitors.
folder <- tempfile("months")
dir.create(folder)
for (month in names(months)) {
  save_audience(audience(months[[month]], representation = "minhash"), file.path(folder, paste0(month, ".vsc")))
}
cat(sum(file.size(list.files(folder, full.names = TRUE))), "bytes in", length(months), "images\n\n")

# Later, without the lists: the quarter, and how much of sales it reached.
loaded <- lapply(list.files(folder, full.names = TRUE), load_audience)
quarter <- merge(loaded[[1]], loaded[[2]], loaded[[3]])
answer <- overlap(quarter, audience(sales), names = c("quarter", "sales"))
print(answer)

# What the lists say.
seen <- unique(unlist(months))
truth <- length(intersect(seen, sales))
cat("\nIn truth", truth, "in both, of", length(seen), "in the quarter\n")
stopifnot(answer$intersection$lower <= truth, truth <= answer$intersection$upper,
          # a merged sketch is, to the byte, the sketch of all the keys
          identical(as.raw(quarter), as.raw(audience(seen, representation = "minhash"))))
