#!/usr/bin/env python3
"""Writes tests/golden/hash.tsv: hashes of canonical bytes by other implementations than the library's.

XXH3 is of PyPI's xxhash, BLAKE2b of hashlib. Run: python3 make_golden.py > ../golden/hash.tsv
Columns: profile, secret, canonical bytes, hi at 64 bits, hi and lo at 128 bits, secret fingerprint; all but the first
are hex digits, and "-" is an empty field.
"""

import hashlib

import xxhash

LENGTHS = [*range(0, 34), 63, 64, 65, 127, 128, 129, 130, 239, 240, 241, 255, 256, 257, 1024, 1025]
SECRETS = [bytes(range(16)), bytes(range(64)), bytes(range(65)), b"\xff" * 200]


def key(length):
    return bytes((i * 131 + length * 17 + 7) % 256 for i in range(length))


def unkeyed(profile, canonical):
    seed = xxhash.xxh3_64_intdigest(profile.encode())
    wide = xxhash.xxh3_128_intdigest(canonical, seed)
    return xxhash.xxh3_64_intdigest(canonical, seed), wide >> 64, wide & (2**64 - 1), 0


def keyed(profile, secret, canonical):
    if len(secret) > 64:
        secret = hashlib.blake2b(secret).digest()
    under = hashlib.blake2b(profile.encode(), key=secret, digest_size=32).digest()
    digest = hashlib.blake2b(canonical, key=under, digest_size=16).digest()
    label = hashlib.blake2b(b"vesica secret fingerprint", key=under, digest_size=32).digest()
    hi, lo, fingerprint = (int.from_bytes(b, "little") for b in (digest[:8], digest[8:], label[:8]))
    return hi, hi, lo, fingerprint


def row(profile, secret, canonical, figures):
    print(profile, secret.hex() or "-", canonical.hex() or "-", *(f"{figure:016x}" for figure in figures), sep="\t")


for name in ("raw/1", "int64/1"):
    for length in LENGTHS:
        row(name, b"", key(length), unkeyed(name, key(length)))
    for secret in SECRETS:
        for length in (0, 1, 8, 22, 32, 127, 128, 129, 300):
            row(name, secret, key(length), keyed(name, secret, key(length)))
