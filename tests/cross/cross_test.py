#!/usr/bin/env python3
"""One answer in every language: the cases of this folder through each program given, against golden/.

    cross_test.py [--c PROGRAM] [--cc PROGRAM] [--cli PROGRAM] [--python COMMAND] [--r COMMAND] [--update]

PROGRAM is what was compiled from cross.c or cross.cc, or `vesica`; COMMAND the interpreter that has the package, such
as venv/bin/python or Rscript. README.md says what is compared. --update writes golden/ anew, from the first language.
"""

import argparse
import base64
import json
import math
import pathlib
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
CASES = sorted((HERE / "cases").glob("*.case"))
STUDIES = sorted((HERE / "cases").glob("*.study"))
ANSWERS = ("columns", "images", "study")
REPORTS = {"images": ("images.svg", "images.html", "layout.json"), "study": ("study.html",)}


def read(path):
    """Options of a case, and the rows of each set: text, or None where there is no key."""
    options, sets = {}, {}
    for line in path.read_text(encoding="utf-8").split("\n")[:-1]:
        word, _, rest = line.partition(" ")
        if line.startswith("="):
            rows.append(line[1:])
        elif line == "-":
            rows.append(None)
        elif word == "many":
            rows.extend(f"person{i}@example.com" for i in range(*map(int, rest.split())))
        elif word == "set":
            rows = sets.setdefault(rest, [])
        else:
            options[word] = rest
    return options, sets


def run_cli(program, images, out):
    """What the other languages have a program for, on the command line. It has no answer straight from sketches."""
    for path in CASES:
        options, sets = read(path)
        folder = out / path.stem
        lists = {name: folder / f"{name}.csv" for name in sets}
        for name, rows in sets.items():
            cells = ('"' + (row or "").replace('"', '""') + '"' for row in rows)
            lists[name].write_bytes("".join(f"{cell}\n" for cell in cells).encode())
        arguments = ["--profile", options.get("profile", "email/1"), "--hash-bits", options.get("hash_bits", "64"),
                     "--no-header", "--delimiter", ",", "--multi", "none", "--column", "1", "--quiet"]
        if "country" in options:
            arguments += ["--country", options["country"]]
        if "encoding" in options:
            arguments += ["--hashed", options["encoding"]]
        if "secret" in options:
            (folder / "secret").write_text(options["secret"])
            arguments += ["--secret-file", folder / "secret"]

        def answer(inputs, arguments):
            command = [program, "overlap", "--json", *arguments, *(f"{name}={file}" for name, file in inputs.items())]
            return subprocess.run(command, check=True, capture_output=True).stdout.removesuffix(b"\n")

        kind = options.get("representation", "exact")
        if kind == "exact":
            (folder / "columns.json").write_bytes(answer(lists, arguments))
        size = ["--bytes", options["bytes"]] if "bytes" in options else []
        for name, file in lists.items():
            subprocess.run([program, "sketch", *arguments, "--kind", kind, *size, file, "-o", folder / f"{name}.vsc"],
                           check=True, capture_output=True)
        pictures = ["--svg", folder / "images.svg", "--html", folder / "images.html"]
        (folder / "images.json").write_bytes(
            answer({name: images / path.stem / f"{name}.vsc" for name in sets}, ["--quiet", *pictures]))
    for path in STUDIES:
        (out / path.stem / "study.json").write_bytes(study_on_cli(program, path, out / path.stem / "events.csv"))


def study_on_cli(program, path, events):
    """The answer to a study whose events go through a CSV file."""
    arguments, rows = [], []
    for line in path.read_text(encoding="utf-8").split("\n")[:-1]:
        word, _, rest = line.partition(" ")
        if line.startswith("="):
            rows.append(line[1:].split("|"))
        elif word == "columns":
            rows.append(rest.split("|"))
        elif word == "option":
            arguments += ["--set", "=".join(rest.split(" ", 1))]
        elif word == "table":
            arguments += ["--tables", rest]
        else:
            arguments += [f"--{word}", rest]
    cells = (",".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in rows)
    events.write_bytes("".join(f"{line}\n" for line in cells).encode())
    report = events.with_name("study.html")
    command = [program, "study", events, "--quiet", "--format", "json", "--html", report, *arguments]
    return subprocess.run(command, check=True, capture_output=True).stdout.removesuffix(b"\n")


def run_program(command, images, out):
    subprocess.run([*command, images, out, *CASES, *STUDIES], check=True)


def languages(args):
    """For each language given, its name and what runs all cases: run(images, out)."""
    commands = {"c": args.c and [args.c], "cc": args.cc and [args.cc],
                "python": args.python and [args.python, HERE / "cross.py"], "r": args.r and [args.r, HERE / "cross.R"]}
    runs = {name: lambda images, out, command=command: run_program(command, images, out)
            for name, command in commands.items() if command}
    if args.cli:
        runs["cli"] = lambda images, out: run_cli(args.cli, images, out)
    return runs


def same(found, golden):
    """Equal, but for the last of nine digits of what is estimated: mathematical libraries differ there."""
    if isinstance(golden, dict):
        return isinstance(found, dict) and list(found) == list(golden) and all(
            same(found[key], golden[key]) for key in golden)
    if isinstance(golden, list):
        return isinstance(found, list) and len(found) == len(golden) and all(map(same, found, golden))
    if isinstance(golden, float):
        return isinstance(found, float) and math.isclose(found, golden, rel_tol=2e-9)
    return type(found) is type(golden) and found == golden


def parsed(text):
    """Without the settings of a study, to which every new option adds a line; they are compared byte for byte."""
    answer = json.loads(text)
    answer.pop("settings", None)
    return answer


def images_of(golden):
    return {name: base64.b64decode(image) for name, image in golden.get("saved", {}).items()}


def check(name, folder, golden, first, problems):
    """Compares what a language left in the folder of a case with golden, and byte for byte with the first language."""
    for answer in filter(golden.get, ANSWERS):
        file = folder / f"{answer}.json"
        if name == "cli" and not file.exists() and answer == "columns":
            continue
        text = file.read_bytes()
        if not same(parsed(text), golden[answer]):
            problems.append(f"{folder.name}: {answer}: {name} does not answer what is in golden/\n  {text.decode()}")
        if first.setdefault((folder.name, answer), text) != text:
            problems.append(f"{folder.name}: {answer}: {name} differs from the language before it\n  {text.decode()}")
    for report in (report for answer in REPORTS if answer in golden for report in REPORTS[answer]):
        if (name, report) == ("cli", "layout.json"):
            continue
        if first.setdefault((folder.name, report), (folder / report).read_bytes()) != (folder / report).read_bytes():
            problems.append(f"{folder.name}: {report}: {name} differs from the language before it")
    for set_name, image in images_of(golden).items():
        if (folder / f"{set_name}.vsc").read_bytes() != image:
            problems.append(f"{folder.name}: {name} saves other bytes for {set_name} than are in golden/")


def new_folder(parent, name):
    folder = pathlib.Path(parent) / name
    for case in CASES + STUDIES:
        (folder / case.stem).mkdir(parents=True)
    return folder


def write_golden(run, work):
    out = new_folder(work, "out")
    run(out, out)  # images are loaded from where they have just been saved
    for case in CASES:
        golden = {answer: json.loads((out / case.stem / f"{answer}.json").read_bytes()) for answer in ANSWERS[:2]}
        images = {name: (out / case.stem / f"{name}.vsc").read_bytes() for name in read(case)[1]}
        golden["saved"] = {name: base64.b64encode(image).decode() for name, image in images.items()}
        write_json(case, golden)
    for case in STUDIES:
        write_json(case, {"study": parsed((out / case.stem / "study.json").read_bytes())})


def write_json(case, golden):
    text = json.dumps(golden, indent=1, ensure_ascii=False)
    (HERE / "golden" / f"{case.stem}.json").write_text(text + "\n", encoding="utf-8")


def compare(runs, work):
    """Runs every language on the images of golden/ and returns what is wrong."""
    goldens = {case.stem: json.loads((HERE / "golden" / f"{case.stem}.json").read_text("utf-8"))
               for case in CASES + STUDIES}
    images = new_folder(work, "images")
    for case, golden in goldens.items():
        for name, image in images_of(golden).items():
            (images / case / f"{name}.vsc").write_bytes(image)
    first, problems = {}, []
    for name, run in runs.items():
        out = new_folder(work, name)
        try:
            run(images, out)
        except subprocess.CalledProcessError as failed:
            problems.append(f"{name}: {failed.cmd[0]} failed\n  {(failed.stderr or b'').decode('utf-8', 'replace')}")
            continue
        for case, golden in goldens.items():
            check(name, out / case, golden, first, problems)
    return problems


def main():
    parser = argparse.ArgumentParser()
    for option in ("--c", "--cc", "--cli", "--python", "--r"):
        parser.add_argument(option)
    parser.add_argument("--update", action="store_true")
    args = parser.parse_args()
    runs = languages(args)
    if not runs:
        parser.error("give a program")
    with tempfile.TemporaryDirectory() as work:
        if args.update:
            return write_golden(next(iter(runs.values())), work)
        problems = compare(runs, work)
    print(*problems, f"{len(CASES) + len(STUDIES)} cases in {', '.join(runs)}: {len(problems)} problems", sep="\n")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
