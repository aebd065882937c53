# Runs code in a new R, interrupts it once it says "ready", and gives back what it said and the seconds from the interrupt
# to when it says "caught".
interrupted <- function(code) {
  said <- withr::local_tempfile()
  script <- withr::local_tempfile(fileext = ".R", lines = c(
    sprintf(".libPaths(%s)", paste(deparse(.libPaths()), collapse = "")), "library(vesica)",
    'keys <- sprintf("person%d@example.com", 1:3e6)',
    'events <- data.frame(person = keys, event = "exposed", team = factor("brand"))',
    sprintf("say <- function(...) cat(..., '\\n', file = %s, append = TRUE)", deparse(said)),
    'say("pid", Sys.getpid())', code
  ))
  system2(file.path(R.home("bin"), "Rscript"), c("--vanilla", script), wait = FALSE, stdout = FALSE, stderr = FALSE,
          env = "R_TESTS=")
  lines <- function() if (file.exists(said)) readLines(said, warn = FALSE) else character()
  wait_for <- function(pattern, seconds) {
    until <- Sys.time() + seconds
    while (!any(grepl(pattern, lines()))) {
      if (Sys.time() > until) stop("nothing was said of ", pattern, ": ", paste(lines(), collapse = "; "))
      Sys.sleep(0.02)
    }
  }
  wait_for("ready", 60)
  Sys.sleep(0.3)
  pid <- as.integer(sub("pid ", "", grep("^pid", lines(), value = TRUE)))
  start <- as.numeric(Sys.time())
  tools::pskill(pid, tools::SIGINT)
  wait_for("done", 30)
  caught <- as.numeric(sub("caught ", "", grep("^caught", lines(), value = TRUE)))
  list(seconds = caught - start, said = trimws(lines()))
}

test_that("an interrupt ends a call within a second, as an interrupt, and leaves everything usable", {
  skip_on_os("windows")
  for (work in c("overlap(keys, keys)", "audience(keys, representation = 'minhash')", "audience(keys, threads = 2)",
                 "study(events)",
                 "overlap(keys, keys, progress = function(fraction) Sys.sleep(0.01))")) {
    answer <- interrupted(c(
      'say("ready")',
      sprintf("result <- tryCatch(repeat %s, interrupt = function(e) 'interrupted')", work),
      'say("caught", format(as.numeric(Sys.time()), digits = 15))', 'say(result)', 'say(length(audience(keys[1:1000])))', 'say("done")'
    ))
    expect_true(all(c("interrupted", "1000") %in% answer$said), info = work)
    expect_lt(answer$seconds, 1)
  }
})
