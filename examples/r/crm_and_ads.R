# A CRM export against an ads export: how far they overlap, who is missing, and which rows to repair.
library(vesica)

data <- file.path(commandArgs(trailingOnly = TRUE)[1], "data") # Rscript crm_and_ads.R EXAMPLES
crm <- read.csv(file.path(data, "crm_contacts.csv"), check.names = FALSE)
ads <- read.csv(file.path(data, "marketing_audience.csv"), check.names = FALSE)

# Spaces, capitals, repeated people, blank cells and what is no address are dealt with, and counted.
answer <- overlap(crm$Email, ads$email, names = c("CRM", "ads"))
print(answer)

cat("\nFigures as a data frame:\n")
print(as.data.frame(answer))

cat("\nRows of the CRM to repair:\n")
wrong <- invalid_rows(answer)
print(wrong[wrong[[1]] == "CRM", ])

# An audience is a set that is kept: here to mark whom sales talks to and marketing does not reach.
reached <- contains(audience(ads$email), crm$Email)
cat("\nNot reached, by lifecycle stage:\n")
print(table(crm[["Lifecycle Stage"]][!reached]))

# Three lists: every region.
connections <- read.csv(file.path(data, "linkedin_connections.csv"), skip = 3, check.names = FALSE)
three <- regions(list(CRM = crm$Email, ads = ads$email, LinkedIn = connections[["Email Address"]]))
cat("\nWho is where:\n")
print(as.data.frame(three)[c("region", "count")])

# The circles, with the areas they stand for, in base graphics and as a page.
pdf(picture <- tempfile(fileext = ".pdf"))
plot(answer)
plot(three)
invisible(dev.off())
report(answer, page <- tempfile(fileext = ".html"))

stopifnot(file.size(picture) > 1000, file.size(page) > 10000)
stopifnot(answer$size_a$estimate == 400, answer$size_b$estimate == 8000, answer$intersection$estimate == 64)
