"""What the golden images hold: rows of tests/golden/wire/v1/images.tsv, as content and as the image it must have."""

import csv

import vesica_image as vi

COLUMNS = ["name", "representation", "profile", "width", "family", "data", "secret", "size", "mantissa_bits",
           "exact_count", "hashes", "seed", "keys"]


def random_words(seed):
    """SplitMix64: G. L. Steele, D. Lea, C. H. Flood, "Fast Splittable Pseudorandom Number Generators", 2014."""
    state = seed
    while True:
        state = (state + 0x9E3779B97F4A7C15) % 2**64
        z = state
        z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9 % 2**64
        z = (z ^ z >> 27) * 0x94D049BB133111EB % 2**64
        yield z ^ z >> 31


def hashes_of(row):
    """Sorted pairs of words. "even": all random; "crowded": leading words of 2 bits, then of 34 bits."""
    words, found = random_words(int(row["seed"])), set()
    for _ in range(int(row["keys"])):
        leading, second = next(words), next(words)
        if row["hashes"] == "crowded":
            leading = leading >> 62 if row["width"] == "128" else leading >> 30
        found.add((leading, second if row["width"] == "128" else 0))
    return sorted(found)


def content_of(row):
    """The hashes, cells or registers, and the threshold of cells."""
    hashes = hashes_of(row)
    if row["representation"] == "exact":
        return hashes, 0
    size, m = int(row["size"]), int(row["mantissa_bits"])
    if row["representation"] == "minhash":
        cells, most = sorted({vi.cell_of(leading, m) for leading, _ in hashes}), vi.capacity(size)
        return cells[:most], cells[most] if len(cells) > most else vi.end_cell(m)
    registers = [0] * 2**size
    for leading, _ in hashes:
        number = leading >> (64 - size)
        registers[number] = max(registers[number], vi.register_code(leading, size, m))
    return registers, 0


def image_of(row):
    content, threshold = content_of(row)
    fields = {"width": int(row["width"]), "family": {"xxh3": 1, "blake2b": 2}[row["family"]],
              "data": int(row["data"], 16), "secret": int(row["secret"], 16)}
    if row["exact_count"] == "1":
        fields |= {"flags": 1, "exact_count": len(hashes_of(row))}
    size, m = int(row["size"]), int(row["mantissa_bits"])
    if row["representation"] == "exact":
        plain, rice = vi.exact_payloads(content, fields["width"])
        fields |= {"representation": vi.EXACT, "count": len(content)}
    elif row["representation"] == "minhash":
        plain, rice = None, vi.min_hash_payload(content, threshold, m)
        fields |= {"representation": vi.MIN_HASH, "count": len(content), "image_bytes": size, "threshold": threshold,
                   "mantissa_bits": m}
    else:
        plain, rice = vi.hyper_log_log_payloads(content, m)
        fields |= {"representation": vi.HYPER_LOG_LOG, "count": sum(code > 0 for code in content),
                   "register_bits": size, "mantissa_bits": m}
    use_rice = plain is None or len(rice) < len(plain)
    return vi.image(row["profile"], rice if use_rice else plain, coding=vi.RICE if use_rice else vi.PLAIN, **fields)


def read_rows(path):
    with open(path, newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file, delimiter="\t"))
