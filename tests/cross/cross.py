"""The cases of tests/cross through the Python package: cross.py IMAGES OUT CASE...; see README.md."""

import pathlib
import sys

import pyarrow
import vesica
from vesica import _core


def read(path):
    """Options, and the keys of each set."""
    options, sets = {}, {}
    for line in path.read_text(encoding="utf-8").split("\n")[:-1]:
        word, _, rest = line.partition(" ")
        if line.startswith("="):
            keys.append(line[1:])
        elif line == "-":
            keys.append(None)
        elif word == "many":
            first, last = map(int, rest.split())
            keys.extend(f"person{i}@example.com" for i in range(first, last))
        elif word == "set":
            keys = sets.setdefault(rest, [])
        else:
            options[word] = rest
    return options, sets


def compare(sets, **reading):
    """The answer."""
    if len(sets) == 2:
        return vesica.overlap(*sets.values(), names=tuple(sets), **reading)
    return vesica.regions(sets, **reading)


def run(path, images, out):
    options, sets = read(path)
    secret = options["secret"].encode() if "secret" in options else None
    profile = vesica.Profile(options.get("profile", "email/1"), secret=secret, country=options.get("country"),
                             hash_bits=int(options.get("hash_bits", 64)))
    encoding = options.get("encoding", "plain")
    representation = options.get("representation", "exact")
    size = int(options["bytes"]) if "bytes" in options else None
    audiences = {name: vesica.Audience.from_keys(keys, profile, representation, bytes=size, encoding=encoding)
                 for name, keys in sets.items()}
    if representation == "exact":
        answer = compare(sets, profile=profile, encoding=encoding)
    else:
        answer = compare(audiences)
    (out / "columns.json").write_text(answer.to_json(), encoding="utf-8")
    for name, audience in audiences.items():
        audience.save(out / f"{name}.vsc")
    answer = compare({name: vesica.Audience.load(images / f"{name}.vsc") for name in sets})
    (out / "images.json").write_text(answer.to_json(), encoding="utf-8")
    (out / "images.svg").write_text(answer.svg(), encoding="utf-8")
    answer.report(out / "images.html")
    (out / "layout.json").write_text(answer._report(_core.REPORT_LAYOUT, 0, ""), encoding="utf-8")


def run_study(path, out):
    settings, tables, rows, profile = {}, [], [], "email/1"
    for line in path.read_text(encoding="utf-8").split("\n")[:-1]:
        word, _, rest = line.partition(" ")
        if line.startswith("="):
            rows.append([cell or None for cell in line[1:].split("|")])
        elif word == "option":
            name, _, settings[name] = rest.partition(" ")
        elif word == "table":
            tables.append(rest)
        elif word == "columns":
            names = rest.split("|")
        elif word == "profile":
            profile = rest
    by = settings.pop("by", "").split(",")
    events = pyarrow.table({name: pyarrow.array(cells, pyarrow.string()) for name, cells in zip(names, zip(*rows))})
    answer = vesica.study(events, by=by, tables=tables, profile=profile, **settings)
    (out / "study.json").write_text(answer.to_json(), encoding="utf-8")
    answer.report(out / "study.html")


def main():
    images, out, *cases = map(pathlib.Path, sys.argv[1:])
    for case in cases:
        if case.suffix == ".study":
            run_study(case, out / case.stem)
        else:
            run(case, images / case.stem, out / case.stem)


main()
