"""The sets that trials are made of, by name. A regime is the number of keys that are in exactly the sets of each mask:
for two sets only in a, only in b, in both; for three sets masks 1 to 7, set 0 being bit 0."""

import dataclasses


@dataclasses.dataclass(frozen=True)
class Regime:
    name: str
    regions: tuple[int, ...]

    @property
    def sets(self):
        return (len(self.regions) + 1).bit_length() - 1

    @property
    def truth(self):
        """Keys in all sets."""
        return self.regions[-1]

    def count_of(self, index):
        return sum(keys for mask, keys in enumerate(self.regions, 1) if mask >> index & 1)

    def describe(self):
        sizes = " : ".join(short(self.count_of(i)) for i in range(self.sets))
        smallest = min(self.count_of(i) for i in range(self.sets))
        share = 100 * self.truth / smallest
        return f"{sizes}, {short(self.truth)} in all" if self.sets > 2 else f"{sizes}, {share:.3g} % of a in both"


def short(count):
    for unit, suffix in ((1_000_000_000, "B"), (1_000_000, "M"), (1_000, "k")):
        if count >= unit:
            return f"{count / unit:g}{suffix}"
    return str(count)


def pair(name, small, large, both):
    return Regime(name, (small - both, large - both, both))


def by_ratio(count, ratio, overlap, name=None):
    """A set of `count` keys and one `ratio` times as large; `overlap` of the smaller is in both."""
    large = round(count * ratio)
    both = round(min(count, large) * overlap)
    return pair(name or f"{short(count)} x {ratio:g} at {100 * overlap:g} %", count, large, both)


_THREE = Regime("three", (38_000, 164_000, 4_000, 962_000, 6_000, 30_000, 2_000))  # sales, demand, brand

NAMED = {
    regime.name: regime
    for regime in (
        pair("R1", 50_000, 1_000_000, 8_000),
        pair("R2", 1_000_000, 1_000_000, 50_000),
        pair("R3", 1_000_000, 1_000_000, 500_000),
        pair("R4", 6_000, 120_000, 960),
        pair("R5", 1_000_000, 1_000_000, 900_000),
        pair("x0", 50_000, 1_000_000, 0),
        pair("x50", 50_000, 1_000_000, 50),
        pair("x500", 50_000, 1_000_000, 500),
        pair("x2000", 50_000, 1_000_000, 2_000),
        by_ratio(1_000_000, 20, 0.16, "1M:20M"),
        by_ratio(10_000_000, 20, 0.16, "10M:200M"),
        by_ratio(50_000_000, 20, 0.16, "50M:1B"),
        _THREE,
    )
}
