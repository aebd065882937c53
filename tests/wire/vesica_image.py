"""Images of audiences in Python, written from lib/wire/FORMAT.md alone and sharing no code with the library.

Slow and plain: every bit of a payload is an item of a list. XXH3 is the shared library of the distribution's libxxhash.
"""

import ctypes
import struct

MAGIC = bytes.fromhex("89565343 0d0a1a0a")
EXACT, MIN_HASH, HYPER_LOG_LOG = 0, 1, 2
PLAIN, RICE = 0, 1
FIELDS = ["magic", "version", "representation", "coding", "flags", "family", "width", "profile_bytes", "data", "secret",
          "payload_bytes", "count", "exact_count", "image_bytes", "threshold", "register_bits", "mantissa_bits", "reserved"]
HEADER = struct.Struct("<8sHBBBBBBQQQQQIIBB6s")


class Corrupt(Exception):
    pass


class TooNew(Exception):
    pass


def xxh3(data):
    library = ctypes.CDLL("libxxhash.so.0")
    library.XXH3_64bits.restype = ctypes.c_uint64
    library.XXH3_64bits.argtypes = [ctypes.c_char_p, ctypes.c_size_t]
    return library.XXH3_64bits(data, len(data))


def require(condition, why):
    if not condition:
        raise Corrupt(why)


# ---- bits and Rice codes ---------------------------------------------------------------------------------------------


def rice_parameter(universe, count):
    k = 0
    while count > 0 and 2**k * count * 1000 < 481 * universe:
        k += 1
    return k


def number_bits(value, count):
    return [value >> i & 1 for i in range(count)]


def rice_bits(value, k):
    return [0] * (value >> k) + [1] + number_bits(value, k)


def pack(bits):
    bits = bits + [0] * (-len(bits) % 8)
    return bytes(sum(bit << i for i, bit in enumerate(bits[at:at + 8])) for at in range(0, len(bits), 8))


class Bits:
    def __init__(self, data):
        self.bits = [byte >> i & 1 for byte in data for i in range(8)]
        self.at = 0

    def number(self, count):
        require(self.at + count <= len(self.bits), "too few bits")
        self.at += count
        return sum(bit << i for i, bit in enumerate(self.bits[self.at - count:self.at]))

    def rice(self, k):
        quotient = 0
        while self.number(1) == 0:
            quotient += 1
        return quotient << k | self.number(k)

    def finish(self):
        rest = self.bits[self.at:]
        require(len(rest) < 8 and not any(rest), "bits after the last code")


# ---- exact -----------------------------------------------------------------------------------------------------------


def exact_payloads(hashes, width):
    """The plain and the Rice payload of sorted hashes, which are pairs of words."""
    words = width // 64
    k = rice_parameter(2**64, len(hashes))
    plain = b"".join(struct.pack("<Q", word) for hash in hashes for word in hash[:words])
    bits, before = [], 0
    for leading, _ in hashes:
        bits += rice_bits(leading - before, k)
        before = leading
    return plain, pack(bits) + b"".join(struct.pack("<Q", second) for _, second in hashes if words == 2)


def decode_exact(fields, payload):
    count, words = fields["count"], fields["width"] // 64
    hashes = []
    if fields["coding"] == PLAIN:
        require(len(payload) == count * words * 8, "length")
        found = struct.unpack(f"<{count * words}Q", payload)
        hashes = [(found[i], found[i + 1] if words == 2 else 0) for i in range(0, len(found), words)]
    else:
        require(count <= len(payload) * 8, "count")
        gap_bytes = len(payload) - count * 8 * (words - 1)
        require(gap_bytes >= 0, "length")
        bits, k, leading = Bits(payload[:gap_bytes]), rice_parameter(2**64, count), 0
        for i in range(count):
            leading += bits.rice(k)
            require(leading < 2**64, "word")
            second = struct.unpack_from("<Q", payload, gap_bytes + 8 * i)[0] if words == 2 else 0
            hashes.append((leading, second))
        bits.finish()
    require(all(a < b for a, b in zip(hashes, hashes[1:])), "order")
    plain, rice = exact_payloads(hashes, fields["width"])
    require((len(rice) < len(plain)) == (fields["coding"] == RICE), "not the shorter coding")
    return hashes


# ---- MinHash ---------------------------------------------------------------------------------------------------------


def mantissa_bits_of(image_bytes):
    return image_bytes.bit_length() - 1 + 4


def capacity(image_bytes):
    p, room = mantissa_bits_of(image_bytes), 8 * (image_bytes - 160)

    def fits(n):
        k = rice_parameter(2**p, n)
        expected = (n * (10000 * k + 26180) + 9624 * 2**(p - k)) // 10000
        return expected <= room and (room - expected)**2 >= 196 * n

    step, n = 2**22, 0
    while step > 0:
        n, step = n + step if fits(n + step) else n, step // 2
    return n


def cell_of(leading_word, p):
    x = leading_word >> 4
    if x < 2**p:
        return x
    s = x.bit_length() - 1 - p
    return (s + 1) * 2**p + (x >> s) % 2**p


def end_cell(p):
    return (61 - p) * 2**p


def edge(cell, p):
    octave = cell >> p
    return cell if octave == 0 else (2**p + cell % 2**p) * 2**(octave - 1)


def gap_parameter(following, threshold, count, p):
    return max(0, rice_parameter(edge(threshold, p), count) - max((following >> p) - 1, 0))


def min_hash_payload(cells, threshold, p):
    bits, following = [], 0
    for cell in cells:
        bits += rice_bits(cell - following, gap_parameter(following, threshold, len(cells), p))
        following = cell + 1
    return pack(bits)


def decode_min_hash(fields, payload, size_bytes):
    p, threshold, count = fields["mantissa_bits"], fields["threshold"], fields["count"]
    image_bytes = fields["image_bytes"]
    require(1024 <= image_bytes <= 4194304 and size_bytes <= image_bytes, "image bytes")
    require(p == mantissa_bits_of(image_bytes) and 1 <= threshold <= end_cell(p), "parameters")
    require(fields["coding"] == RICE and count <= capacity(image_bytes), "coding or count")
    bits, cells, following = Bits(payload), [], 0
    for _ in range(count):
        cells.append(following + bits.rice(gap_parameter(following, threshold, count, p)))
        following = cells[-1] + 1
        require(cells[-1] < threshold, "threshold")
    bits.finish()
    if fields["flags"]:
        require(fields["exact_count"] >= count, "exact count")
        require(count > 0 or threshold < end_cell(p) or fields["exact_count"] == 0, "exact count")
    return cells


# ---- HyperLogLog -----------------------------------------------------------------------------------------------------


def register_code(leading_word, register_bits, m):
    fraction = format(leading_word, "064b")[register_bits:]
    z = len(fraction) - len(fraction.lstrip("0"))
    if z >= 30:
        return 1 + 30 * 2**m + (2**m - 1)
    f = int(fraction[z + 1:z + 1 + m] or "0", 2)
    return 1 + z * 2**m + (2**m - 1 - f)


def hyper_log_log_payloads(registers, m):
    plain = pack([bit for code in registers for bit in number_bits(code, 5 + m)])
    k = rice_parameter(len(registers), sum(code > 0 for code in registers))
    bits, following = [], 0
    for number, code in enumerate(registers):
        if code > 0:
            bits += rice_bits(number - following, k) + number_bits(code, 5 + m)
            following = number + 1
    return plain, pack(bits)


def decode_hyper_log_log(fields, payload):
    m, count = fields["mantissa_bits"], fields["count"]
    require(4 <= fields["register_bits"] <= 20 and m <= 3, "parameters")
    registers = [0] * 2**fields["register_bits"]
    bits = Bits(payload)
    if fields["coding"] == PLAIN:
        registers = [bits.number(5 + m) for _ in registers]
    else:
        k, following = rice_parameter(len(registers), count), 0
        for _ in range(count):
            number = following + bits.rice(k)
            require(number < len(registers), "register")
            registers[number] = bits.number(5 + m)
            require(registers[number] > 0, "code of 0")
            following = number + 1
    bits.finish()
    require(all(code <= 30 * 2**m or code == 31 * 2**m for code in registers), "code")
    require(sum(code > 0 for code in registers) == count, "count")
    plain, rice = hyper_log_log_payloads(registers, m)
    require((len(rice) < len(plain)) == (fields["coding"] == RICE), "not the shorter coding")
    if fields["flags"]:
        require(fields["exact_count"] >= count and (count > 0 or fields["exact_count"] == 0), "exact count")
    return registers


# ---- images ----------------------------------------------------------------------------------------------------------


def image(profile, payload, **fields):
    """The image of the given fields, the others being 0, with lengths and checksum that fit."""
    values = dict.fromkeys(FIELDS, 0) | {
        "magic": MAGIC, "version": 1, "family": 1, "width": 64, "profile_bytes": len(profile),
        "payload_bytes": len(payload), "reserved": bytes(6)
    } | fields
    return seal(HEADER.pack(*(values[field] for field in FIELDS)) + profile.encode("latin-1") + payload)


def seal(data):
    return data + struct.pack("<Q", xxh3(data))


def decode(data):
    """The fields, the profile, and the hashes, cells or registers of an image."""
    require(len(data) >= 10 and data[:8] == MAGIC, "magic")
    version = data[8] + 256 * data[9]
    if version > 1:
        raise TooNew
    require(version == 1 and len(data) >= HEADER.size, "length")
    fields = dict(zip(FIELDS, HEADER.unpack_from(data)))
    payload_at = HEADER.size + fields["profile_bytes"]
    require(len(data) == payload_at + fields["payload_bytes"] + 8, "length")
    require(data == seal(data[:-8]), "checksum")
    if (fields["representation"] > 2 or fields["coding"] > 1 or fields["flags"] > 1 or fields["family"] not in (1, 2) or
            fields["width"] not in (64, 128) or any(fields["reserved"])):
        raise TooNew
    profile = data[HEADER.size:payload_at]
    require(profile and all(0x21 <= byte <= 0x7E for byte in profile), "profile")
    require(fields["family"] == 2 or fields["secret"] == 0, "secret")
    require(fields["flags"] or fields["exact_count"] == 0, "flags")
    foreign = [["flags", "image_bytes", "threshold", "register_bits", "mantissa_bits"], ["register_bits"],
               ["image_bytes", "threshold"]][fields["representation"]]
    require(not any(fields[field] for field in foreign), "fields of other representations")
    payload = data[payload_at:-8]
    if fields["representation"] == EXACT:
        content = decode_exact(fields, payload)
    elif fields["representation"] == MIN_HASH:
        content = decode_min_hash(fields, payload, len(data))
    else:
        content = decode_hyper_log_log(fields, payload)
    return fields, profile.decode(), content
