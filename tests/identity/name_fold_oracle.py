#!/usr/bin/env python3
"""The folding of company-name/1 against Python's unicodedata and str.casefold: every letter, mark and number alone, and
generated words of them, with marks in any order.

  name_fold_oracle.py CANONICALIZE

Skipped (exit 77) where Python's Unicode is not 14.0, that of the frozen table.
"""
import random
import subprocess
import sys
import unicodedata

if unicodedata.unidata_version != "14.0.0":
    sys.exit(77)

SPECIAL = set("'`\u00b4\u2018\u2019\u201b\u2032\u02bc\u02bb\uff07")  # apostrophes: dropped, some are letters


def kept(c):
    return unicodedata.category(c)[0] in "LNM" and unicodedata.category(c) != "Me"


def folded(text):
    """toNFKC_Casefold of a text without ignorable characters; None if it has something else in it afterwards."""
    while True:
        after = unicodedata.normalize("NFKC", unicodedata.normalize("NFD", text).casefold())
        if after == text:
            return text if all(kept(c) and c not in SPECIAL for c in text) else None
        text = after


def ignorable(cp):
    return (0x180B <= cp <= 0x180F or 0xFE00 <= cp <= 0xFE0F or 0xE0100 <= cp <= 0xE01EF or
            cp in (0x34F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x3164, 0xFFA0))


def main():
    characters = [chr(cp) for cp in range(0x110000) if not 0xD800 <= cp < 0xE000 and not ignorable(cp)
                  and kept(chr(cp)) and chr(cp) not in SPECIAL]
    marks = [c for c in characters if unicodedata.combining(c)]
    composing = [c for c in characters if unicodedata.decomposition(c) and ord(c) < 0x2000]
    rng = random.Random(20261121)
    words = ["b" + c for c in characters]
    for _ in range(20000):
        bases = rng.choice((characters, composing))
        words.append("b" + "".join(rng.choice(bases) + "".join(rng.choice(marks) for _ in range(rng.randrange(4)))
                                   for _ in range(3)))
        # Latin and Greek letters with the marks that they compose with.
        letters = [unicodedata.normalize("NFD", rng.choice(composing)) for _ in range(3)]
        words.append("b" + "".join(letter + chr(rng.randrange(0x300, 0x330)) for letter in letters))
    cases = [(word, "x %s xx" % word, folded(word)) for word in words]
    cases = [case for case in cases if case[2] is not None]
    run = subprocess.run([sys.argv[1], "company-name/1"], input="".join(name + "\n" for _, name, _ in cases),
                         capture_output=True, encoding="utf-8", check=True)
    failures = 0
    for (word, _, expected), got in zip(cases, run.stdout.split("\n")[:-1], strict=True):
        if got != "=x " + expected + " xx":
            failures += 1
            if failures <= 10:
                print(ascii(word), "expected", ascii(expected), "got", ascii(got))
    print(len(cases), "words,", failures, "differ")
    sys.exit(failures != 0 or len(cases) < 100000)


if __name__ == "__main__":
    main()
