"""From trials to figures."""

import csv
import dataclasses
import math
import statistics


@dataclasses.dataclass(frozen=True)
class Summary:
    """What the trials of one regime, method and size came to. Errors are relative to the truth, or in keys where the
    truth is 0."""

    regime: str
    keys: str  # "integers", or "drawn" without keys
    method: str
    asked: str
    trials: int
    truth: int
    rmse: float
    bias: float
    coverage: float  # NaN without intervals
    half_width: float
    predicted: float  # the design error, median; NaN where there is none
    bytes: tuple[float, ...]  # of the images, means
    update_ns: float
    estimate_us: float

    @property
    def key(self):
        return self.regime, self.keys, self.method, self.asked

    @property
    def sets(self):
        return len(self.bytes)

    @property
    def rmse_noise(self):
        """Standard error of an RMSE of so many trials of normal errors, relative to it."""
        return 1 / math.sqrt(2 * self.trials)


def mean(values):
    return statistics.fmean(values) if values else math.nan


def median(values):
    return statistics.median(values) if values else math.nan


def numbers(rows, column):
    values = [float(row[column]) for row in rows if row[column]]
    return [value for value in values if not math.isnan(value)]


def summarize(rows):
    """Of the rows of one regime, method and size."""
    first = rows[0]
    truth = int(first["truth"])
    unit = truth or 1
    errors = [(float(row["estimate"]) - truth) / unit for row in rows]
    intervals = [(float(row["lower"]), float(row["upper"])) for row in rows if row["lower"] != ""]
    times = numbers(rows, "update_ns")
    return Summary(
        regime=first["regime"], keys=first["keys"], method=first["method"], asked=first["asked"],
        trials=len(rows), truth=truth,
        rmse=math.sqrt(mean([error * error for error in errors])),
        bias=mean(errors),
        coverage=mean([float(lower <= truth <= upper) for lower, upper in intervals]),
        half_width=mean([(upper - lower) / 2 / unit for lower, upper in intervals]),
        predicted=median(numbers(rows, "design_error")) if truth else math.nan,
        bytes=tuple(mean(numbers(rows, column)) for column in ("bytes_a", "bytes_b", "bytes_c") if numbers(rows, column)),
        update_ns=median([time for time in times if time > 0]),
        estimate_us=median(numbers(rows, "estimate_us")),
    )


def read(paths):
    """Summaries of the trials in CSV files, by key, in the order in which they were run."""
    groups = {}
    for path in paths:
        with open(path, encoding="ascii", newline="") as file:
            for row in csv.DictReader(file):
                groups.setdefault((row["regime"], row["keys"], row["method"], row["asked"]), []).append(row)
    return {key: summarize(rows) for key, rows in groups.items()}
