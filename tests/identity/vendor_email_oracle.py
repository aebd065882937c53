#!/usr/bin/python3
"""The vendors' e-mail profiles against their rules written again here, hashed by hashlib.

  vendor_email_oracle.py CANONICALIZE
"""
import hashlib
import random
import re
import subprocess
import sys

SPACE = " \t\n\v\f\r"
LOWER = {ord(c): c.lower() for c in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"}
META = re.compile(r"[a-z0-9_.+-]+@[a-z0-9-]+\.[a-z0-9-.]+\Z")


def trim(key):
    return key.strip(SPACE).translate(LOWER)


def squeeze(key):
    return re.sub("[ \t\n\v\f\r]", "", key).translate(LOWER)


def gmail(address, domains, suffix):
    local, _, domain = address.partition("@")
    if domain in domains:
        local = (local.split("+")[0] if suffix else local).replace(".", "")
    return local + "@" + domain


BOTH = ("gmail.com", "googlemail.com")
RULES = {
    "google-ads-email/1": trim,
    "google-datamanager-email/1": lambda key: gmail(squeeze(key), BOTH, True),
    "google-cm360-email/1": lambda key: gmail(trim(key), BOTH, False),
    "google-dv360-email/1": squeeze,
    "meta-capi-email/1": trim,
    "uid2-email/1": lambda key: gmail(trim(key), ("gmail.com",), True),
    "linkedin-email/1": trim,
    "liveramp-email/1": squeeze,
    "snap-email/1": trim,
}


def expected(profile, key):
    """"=" and the digest in hex, "!" for an invalid key."""
    if trim(key).count("@") != 1:
        return "!"
    address = RULES[profile](key)
    if address.startswith("@") or address.endswith("@"):
        return "!"
    if profile == "meta-capi-email/1" and not META.match(address):
        return "!"
    return "=" + hashlib.sha256(address.encode()).hexdigest()


def generated(count):
    rng = random.Random(20260101)
    locals_ = ["ann", "J.A.N.E", "x+y", "a b", "", ".", "+", "O'Neil", "j\u00f6rg", "\u0110o", "a_b-c", "A.+b", "\t"]
    domains = ["gmail.com", "GMail.com", "googlemail.com", "example.com", "a.gmail.com", "x", "", ".com", "b\u00fccher.de",
               "ex_a.com", "Example.CO.uk", " gmail.com", "gmail. com", "a.", "a..b", "-"]
    for _ in range(count):
        key = "".join(rng.choice(locals_) for _ in range(rng.randint(1, 3))) + "@" + rng.choice(domains)
        if rng.random() < 0.2:
            at = rng.randrange(len(key) + 1)
            key = key[:at] + rng.choice([" ", "@", ".", "+", "A", "\v", "\u00a0", "\u0130"]) + key[at:]
        yield rng.choice(["", " ", "\t "]) + key + rng.choice(["", " ", "\r"])


def main():
    keys = list(generated(20000))
    failures = 0
    for profile in RULES:
        run = subprocess.run([sys.argv[1], profile], input="".join(key + "\n" for key in keys).encode(),
                             capture_output=True, check=True)
        got = run.stdout.decode().split("\n")[:-1]
        assert len(got) == len(keys)
        valid = 0
        for key, have in zip(keys, got):
            want = expected(profile, key)
            valid += want != "!"
            if (have if have[0] == "=" else "!") != want:
                failures += 1
                if failures <= 20:
                    print(profile, ascii(key), "expected", want, "got", have)
        print(profile, len(keys), "addresses,", valid, "valid")
        failures += not 2000 < valid < len(keys)
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
