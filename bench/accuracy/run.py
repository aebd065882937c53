#!/usr/bin/env python3
"""Measures how accurate the sketches are, and writes tables and plots.

Usage: run.py --build BUILD_TREE --out FOLDER [--quick] [--peers PYTHON]
       run.py --build BUILD_TREE --out FOLDER --n N --ratio RATIO --overlap SHARE [--bytes N,...] [--trials N]

--quick runs few trials and fails if they contradict what the sketches promise beyond doubt. --peers names a Python that
has bench/accuracy/requirements.txt; without it no others are compared. The third form measures one pair of sets: --n
keys, --ratio times as many, and so much of the smaller in both. Needs nothing but Python's own library.
"""

import argparse
import concurrent.futures
import pathlib
import subprocess
import sys

import plan
import regimes
import report
import summary
import targets

HERE = pathlib.Path(__file__).resolve().parent


def command_of(build, run):
    command = [build / "bin" / "accuracy", "--name", run.regime.name,
               "--regions", ",".join(map(str, run.regime.regions)), "--methods", ",".join(run.methods),
               "--bytes", ",".join(map(str, run.sizes)), "--trials", str(run.trials)]
    return [*command, "--drawn"] if run.drawn else command


class Trials:
    """CSV files of trials in a folder, one a run."""

    def __init__(self, folder):
        self.folder = folder
        self.paths = []
        folder.mkdir(parents=True, exist_ok=True)
        for path in folder.glob("trials-*.csv"):
            path.unlink()

    def start(self, command):
        path = self.folder / f"trials-{len(self.paths):03}.csv"
        self.paths.append(path)
        with path.open("wb") as file:
            return subprocess.Popen(command, stdout=file)

    def run(self, command):
        process = self.start(command)
        if process.wait() != 0:
            raise SystemExit(f"run.py: failed: {' '.join(map(str, command))}")

    def summaries(self):
        return summary.read(self.paths)


def run_ours(trials, build, runs):
    for run in runs:
        print(f"{run.regime.name}: {run.trials} trials of {', '.join(run.methods)}", file=sys.stderr, flush=True)
        trials.run(command_of(build, run))


def run_peers(trials, python):
    for name, count, peers in plan.peer_runs():
        print(f"{name}: {count} trials of {', '.join(peers)}", file=sys.stderr, flush=True)
        trials.run([python, HERE / "peers.py", name, str(count), *peers])
    return subprocess.run([python, HERE / "peers.py", "--versions"], check=True, text=True,
                          stdout=subprocess.PIPE).stdout.strip()


def run_all(trials, build, python):
    """Everything, the peers beside ours on a core of their own; returns the versions of the peers."""
    if not python:
        run_ours(trials, build, plan.full_runs())
        return ""
    with concurrent.futures.ThreadPoolExecutor(1) as beside:
        peers = beside.submit(run_peers, trials, python)
        run_ours(trials, build, plan.full_runs())
        versions = peers.result()
    run_ours(trials, build, plan.matched_runs(trials.summaries()))
    return versions


def parse():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--build", type=pathlib.Path, required=True)
    parser.add_argument("--out", type=pathlib.Path, required=True)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--peers", metavar="PYTHON")
    parser.add_argument("--n", type=int)
    parser.add_argument("--ratio", type=float, default=20)
    parser.add_argument("--overlap", type=float, default=0.16)
    parser.add_argument("--bytes", default="4096,16384,65536")
    parser.add_argument("--trials", type=int, default=200)
    parser.add_argument("--methods", default=",".join(plan.METHODS))
    args = parser.parse_args()
    if args.n is not None and not (args.n > 0 and args.ratio > 0 and 0 <= args.overlap <= 1 and args.trials > 0):
        parser.error("--n, --ratio and --trials are positive, --overlap is from 0 to 1")
    return args


def asked_run(args):
    """Sets of more than 50 million keys are drawn, and then only of the method that can be."""
    regime = regimes.by_ratio(args.n, args.ratio, args.overlap)
    drawn = sum(regime.regions) > 50_000_000
    methods = ("minhash",) if drawn else tuple(args.methods.split(","))
    return plan.Run(regime, methods, tuple(args.bytes.split(",")), args.trials, drawn)


def main():
    args = parse()
    trials = Trials(args.out)
    if args.n is not None:
        run_ours(trials, args.build, [asked_run(args)])
        print(report.table(trials.summaries().values()))
        return
    if args.quick:
        run_ours(trials, args.build, plan.quick_runs())
        summaries = trials.summaries()
        print(report.table(summaries.values()))
        failures = targets.quick_failures(summaries)
        sys.exit("\n".join(failures) if failures else 0)
    peers = run_all(trials, args.build, args.peers)
    report.write(trials.summaries(), peers, args.out)
    print((args.out / "README.md").read_text(encoding="utf-8"))


if __name__ == "__main__":
    main()
