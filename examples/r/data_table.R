# The same question per region of the CRM, in data.table.
suppressPackageStartupMessages(library(data.table))
library(vesica)

data <- file.path(commandArgs(trailingOnly = TRUE)[1], "data") # Rscript data_table.R EXAMPLES
crm <- fread(file.path(data, "crm_contacts.csv"))
ads <- fread(file.path(data, "marketing_audience.csv"))

# The ads list is read once and kept.
reached <- audience(ads$email)
by_stage <- crm[, {
  answer <- overlap(Email, reached)
  list(people = answer$size_a$estimate, reached = answer$intersection$estimate, share = answer$share_of_a$estimate)
}, by = "Lifecycle Stage"][order(-share)]
print(by_stage)

# Against base R on the addresses as they are written: what the profile brings together.
plain <- length(intersect(crm$Email, ads$email))
all <- overlap(crm$Email, ads$email)
cat("\nIn both:", all$intersection$estimate, "people;", plain, "addresses are written alike\n")

stopifnot(sum(by_stage$reached) >= 64, all$intersection$estimate == 64)
