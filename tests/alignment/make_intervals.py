"""Writes tests/golden/alignment/intervals.tsv: intervals by others' code, to 12 digits.

    python -m venv v && v/bin/pip install statsmodels==0.15.0 scipy==1.18.1 numpy PythonMeta==1.26
    v/bin/python tests/alignment/make_intervals.py

statsmodels has the intervals of Wilson, Newcombe and Katz, PythonMeta the ratio of Mantel and Haenszel, scipy the
normal distribution for the ratio of ratios and numpy the quantiles.
"""

import pathlib
import random

import numpy
import PythonMeta
from scipy import stats
from statsmodels.stats.contingency_tables import Table2x2
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint

OUT = pathlib.Path(__file__).resolve().parent.parent / "golden/alignment/intervals.tsv"
PAIRS = [(5, 10, 3, 12), (0, 10, 3, 12), (10, 10, 3, 12), (5, 10, 0, 12), (0, 10, 0, 12), (56, 70, 48, 80),
         (1, 1, 1, 1), (0, 1, 1, 1), (123, 4567, 89, 1011), (9, 10, 3, 10), (400, 100000, 20, 2000), (7, 7, 9, 9)]


def wilson(successes, trials):
    return (successes / trials, *proportion_confint(successes, trials, method="wilson"))


def newcombe(a, n, b, m):
    return (a / n - b / m, *confint_proportions_2indep(a, n, b, m, compare="diff", method="newcomb"))


def katz(a, n, b, m):
    more = 0.5 if a == 0 or b == 0 else 0
    table = Table2x2(numpy.array([[a + more, n - a + more], [b + more, m - b + more]], dtype=float),
                     shift_zeros=False)
    return (table.riskratio, *table.riskratio_confint())


def ratio_of_ratios(a, n, b, m, c, k, d, l):
    """The difference of two log ratios and its normal interval, from the ratios and intervals of statsmodels."""
    more = 0.5 if 0 in (a, b, c, d) else 0
    logs, variance = [], 0
    for x, p, y, q in ((a, n, b, m), (c, k, d, l)):
        table = Table2x2(numpy.array([[x + more, p - x + more], [y + more, q - y + more]], dtype=float),
                         shift_zeros=False)
        logs.append(table.log_riskratio)
        variance += table.log_riskratio_se**2
    log = logs[0] - logs[1]
    half = stats.norm.ppf(0.975) * variance**0.5
    return tuple(numpy.exp([log, log - half, log + half]))


def mantel_haenszel(strata):
    meta = PythonMeta.Meta()
    meta.datatype, meta.models, meta.effect, meta.algorithm = "CATE", "Fixed", "RR", "MH"
    data = PythonMeta.Data()
    data.datatype = "CATE"
    studies = data.getdata([f"s{i},{a},{n},{b},{m}" for i, (a, n, b, m) in enumerate(strata)])
    pooled = meta.meta(studies)[0]
    error = numpy.log(pooled[4] / pooled[3]) / 2 / 1.96  # PythonMeta rounds the quantile of its interval
    half = stats.norm.ppf(0.975) * error
    return pooled[1], pooled[1] * numpy.exp(-half), pooled[1] * numpy.exp(half)


def main():
    rng = random.Random(1)
    lines = []

    def put(name, arguments, result):
        lines.append("\t".join([name, *map(str, arguments), "=", *(f"{float(x):.12g}" for x in result)]))

    for a, n, b, m in PAIRS:
        put("wilson", (a, n), wilson(a, n))
        put("newcombe", (a, n, b, m), newcombe(a, n, b, m))
        put("katz", (a, n, b, m), katz(a, n, b, m))
    for first, second in zip(PAIRS, PAIRS[3:]):
        put("ratio_of_ratios", first + second, ratio_of_ratios(*first, *second))
    for size in (2, 3, 6):
        strata = []
        for _ in range(size):
            n, m = rng.randrange(20, 90), rng.randrange(20, 90)
            strata.append((rng.randrange(1, n // 2), n, rng.randrange(1, m // 2), m))
        put("mantel_haenszel", [x for stratum in strata for x in stratum], mantel_haenszel(strata))
    values = sorted(round(rng.uniform(0, 9), 3) for _ in range(11))
    for probability in (0, 0.1, 0.25, 0.5, 0.77, 1):
        put("quantile", [probability, *values], (numpy.quantile(values, probability),) * 3)
    OUT.parent.mkdir(parents=True, exist_ok=True)
    OUT.write_text("\n".join(lines) + "\n")


main()
