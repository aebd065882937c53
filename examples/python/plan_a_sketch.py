"""How many bytes does it take? A plan from three guesses, and whether it held.

Prints:

    exact          6,008,189 bytes for both, to 0.0%
    minhash           21,302 bytes for both, to 20.0%  <- the smallest
    hyperloglog       32,768 bytes for both, to 18.7%

    With a MinHash of
      1,024 bytes each: to 73.2%
      4,096 bytes each: to 33.5%
     16,384 bytes each: to 16.2%
     65,536 bytes each: to 7.8%

    In both: 7385 (5909 to 9007), to 21.0%; in truth 7500
"""

import sys

import vesica

# Sales knows 50 thousand people, ads reach a million, 16 % of the former are expected among the latter. The number in
# both is wanted to 20 %, 95 times in 100.
guess = {"size_a": 50_000, "size_b": 1_000_000, "overlap": 0.16}
plan = vesica.plan(**guess, error=0.2)
for way in plan:
    images = way["image_bytes_a"] + way["image_bytes_b"]
    mark = "  <- the smallest" if way["smallest"] else ""
    print(f"{way['representation']:<12}{images:>12,.0f} bytes for both, to {way['relative_half_width']:.1%}{mark}")

print("\nWith a MinHash of")
for size in (1024, 4096, 16384, 65536):
    print(f"{size:>7,} bytes each: to {vesica.half_width(**guess, bytes=size):.1%}")

# The lists come, and are not quite as was guessed.
best = next(way for way in plan if way["smallest"])
sales = (f"lead{i}@example.com" for i in range(47_000))
ads = (f"lead{i}@example.com" for i in range(39_500, 1_080_000))
a, b = (
    vesica.Audience.from_keys(keys, representation=best["representation"], bytes=best["sketch_bytes"])
    for keys in (sales, ads)
)
both = vesica.overlap(a, b).intersection
reached = (both.upper - both.lower) / 2 / both.value
print(f"\nIn both: {both}, to {reached:.1%}; in truth 7500")

if not both.lower <= 7500 <= both.upper:
    sys.exit("the interval does not hold the truth")
if reached > 0.25:
    sys.exit("the interval is much wider than was planned")
