#!/usr/bin/env python3
"""Runs the benchmarks and prints one table: what, ours, floor or peer, ratio, target.

Usage: run.py --build BUILD_TREE --out FOLDER [--quick]

Every ratio is between figures of one run. --quick takes fewer rounds and smaller lists: to see that all of it works,
not for figures. The raw results stay in the output folder.
"""

import argparse
import json
import pathlib
import statistics
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent


def google_benchmark(args, name, extra):
    """Median seconds of CPU and wall, and counters, by benchmark of a Google Benchmark program."""
    out = args.out / f"{name}.json"
    repetitions = 2 if args.quick else 7
    subprocess.run(
        [args.build / "bin" / name, f"--benchmark_out={out}", "--benchmark_out_format=json",
         f"--benchmark_repetitions={repetitions}", "--benchmark_enable_random_interleaving=true",
         "--benchmark_min_time=0.01", *extra],
        check=True, stdout=subprocess.DEVNULL)
    runs = {}
    for run in json.loads(out.read_text())["benchmarks"]:
        if run["run_type"] == "iteration":
            runs.setdefault(run["run_name"], []).append(run)
    unit = {"ns": 1e-9, "us": 1e-6, "ms": 1e-3, "s": 1.0}
    medians = {}
    for run_name, values in runs.items():
        medians[run_name.removesuffix("/process_time/real_time")] = {
            "cpu": statistics.median(v["cpu_time"] for v in values) * unit[values[0]["time_unit"]],
            "wall": statistics.median(v["real_time"] for v in values) * unit[values[0]["time_unit"]],
            "bytes_per_row": values[0].get("bytes_per_row"),
            "bytes": values[0].get("bytes"),
            "items_per_second": statistics.median(v.get("items_per_second", 0) for v in values),
        }
    return medians


def region_rows(args):
    keep = "1M.1M|k3|k8" if args.quick else "."
    found = google_benchmark(args, "regions_bench", [f"--benchmark_filter={keep}"])
    if args.quick:
        size, floor = "1M+1M", found["floor/1M+1M"]
        return [row(f"regions {size}, 64-bit, warm", found[f"regions/{size}/64"]["cpu"], floor["cpu"],
                    "XXH3_64 of the same bytes", "<= 3.0 (at 10M + 10M)")]
    floor = found["floor/10M+10M"]
    base = found["regions/10M+10M/64"]

    def regions(name):
        return found[f"regions/10M+10M/{name}"]

    email_added = regions("email")["cpu"] - base["cpu"]
    return [
        row("regions 10M + 10M, 64-bit, warm context", base["cpu"], floor["cpu"], "XXH3_64 of the same bytes",
            "<= 3.0"),
        row("the same, fresh context", regions("64/cold")["cpu"], floor["cpu"], "XXH3_64 of the same bytes", ""),
        row("the same, 128-bit", regions("128")["cpu"], base["cpu"], "64-bit", "<= 1.6"),
        row("the same, byte-checked", regions("bytes")["cpu"], base["cpu"], "64-bit", "<= 2.5"),
        row("the same, email/1: cost added to raw/1", email_added, floor["cpu"], "XXH3_64 of the same bytes", "<= 1.0"),
        row("one thread against two, wall", base["wall"], regions("64/threads2")["wall"], "two threads", ">= 1.7"),
        {"what": "working memory a row, 64-bit", "ours": f"{base['bytes_per_row']:.1f} B", "peer": "", "ratio": "",
         "target": "<= 13 B"},
    ]


def audience_rows(args):
    name = "BM_Overlap<uint64_t>/10000000/10000000/1"
    found = google_benchmark(args, "audience_bench", [f"--benchmark_filter=^{name}$"])
    nanoseconds = found[name]["cpu"] / 20e6 * 1e9
    return [{"what": "overlap of two built audiences of 10M, a key of both", "ours": f"{nanoseconds:.2f} ns",
             "peer": "", "ratio": "", "target": "<= 3 ns"}]


def company_rows(args):
    found = google_benchmark(args, "companies_bench", [])
    return [{"what": f"7,056 companies, three {name} images of 16 KiB each: load, compare every two, one core",
             "ours": f"{found[f'BM_Companies/{name}/iterations:1']['cpu']:.2f} s", "peer": "", "ratio": "",
             "target": "<= 10 s"}
            for name in ("minhash", "hyperloglog")]


def sketch_rows(args):
    found = google_benchmark(args, "sketch_bench", ["--benchmark_filter=Xxh3|/16384|Merge.*/65536"])

    def update(what, ours, floor, target):
        seconds, floor_seconds = found[ours]["cpu"], found[floor]["cpu"]
        return {"what": f"{what}, 16 KiB, 10M keys, column to sketch", "ours": f"{seconds * 1e3:.1f} ms",
                "peer": f"{floor_seconds * 1e3:.1f} ms XXH3_64 of the same bytes",
                "ratio": f"{floor_seconds / seconds:.2f} of its speed", "target": target}

    def time(what, seconds, target):
        return {"what": what, "ours": f"{seconds * 1e6:.1f} us", "peer": "", "ratio": "", "target": target}

    def speed(what, run, target):
        return {"what": what, "ours": f"{run['items_per_second'] / 1e6:.0f} M/s", "peer": "", "ratio": "",
                "target": target}

    merges = ("BM_MergeHyperLogLog/65536", "BM_MergeMinHash/16384")
    pairs = google_benchmark(args, "estimate_bench", ["--benchmark_filter=Pair.*one_to_twenty/16384"])
    codec = google_benchmark(args, "wire_bench", ["--benchmark_filter=MinHash/16384"])
    return [
        update("HyperLogLog of integers", "BM_HyperLogLogIntegers/16384", "BM_BareXxh3Integers", ">= 0.75"),
        update("HyperLogLog of addresses", "BM_HyperLogLogAddresses/16384", "BM_BareXxh3Addresses", ">= 0.85"),
        update("MinHash of addresses", "BM_MinHashAddresses/16384", "BM_BareXxh3Addresses", ">= 0.6"),
        time("merge of two HyperLogLogs of 64 KiB", found[merges[0]]["cpu"], "<= 4 us"),
        time("merge of two MinHashes of 16 KiB", found[merges[1]]["cpu"], "<= 100 us"),
        time("overlap of two MinHashes of 16 KiB with intervals", pairs["BM_PairMinHash/one_to_twenty/16384"]["cpu"],
             "<= 200 us"),
        time("overlap of two HyperLogLogs of 16 KiB with intervals",
             pairs["BM_PairHyperLogLog/one_to_twenty/16384"]["cpu"], "<= 300 us"),
        speed("encode a MinHash of 16 KiB, cells", codec["BM_EncodeMinHash/16384"], ">= 100 M/s"),
        speed("decode a MinHash of 16 KiB, cells", codec["BM_DecodeMinHash/16384"], ">= 150 M/s"),
    ]


def report_rows(args):
    found = google_benchmark(args, "report_bench", [])

    def time(what, name, target=""):
        return {"what": what, "ours": f"{found[name]['cpu'] * 1e3:.2f} ms", "peer": "", "ratio": "", "target": target}

    study = found["ReportStudy/7056"]
    return [
        time("layout of two circles at 20 : 1", "LayOut/two_sets"),
        time("layout of three sets that circles fit", "LayOut/three_circles"),
        time("layout of three sets that only ellipses fit", "LayOut/three_ellipses"),
        time("layout of three sets that nothing fits", "LayOut/three_that_cannot_be_true"),
        time("overlap to SVG", "DrawOverlap/svg"),
        time("overlap to a page", "DrawOverlap/page"),
        time("report of a study of 7,056 companies, every table", "ReportStudy/7056", "<= 1000 ms"),
        {"what": "its size", "ours": f"{study['bytes'] / 1e6:.2f} MB", "peer": "", "ratio": "", "target": "<= 1.5 MB"},
    ]


def row(what, ours, peer, peer_name, target):
    return {"what": what, "ours": f"{ours * 1e3:.1f} ms", "peer": f"{peer * 1e3:.1f} ms {peer_name}",
            "ratio": f"{ours / peer:.2f}", "target": target}


def script_rows(args, script, extra):
    """Rows of a peer script: it prints a line of JSON for each, with how many times longer the peer takes."""
    command = ["Rscript" if script.endswith(".R") else sys.executable, HERE / script, *map(str, extra)]
    process = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    (args.out / script).with_suffix(".jsonl").write_text(process.stdout)
    rows = []
    for line in process.stdout.splitlines():
        found = json.loads(line)
        if "ours" in found:
            rows.append({"what": found["what"], "ours": found["ours"], "peer": "", "ratio": "", "target": found["target"]})
            continue
        rows.append({"what": found["what"], "ours": f"{found['ours_ms']:.1f} ms",
                     "peer": f"{found['peer_ms']:.1f} ms {found['peer']}", "ratio": f"{found['ratio']:.2f}",
                     "target": found["target"]})
    return rows


def write_table(rows, path):
    columns = ("what", "ours", "peer", "ratio", "target")
    lines = ["| what | ours | floor or peer | ratio | to reach |", "|---|---|---|---|---|"]
    lines += ["| " + " | ".join(r[c] for c in columns) + " |" for r in rows]
    path.write_text("\n".join(lines) + "\n")
    print("\n".join(lines))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--build", type=pathlib.Path, required=True)
    parser.add_argument("--out", type=pathlib.Path, required=True)
    parser.add_argument("--quick", action="store_true")
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    library = args.build / "lib" / "libvesica.so"
    small = ["--rows", 1_000_000, "--rounds", 1] if args.quick else []
    rows_of_a_file = 200_000 if args.quick else 10_000_000
    rows = region_rows(args)
    rows += audience_rows(args)
    rows += sketch_rows(args)
    rows += company_rows(args)
    rows += report_rows(args)
    rows += script_rows(args, "duckdb_bench.py", [library, *small])
    rows += script_rows(args, "python_bench.py", [args.build / "bin" / "from_keys", *small,
                                                  *(["--small", 100_000] if args.quick else [])])
    rows += script_rows(args, "r_bench.R", ["--rows", 100_000, "--rounds", 1] if args.quick else [])
    rows += script_rows(args, "file_to_answer.py", [args.build / "bin" / "vesica", rows_of_a_file])
    study = ["--companies", 100, "--people", 7500, "--rounds", 1] if args.quick else ["--long"]
    rows += script_rows(args, "study_bench.py", [args.build / "bin" / "study_run", *study])
    write_table(rows, args.out / "table.md")


if __name__ == "__main__":
    main()
