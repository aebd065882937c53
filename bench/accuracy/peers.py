#!/usr/bin/env python3
"""Runs sketches of others on the keys that the program `accuracy` reads for the same regime and seed, and writes the
same CSV.

    peers.py REGIME TRIALS PEER [PEER...] >trials.csv

Peers, each with its size parameter: theta-11, theta-compressed-11, hll-14, cpc-13 (Apache DataSketches; log2 of k),
datasketch-minhash-512, datasketch-hll-14 (ekzhu/datasketch; permutations, log2 of registers). Theta has an intersection with an
interval of two standard deviations; the others answer by what their users are told: inclusion-exclusion, or Jaccard and
counts.
"""

import collections
import csv
import importlib.metadata
import sys
import time

import datasketch
import datasketches

import regimes

COLUMNS = ("regime keys trial method asked bytes_a bytes_b bytes_c estimate lower upper truth design_error update_ns "
           "estimate_us").split()


def key_ranges(regime, seed):
    """The keys of a and b: see TrialKeys of regime.h."""
    only_a, only_b, both = regime.regions
    first = seed << 32
    in_b_too = range(first + only_a + only_b, first + only_a + only_b + both)
    return ((range(first, first + only_a), in_b_too), (range(first + only_a, first + only_a + only_b), in_b_too))


def feed(update, ranges):
    """Calls `update` with every key, without an interpreted loop."""
    for keys in ranges:
        collections.deque(map(update, keys), maxlen=0)


class Theta:
    def __init__(self, size):
        self.lg_k = size

    def build(self, ranges):
        sketch = datasketches.update_theta_sketch(self.lg_k)
        feed(sketch.update, ranges)
        sketch.trim()
        return sketch.compact()

    def serialize(self, sketch):
        return sketch.serialize()

    def load(self, image):
        return datasketches.compact_theta_sketch.deserialize(image)

    def intersect(self, a, b):
        intersection = datasketches.theta_intersection()
        intersection.update(a)
        intersection.update(b)
        both = intersection.get_result()
        return both.get_estimate(), both.get_lower_bound(2), both.get_upper_bound(2)


class CompressedTheta(Theta):
    def serialize(self, sketch):
        return sketch.serialize(compress=True)


class Hll:
    def __init__(self, size):
        self.lg_k = size

    def build(self, ranges):
        sketch = datasketches.hll_sketch(self.lg_k, datasketches.tgt_hll_type.HLL_8)
        feed(sketch.update, ranges)
        return sketch

    def serialize(self, sketch):
        return sketch.serialize_compact()

    def load(self, image):
        return datasketches.hll_sketch.deserialize(image)

    def intersect(self, a, b):
        union = datasketches.hll_union(self.lg_k)
        union.update(a)
        union.update(b)
        return a.get_estimate() + b.get_estimate() - union.get_estimate(), None, None


class Cpc(Hll):
    def build(self, ranges):
        sketch = datasketches.cpc_sketch(self.lg_k)
        feed(sketch.update, ranges)
        return sketch

    def serialize(self, sketch):
        return sketch.serialize()

    def load(self, image):
        return datasketches.cpc_sketch.deserialize(image)

    def intersect(self, a, b):
        union = datasketches.cpc_union(self.lg_k)
        union.update(a)
        union.update(b)
        return a.get_estimate() + b.get_estimate() - union.get_result().get_estimate(), None, None


def eight_bytes(ranges):
    return [key.to_bytes(8, "little", signed=True) for keys in ranges for key in keys]


class PermutationMinHash:
    def __init__(self, size):
        self.permutations = size

    def build(self, ranges):
        sketch = datasketch.MinHash(num_perm=self.permutations)
        keys = eight_bytes(ranges)
        for begin in range(0, len(keys), 10_000):  # it holds a row of all permutations for each key
            sketch.update_batch(keys[begin:begin + 10_000])
        return sketch

    def serialize(self, sketch):
        lean = datasketch.LeanMinHash(sketch)
        image = bytearray(lean.bytesize())
        lean.serialize(image)
        return image

    def load(self, image):
        return datasketch.LeanMinHash.deserialize(image)

    def intersect(self, a, b):
        jaccard = a.jaccard(b)
        return jaccard / (1 + jaccard) * (a.count() + b.count()), None, None


class PlusPlus:
    def __init__(self, size):
        self.precision = size

    def build(self, ranges):
        sketch = datasketch.HyperLogLogPlusPlus(p=self.precision)
        for key in eight_bytes(ranges):
            sketch.update(key)
        return sketch

    def serialize(self, sketch):
        image = bytearray(sketch.bytesize())
        sketch.serialize(image)
        return image

    def load(self, image):
        return datasketch.HyperLogLogPlusPlus.deserialize(image)

    def intersect(self, a, b):
        union = a.copy()
        union.merge(b)
        return a.count() + b.count() - union.count(), None, None


PEERS = {"theta": Theta, "theta-compressed": CompressedTheta, "hll": Hll, "cpc": Cpc,
         "datasketch-minhash": PermutationMinHash, "datasketch-hll": PlusPlus}


def trial(peer, regime, seed):
    ranges = key_ranges(regime, seed)
    start = time.perf_counter()
    sketches = [peer.build(keys) for keys in ranges]
    built = time.perf_counter()
    images = [bytes(peer.serialize(sketch)) for sketch in sketches]
    a, b = (peer.load(image) for image in images)
    loaded = time.perf_counter()
    estimate, lower, upper = peer.intersect(a, b)
    done = time.perf_counter()
    return {
        "regime": regime.name, "keys": "integers", "trial": seed, "bytes_a": len(images[0]),
        "bytes_b": len(images[1]), "estimate": estimate, "lower": lower, "upper": upper, "truth": regime.truth,
        "update_ns": (built - start) / (regime.count_of(0) + regime.count_of(1)) * 1e9,
        "estimate_us": (done - loaded) * 1e6,
    }


def versions():
    return ", ".join(f"{name} {importlib.metadata.version(name)}" for name in ("datasketches", "datasketch"))


def main():
    if sys.argv[1:] == ["--versions"]:
        print(versions())
        return
    regime, trials = regimes.NAMED[sys.argv[1]], int(sys.argv[2])
    peers = []
    for name in sys.argv[3:]:
        kind, _, size = name.rpartition("-")
        peers.append((kind, size, PEERS[kind](int(size))))
    writer = csv.DictWriter(sys.stdout, COLUMNS, restval="", lineterminator="\n")
    writer.writeheader()
    for seed in range(1, trials + 1):
        for kind, size, peer in peers:
            writer.writerow({"method": kind, "asked": size, **trial(peer, regime, seed)})
        sys.stdout.flush()


if __name__ == "__main__":
    main()
