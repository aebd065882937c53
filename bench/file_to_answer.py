#!/usr/bin/env python3
"""From two CSV files to their overlap: `vesica overlap` against DuckDB, both with two threads, files in the page cache.

    file_to_answer.py PATH_OF_VESICA [ROWS] [FOLDER]

Writes two files of ROWS (default 10,000,000) rows and six columns by make_csv.py to FOLDER (default: a temporary one,
deleted in the end), runs each program in turn several times, checks that they agree, and prints one line of JSON:
medians, and their ratio (DuckDB / ours).

DuckDB (PyPI) answers all regions with GROUP BY and bit_or, which is faster there than distinct counts and INTERSECT.
The answers are the same since the addresses in the files are in lower case already: email/1 changes none, which DuckDB
is not asked to do.
"""

import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

RUNS = 5
TARGET = ">= 4"
QUERY = """
  SELECT m, count(*) FROM (
    SELECT Email, bit_or(s) AS m FROM (
      SELECT Email, 1 AS s FROM read_csv('{a}') UNION ALL SELECT Email, 2 FROM read_csv('{b}'))
    WHERE Email IS NOT NULL GROUP BY Email)
  GROUP BY m"""


def ours(program, a, b):
    begin = time.perf_counter()
    out = subprocess.run(
        [program, "overlap", "--threads", "2", "--json", a, b], stdout=subprocess.PIPE, check=True
    ).stdout
    seconds = time.perf_counter() - begin
    found = json.loads(out)
    return seconds, {sum(1 << "ab".index(n) for n in r["members"]): r["count"] for r in found["regions"]}


def theirs(connection, a, b):
    begin = time.perf_counter()
    rows = connection.execute(QUERY.format(a=a, b=b)).fetchall()
    return time.perf_counter() - begin, dict(rows)


def main():
    import duckdb

    program = sys.argv[1]
    rows = sys.argv[2] if len(sys.argv) > 2 else "10000000"
    folder = sys.argv[3] if len(sys.argv) > 3 else tempfile.mkdtemp()
    try:
        a, b = (os.path.join(folder, name) for name in ("a.csv", "b.csv"))
        if not os.path.exists(b):
            make = os.path.join(os.path.dirname(os.path.abspath(__file__)), "make_csv.py")
            subprocess.run([sys.executable, make, folder, rows, rows], stdout=subprocess.DEVNULL, check=True)
        connection = duckdb.connect()
        connection.execute("SET threads = 2")
        mine, others = [], []
        for _ in range(RUNS):
            seconds, answer = ours(program, a, b)
            mine.append(seconds)
            seconds, expected = theirs(connection, a, b)
            others.append(seconds)
            if answer != expected:
                raise SystemExit(f"the answers differ: {answer} and {expected}")
        ours_ms, peer_ms = (statistics.median(seconds) * 1000 for seconds in (mine, others))
        print(json.dumps({
            "what": f"file to answer, 2 x {int(rows):,} rows of 6 columns, 2 threads",
            "ours_ms": round(ours_ms, 1), "peer_ms": round(peer_ms, 1), "ratio": round(peer_ms / ours_ms, 2),
            "peer": f"DuckDB {duckdb.__version__} GROUP BY bit_or", "target": TARGET}))
    finally:
        if len(sys.argv) <= 3:
            shutil.rmtree(folder)


if __name__ == "__main__":
    main()
