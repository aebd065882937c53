"""Writes tests/golden/alignment/time_zones.tsv: moments and what clocks show then, by Python's zoneinfo.

    /usr/bin/python3 tests/alignment/make_time_zones.py

Columns: the zone, "utc" or "local" (which of the two is given), seconds of UTC, seconds that the clock shows as if they
were UTC. Of clock times that are skipped or shown twice Python's fold=0 takes the offset before the change. Years up to
2022, of which no rule can change any more, and for a few zones later ones, whose rules are old.
"""

import datetime
import pathlib
import random
import zoneinfo

OUT = pathlib.Path(__file__).resolve().parent.parent / "golden/alignment/time_zones.tsv"
UTC = datetime.timezone.utc
EPOCH = datetime.datetime(1970, 1, 1)
# Half hours, changes of half an hour, of two hours and at midnight, winter time as the exception, a day that never was.
ZONES = ["Africa/Casablanca", "America/Havana", "America/New_York", "America/Sao_Paulo", "America/St_Johns",
         "Antarctica/Troll", "Asia/Kathmandu", "Asia/Kolkata", "Australia/Lord_Howe", "Etc/GMT+5", "Europe/Dublin",
         "Europe/Tallinn", "Pacific/Apia", "Pacific/Chatham"]
LATER = ["America/New_York", "Europe/Tallinn", "Asia/Kolkata"]


def clock(time):
    return int((time.replace(tzinfo=None) - EPOCH).total_seconds())


def moment(seconds, zone):
    return datetime.datetime.fromtimestamp(seconds, UTC).astimezone(zone)


def changes(zone, first, last):
    """Moments between which clocks keep their offset, found by halving days that begin and end with different ones."""
    day = 86400
    for begin in range(first, last, day):
        low, high = begin, begin + day
        if moment(low, zone).utcoffset() == moment(high, zone).utcoffset():
            continue
        while high - low > 1:
            middle = (low + high) // 2
            if moment(middle, zone).utcoffset() == moment(low, zone).utcoffset():
                low = middle
            else:
                high = middle
        yield high


def main():
    rng = random.Random(1)
    lines = []
    for name in ZONES:
        zone = zoneinfo.ZoneInfo(name)
        found = list(changes(zone, 31_536_000, 1_640_995_200))
        jumps = {change: abs(clock(moment(change, zone)) - clock(moment(change - 1, zone)) - 1) for change in found}
        picked = rng.sample(found, min(len(found), 6)) + found[-2:] + sorted(found, key=jumps.get)[-1:]
        moments = [change + step for change in picked for step in (-1, 0, 1)]
        moments += [rng.randrange(31_536_000, 1_640_995_200) for _ in range(5)]
        if name in LATER:
            moments += [rng.randrange(2_500_000_000, 7_258_032_000) for _ in range(10)]
        for second in sorted(set(moments)):
            lines.append(f"{name}\tutc\t{second}\t{clock(moment(second, zone))}")
        steps = (-43200, -5400, -1800, -1, 0, 1, 1800, 5400)
        clocks = [clock(moment(change, zone)) + step for change in picked for step in steps]
        clocks += [rng.randrange(31_536_000, 1_640_995_200) for _ in range(5)]
        for second in sorted(set(clocks)):
            utc = (EPOCH + datetime.timedelta(seconds=second)).replace(tzinfo=zone).timestamp()
            lines.append(f"{name}\tlocal\t{int(utc)}\t{second}")
    OUT.write_text("\n".join(lines) + "\n")


main()
