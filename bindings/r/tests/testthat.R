library(testthat)
library(vesica)

test_check("vesica")
