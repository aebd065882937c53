#!/usr/bin/env python3
"""The Python package against the C++ library, Python's sets, datasketch and datasketches on the same keys, interleaved.

Usage: python_bench.py FROM_KEYS [--rounds N] [--rows N] [--small N]

FROM_KEYS is the program of from_keys.cc. --rows is the length of a column, --small that of a list of str. Every count
is compared. Prints one line of JSON for each row of the table: what, ours_ms, peer_ms, ratio, peer, target. Times are
of the processor, the least of all rounds; `ratio` is of these, `median_ratio` the median of the rounds' ratios.
"""

import argparse
import gc
import json
import pathlib
import resource
import statistics
import subprocess
import sys
import tempfile
import time

import datasketch
import datasketches
import duckdb
import numpy
import polars
import pyarrow

import vesica

ADDRESSES = """
  SELECT substr(md5(n::VARCHAR), 1, (8 + n % 9)::BIGINT) || '@company' || (n % 1000)::VARCHAR || '.com' AS k
  FROM (SELECT (CASE WHEN i < {distinct} THEN i ELSE hash(i) % {distinct} END + {first})::BIGINT AS n,
               hash(i + 1) AS place
        FROM range({rows}) t(i))
  ORDER BY place"""


def timed(work):
    """Milliseconds, and the result."""
    gc.collect()
    begin = time.process_time()
    result = work()
    return (time.process_time() - begin) * 1e3, result


def interleaved(rounds, works):
    """The milliseconds of each work in each round: {name: [...]}; and their last results."""
    times, results = {name: [] for name in works}, {}
    for _ in range(rounds):
        for name, work in works.items():
            milliseconds, results[name] = work()
            times[name].append(milliseconds)
    return times, results


def report(what, ours, peer, peer_name, target, slower=False):
    """`slower`: the ratio says how much more time ours takes, instead of the peer."""
    ratios = [a / b if slower else b / a for a, b in zip(ours, peer)]
    best = min(ours) / min(peer) if slower else min(peer) / min(ours)
    print(json.dumps({"what": what, "ours_ms": round(min(ours), 2), "peer_ms": round(min(peer), 2),
                      "ratio": round(best, 2), "median_ratio": round(statistics.median(ratios), 2), "peer": peer_name,
                      "target": target}), flush=True)


def text_column(first, rows):
    """Addresses of 21 to 31 bytes in random order; a tenth of the rows repeat one."""
    table = duckdb.sql(ADDRESSES.format(first=first, rows=rows, distinct=rows * 9 // 10)).to_arrow_table()
    return table.column("k").combine_chunks().cast(pyarrow.string())


class Library:
    """The C++ library on a column, in a process of its own."""

    def __init__(self, program, column, path):
        _, offsets, data = column.buffers()
        used = numpy.frombuffer(offsets, dtype=numpy.int32, count=len(column) + 1)
        with open(path, "wb") as file:
            file.write(numpy.uint64(len(column)).tobytes() + used.tobytes())
            file.write(memoryview(data)[:int(used[-1])])
        self.process = subprocess.Popen([program, path], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def __call__(self):
        self.process.stdin.write("\n")
        self.process.stdin.flush()
        seconds, count = self.process.stdout.readline().split()
        return float(seconds) * 1e3, int(count)

    def close(self):
        self.process.stdin.close()
        self.process.wait()


def columns(args):
    """A column of text to an audience."""
    column = text_column(0, args.rows)
    series = polars.Series(column)
    with tempfile.TemporaryDirectory() as folder:
        library = Library(args.from_keys, column, pathlib.Path(folder) / "keys")
        times, results = interleaved(args.rounds, {
            "C++": library,
            "pyarrow": lambda: timed(lambda: len(vesica.Audience.from_keys(column, "raw/1"))),
            "polars": lambda: timed(lambda: len(vesica.Audience.from_keys(series, "raw/1"))),
        })
        library.close()
    assert len(set(results.values())) == 1, results
    for name in ("pyarrow", "polars"):
        report(f"Python: from_keys of a {name} column, {args.rows:,} rows", times[name], times["C++"],
               "C++ on the same bytes", "<= 1.1", slower=True)


def lists(args):
    """Two lists of str to their overlap: strings that were never hashed, as what was just read; and hashed ones."""
    rows = args.small
    columns = [text_column(0, rows), text_column(rows * 3 // 4, rows)]

    def fresh():
        return [column.to_pylist() for column in columns]

    def sets(a, b):
        return len(set(a) & set(b))

    def ours(profile):
        return lambda a, b: int(vesica.overlap(a, b, profile).intersection)

    def on_fresh(work):
        def run():
            a, b = fresh()
            return timed(lambda: work(a, b))
        return run

    works = {"sets": sets, "raw/1": ours("raw/1"), "email/1": ours("email/1")}
    times, results = interleaved(args.rounds, {name: on_fresh(work) for name, work in works.items()})
    assert len(set(results.values())) == 1, results
    for profile in ("raw/1", "email/1"):
        report(f"Python: overlap of two lists of {rows:,} str, {profile}", times[profile], times["sets"],
               "two sets and &, hashes not cached", ">= 3")
    a, b = fresh()
    times, _ = interleaved(args.rounds, {name: lambda work=work: timed(lambda: work(a, b))
                                         for name, work in works.items()})
    report(f"Python: overlap of two lists of {rows:,} str, raw/1", times["raw/1"], times["sets"],
           "two sets and &, hashes cached", "")


def sketch(representation):
    def build(keys):
        builder = vesica.AudienceBuilder("raw/1", representation, bytes=16384)
        builder.add(keys)
        count = builder.build().count
        return count.value, (count.upper - count.lower) / 2 / 1.96 / count.value
    return build


def updated(make, encode, answer):
    def build(keys):
        one = make()
        update = one.update
        for key in keys:
            update(encode(key))
        return answer(one)
    return build


def datasketches_answer(one):
    estimate = one.get_estimate()
    return estimate, (one.get_upper_bound(1) - one.get_lower_bound(1)) / 2 / estimate


def batched(keys):
    one = datasketch.MinHash(num_perm=128)
    one.update_batch([key.encode() for key in keys])
    return one.count(), 128**-0.5


def sketches(args):
    """A list of str to a sketch."""
    keys = text_column(0, args.small).to_pylist()
    truth = len(set(keys))
    ours = {name: sketch(name) for name in ("minhash", "hyperloglog")}
    peers = {
        "datasketch MinHash, 128 permutations": (
            updated(lambda: datasketch.MinHash(num_perm=128), str.encode, lambda one: (one.count(), 128**-0.5)),
            "minhash", ">= 20"),
        "datasketch MinHash, the same in one batch": (batched, "minhash", ">= 20"),
        "datasketch HyperLogLog, 2^14 registers": (
            updated(lambda: datasketch.HyperLogLog(p=14), str.encode, lambda one: (one.count(), 1.04 / 2**7)),
            "hyperloglog", ">= 20"),
        "datasketches theta, 2^11 hashes": (
            updated(lambda: datasketches.update_theta_sketch(11), str, datasketches_answer), "minhash", ">= 5"),
        "datasketches HLL_8, 2^14 registers": (
            updated(lambda: datasketches.hll_sketch(14, datasketches.tgt_hll_type.HLL_8), str, datasketches_answer),
            "hyperloglog", ">= 5"),
    }
    # What is slow by a factor of hundreds is asked fewer times.
    slow = {name: peer for name, peer in peers.items() if name.startswith("datasketch ")}
    fast = {name: peer for name, peer in peers.items() if name not in slow}
    for some, rounds in ((slow, min(2, args.rounds)), (fast, args.rounds)):
        works = {**ours, **{name: build for name, (build, _, _) in some.items()}}
        times, results = interleaved(rounds, {name: lambda build=build: timed(lambda: build(keys))
                                              for name, build in works.items()})
        for name, (estimate, error) in results.items():
            assert abs(estimate / truth - 1) < 5 * error, name
        for name, (_, representation, target) in some.items():
            errors = f"{results[representation][1]:.1%} against {results[name][1]:.1%} error of the count"
            report(f"Python: {args.small:,} str to a {representation} of 16 KiB, {errors}", times[representation],
                   times[name], name, target)


def imports(args):
    """A process that imports the package over one that imports nothing."""
    def run(code):
        def work():
            begin = resource.getrusage(resource.RUSAGE_CHILDREN)
            subprocess.run([sys.executable, "-c", code], check=True)
            end = resource.getrusage(resource.RUSAGE_CHILDREN)
            return (end.ru_utime - begin.ru_utime + end.ru_stime - begin.ru_stime) * 1e3, None
        return work

    times, _ = interleaved(4 * args.rounds, {"empty": run("pass"), "vesica": run("import vesica")})
    added = min(times["vesica"]) - min(times["empty"])
    print(json.dumps({"what": "Python: import vesica, over an empty Python", "ours_ms": round(added, 1),
                      "peer_ms": round(min(times["empty"]), 1), "ratio": round(min(times["vesica"]) / min(times["empty"]), 2),
                      "peer": "an empty Python", "target": "<= 50 ms"}), flush=True)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("from_keys", type=pathlib.Path)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--rows", type=int, default=10_000_000)
    parser.add_argument("--small", type=int, default=1_000_000)
    args = parser.parse_args()
    imports(args)
    columns(args)
    lists(args)
    sketches(args)


if __name__ == "__main__":
    main()
