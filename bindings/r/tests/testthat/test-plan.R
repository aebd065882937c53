test_that("plans say what it takes", {
  plan <- as.data.frame(plan_sketch(50e3, 1e6, overlap = 0.16, error = 0.2))
  expect_equal(plan$representation, c("exact", "minhash", "hyperloglog"))
  expect_true(all(plan$reaches_error))
  expect_equal(plan$relative_half_width[1], 0)
  smallest <- plan$representation[plan$smallest]
  expect_equal(smallest, "minhash")
  bytes <- plan$sketch_bytes[plan$smallest]
  expect_equal(plan_error(50e3, 1e6, overlap = 0.16, bytes = bytes), 0.2, tolerance = 1e-3)
  expect_gt(plan_error(50e3, 1e6, overlap = 0.16, bytes = bytes / 2), 0.2)
  expect_equal(plan_error(50e3, 1e6, representation = "exact"), 0)
})

test_that("questions that cannot be are refused", {
  for (work in list(quote(plan_sketch(0, 1)), quote(plan_sketch(10, 10, overlap = 2)), quote(plan_sketch(10, 10, error = 0)),
                    quote(plan_sketch("a", 1)), quote(plan_sketch(NA, 1)), quote(plan_error(10, 10, bytes = 0)),
                    quote(plan_error(10, 10, representation = "theta")))) {
    expect_error_of(eval(work), "vesica_invalid_argument")
  }
})

test_that("a plan prints as it always has", {
  expect_snapshot_output(print(plan_sketch(50e3, 1e6, overlap = 0.16, error = 0.2)))
  expect_output(print(plan_sketch(1e6, 1e9, overlap = 0.001, error = 0.001)), "not reached")
  expect_match(to_json(plan_sketch(1000, 1000)), "^\\[\\{\"representation\":\"exact\"")
})
