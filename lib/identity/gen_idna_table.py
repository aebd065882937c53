#!/usr/bin/env python3
"""Writes idna_table.inc: the code points whose IDNA treatment is the same in many versions of Unicode.

  gen_idna_table.py dump IDNA_DIR > FILE     once per version; IDNA_DIR is an unpacked release of the PyPI package idna
  gen_idna_table.py table FILE... > idna_table.inc

The committed table was made from these (Python, idna, Unicode of the two): 3.7.16, 2.8, 11.0 / 11.0;
3.8.18, 2.9, 12.1 / 12.1; 3.9.18, 2.10, 13.0 / 13.0;
3.11.7, 3.3, 14.0 / 14.0; 3.12.1, 3.4, 15.0 / 15.0; 3.13.0, 3.10, 15.1 / 15.1; 3.13.0, 3.11, 15.1 / 16.0;
3.13.0, 3.20, 15.1 / 18.0. The package's data are derived from the Unicode Character Database and UTS #46.

A code point is in the table if, in every version given,
  - UTS #46 (non-transitional, STD3 rules) ignores it, keeps it, or maps it to one and the same string;
  - what it becomes consists of code points that IDNA 2008 lets into a label (PVALID, CONTEXTJ, CONTEXTO) and of
    lower-case ASCII letters, digits and hyphens, or is a single full stop (a label separator);
  - it and they are combining marks or not, have one bidirectional class and one joining type (none, U and T taken as
    one: older releases of the package leave T out).
ASCII is left out: the code treats it itself.
"""
import importlib
import json
import sys
import unicodedata

LAST = 0x10FFFF
SURROGATES = range(0xD800, 0xE000)
LDH = "-0123456789abcdefghijklmnopqrstuvwxyz"


def joining_types(data):
    """{code point: "C", "D", "L" or "R"} of a release of the package, in any of its formats."""
    types = {}
    for key, value in data.joining_types.items():
        if isinstance(key, str):  # newer: type -> packed ranges
            for packed in value:
                for cp in range(packed >> 32, packed & 0xFFFFFFFF):
                    types[cp] = key
        else:
            types[key] = chr(value) if isinstance(value, int) else value
    return {cp: kind for cp, kind in types.items() if kind in "CDLR"}


def becomes(cp, core, in_label):
    """What a label with this code point has in its place; None if it may not be there."""
    try:
        text = core.uts46_remap("a" + chr(cp) + "a", std3_rules=True, transitional=False)
    except core.IDNAError:
        return None
    if text == unicodedata.normalize("NFC", "a" + chr(cp) + "a"):
        middle = chr(cp)  # kept, maybe composed with its neighbours
    elif text.startswith("a") and text.endswith("a"):
        middle = text[1:-1]
    else:
        return None
    allowed = middle == "." or all(c in LDH or ord(c) in in_label for c in middle)
    return middle if allowed else None


def dump(directory):
    sys.path.insert(0, directory)
    core = importlib.import_module("idna.core")
    data = importlib.import_module("idna.idnadata")
    in_label = set()
    for name in ("PVALID", "CONTEXTJ", "CONTEXTO"):
        for packed in data.codepoint_classes[name]:
            in_label.update(range(packed >> 32, packed & 0xFFFFFFFF))
    joining = joining_types(data)
    rows = {}
    for cp in range(0x80, LAST + 1):
        text = None if cp in SURROGATES else becomes(cp, core, in_label)
        if text is None or unicodedata.category(chr(cp)) == "Cn":
            continue
        traits = []
        for c in chr(cp) + text:
            traits.append([unicodedata.category(c)[0] == "M", unicodedata.bidirectional(c), joining.get(ord(c), "")])
        rows[cp] = [text, traits]
    json.dump(rows, sys.stdout)


def table(names):
    common = None
    for name in names:
        with open(name, encoding="ascii") as file:
            rows = json.load(file)
        common = rows if common is None else {cp: row for cp, row in common.items() if rows.get(cp) == row}
    ranges = []
    for cp in sorted(int(cp) for cp in common):
        if ranges and ranges[-1][1] == cp - 1:
            ranges[-1][1] = cp
        else:
            ranges.append([cp, cp])
    print("// Made by gen_idna_table.py from data of the Unicode Character Database and UTS #46, Unicode 11.0 to 18.0.")
    print("// Copyright 1991-2026 Unicode, Inc.; terms: https://www.unicode.org/license.txt")
    print("// {first, last} code points, ascending. Frozen with the profiles that use it: a new table is a new version.")
    print("// clang-format off")
    line = ""
    for first, last in ranges:
        item = "{0x%X, 0x%X}," % (first, last)
        if len(line) + len(item) + 1 > 118:
            print(line)
            line = ""
        line += (" " if line else "") + item
    print(line)
    print("// clang-format on")
    print(len(ranges), "ranges,", len(common), "code points", file=sys.stderr)


if __name__ == "__main__":
    if len(sys.argv) == 3 and sys.argv[1] == "dump":
        dump(sys.argv[2])
    elif len(sys.argv) > 2 and sys.argv[1] == "table":
        table(sys.argv[2:])
    else:
        sys.exit(__doc__)
