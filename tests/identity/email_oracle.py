#!/usr/bin/python3
"""email/1 against python3-idna: every code point that may be in a domain, alone in a label, and generated domains.

  email_oracle.py CANONICALIZE

The oracle maps with UTS #46 (non-transitional, STD3) and checks labels as RFC 5891 section 5.4 has a lookup do it: NFC,
hyphens, no combining mark first, CONTEXTJ, bidi; CONTEXTO code points are let through. What the frozen set leaves out
is known from idna_table.inc. Skipped (exit 77) where the module is missing.
"""
import pathlib
import random
import re
import subprocess
import sys
import unicodedata

try:
    import idna
    import idna.core
except ImportError:
    sys.exit(77)

LDH = re.compile(r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\Z")


def frozen_set():
    text = (pathlib.Path(__file__).parents[2] / "lib" / "identity" / "idna_table.inc").read_text(encoding="ascii")
    frozen = set()
    for first, last in re.findall(r"\{0x([0-9A-F]+), 0x([0-9A-F]+)\}", text):
        frozen.update(range(int(first, 16), int(last, 16) + 1))
    return frozen


FROZEN = frozen_set()


def check_u_label(label):
    """Raises unless `label`, which is not ASCII, may be looked up."""
    if unicodedata.normalize("NFC", label) != label:
        raise idna.IDNAError("not NFC")
    idna.check_hyphen_ok(label)
    idna.check_initial_combiner(label)
    for position, c in enumerate(label):
        if idna.core.intranges_contain(ord(c), idna.idnadata.codepoint_classes["CONTEXTJ"]):
            if not idna.valid_contextj(label, position):
                raise idna.IDNAError("joiner")
    idna.check_bidi(label)


def to_ascii(label):
    """The A-label or LDH label of one mapped label; raises where there is none."""
    if label.startswith("xn--") and label.isascii():
        decoded = label[4:].encode("ascii").decode("punycode")
        if decoded.isascii() or map_name(decoded) != decoded or to_ascii(decoded) != label:
            raise idna.IDNAError("no round trip")
        return label
    if not label.isascii():
        check_u_label(label)
        label = "xn--" + label.encode("punycode").decode("ascii")
    if not LDH.match(label):
        raise idna.IDNAError("not a label")
    return label


def map_name(name):
    """What UTS #46 maps a name to; raises where it has something else than the frozen set."""
    if not all(c < "\x80" and (c.isalnum() or c in "-.") or ord(c) in FROZEN for c in name):
        raise idna.IDNAError("outside the frozen set")
    return idna.uts46_remap(name, std3_rules=True, transitional=False)


def expected(address):
    local, domain = address.split("@")
    try:
        labels = [to_ascii(label) for label in map_name(domain).removesuffix(".").split(".")]
    except (idna.IDNAError, UnicodeError, IndexError):
        return "!8"
    domain = ".".join(labels)
    if labels[-1].isdigit():
        return "!8"
    if len(domain) > 253:
        return "!10"
    return "=" + local + "@" + domain if len(labels) > 1 else "!9"


def generated(count):
    rng = random.Random(20260101)
    frozen = sorted(FROZEN)
    scripts = [range(0xDF, 0x250), range(0x370, 0x400), range(0x400, 0x530), range(0x5D0, 0x5EB), range(0x620, 0x66A),
               range(0x6F0, 0x6FA), range(0x900, 0x980), range(0xE01, 0xE5C), range(0x3041, 0x3100),
               range(0x4E00, 0x9FFF), range(0xAC00, 0xD7A4), range(0x300, 0x320), range(0x200B, 0x200E)]
    ascii_letters = "abcxyzABZ0189-"
    for _ in range(count):
        labels = []
        for _ in range(rng.randint(1, 4)):
            script = rng.choice(scripts)
            kind = rng.random()
            length = rng.choice([1, 2, 3, 5, 8, 20, 60])
            if kind < 0.2:
                label = "".join(rng.choice(ascii_letters) for _ in range(length))
            elif kind < 0.7:
                label = "".join(chr(rng.choice(script)) for _ in range(length))
            elif kind < 0.85:
                label = "".join(rng.choice((chr(rng.choice(script)), rng.choice(ascii_letters))) for _ in range(length))
            else:
                label = "".join(chr(rng.choice(frozen)) for _ in range(length))
            if rng.random() < 0.3:
                encoded = "xn--" + label.lower().encode("punycode").decode("ascii")
                if rng.random() < 0.3:
                    at = rng.randrange(4, len(encoded) + 1)
                    encoded = encoded[:at] + rng.choice("a1z9") + encoded[at:]
                label = encoded
            labels.append(label)
        yield "x@" + rng.choice(".......\u3002\uff0e").join(labels + rng.choice((["com"], ["de", ""], [])))


def main():
    keys = ["x@a" + chr(cp) + "b.com" for cp in range(0x80, 0x110000) if not 0xD800 <= cp < 0xE000]
    keys += ["x@" + chr(cp) + ".com" for cp in sorted(FROZEN)]
    keys += [key for key in generated(40000) if key.split("@")[1].strip() and len(key.encode()) < 1000]
    run = subprocess.run([sys.argv[1], "email/1"], input="".join(key + "\n" for key in keys).encode(),
                         capture_output=True, check=True)
    got = run.stdout.decode().split("\n")[:-1]
    assert len(got) == len(keys)
    failures = valid = 0
    for key, have in zip(keys, got):
        want = expected(key)
        valid += want[0] == "="
        if have != want:
            failures += 1
            if failures <= 20:
                print(ascii(key), "expected", want, "got", have)
    print(len(keys), "addresses,", valid, "valid,", failures, "failures")
    return 1 if failures or valid < 10000 else 0


if __name__ == "__main__":
    sys.exit(main())
