#!/usr/bin/python3
"""phone-digits/1 against python3-phonenumbers, on generated valid numbers of every country, written in many ways.

  phone_oracle.py CANONICALIZE [--explain]

Skipped (exit 77) where the module is missing. Fails if a number becomes another one, if fewer than 98.5 % agree, or
if a country that is not in KNOWN differs at all; with other metadata than the table's, only if fewer than 95 % agree.
"""
import random
import re
import subprocess
import sys

try:
    import phonenumbers
    from phonenumbers import PhoneMetadata, PhoneNumberFormat as Format
except ImportError:
    sys.exit(77)

KINDS = ("fixed_line", "mobile")
TYPES = (phonenumbers.PhoneNumberType.FIXED_LINE, phonenumbers.PhoneNumberType.MOBILE,
         phonenumbers.PhoneNumberType.FIXED_LINE_OR_MOBILE)
TABLE_VERSION = "8.12.57"
PER_KIND = 40
# Where phone-digits/1 refuses what libphonenumber finds valid.
KNOWN = {
    "AR": "the national form of mobile numbers hides a 15 within",
    "AT": "numbers of fewer than eight digits with the calling code", "KR": "as AT", "LU": "as AT", "NU": "as AT",
    "TA": "as AT", "TK": "as AT", "ZA": "as AT",
    "DE": "up to 17 digits with the calling code, where E.164 ends at 15",
    "GA": "the national form has a 0 more since 2019; the seven digits of before are written like the eight since then",
    "RW": "national numbers that begin with 0, which is the trunk prefix too",
    "TJ": "national numbers that begin with 00, without a prefix",
}
TRIES = 250


def variations(metadata, rng):
    """The country's example numbers with their last half changed, and anything of a possible length."""
    for kind in KINDS:
        desc = getattr(metadata, kind)
        if desc is None or not desc.example_number:
            continue
        example = desc.example_number
        for _ in range(PER_KIND):
            half = len(example) // 2
            yield example[:half] + "".join(rng.choice("0123456789") for _ in example[half:])
        lengths = [length for length in desc.possible_length if length > 0] or [len(example)]
        for _ in range(TRIES):
            yield "".join(rng.choice("0123456789") for _ in range(rng.choice(lengths)))


def examples(region, rng):
    """Valid fixed-line and mobile numbers of a country, as E.164."""
    metadata = PhoneMetadata.metadata_for_region(region)
    numbers = set()
    for digits in variations(metadata, rng):
        try:
            number = phonenumbers.parse("+%d%s" % (metadata.country_code, digits))
        except phonenumbers.NumberParseException:
            continue
        if phonenumbers.is_valid_number_for_region(number, region):
            if phonenumbers.number_type(number) in TYPES:
                numbers.add(phonenumbers.format_number(number, Format.E164))
    return sorted(numbers)


def spellings(number, region):
    yield "E.164", phonenumbers.format_number(number, Format.E164)
    yield "international", phonenumbers.format_number(number, Format.INTERNATIONAL)
    yield "00", "00" + phonenumbers.format_number(number, Format.E164)[1:]
    yield "national", phonenumbers.format_number(number, Format.NATIONAL)
    out_of_country = phonenumbers.format_out_of_country_calling_number(number, region)
    if out_of_country[0].isdigit():
        yield "as dialled", out_of_country
    yield "no prefix", phonenumbers.national_significant_number(number)


def canonicalize(program, region, texts):
    run = subprocess.run([program, "phone-digits/1", region], input="".join(text + "\n" for text in texts),
                         capture_output=True, encoding="utf-8", check=True)
    return run.stdout.split("\n")[:-1]


def main():
    program, explain = sys.argv[1], "--explain" in sys.argv
    rng = random.Random(20261121)
    agreed, total, wrong = {}, {}, {}
    for region in sorted(phonenumbers.SUPPORTED_REGIONS):
        cases = []
        for e164 in examples(region, rng):
            number = phonenumbers.parse(e164)
            for kind, text in spellings(number, region):
                if re.fullmatch(r"[-+ 0-9./()\u00A0]+", text):
                    cases.append((kind, text, phonenumbers.format_number(number, Format.E164)[1:]))
        for (kind, text, expected), got in zip(cases, canonicalize(program, region, [case[1] for case in cases])):
            total[kind] = total.get(kind, 0) + 1
            if got == "=" + expected:
                agreed[kind] = agreed.get(kind, 0) + 1
            else:
                wrong.setdefault((region, kind), []).append((text, expected, got))
    for kind in total:
        print("%-14s %6d of %6d agree: %.2f %%" % (kind, agreed.get(kind, 0), total[kind],
                                                   100 * agreed.get(kind, 0) / total[kind]))
    if explain:
        for (region, kind), cases in sorted(wrong.items()):
            print(region, kind, len(cases), cases[0])
    everything = sum(agreed.values()) / sum(total.values())
    print("all            %6d of %6d agree: %.2f %%" % (sum(agreed.values()), sum(total.values()), 100 * everything))
    if phonenumbers.__version__ != TABLE_VERSION:
        sys.exit(everything < 0.95)
    other_number = [key for key, cases in wrong.items()
                    if key[0] != "GA" and any(got.startswith("=") for _, _, got in cases)]
    unknown = {region for region, _ in wrong} - set(KNOWN)
    if other_number or unknown or everything < 0.985:
        sys.exit("another number for %s; not known to differ: %s" % (sorted(other_number), sorted(unknown)))


if __name__ == "__main__":
    main()
