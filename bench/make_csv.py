#!/usr/bin/env python3
"""Writes two large CSV exports of e-mail addresses, for bench/file_to_answer.py.

Six columns, about 55 bytes a row, no quotes; addresses of 18 to 26 bytes; one row in ten repeats an earlier key;
16 % of the keys of the smaller file are in both. The same arguments give the same bytes on every machine.

    make_csv.py OUTPUT_FOLDER ROWS_A ROWS_B
"""

import os
import sys

BLOCK = 50_000
FIRST = ("Ana", "Bo", "Chidi", "Dana", "Emeka", "Farah", "Goran", "Hana")
LAST = ("Okafor", "Lindqvist", "Marsh", "Nakamura", "Ortiz", "Petrov", "Quist", "Rahman")


def key(number):
    """Spreads consecutive numbers, one to one, over 40 bits (2^40 + 15 is prime), so that keys are in no order."""
    return number * 1_000_000_007 % ((1 << 40) + 15)


def row(index, first_key, distinct):
    number = first_key + (index if index < distinct else index * 7 % distinct)
    return (
        f"{index + 100000},{FIRST[index & 7]},{LAST[index >> 3 & 7]},"
        f"u{key(number):x}@ex{number % 977}.example,2024-03-{index % 28 + 1:02},Lead\n"
    )


def write(path, rows, first_key):
    distinct = rows - rows // 10
    with open(path, "w", encoding="ascii", newline="") as file:
        file.write("Record ID,First Name,Last Name,Email,Create Date,Lifecycle Stage\n")
        for begin in range(0, rows, BLOCK):
            file.write("".join([row(i, first_key, distinct) for i in range(begin, min(begin + BLOCK, rows))]))
    return distinct


def main():
    folder, rows_a, rows_b = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    os.makedirs(folder, exist_ok=True)
    distinct_a = rows_a - rows_a // 10
    distinct_b = rows_b - rows_b // 10
    shared = min(distinct_a, distinct_b) * 16 // 100
    child = os.fork()
    if child == 0:
        write(os.path.join(folder, "b.csv"), rows_b, distinct_a - shared)
        os._exit(0)
    write(os.path.join(folder, "a.csv"), rows_a, 0)
    if os.waitpid(child, 0)[1] != 0:
        raise SystemExit("the second file could not be written")
    print(f"a.csv {rows_a} rows, b.csv {rows_b} rows, {shared} distinct keys in both")


if __name__ == "__main__":
    main()
