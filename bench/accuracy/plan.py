"""What is run, and what it should come to."""

import dataclasses
import math

import regimes

KIB = 1024
ALL_SIZES = tuple(size * KIB for size in (4, 8, 16, 32, 64, 128, 256))
FOUR_SIZES = tuple(size * KIB for size in (4, 16, 64, 256))
PLAIN_SIZES = frozenset(str(size) for size in ALL_SIZES)
SAMPLERS = ("minhash", "hyperloglog")
METHODS = (*SAMPLERS, "hyperloglog-0")
COUNTED = tuple(f"{sampler}+count" for sampler in SAMPLERS)


@dataclasses.dataclass(frozen=True)
class Run:
    """Trials of the program `accuracy`."""

    regime: regimes.Regime
    methods: tuple[str, ...]
    sizes: tuple
    trials: int
    drawn: bool = False


# The rows of the research notes, section 13: sets, bytes, relative standard deviation.
FLOATING_CELLS = tuple(
    (regime, kib * KIB, sd)
    for regime, kib, sd in (
        (regimes.NAMED["R1"], 16, 0.081), (regimes.NAMED["R4"], 16, 0.076), (regimes.NAMED["1M:20M"], 16, 0.081),
        (regimes.NAMED["50M:1B"], 16, 0.082), (regimes.by_ratio(1_000_000, 1, 0.16), 16, 0.0195),
        (regimes.by_ratio(3_000_000, 1, 0.05), 16, 0.039), (regimes.by_ratio(1_000_000, 5, 0.16), 16, 0.041),
        (regimes.by_ratio(1_000_000, 10, 0.05), 16, 0.123), (regimes.by_ratio(1_000_000, 100, 0.16), 16, 0.181),
        (regimes.by_ratio(1_000_000, 300, 0.3), 16, 0.201), (regimes.NAMED["R1"], 4, 0.164),
        (regimes.NAMED["1M:20M"], 64, 0.041)))


def full_runs():
    named = regimes.NAMED
    for name in ("R1", "R4"):
        yield Run(named[name], METHODS, (16 * KIB,), 2000)
        yield Run(named[name], METHODS, tuple(size for size in ALL_SIZES if size != 16 * KIB), 400)
        yield Run(named[name], COUNTED, FOUR_SIZES, 400)
    for name in ("R2", "R3", "R5"):
        yield Run(named[name], METHODS, FOUR_SIZES, 400)
        yield Run(named[name], COUNTED, (16 * KIB,), 400)
    for name in ("x0", "x50", "x500", "x2000"):
        yield Run(named[name], SAMPLERS, (16 * KIB, 64 * KIB), 400)
    yield Run(named["1M:20M"], SAMPLERS, (16 * KIB,), 200)
    yield Run(named["10M:200M"], ("minhash",), (16 * KIB,), 5000, drawn=True)
    for regime, size, _ in FLOATING_CELLS:
        yield Run(regime, ("minhash",), (size,), 5000, drawn=True)
    yield Run(named["three"], SAMPLERS, (16 * KIB, 64 * KIB), 400)


def quick_runs():
    named = regimes.NAMED
    yield Run(named["R1"], METHODS, (16 * KIB,), 100)
    yield Run(named["R2"], SAMPLERS, (16 * KIB,), 40)
    yield Run(named["R4"], (*METHODS, *COUNTED), (4 * KIB, 16 * KIB, 64 * KIB), 200)
    yield Run(named["R5"], ("hyperloglog", *COUNTED), (16 * KIB,), 40)
    yield Run(named["x0"], SAMPLERS, (16 * KIB,), 60)
    yield Run(named["three"], SAMPLERS, (64 * KIB,), 40)
    yield Run(named["R1"], ("minhash",), (16 * KIB,), 600, drawn=True)
    yield Run(named["50M:1B"], ("minhash",), (16 * KIB,), 600, drawn=True)


def peer_runs():
    """Regime, trials, peers of peers.py."""
    thetas = tuple(f"{kind}-{size}" for size in (9, 11, 13) for kind in ("theta", "theta-compressed"))
    for name in ("R1", "R4"):
        yield name, 300, (*thetas, "theta-12", "hll-12", "hll-14", "cpc-13", "cpc-15")
    for name in ("R2", "R3", "R5"):
        yield name, 100, ("theta-11", "theta-compressed-11", "hll-14", "cpc-15")
    yield "R4", 100, ("datasketch-minhash-1024", "datasketch-hll-14")


def matched_runs(summaries):
    """Ours at the bytes that each Theta took, whole bytes of their mean, in the regimes where it ran at three sizes."""
    for name in ("R1", "R4"):
        sizes = [matched_size(theta) for theta in thetas_of(summaries, name)]
        if sizes:
            yield Run(regimes.NAMED[name], ("minhash",), tuple(sizes), 1000)


def matched_size(theta):
    sizes = [str(math.floor(size)) for size in theta.bytes]
    return ":".join(sizes if len(set(sizes)) > 1 else sizes[:1])


def thetas_of(summaries, regime):
    """In three sizes near 4, 16 and 64 KiB; plain and compressed."""
    return [s for s in summaries.values()
            if s.regime == regime and s.method.startswith("theta") and s.asked in ("9", "11", "13")]
