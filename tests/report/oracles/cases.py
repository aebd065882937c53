"""Sets to lay out: name -> sizes of the regions A, B, AB, or A, B, AB, C, AC, BC, ABC."""

import random

# Two sets, each with what makes it hard.
PAIRS = {
    "20:1, 16 % of the small one": (992, 42, 8),
    "20:1, contained: the ideal": (950, 0, 50),
    "equal": (0, 0, 10),
    "disjoint": (10, 9, 0),
    "touching by one in a million": (999_999, 999_999, 1),
    "1e12 : 1": (10**12, 1, 0),
    "1e12 : 1, contained": (10**12 - 1, 0, 1),
    "nearly contained": (100_000, 1, 999),
    "nearly equal": (1, 1, 1_000_000),
    "one empty": (7, 0, 0),
}

TRIPLES = {
    "all disjoint": (3, 2, 0, 1, 0, 0, 0),
    "all equal": (0, 0, 0, 0, 0, 0, 5),
    "nested in each other": (90, 0, 9, 0, 0, 0, 1),
    "two apart inside a third": (80, 0, 10, 0, 10, 0, 0),
    "one disjoint": (50, 40, 10, 30, 0, 0, 0),
    "a chain": (50, 40, 10, 50, 0, 10, 0),
    "two of them equal": (20, 0, 0, 0, 0, 10, 10),
    "marketing 20:1 over two teams of sales": (9000, 200, 150, 180, 120, 60, 40),
    "brand, demand and sales of a thousand": (700, 90, 60, 40, 5, 3, 2),
}

# What jolars/eulerr publishes of one to three sets: tests/testthat/test-reproducibility.R (s[[1]] and so on),
# vignettes/under-the-hood.Rmd (the same and "Difficult set (for circles!)"), data-raw/benchmarks.R, at 9153f87 of July
# 2026, in whole numbers. EULERAPE is of Micallef and Rodgers, "eulerAPE", PLoS ONE 9(7), 2014. eulerr's own bar for
# "diagrams that can be perfectly fit" by ellipses is a diagError of 1e-3, and was 1e-5 until April 2026
# (tests/testthat/test-accuracy.R); the two diagrams it holds to it are of four and six sets.
EULERR = {
    "eulerr 1: uniform intersections": (10, 10, 4, 10, 4, 4, 2),
    "eulerr 2: three disjoint": (1, 1, 0, 1, 0, 0, 0),
    "eulerr 3: one contained": (10, 10, 4, 0, 0, 0, 3),
    "eulerr 4: two inside a third": (15, 0, 3, 0, 3, 0, 2),
    "eulerr 5: one inside what two share": (15, 15, 3, 0, 0, 0, 3),
    "eulerr 6: Russian doll": (15, 0, 10, 0, 0, 0, 5),
    "eulerr 7: difficult for circles": (7, 6, 0, 0, 1, 1, 2),
    "eulerr 8: two disjoint": (10, 9, 0),
    "eulerr 12: eulerAPE": (3491, 3409, 120, 3503, 114, 132, 126),
    "eulerr 13: one disjoint, two crossing": (10, 4, 2, 30, 0, 0, 0),
    "eulerr 15: the same twice": (0, 0, 10),
    "eulerr 16: one set": (1,),
    "eulerr benchmark: two sets": (30, 20, 10),
    "eulerr benchmark: three sets": (40, 30, 10, 20, 8, 6, 3),
}


def seeded(count=100):
    """`count` pairs and `count` triples of sizes over six orders of magnitude, a fifth of the regions empty."""
    found = {}
    for sets in (2, 3):
        for seed in range(count):
            rng = random.Random(1000 * sets + seed)
            regions = [0 if rng.random() < 0.2 else round(10 ** rng.uniform(0, 6)) for _ in range(2**sets - 1)]
            if any(regions):
                found[f"seed {seed} of {sets}"] = tuple(regions)
    return found


def overlapping(count=100):
    """Triples of people in three lists with shares of each other: what audiences look like, mostly drawable."""
    found = {}
    for seed in range(count):
        rng = random.Random(5000 + seed)
        shares = [rng.uniform(0.05, 0.9) for _ in range(3)]
        regions = [0] * 7
        for _ in range(2000):
            member = sum(1 << i for i, share in enumerate(shares) if rng.random() < share)
            if member:
                regions[member - 1] += 1
        found[f"independent lists {seed}"] = tuple(regions)
    return found


def every_case():
    return {**PAIRS, **TRIPLES, **EULERR, **seeded(), **overlapping()}
