#!/usr/bin/env python3
"""Writes name_fold.inc: what company-name/1 makes of every code point, and how marks are ordered and composed.

  gen_name_fold.py > name_fold.inc

The committed table was made from the `unicodedata` of Python 3.11 (Unicode 14.0; data under the Unicode licence).
A code point becomes its NFKC_Casefold mapping (Unicode Standard 3.13), fully decomposed, in which then
  - letters, marks that do not enclose, and numbers are kept,
  - . & + are kept, as the code has rules for them,
  - apostrophes and format characters, variation selectors and enclosing marks vanish,
  - everything else (punctuation, symbols, white space, controls) is a space; the marks (R), (C), TM and SM too.
Surrogates, private use and what Unicode 14.0 does not assign are in no range.
"""
import sys
import unicodedata

LAST = 0x10FFFF
HANGUL = range(0xAC00, 0xD7A4)  # decomposed by arithmetic (Unicode Standard 3.12)
APOSTROPHES = {0x27, 0x60, 0xB4, 0x2018, 0x2019, 0x201B, 0x2032, 0x2BC, 0x2BB, 0xFF07}
SIGNS = {0xA9, 0xAE, 0x2117, 0x2120, 0x2122}
VANISH = {0x34F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x3164, 0xFFA0} | set(range(0x180B, 0x1810)) | set(
    range(0xFE00, 0xFE10)) | set(range(0xE0100, 0xE01F0))
IOTA_BELOW = "\u0345"
KEEP, SPACE, DROP = "kKeep", "kSpace", "kDrop"


def vanishes(c):
    return ord(c) in VANISH or unicodedata.category(c) in ("Cf", "Me")


def folded(c):
    """NFKC_Casefold of c: folded and normalised until nothing changes.

    U+0345, the iota below, stays as it is: it becomes a letter only when all marks are in order, so that canonically
    equivalent names fold alike.
    """
    text = unicodedata.normalize("NFD", c)
    if IOTA_BELOW in text:
        return "".join(folded(x) for x in text.replace(IOTA_BELOW, "")) + IOTA_BELOW
    while True:
        after = "".join(x for x in unicodedata.normalize("NFD", text) if not vanishes(x))
        after = unicodedata.normalize("NFKC", after.casefold())
        after = "".join(x for x in after if not vanishes(x))
        if after == text:
            return unicodedata.normalize("NFD", text)
        text = after


def becomes(cp):
    """The characters of cp in a folded name; None if it may not be in a name."""
    c = chr(cp)
    if unicodedata.category(c) in ("Cn", "Cs", "Co"):
        return None
    if cp in APOSTROPHES or vanishes(c):
        return ""
    if cp in SIGNS:
        return " "
    out = ""
    for x in folded(c):
        if ord(x) not in APOSTROPHES:
            out += x if unicodedata.category(x)[0] in "LNM" or x in ".&+" else " "
    # What is left of a spacing accent, or of symbols, is one space.
    return " " if " " in out and all(x == " " or unicodedata.combining(x) for x in out) else out


def fold_ranges():
    """[first, last, kind, length, pool index], where `length` is of each text of a range of texts."""
    ranges, pool = [], []
    for cp in range(LAST + 1):
        if cp in HANGUL:
            continue
        text = becomes(cp)
        if text is None:
            continue
        kind = KEEP if text == chr(cp) else SPACE if text == " " else DROP if text == "" else "kText"
        length = len(text) if kind == "kText" else 0
        last = ranges[-1] if ranges else None
        if last and last[1] == cp - 1 and last[2] == kind and last[3] == length:
            last[1] = cp
        elif last and last[1] == cp - 1 and last[2:4] == ["kText", 1] and kind == KEEP:
            # Kept letters between cased ones (as in Latin Extended-A) extend the range of texts of one character.
            last[1] = cp
            kind = "kText"
        else:
            ranges.append([cp, cp, kind, length, len(pool)])
        if kind == "kText":
            pool.extend(ord(x) for x in text)
    return split_kept(ranges, pool)


def split_kept(ranges, pool):
    """Gives long runs of kept letters, which joined a range of texts, a range of their own."""
    out, new_pool = [], []
    for first, last, kind, length, index in ranges:
        if (kind, length) != ("kText", 1):
            out.append([first, last, kind, length, len(new_pool)])
            if kind == "kText":
                new_pool.extend(pool[index:index + (last - first + 1) * length])
            continue
        cp = first
        while cp <= last:
            run = cp
            while run <= last and pool[index + run - first] == run:
                run += 1
            if run - cp > 6 or (run > cp and run > last):
                out.append([cp, run - 1, KEEP, 0, len(new_pool)])
                cp = run
                continue
            end = max(run, cp + 1)
            if out and out[-1][1] == cp - 1 and out[-1][2:4] == ["kText", 1]:
                out[-1][1] = end - 1
            else:
                out.append([cp, end - 1, "kText", 1, len(new_pool)])
            new_pool.extend(pool[index + cp - first:index + end - first])
            cp = end
    return out, new_pool


def class_ranges():
    ranges = []
    for cp in range(LAST + 1):
        if 0xD800 <= cp < 0xE000:
            continue
        value = unicodedata.combining(chr(cp))
        if value == 0:
            continue
        if ranges and ranges[-1][1] == cp - 1 and ranges[-1][2] == value:
            ranges[-1][1] = cp
        else:
            ranges.append([cp, cp, value])
    return ranges


def compositions():
    pairs = []
    for cp in range(LAST + 1):
        if cp in HANGUL or 0xD800 <= cp < 0xE000:
            continue
        parts = unicodedata.decomposition(chr(cp)).split()
        if len(parts) == 2 and not parts[0].startswith("<") and unicodedata.normalize("NFC", chr(cp)) == chr(cp):
            pairs.append((int(parts[0], 16), int(parts[1], 16), cp))
    return sorted(pairs)


def print_array(declaration, items):
    print(declaration + " = {")
    line = "   "
    for item in items:
        if len(line) + len(item) + 2 > 118:
            print(line)
            line = "   "
        line += " " + item + ","
    print(line)
    print("};")


def main():
    ranges, pool = fold_ranges()
    print("// Made by gen_name_fold.py from the Unicode Character Database, Unicode %s." % unicodedata.unidata_version)
    print("// Copyright 1991-2021 Unicode, Inc.; licence: https://www.unicode.org/license.txt")
    print("// Frozen with company-name/1: never regenerate for it.")
    print("// clang-format off")
    print_array("constexpr FoldRange kFoldRanges[]",
                ["{0x%X,0x%X,%s,%d,%d}" % tuple(entry) for entry in ranges])
    print_array("constexpr char32_t kFoldTexts[]", ["0x%X" % c for c in pool])
    print_array("constexpr ClassRange kClassRanges[]", ["{0x%X,0x%X,%d}" % tuple(r) for r in class_ranges()])
    print_array("constexpr Composition kCompositions[]", ["{0x%X,0x%X,0x%X}" % p for p in compositions()])
    print("// clang-format on")
    print(len(ranges), "ranges,", len(pool), "characters", file=sys.stderr)


if __name__ == "__main__":
    main()
