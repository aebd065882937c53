#!/usr/bin/env python3
"""Vesica against DuckDB on the same keys, both resident, interleaved in one process.

Usage: duckdb_bench.py LIBVESICA [--rounds N] [--rows N]

DuckDB reads its own in-memory tables, Vesica the Arrow columns they were filled with. Every answer is compared.
Prints one line of JSON for each row of the table: what, ours_ms, peer_ms, ratio (peer / ours), peer, target.
"""

import argparse
import json
import statistics
import time

import duckdb
import pyarrow as pa

from vesica_ctypes import Vesica

def keys_query(first, rows):
    """Address-like keys of 18 to 26 bytes in random order; rows beyond nine tenths repeat one at random."""
    distinct = rows * 9 // 10
    return f"""
      SELECT substr(md5(n::VARCHAR), 1, (8 + n % 9)::BIGINT) || '@mail' || (n % 7)::VARCHAR || '.com' AS k
      FROM (SELECT (CASE WHEN i < {distinct} THEN i ELSE hash(i) % {distinct} END + {first})::BIGINT AS n,
                   hash(i + 1) AS place
            FROM range({rows}) t(i))
      ORDER BY place"""


class Lists:
    """Tables t0, t1, ... in DuckDB and the same columns in Arrow."""

    def __init__(self, firsts_and_rows):
        self.connection = duckdb.connect()
        self.columns = []
        for i, (first, rows) in enumerate(firsts_and_rows):
            self.connection.execute(f"CREATE TABLE t{i} AS {keys_query(first, rows)}")
            table = self.connection.execute(f"SELECT k FROM t{i}").to_arrow_table()
            column = table.column("k").combine_chunks()
            self.columns.append(column.cast(pa.string()) if column.type != pa.string() else column)
        self.count = len(firsts_and_rows)

    def all_regions_sql(self):
        union = " UNION ALL ".join(f"SELECT k, {1 << i} AS m FROM t{i}" for i in range(self.count))
        return f"SELECT m, count(*) FROM (SELECT bit_or(m) AS m FROM ({union}) GROUP BY k) GROUP BY m"


INTERSECTIONS = {
    "INTERSECT": "SELECT count(*) FROM (SELECT k FROM t0 INTERSECT SELECT k FROM t1)",
    "distinct join": "SELECT count(*) FROM (SELECT DISTINCT k FROM t0) JOIN (SELECT DISTINCT k FROM t1) USING (k)",
    "distinct semi join": "SELECT count(*) FROM (SELECT DISTINCT k FROM t1) SEMI JOIN t0 USING (k)",
    "count distinct in": "SELECT count(DISTINCT k) FROM t1 WHERE k IN (SELECT k FROM t0)",
}


def measure(lists, library, threads, queries, rounds):
    """Seconds of each, interleaved: {"vesica": [...], name of query: [...]}; and the answers."""
    lists.connection.execute(f"SET threads = {threads}")
    vesica = Vesica(library, threads=threads)
    seconds = {name: [] for name in ["vesica", *queries]}
    answers = {}
    vesica.regions(lists.columns)  # warm context
    for _ in range(rounds):
        start = time.perf_counter()
        answers["vesica"] = vesica.regions(lists.columns)
        seconds["vesica"].append(time.perf_counter() - start)
        for name, sql in queries.items():
            start = time.perf_counter()
            answers[name] = lists.connection.execute(sql).fetchall()
            seconds[name].append(time.perf_counter() - start)
    vesica.close()
    return {name: statistics.median(values) * 1000 for name, values in seconds.items()}, answers


def check(answers):
    counts = answers["vesica"]
    for name, answer in answers.items():
        if name == "all regions":
            assert dict(answer) == {m: n for m, n in enumerate(counts) if n}, name
        elif name != "vesica":
            assert answer[0][0] == sum(n for m, n in enumerate(counts) if m & 3 == 3), name


def report(what, ours, peer, name, target):
    print(json.dumps({
        "what": what, "ours_ms": round(ours, 2), "peer_ms": round(peer, 2), "ratio": round(peer / ours, 2),
        "peer": f"DuckDB {duckdb.__version__} {name}", "target": target}), flush=True)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("library")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--rows", type=int, default=10_000_000)
    args = parser.parse_args()
    rows, small = args.rows, args.rows // 10

    def shared(a, b):  # first number of list b, so that 16 % of the smaller are in both
        return a * 9 // 10 - min(a, b) * 9 // 10 * 16 // 100

    lists = Lists([(0, rows), (shared(rows, rows), rows)])
    for threads in (1, 2):
        queries = {"all regions": lists.all_regions_sql(), "INTERSECT": INTERSECTIONS["INTERSECT"]}
        times, answers = measure(lists, args.library, threads, queries, args.rounds)
        check(answers)
        label = f"{rows // 1_000_000}M + {rows // 1_000_000}M, {threads} thread{'s' * (threads > 1)}"
        report(f"{label}, all regions", times["vesica"], times["all regions"], "GROUP BY bit_or", ">= 12")
        report(f"{label}, INTERSECT", times["vesica"], times["INTERSECT"], "INTERSECT", ">= 7")
    del lists

    for k in (3, 8):
        lists = Lists([(i * small // 2, small) for i in range(k)])
        times, answers = measure(lists, args.library, 1, {"all regions": lists.all_regions_sql()}, args.rounds)
        check(answers)
        report(f"k = {k}, {small // 1_000_000}M each, 1 thread", times["vesica"], times["all regions"],
               "GROUP BY bit_or", ">= 12")
        del lists

    lists = Lists([(0, 2 * rows), (shared(2 * rows, small), small)])
    times, answers = measure(lists, args.library, 1, INTERSECTIONS, args.rounds)
    check(answers)
    fastest = min(INTERSECTIONS, key=lambda name: times[name])
    report(f"{2 * rows // 1_000_000}M against {small // 1_000_000}M, intersection, 1 thread", times["vesica"],
           times[fastest], f"fastest form: {fastest}", ">= 3")


if __name__ == "__main__":
    main()
