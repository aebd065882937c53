# What marketing and sales did with people: a study of three exports of Salesforce, turned into events here.
library(vesica)

data <- file.path(commandArgs(trailingOnly = TRUE)[1], "data") # Rscript study.R EXAMPLES
export <- function(name) {
  read.csv(file.path(data, paste0("salesforce_", name, ".csv")), na.strings = "", check.names = FALSE)
}
leads <- export("leads")
members <- export("campaign_members")
deals <- export("opportunities")

# One row an event. What all tables of events have is the person, the event and the team; times go as the exports have them.
reached <- subset(members, Status != "Planned")
exposed <- data.frame(person = reached$Email, event = "exposed", team = "marketing", time = reached$CreatedDate,
                      country = reached$Country, industry = reached$Industry)
called <- subset(leads, !is.na(FirstCallDateTime))
contacted <- data.frame(person = called$Email, event = "contacted", team = "sales", time = called$FirstCallDateTime,
                        country = called$Country, industry = called$Industry)
stages <- c("Closed Won" = "won", "Closed Lost" = "lost")
deals$stage <- ifelse(deals$StageName %in% names(stages), stages[deals$StageName], "open")
deals$event <- "deal"
names_of_deals <- c(Email = "person", OpportunityId = "deal", CreatedDate = "time", Amount = "amount",
                    CurrencyIsoCode = "currency")

s <- study(list(exposed, contacted, deals), mapping = list(NULL, NULL, names_of_deals), by = c("country", "industry"),
           by_pairs = list(c("country", "industry")), min_support = 5, zone = "UTC")
print(s)

cat("\nWhere sales is and marketing is not:\n")
print(head(s$gaps[c("dimensions", "values", "n_sales", "n_missed")]), row.names = FALSE)
cat("\nWhat deals were worth, and what of it marketing had reached before:\n")
print(s$revenue[c("currency", "won", "won_amount", "primed_won", "primed_amount")], row.names = FALSE)

page <- tempfile(fileext = ".html")
report(s, page) # all of it, with pictures; as_svg(s, "gaps") is one of them
stopifnot(file.size(page) > 10000, grepl("Energy", as_svg(s, "gaps"), fixed = TRUE))

path <- tempfile(fileext = ".pdf")
pdf(path)
plot(s, "reach")
invisible(dev.off())

all <- s$circles[s$circles$a == "marketing" & s$circles$b == "sales", ]
stopifnot(all$n_a == 2000, all$n_b == 250, all$n_both == 40, s$revenue$won == 10, file.size(path) > 1000)
