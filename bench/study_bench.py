#!/usr/bin/env python3
"""A study of simulated events against DuckDB, which tells the circles alone, on the same events, with two threads each.

    study_bench.py PATH_OF_STUDY_RUN [--companies N] [--people N] [--rounds N] [--long]

DuckDB counts resident rows of its own table, in which companies, events and teams are small integers already; it has
whichever form of the query is fastest on a part of them. The study adds Arrow batches that lie in memory, keys as text
and under email/1, and runs; for circles and regions it is given the same four columns. Sizes and overlaps of all pairs of circles, of all companies and of each, must agree. Both
are measured in turn.

Prints one line of JSON for each row of the table. Times are of the wall clock; processor times of all threads beside
them. --long adds 7,056 companies with 500 million events, of which only sketches are kept.
"""

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time

import duckdb
import numpy
import pyarrow as pa

ALL = ["by=region,industry,size,title", "role=title"]
FEW = "read=company,person,event,team"  # what DuckDB's table has
BUDGETS = [size << 20 for size in (512, 768, 1024, 2048)]

# Circles as bits of a person. Events and teams are numbered as in simulator/events.h and population.h.
MASK = """CASE event WHEN 1 THEN 1 << team::INT
                     WHEN 3 THEN CASE team WHEN 3 THEN 8 ELSE 0 END
                     WHEN 0 THEN CASE team WHEN 3 THEN 32 ELSE 16 END END"""
CIRCLES = {"brand": 1, "demand": 2, "marketing": 7, "sales": 8, "target_marketing": 16, "target_sales": 32}
PAIRS = [("marketing", "sales"), ("brand", "demand"), ("brand", "sales"), ("demand", "sales"),
         ("target_marketing", "target_sales"), ("marketing", "target_sales")]


def conditions():
    """What is counted: sizes, then what pairs share."""
    return [f"c & {bits} <> 0" for bits in CIRCLES.values()] + [
        f"c & {CIRCLES[a]} <> 0 AND c & {CIRCLES[b]} <> 0" for a, b in PAIRS]


def forms(where=""):
    events = f"SELECT company, person, {MASK} AS c FROM events WHERE event IN (0, 1, 3) {where}"
    people = f"SELECT company, person, bit_or(c) AS c FROM ({events}) GROUP BY ALL"
    counts = ", ".join(f"count(*) FILTER (WHERE {condition})" for condition in conditions())
    sizes = ", ".join(f"count(DISTINCT person) FILTER (WHERE c & {bits} <> 0)" for bits in CIRCLES.values())
    shared = " ".join(
        f"""LEFT JOIN (SELECT company, count(*) AS both_{i} FROM (
              SELECT DISTINCT company, person FROM e WHERE c & {CIRCLES[a]} <> 0 INTERSECT
              SELECT DISTINCT company, person FROM e WHERE c & {CIRCLES[b]} <> 0) GROUP BY company) USING (company)"""
        for i, (a, b) in enumerate(PAIRS))
    both = ", ".join(f"coalesce(both_{i}, 0)" for i in range(len(PAIRS)))
    return {
        "bit_or by person": f"SELECT company, {counts} FROM ({people}) GROUP BY company",
        "count distinct and INTERSECT":
            f"WITH e AS ({events}), s AS (SELECT company, {sizes} FROM e GROUP BY company) SELECT s.*, {both} FROM s {shared}",
    }


class Database:
    """The events in a table of DuckDB."""

    def __init__(self, program, plan):
        self.connection = duckdb.connect()
        self.connection.execute("SET threads = 2")
        self.connection.execute("CREATE TABLE events (company INTEGER, person VARCHAR, event TINYINT, team TINYINT)")
        with tempfile.TemporaryDirectory() as folder:
            pipe = os.path.join(folder, "columns")
            os.mkfifo(pipe)
            with subprocess.Popen([program, *plan, f"columns={pipe}"]) as process:
                with open(pipe, "rb") as columns:
                    while head := columns.read(8):
                        self.insert(columns, *numpy.frombuffer(head, numpy.uint32).tolist())
            if process.returncode != 0:
                raise SystemExit("cannot simulate")
        companies = self.connection.execute("SELECT max(company) + 1 FROM events").fetchone()[0]
        few = forms(f"AND company < {max(1, companies // 20)}")
        self.seconds = {}
        for name, query in few.items():
            self.connection.execute(query).fetchall()
            begin = time.perf_counter()
            self.connection.execute(query).fetchall()
            self.seconds[name] = time.perf_counter() - begin
        self.form = min(self.seconds, key=self.seconds.get)

    def insert(self, columns, rows, person_bytes):
        company = pa.array(numpy.frombuffer(columns.read(4 * rows), numpy.int32))
        offsets, persons = columns.read(4 * rows + 4), columns.read(person_bytes)
        person = pa.Array.from_buffers(pa.string(), rows, [None, pa.py_buffer(offsets), pa.py_buffer(persons)])
        event, team = (pa.array(numpy.frombuffer(columns.read(rows), numpy.int8)) for _ in range(2))
        batch = pa.table({"company": company, "person": person, "event": event, "team": team})
        self.connection.execute("INSERT INTO events SELECT * FROM batch")

    def circles(self):
        """Seconds of wall and of processor time, and the counts by company."""
        wall, cpu = time.perf_counter(), time.process_time()
        rows = self.connection.execute(forms()[self.form]).fetchall()
        times = time.perf_counter() - wall, time.process_time() - cpu
        print("DuckDB", *times, file=sys.stderr)
        return *times, {row[0]: row[1:] for row in rows}


def study(program, plan, *options):
    """Runs the study in a process of its own; wall, processor time, and what it says. None where memory is too small."""
    done = subprocess.run([program, *plan, *options], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, check=False)
    if "memory budget" in done.stderr:
        return None
    if done.returncode != 0:
        raise SystemExit(done.stderr)
    found = json.loads(done.stdout)
    times = found["add"] + found["run"], found["add_cpu"] + found["run_cpu"]
    print(*options, *times, {name: found[name] for name in found if name != "circles"}, file=sys.stderr)
    return *times, found


def check(circles, expected):
    """Whether rows of circles have DuckDB's counts."""
    names = list(CIRCLES)
    sums = [0] * (len(CIRCLES) + len(PAIRS))
    for row in expected.values():
        sums = [a + b for a, b in zip(sums, row)]
    seen = 0
    for row in circles:
        counts = sums if row["company"] is None else expected[int(row["company"].rsplit("-", 1)[1])]
        both = counts[len(CIRCLES) + PAIRS.index((row["a"], row["b"]))]
        wanted = (counts[names.index(row["a"])], counts[names.index(row["b"])], both)
        if (row["n_a"], row["n_b"], row["n_both"]) != wanted:
            raise SystemExit(f"the answers differ: {row} and {wanted}")
        seen += 1
    if seen < len(expected):
        raise SystemExit("companies are missing")


def compare(what, ours, peer, peer_name, target):
    """A row: both as [(wall, processor time), ...]."""
    ours_wall, peer_wall, ours_cpu, peer_cpu = (
        statistics.median(run[k] for run in runs) * 1000 for k in (0, 1) for runs in (ours, peer))
    print(json.dumps({
        "what": what, "ours_ms": round(ours_wall, 1), "peer_ms": round(peer_wall, 1),
        "ratio": round(peer_wall / ours_wall, 2), "peer": peer_name, "target": target,
        "ours_cpu_ms": round(ours_cpu, 1), "peer_cpu_ms": round(peer_cpu, 1),
        "cpu_ratio": round(peer_cpu / ours_cpu, 2)}), flush=True)


def state(what, ours, target, **more):
    """A row that is compared with nothing."""
    print(json.dumps({"what": what, "ours": ours, "target": target, **more}), flush=True)


def spilled_study(program, plan, folder):
    """The study of all tables under the smallest budget that is enough, and the budget in MiB."""
    for budget in BUDGETS:
        found = study(program, plan, "threads=2", f"memory={budget}", f"spill={folder}", *ALL)
        if found is not None:
            return found, budget >> 20
    raise SystemExit("no budget is enough")


def long_study(program):
    plan = ["7056", "26700"]
    begin = resource.getrusage(resource.RUSAGE_CHILDREN)
    wall, _, found = study(program, plan, "threads=1", "sketch_bytes=16384",
                           "tables=circles,companies", FEW)
    end = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = end.ru_utime + end.ru_stime - begin.ru_utime - begin.ru_stime
    events = f"{found['events'] / 1e6:.0f}M events"
    state(f"7,056 companies, {events}, streamed, sketches of 16 KiB: all of it, one core, processor time",
          f"{cpu / 60:.1f} min", "<= 10 min", study_wall=wall, simulate=found["simulate"])
    state("the same, most memory of the process", f"{found['resident_bytes'] / 2**30:.2f} GiB", "<= 2 GiB")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("--companies", type=int, default=1000)
    parser.add_argument("--people", type=int, default=18800)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--long", action="store_true")
    args = parser.parse_args()
    plan = [str(args.companies), str(args.people)]
    database = Database(args.program, plan)
    database.circles()
    everything, circles, spilled, theirs = [], [], [], []
    with tempfile.TemporaryDirectory() as spill:
        for _ in range(args.rounds):
            *times, expected = database.circles()
            theirs.append(times)
            *times, found = study(args.program, plan, "threads=2", *ALL)
            check(found["circles"], expected)
            everything.append(times)
            events, in_memory = found["events"], found["peak_bytes"]
            decode, run = found["add"], found["run"]
            *times, found = study(args.program, plan, "threads=2", "tables=circles,regions", FEW)
            check(found["circles"], expected)
            circles.append(times)
            (*times, found), budget = spilled_study(args.program, plan, spill)
            check(found["circles"], expected)
            spilled.append(times)
    size = f"{events / 1e6:.0f}M events, {args.companies:,} companies, 2 threads"
    peer = f"DuckDB {duckdb.__version__} circles alone, {database.form}"
    compare(f"study of {size}: all tables", everything, theirs, peer, ">= 0.5")
    compare(f"study of {size}: circles and regions", circles, theirs, peer, ">= 5")
    compare(f"the same, all tables, against a budget of {budget} MiB and a folder", everything, spilled, "with the budget",
            "<= 3 with 512 MiB")
    state("the same, all tables: working memory an event", f"{in_memory / events:.0f} B", "<= 40 B",
          add_seconds=decode, run_seconds=run)
    if args.long:
        long_study(args.program)


if __name__ == "__main__":
    sys.exit(main())
