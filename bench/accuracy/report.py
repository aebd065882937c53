"""Writes what was measured: a table, CSV and plots."""

import csv
import math

import plan
import regimes
import svg
import targets

COMMAND = "./dev accuracy"
NAMES = {
    "minhash": "MinHash", "minhash+count": "MinHash, counts known", "hyperloglog": "HyperLogLog",
    "hyperloglog+count": "HyperLogLog, counts known", "hyperloglog-0": "plain HyperLogLog",
    "theta": "DataSketches Theta", "theta-compressed": "DataSketches Theta, compressed",
    "hll": "DataSketches HLL_8, incl.-excl.", "cpc": "DataSketches CPC, incl.-excl.",
    "datasketch-minhash": "datasketch MinHash", "datasketch-hll": "datasketch HyperLogLog++, incl.-excl.",
}
PLOTTED = ("minhash", "hyperloglog", "hyperloglog-0", "theta", "theta-compressed", "hll", "cpc")
COLUMNS = ("regime", "method", "size", "image bytes", "trials", "RMSE", "foreseen", "bias", "coverage", "half-width",
           "update ns", "estimate us", "RMSE to reach")
TEXT = """# Accuracy, measured

Written by `{command} --update`. {peers}

A trial makes sets of keys that no other trial has, pushes every key through `AudienceBuilder`, saves the audiences, loads
the images and asks `OverlapOf` for the intersection (`RegionsOf` for three sets). Keys are consecutive 64-bit integers
under `int64/1`; peers get the same keys in the same run. In rows marked *drawn* there are no keys: the cells that a MinHash would
keep are drawn at random and put into images, because reading a billion keys thousands of times is too slow.

- **RMSE**, **bias** and **half-width** (of the 95 % interval, mean) are relative to the true intersection, or in keys where
  that is empty. An RMSE of N trials has a relative standard error of 1 / sqrt(2 N): 3.5 % at 400 trials, 1 % at 5,000.
- **foreseen** is the median design error: what the estimator promises before it sees the data.
- **coverage**: how often the interval held the truth. Of 400 trials at 95 %, 0.928 to 0.972 is chance.
- **image bytes** are measured lengths, means. A MinHash is never longer than asked; a HyperLogLog is its registers, packed
  without mantissa, and a header of about 90 bytes.
- **update ns** a key, from the column to the audience, and **estimate us** a pair are medians of wall time on a machine
  that ran other things: `./dev bench` measures speed. The times of peers include the Python call for each key.
- **counts known**: made by `SketchOf` from exact audiences, whose exact sizes the images carry.
- DataSketches are given the same keys, trimmed to k where that can be done. ClickHouse's `uniqTheta` is DataSketches' Theta
  of lg k 12; PyPI's chdb 4.4.0 is built without it.

Regimes: {regimes}.

## To reach

{verdicts}

R3 and R5 are held against uniform cells of the best size for each. The cells of a MinHash are finer, so that overlaps of 5 to 16 %
come out best; where the exact counts are known the error is below both bounds. Three sets would come out 4 % better (6.87 %
± 0.15 % in 1,000 drawn trials, against 7.19 % ± 0.16 %) with one bit less of mantissa, which costs small overlaps 5 %.

## All figures

{table}
"""


def sizes_text(found):
    if found.method in ("theta", "theta-compressed", "hll", "cpc", "datasketch-hll"):
        return f"lg k {found.asked}"
    if found.method == "datasketch-minhash":
        return f"{found.asked} permutations"
    return targets.size_text(found.asked)


def number(value, pattern):
    return "" if math.isnan(value) else format(value, pattern)


def cells(found):
    """The cells of one line of the table."""
    relative = found.truth > 0

    def error(value, sign=""):
        if math.isnan(value):
            return ""
        return format(100 * value, f"{sign}.3g") + " %" if relative else format(value, f"{sign}.0f")

    bound = {key: limit for key, _, limit in targets.rmse_targets()}.get(found.key)
    reach = "" if bound is None else f"<= {100 * bound:.3g} %: {'yes' if found.rmse <= bound else 'no'}"
    return (found.regime + (" (drawn)" if found.keys == "drawn" else ""), NAMES[found.method], sizes_text(found),
            " : ".join(f"{size:,.0f}" for size in found.bytes), f"{found.trials:,}", error(found.rmse),
            error(found.predicted), error(found.bias, "+"), number(found.coverage, ".3f"), error(found.half_width),
            number(found.update_ns, ".1f"), number(found.estimate_us, ".0f"), reach)


def markdown(head, rows):
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    return "\n".join(lines + ["| " + " | ".join(row) + " |" for row in rows])


def table(summaries):
    return markdown(COLUMNS, [cells(found) for found in summaries])


def verdict_table(summaries):
    found = targets.verdicts(summaries)
    return markdown(("what", "measured", "to reach", "reached"),
                    [(v.what, v.measured, v.target, "yes" if v.reached else "**no**") for v in found])


def write_csv(summaries, path):
    with path.open("w", encoding="ascii", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("regime", "keys", "method", "asked", "image_bytes", "trials", "truth", "rmse", "foreseen",
                         "bias", "coverage", "half_width", "update_ns", "estimate_us"))
        for s in summaries:
            figures = (s.rmse, s.predicted, s.bias, s.coverage, s.half_width, s.update_ns, s.estimate_us)
            writer.writerow((s.regime, s.keys, s.method, s.asked, ":".join(f"{size:.0f}" for size in s.bytes), s.trials,
                             s.truth, *(number(figure, ".6g") for figure in figures)))


def error_ticks(low, high):
    """1, 2 and 5 of each decade, from the last not above `low` to the first not below `high`."""
    ticks = [digit * 10.0 ** power for power in range(-5, 4) for digit in (1, 2, 5)]
    begin = max(i for i, tick in enumerate(ticks) if tick <= low)
    end = min(i for i, tick in enumerate(ticks) if tick >= high)
    return [(tick, f"{100 * tick:g} %") for tick in ticks[begin:end + 1]]


def error_plot(regime, summaries):
    """RMSE against the bytes of the larger image."""
    series = {method: sorted((max(s.bytes), s.rmse) for s in summaries
                             if s.regime == regime.name and s.keys == "integers" and s.method == method
                             and (s.asked in plan.PLAIN_SIZES or not s.method.startswith(plan.SAMPLERS)))
              for method in PLOTTED}
    values = [rmse for points in series.values() for _, rmse in points]
    plot = svg.Plot(f"{regime.name}: {regime.describe()}", "KiB of the larger image, measured", "relative RMSE",
                    [(2 ** i * 1024, f"{2 ** i:g}") for i in range(1, 10)], error_ticks(min(values), max(values)),
                    x_log=True, y_log=True)
    for method, points in series.items():
        if points:
            plot.add(NAMES[method].replace("DataSketches ", "").replace(", incl.-excl.", " incl.-excl."), points)
    return plot.render()


def coverage_plot(summaries):
    """Coverage of every row of ours with keys and at least 400 trials, by regime."""
    names = [name for name in ("R1", "R2", "R3", "R4", "R5", "x0", "x50", "x500", "x2000", "three")
             if any(s.regime == name for s in summaries)]
    ticks = [(-0.5, "")] + [(i, name) for i, name in enumerate(names)] + [(len(names) - 0.5, "")]
    plot = svg.Plot("How often the 95 % interval holds the truth", "regime; one mark a size", "coverage", ticks,
                    [(v / 100, f"{v / 100:.2f}") for v in range(88, 101, 2)])
    plot.band(0.92, 0.98)
    methods = [m for m in ("minhash", "minhash+count", "hyperloglog", "hyperloglog+count", "hyperloglog-0")]
    for order, method in enumerate(methods):
        points = [(names.index(s.regime) + (order - 2) * 0.15, max(s.coverage, 0.88)) for s in summaries
                  if s.method == method and s.regime in names and s.keys == "integers" and s.trials >= 400]
        if points:
            plot.add(NAMES[method].replace(" known", ""), points, line=False)
    return plot.render()


def write(summaries, peers, folder):
    """README.md, summary.csv and the plots."""
    folder.mkdir(parents=True, exist_ok=True)
    rows = list(summaries.values())
    named = "; ".join(f"{r.name} {r.describe()}" for r in regimes.NAMED.values())
    (folder / "README.md").write_text(TEXT.format(
        command=COMMAND, regimes=named, verdicts=verdict_table(summaries), table=table(rows),
        peers=f"Peers: {peers}." if peers else "Without peers."), encoding="utf-8")
    write_csv(rows, folder / "summary.csv")
    for name in ("R1", "R2", "R3", "R4", "R5"):
        if any(s.regime == name for s in rows):
            (folder / f"error-{name}.svg").write_text(error_plot(regimes.NAMED[name], rows), encoding="ascii")
    (folder / "coverage.svg").write_text(coverage_plot(rows), encoding="ascii")
