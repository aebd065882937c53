#!/usr/bin/env python3
"""Writes tests/golden/wire/v1/ and the seeds of the fuzz target, by vesica_image.py and not by the library.

  images.tsv, NAME.vsc            images that every reader reads, and what they hold
  hostile.tsv, hostile/NAME.vsc   images that every reader refuses, and with what error

Released images stay for ever: add rows, never change one.
"""

import pathlib
import shutil
import struct

import golden_sets
import vesica_image as vi

TESTS = pathlib.Path(__file__).resolve().parent.parent
GOLDEN = TESTS / "golden" / "wire" / "v1"
CORPUS = TESTS / "fuzz" / "corpus" / "wire"


def row(name, representation, keys, **other):
    values = {"name": name, "representation": representation, "profile": "email/1", "width": 64, "family": "xxh3",
              "data": "0", "secret": "0", "size": 0, "mantissa_bits": 0, "exact_count": 0, "hashes": "even",
              "seed": len(name), "keys": keys} | other
    if representation == "minhash":
        values["mantissa_bits"] = vi.mantissa_bits_of(values["size"])
    return {column: str(values[column]) for column in golden_sets.COLUMNS}


KEYED = {"family": "blake2b", "secret": "8f00112233445566", "data": "1f2e3d4c5b6a7988", "profile": "phone-digits/1;country=EE"}
LONG_ID = {"profile": "a" * 254 + "~", "data": "f" * 16}

IMAGES = [
    row("exact-64-empty", "exact", 0),
    row("exact-64-one", "exact", 1),
    row("exact-64-two", "exact", 2),
    row("exact-64", "exact", 300),
    row("exact-64-crowded", "exact", 200, hashes="crowded"),
    row("exact-64-keyed", "exact", 40, **KEYED),
    row("exact-64-long-id", "exact", 9, **LONG_ID),
    row("exact-128-empty", "exact", 0, width=128),
    row("exact-128-one", "exact", 1, width=128),
    row("exact-128", "exact", 200, width=128),
    row("exact-128-crowded", "exact", 60, width=128, hashes="crowded"),
    row("exact-128-keyed", "exact", 20, width=128, **KEYED),
    row("minhash-empty", "minhash", 0, size=1024),
    row("minhash-empty-counted", "minhash", 0, size=4194304, exact_count=1),
    row("minhash-one", "minhash", 1, size=16384),
    row("minhash-whole", "minhash", 500, size=1024),
    row("minhash-full", "minhash", 5000, size=1024),
    row("minhash-full-counted", "minhash", 3000, size=1500, exact_count=1),
    row("minhash-full-128-keyed", "minhash", 4000, size=2047, width=128, **KEYED),
    row("minhash-crowded", "minhash", 20, size=1024, hashes="crowded"),
    row("hyperloglog-empty", "hyperloglog", 0, size=14, mantissa_bits=3),
    row("hyperloglog-empty-counted", "hyperloglog", 0, size=4, exact_count=1),
    row("hyperloglog-sparse", "hyperloglog", 100, size=14, mantissa_bits=3),
    row("hyperloglog-sparse-plain-registers", "hyperloglog", 150, size=10),
    row("hyperloglog-full", "hyperloglog", 5000, size=10, mantissa_bits=3),
    row("hyperloglog-full-plain-registers", "hyperloglog", 5000, size=10),
    row("hyperloglog-full-1", "hyperloglog", 60, size=4, mantissa_bits=1, exact_count=1),
    row("hyperloglog-half-2", "hyperloglog", 40, size=6, mantissa_bits=2),
    row("hyperloglog-128-keyed", "hyperloglog", 3000, size=9, mantissa_bits=3, width=128, **KEYED),
    row("hyperloglog-crowded", "hyperloglog", 30, size=8, mantissa_bits=3, hashes="crowded"),
]

# The fuzz target's seeds: one of a kind, and short.
SEEDS = ["exact-64-empty", "exact-64-two", "exact-64-keyed", "exact-128-keyed", "exact-128-crowded", "minhash-empty",
         "minhash-one", "minhash-whole", "minhash-crowded", "hyperloglog-empty", "hyperloglog-empty-counted",
         "hyperloglog-sparse", "hyperloglog-full-1", "hyperloglog-half-2", "hyperloglog-crowded"]


def exact(hashes, width=64, rice=False, **fields):
    plain, coded = vi.exact_payloads(hashes, width)
    given = {"coding": int(rice), "count": len(hashes), "width": width} | fields
    return vi.image("raw/1", given.pop("payload", coded if rice else plain), **given)


def min_hash(cells, threshold=None, image_bytes=1024, **fields):
    p = vi.mantissa_bits_of(image_bytes)
    threshold = vi.end_cell(p) if threshold is None else threshold
    payload = fields.pop("payload", None)
    if payload is None:
        payload = vi.min_hash_payload(cells, threshold, p)
    given = {"representation": vi.MIN_HASH, "coding": vi.RICE, "count": len(cells), "image_bytes": image_bytes,
             "threshold": threshold, "mantissa_bits": p} | fields
    return vi.image("raw/1", payload, **given)


def registers(codes, m, rice, **fields):
    given = {"representation": vi.HYPER_LOG_LOG, "coding": int(rice), "count": sum(code > 0 for code in codes),
             "register_bits": len(codes).bit_length() - 1, "mantissa_bits": m} | fields
    return vi.image("raw/1", given.pop("payload", vi.hyper_log_log_payloads(codes, m)[rice]), **given)


def rice_payload(values, k, tail=()):
    return vi.pack([bit for value in values for bit in vi.rice_bits(value, k)] + list(tail))


def hostile():
    """Name, expected error and bytes."""
    some = [(i * 2**55 + 12345, 0) for i in range(300)]
    two = [(5, 0), (2**63, 0)]
    good = exact(some, rice=True)
    full = [1 + i % 200 for i in range(16)]
    sparse = [0] * 60 + [7, 0, 9, 0]
    edge = vi.end_cell(14)

    yield "empty-file", "CORRUPT", b""
    yield "magic-only", "CORRUPT", vi.MAGIC
    yield "wrong-magic", "CORRUPT", exact(two, magic=b"\x89VSC\n\n\x1a\n")
    yield "version-0", "CORRUPT", exact(two, version=0)
    yield "version-2", "TOO_NEW", exact(two, version=2)
    yield "version-2-short", "TOO_NEW", vi.MAGIC + b"\x02\x00"
    yield "truncated-header", "CORRUPT", good[:79]
    yield "truncated-payload", "CORRUPT", good[:-9]
    yield "truncated-checksum", "CORRUPT", good[:-1]
    yield "trailing-byte", "CORRUPT", good + b"\0"
    yield "flipped-bit", "CORRUPT", good[:200] + bytes([good[200] ^ 1]) + good[201:]
    yield "wrong-checksum", "CORRUPT", good[:-1] + bytes([good[-1] ^ 0x80])
    yield "payload-length-2-to-64", "CORRUPT", exact(two, payload_bytes=2**64 - 1)
    yield "payload-length-wraps", "CORRUPT", exact(two, payload_bytes=2**64 - 80)
    yield "profile-beyond-end", "CORRUPT", exact(two, profile_bytes=255)
    yield "no-profile", "CORRUPT", vi.image("", vi.exact_payloads(two, 64)[0], count=2)
    yield "profile-with-space", "CORRUPT", vi.image("raw 1", vi.exact_payloads(two, 64)[0], count=2)
    yield "profile-with-nul", "CORRUPT", vi.image("raw/1\0", vi.exact_payloads(two, 64)[0], count=2)
    yield "profile-not-ascii", "CORRUPT", vi.image("r\xe4w/1", vi.exact_payloads(two, 64)[0], count=2)
    yield "representation-3", "TOO_NEW", exact(two, representation=3)
    yield "coding-2", "TOO_NEW", exact(two, coding=2)
    yield "flag-2", "TOO_NEW", exact(two, flags=2)
    yield "family-0", "TOO_NEW", exact(two, family=0)
    yield "family-3", "TOO_NEW", exact(two, family=3)
    yield "width-0", "TOO_NEW", vi.image("raw/1", vi.exact_payloads(two, 64)[0], count=2, width=0)
    yield "reserved", "TOO_NEW", exact(two, reserved=b"\0\0\0\0\0\1")
    yield "secret-without-key", "CORRUPT", exact(two, secret=1)
    yield "exact-count-without-flag", "CORRUPT", min_hash([1], exact_count=1)

    yield "exact-with-exact-count", "CORRUPT", exact(two, flags=1, exact_count=2)
    yield "exact-with-threshold", "CORRUPT", exact(two, threshold=1)
    yield "exact-with-mantissa", "CORRUPT", exact(two, mantissa_bits=1)
    yield "exact-out-of-order", "CORRUPT", exact(two[::-1], payload=vi.exact_payloads(two, 64)[0][8:] + bytes(8))
    yield "exact-twice", "CORRUPT", exact([(7, 0), (7, 0)], payload=struct.pack("<QQ", 7, 7))
    yield "exact-rice-twice", "CORRUPT", exact(some[:1] + some[:-1], rice=True)
    yield "exact-128-twice", "CORRUPT", exact([(1, 2), (1, 2)], 128)
    yield "exact-128-out-of-order", "CORRUPT", exact([(1, 2), (1, 1)], 128)
    yield "exact-128-rice-out-of-order", "CORRUPT", exact([(i // 2, 9 - i % 2) for i in range(200)], 128, rice=True)
    yield "exact-plain-too-long", "CORRUPT", exact(some)
    yield "exact-rice-too-long", "CORRUPT", exact(two, rice=True)
    yield "exact-count-too-large", "CORRUPT", exact(some, rice=True, count=2**62)
    yield "exact-count-above-length", "CORRUPT", exact(some, rice=True, count=len(good))
    yield "exact-count-wraps", "CORRUPT", exact(two, 128, count=2**60 + 2)
    yield "exact-count-one-more", "CORRUPT", exact(some, rice=True, count=301)
    yield "exact-count-one-less", "CORRUPT", exact(some, rice=True, count=299)
    yield "exact-plain-odd-length", "CORRUPT", exact(two, payload=bytes(15), count=1)
    k = vi.rice_parameter(2**64, 300)
    gaps = [12345] + [2**55] * 299
    yield "exact-padding", "CORRUPT", exact(some, rice=True, payload=vi.exact_payloads(some, 64)[1][:-1] + bytes(
        [vi.exact_payloads(some, 64)[1][-1] | 0x80]))
    yield "exact-byte-after-last", "CORRUPT", exact(some, rice=True, payload=rice_payload(gaps, k) + b"\0")
    yield "exact-sum-beyond-64-bits", "CORRUPT", exact(some, rice=True, payload=rice_payload(gaps[:-1] + [2**64 - 1], k))
    yield "exact-gap-beyond-64-bits", "CORRUPT", exact(some, rice=True, payload=rice_payload([2**70] + gaps[1:], k))
    yield "exact-only-zero-bits", "CORRUPT", exact(some, rice=True, payload=bytes(len(good)))

    yield "minhash-plain", "CORRUPT", min_hash([1, 5], coding=vi.PLAIN)
    yield "minhash-image-bytes-1023", "CORRUPT", min_hash([1, 5], image_bytes=1023)
    yield "minhash-image-bytes-above-most", "CORRUPT", min_hash([1, 5], image_bytes=2**22 + 1)
    yield "minhash-mantissa", "CORRUPT", min_hash([1, 5], mantissa_bits=15)
    yield "minhash-register-bits", "CORRUPT", min_hash([1, 5], register_bits=4)
    yield "minhash-threshold-0", "CORRUPT", min_hash([], 0)
    yield "minhash-threshold-beyond-end", "CORRUPT", min_hash([1, 5], edge + 1)
    yield "minhash-cell-at-threshold", "CORRUPT", min_hash([1, 5, 900], 900)
    yield "minhash-cell-beyond-threshold", "CORRUPT", min_hash([1, 5, 1000], 900)
    yield "minhash-gap-beyond-32-bits", "CORRUPT", min_hash([1, 2**32 + 1])
    yield "minhash-count-above-capacity", "CORRUPT", min_hash(list(range(vi.capacity(1024) + 1)), 900)
    yield "minhash-count-above-length", "CORRUPT", min_hash([1, 5], count=800)
    yield "minhash-longer-than-its-size", "CORRUPT", min_hash([i * 700 for i in range(800)])
    yield "minhash-padding", "CORRUPT", min_hash([1, 5], payload=vi.min_hash_payload([1, 5], edge, 14)[:-1] + b"\xff")
    yield "minhash-byte-after-last", "CORRUPT", min_hash([1, 5], payload=vi.min_hash_payload([1, 5], edge, 14) + b"\0")
    yield "minhash-exact-count-below-cells", "CORRUPT", min_hash([1, 5], flags=1, exact_count=1)
    yield "minhash-exact-count-of-nothing", "CORRUPT", min_hash([], flags=1, exact_count=1)

    yield "hyperloglog-register-bits-3", "CORRUPT", registers([1] * 8, 3, False)
    yield "hyperloglog-register-bits-21", "CORRUPT", registers([0] * 16, 3, True, register_bits=21)
    yield "hyperloglog-mantissa-4", "CORRUPT", registers([0] * 16, 3, True, mantissa_bits=4)
    yield "hyperloglog-threshold", "CORRUPT", registers([0] * 16, 3, True, threshold=1)
    yield "hyperloglog-short", "CORRUPT", registers(full, 3, False, payload=bytes(full[:-1]), count=15)
    yield "hyperloglog-long", "CORRUPT", registers(full, 3, False, payload=bytes(full) + b"\0")
    yield "hyperloglog-count", "CORRUPT", registers(full, 3, False, count=15)
    yield "hyperloglog-code-249", "CORRUPT", registers(full[:-1] + [249], 3, False)
    yield "hyperloglog-code-between", "CORRUPT", registers(full[:-1] + [247], 3, False)
    yield "hyperloglog-sparse-code-between", "CORRUPT", registers([0] * 63 + [244], 3, True)
    yield "hyperloglog-sparse-code-0", "CORRUPT", registers(sparse, 3, True, payload=rice_payload(
        [60], vi.rice_parameter(64, 1), [0] * 8), count=1)
    yield "hyperloglog-sparse-beyond-last", "CORRUPT", registers([0] * 64 + [7], 3, True, register_bits=6, payload=
        rice_payload([64], vi.rice_parameter(64, 1), [1] + [0] * 7), count=1)
    yield "hyperloglog-sparse-count-too-large", "CORRUPT", registers(sparse, 3, True, count=60)
    yield "hyperloglog-sparse-padding", "CORRUPT", registers(sparse, 3, True, payload=vi.hyper_log_log_payloads(
        sparse, 3)[1] + b"\0")
    yield "hyperloglog-plain-too-long", "CORRUPT", registers(sparse, 3, False)
    yield "hyperloglog-sparse-too-long", "CORRUPT", registers(full, 3, True)
    yield "hyperloglog-exact-count-below-registers", "CORRUPT", registers(full, 3, False, flags=1, exact_count=15)
    yield "hyperloglog-exact-count-of-nothing", "CORRUPT", registers([0] * 16, 3, True, flags=1, exact_count=9)


def write_tsv(path, columns, rows):
    lines = ["\t".join(columns)] + ["\t".join(row[column] for column in columns) for row in rows]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def main():
    for folder in (GOLDEN, CORPUS):
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
    (GOLDEN / "hostile").mkdir()
    write_tsv(GOLDEN / "images.tsv", golden_sets.COLUMNS, IMAGES)
    for image in IMAGES:
        data = golden_sets.image_of(image)
        (GOLDEN / f"{image['name']}.vsc").write_bytes(data)
        if image["name"] in SEEDS:
            (CORPUS / image["name"]).write_bytes(data)
    refused = []
    for name, error, data in hostile():
        refused.append({"name": name, "error": error})
        (GOLDEN / "hostile" / f"{name}.vsc").write_bytes(data)
    write_tsv(GOLDEN / "hostile.tsv", ["name", "error"], refused)


if __name__ == "__main__":
    main()
