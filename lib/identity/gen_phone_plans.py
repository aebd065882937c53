#!/usr/bin/env python3
"""Writes phone_plans.inc from the metadata of libphonenumber, as python3-phonenumbers carries them.

  gen_phone_plans.py > phone_plans.inc

The committed table was made with python3-phonenumbers 8.12.57 of Debian 12 (metadata: Apache License 2.0, Copyright
The Libphonenumber Authors), which follow ITU-T E.164, its Operational Bulletins and the national numbering plans.
Territories of ISO 3166-1 without metadata are added from the ITU-T list of assigned E.164 country codes.
"""
import phonenumbers
from phonenumbers import PhoneMetadata

# ISO 3166-1 codes with no plan of their own in libphonenumber: they use the calling code of another plan.
WITHOUT_METADATA = {"AQ": 672, "BV": 47, "GS": 500, "HM": 672, "PN": 64, "TF": 262, "UM": 1}

# Prefixes dialled before a national number where one is not the whole story (`national_prefix_for_parsing`):
# Belarus dials 8, 0 or 80; Lithuania moves from 8 to 0; Mexico gave up 01, 02, 044, 045 and the mobile 1 in 2019.
TRUNKS = {"BY": ["80", "8", "0"], "LT": ["8", "0"], "MX": ["044", "045", "01", "02", "1"]}

# Lengths that would hide a trunk prefix: numbers of 14 digits are dialled only within Russia and Kazakhstan, the 11
# digits of Mexico are ten behind the mobile 1.
NATIONAL_ONLY = {7: {14}, 52: {11}}

# International prefixes other than 00 where the metadata hold a pattern (carrier selection) or a pause.
INTERNATIONAL = {"810": "810", "8~10": "810", "011": "011", "0011": "0011", "010": "010", "001": "001", "020": "020"}


def lengths(metadata, kinds):
    found = set()
    for kind in kinds:
        desc = getattr(metadata, kind)
        if desc is not None:
            found.update(length for length in desc.possible_length if length > 0)
    return found - NATIONAL_ONLY.get(metadata.country_code, set())


class Plan:
    """What the countries of one calling code share."""

    def __init__(self):
        self.trunks = []
        self.shortest = 99
        self.longest = 0

    def widen(self, metadata):
        direct = lengths(metadata, ["fixed_line", "mobile"]) or lengths(metadata, ["general_desc"])
        known = direct | lengths(metadata, ["toll_free", "shared_cost", "uan", "voip"])
        self.shortest = min(self.shortest, min(direct))
        self.longest = max(self.longest, min(max(known), 15 - len(str(metadata.country_code))))
        if metadata.id in TRUNKS:
            trunks = TRUNKS[metadata.id]
        else:
            trunks = [metadata.national_prefix] if metadata.national_prefix else []
        if trunks:
            assert self.trunks in ([], trunks), (metadata.id, self.trunks, trunks)
            self.trunks = trunks


def international_prefix(metadata):
    for prefix in (metadata.preferred_international_prefix, metadata.international_prefix):
        if prefix in INTERNATIONAL:
            return INTERNATIONAL[prefix]
    return ""


def main():
    plans, countries = {}, {}
    for region in sorted(phonenumbers.SUPPORTED_REGIONS):
        metadata = PhoneMetadata.metadata_for_region(region)
        plans.setdefault(metadata.country_code, Plan()).widen(metadata)
        countries[region] = (metadata.country_code, international_prefix(metadata))
    for code in phonenumbers.COUNTRY_CODES_FOR_NON_GEO_REGIONS:
        plans.setdefault(code, Plan()).widen(PhoneMetadata.metadata_for_nongeo_region(code))
    for region, code in WITHOUT_METADATA.items():
        assert region not in countries
        countries[region] = (code, "011" if code == 1 else "")

    print("// Made by gen_phone_plans.py from libphonenumber's metadata 8.12.57 (Apache License 2.0, Copyright The")
    print("// Libphonenumber Authors). Frozen with phone-digits/1 and snap-phone/1: never regenerate for them.")
    print("// clang-format off")
    print("constexpr PhonePlan kPlans[] = {  // by calling code, as text")
    for code in sorted(plans, key=str):
        plan = plans[code]
        trunks = ", ".join('"%s"' % trunk for trunk in plan.trunks)
        print('    {"%d", {%s}, %d, %d},' % (code, trunks, plan.shortest, plan.longest))
    print("};")
    print("constexpr PhoneCountry kCountries[] = {  // by country")
    line = "   "
    for region in sorted(countries):
        code, prefix = countries[region]
        item = ' {"%s", "%d", "%s"},' % (region, code, prefix)
        if len(line) + len(item) > 118:
            print(line)
            line = "   "
        line += item
    print(line)
    print("};")
    print("// clang-format on")


if __name__ == "__main__":
    main()
