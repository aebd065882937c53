"""`vesica overlap`: its figures against Python's own sets, whatever the options."""

import itertools
import json
import pathlib
import random
import re
import subprocess
import sys
import unittest

import harness


def column(keys):
    return "".join(f"{key}\n" for key in keys)


class Examples(harness.CliTest):
    """The exports in examples/data hold what their generator says it planted."""

    def test_every_pair_and_set(self):
        truth = json.loads((harness.EXAMPLES / "truth.json").read_text())
        names = list(truth["sets"])
        found, err = self.answer(*(harness.EXAMPLES / name for name in names))
        for one, name in zip(found["sets"], names):
            for figure, value in truth["sets"][name].items():
                self.assertEqual(one[figure], value, f"{name}: {figure}")
        pairs = {f"{pair['a']}.csv & {pair['b']}.csv": pair["intersection"]["estimate"] for pair in found["pairs"]}
        self.assertEqual(pairs, truth["intersections"])
        self.assertEqual(found["profile"], "email/1")
        self.assertIn("salesforce_report: 4 report footer rows left out", err)
        self.assertIn("linkedin_connections: the header is on row 4", err)

    def test_text_answer(self):
        out, err = self.vesica(
            "overlap", harness.EXAMPLES / "crm_contacts.csv", harness.EXAMPLES / "marketing_audience.csv"
        )
        for text in (
            "64 of the 400 people in crm_contacts are also in marketing_audience: 16.0 %",
            "8,000",
            "20.0 : 1    marketing_audience is the larger; about at 20 : 1",
            "0.77 %",  # Jaccard, 64 of 8,336
            "expected false matches",
        ):
            self.assertIn(text, out)
        self.assertEqual(err, "")
        self.assertNotRegex(out, r"[a-z0-9]@|@[a-z]", "a key is shown")

    def test_generator_writes_what_is_committed(self):
        subprocess.run([sys.executable, harness.EXAMPLES / "generate.py", self.folder], check=True)
        for path in harness.EXAMPLES.glob("*.csv"):
            self.assertEqual(path.read_bytes(), (self.folder / path.name).read_bytes(), path.name)
        self.assertEqual((harness.EXAMPLES / "truth.json").read_bytes(), (self.folder / "truth.json").read_bytes())


class AgainstSets(harness.CliTest):
    """Generated lists."""

    def lists(self, count, size=3000, seed=7):
        rng = random.Random(seed)
        universe = [f"user{i}@d{i % 97}.example" for i in range(size * 2)]
        return [[rng.choice(universe) for _ in range(rng.randrange(size))] for _ in range(count)]

    def write_lists(self, lists):
        return [self.write(f"s{i}.csv", "email\n" + column(keys)) for i, keys in enumerate(lists)]

    def test_two(self):
        lists = self.lists(2)
        a, b = map(set, lists)
        found, _ = self.answer(*self.write_lists(lists))
        overlap = {name: figure["estimate"] for name, figure in found["overlap"].items()}
        both, either = len(a & b), len(a | b)
        self.assertEqual(overlap["intersection"], both)
        self.assertEqual(overlap["union"], either)
        self.assertAlmostEqual(overlap["share_of_a"], both / len(a))
        self.assertAlmostEqual(overlap["share_of_b"], both / len(b))
        self.assertAlmostEqual(overlap["overlap_coefficient"], both / min(len(a), len(b)))
        self.assertAlmostEqual(overlap["jaccard"], both / either)
        self.assertAlmostEqual(overlap["dice"], 2 * both / (len(a) + len(b)))
        self.assertAlmostEqual(overlap["size_ratio"], len(a) / len(b))
        for one, keys in zip(found["sets"], lists):
            self.assertEqual(one["rows"], len(keys))
            self.assertEqual(one["duplicate"], len(keys) - len(set(keys)))

    def test_regions_of_five(self):
        lists = self.lists(5)
        sets = list(map(set, lists))
        found, _ = self.answer(*self.write_lists(lists))
        self.assertEqual(len(found["regions"]), 31)
        for region in found["regions"]:
            members = {int(name[1:]) for name in region["members"]}
            inside = set.intersection(*(sets[i] for i in members))
            outside = set().union(*(sets[i] for i in range(5) if i not in members))
            self.assertEqual(region["count"], len(inside - outside), region["members"])

    def test_pairs_of_ten(self):
        lists = self.lists(10, size=500)
        sets = list(map(set, lists))
        paths = self.write_lists(lists)
        found, _ = self.answer(*paths)
        self.assertNotIn("regions", found)
        expected = [len(sets[i] & sets[j]) for i, j in itertools.combinations(range(10), 2)]
        self.assertEqual([pair["intersection"]["estimate"] for pair in found["pairs"]], expected)
        out, _ = self.vesica("overlap", *paths)
        self.assertIn("s0 & s9", out)
        self.vesica("overlap", "--exact-bytes", *paths, code=harness.USAGE)

    def test_options_do_not_change_counts(self):
        lists = self.lists(3, size=60_000)
        paths = self.write_lists(lists)
        plain, _ = self.vesica("overlap", "--json", *paths)
        for options in (["--threads", "2"], ["--threads", "7"], ["--memory", "1G"]):
            self.assertEqual(self.vesica("overlap", "--json", *options, *paths)[0], plain, options)
        regions = json.loads(plain)["regions"]
        secret = self.write("secret", bytes(range(32)))
        for options in (["--hash-bits", "128"], ["--exact-bytes"], ["--secret-file", secret]):
            for threads in ("1", "2"):
                found, _ = self.answer(*options, "--threads", threads, *paths)
                self.assertEqual(found["regions"], regions, options)

    def test_several_passes(self):
        """A budget that all keys at once do not fit in: the files are read again, and counted once."""
        paths = []
        for name, begin in (("a", 0), ("b", 100_000)):
            rows = "".join(f"{i},u{i}@d.example\n" for i in range(begin, begin + 300_000))
            paths.append(self.write(f"{name}.csv", f"id,email\n{rows}short\n{rows}"))
        plain, _ = self.answer(*paths)
        self.assertEqual(plain["overlap"]["intersection"]["estimate"], 200_000)
        for threads in ("1", "2"):
            _, err = self.vesica("overlap", "--threads", threads, "--memory", "1M", *paths, code=harness.BUDGET)
            least = re.search(r"\(--memory (\d+)M\)", err).group(1)
            found, err = self.answer("--threads", threads, "--memory", f"{least}M", *paths)
            self.assertEqual(found, plain)
            self.assertIn("a: 1 broken row, too few fields: row 300,002\n", err)

    def test_empty_sets_are_undefined(self):
        some, none = self.write("some.csv", "email\na@b.example\n"), self.write("none.csv", "email\n")
        found, _ = self.answer(some, none)
        self.assertIsNone(found["overlap"]["overlap_coefficient"]["estimate"])
        self.assertIsNone(found["overlap"]["share_of_b"]["estimate"])
        self.assertEqual(found["overlap"]["share_of_a"]["estimate"], 0)
        out, _ = self.vesica("overlap", some, none)
        self.assertIn("The overlap is undefined: none holds no valid key.", out)

    def test_raw_words(self):
        american, british = "/usr/share/dict/american-english", "/usr/share/dict/british-english"
        try:
            sets = [set(pathlib.Path(path).read_bytes().split(b"\n")) - {b""} for path in (american, british)]
        except FileNotFoundError:
            self.skipTest("the word lists are not installed")
        counts, both = self.counts("--profile", "raw/1", american, british)
        self.assertEqual(counts, [len(one) for one in sets])
        self.assertEqual(both, len(sets[0] & sets[1]))


class Identity(harness.CliTest):
    """Profiles, digests and levels."""

    def test_plain_and_hashed_columns_meet(self):
        import base64
        import hashlib

        people = [f"p{i}@d.example" for i in range(50)]
        digests = [hashlib.sha256(email.encode()).digest() for email in people[10:]]
        plain = self.write("plain.csv", "email\n" + column(people))
        upper_hex = self.write("hex.csv", "email\n" + column(digest.hex().upper() for digest in digests))
        in_base64 = self.write("b64.csv", "email\n" + column(base64.b64encode(d).decode() for d in digests[:20]))
        profile = ("--profile", "uid2-email/1")
        self.assertEqual(self.counts(*profile, "--hashed", "hex=hex", plain, upper_hex), ([50, 40], 40))
        found = self.counts(*profile, "--hashed", "hex=hex", "--hashed", "b64=base64", upper_hex, in_base64)
        self.assertEqual(found, ([40, 20], 20))
        _, err = self.vesica("overlap", "--hashed", "hex", plain, plain, code=harness.USAGE)
        self.assertIn("email/1 does not compare digests", err)
        self.vesica("overlap", *profile, "--hashed", "md5", plain, plain, code=harness.USAGE)

    def test_account_level(self):
        crm = self.write("crm.csv", "Company,Website\nA,https://www.alder.com/x\nB,basalt.co.uk\nC,\n")
        ads = self.write("ads.csv", "email,company\nx@alder.com,A\ny@mail.basalt.co.uk,B\nz@gmail.com,\n")
        found, _ = self.answer("--level", "account", crm, ads)
        self.assertEqual(found["profile"], "account/1")
        self.assertEqual(found["overlap"]["intersection"]["estimate"], 2)
        self.vesica("overlap", "--level", "account", "--profile", "email/1", crm, ads, code=harness.USAGE)
        self.vesica("overlap", "--level", "person", "--profile", "domain/1", crm, ads, code=harness.USAGE)

    def test_secret_files(self):
        a = self.write("a.csv", "email\na@b.example\n")
        stamps = set()
        for content in (bytes(16), bytes(15) + b"\1", bytes(64)):
            found, _ = self.answer("--secret-file", self.write("secret", content), a, a)
            stamps.add(found["stamp"])
        self.assertEqual(len(stamps), 3)
        self.vesica("overlap", "--secret-file", self.write("short", b"x" * 15), a, a, code=harness.USAGE)
        self.vesica("overlap", "--secret-file", "missing", a, a, code=harness.NO_INPUT)
        self.vesica("overlap", "--secret-file", ".", a, a, code=harness.NO_INPUT)
        _, err = self.vesica("overlap", "--secret-file", self.write("line", b"x" * 20 + b"\n"), a, a)
        self.assertIn("line end, which is part of the secret", err)

    def test_two_files_with_different_secrets(self):
        """One run has one secret; what two runs make differs in its stamp."""
        a = self.write("a.csv", "email\na@b.example\n")
        secrets = [self.write(f"secret{i}", bytes([i]) * 16) for i in range(2)]
        self.vesica("overlap", *(x for s in secrets for x in ("--secret-file", s)), a, a, code=harness.USAGE)
        stamps = [self.answer("--secret-file", secret, a, a)[0]["stamp"] for secret in secrets]
        self.assertNotEqual(*stamps)

    def test_country(self):
        a = self.write("a.csv", "phone\n030 1234567\n+49 30 1234567\n")
        self.vesica("overlap", "--profile", "phone-digits/1", a, a, code=harness.USAGE)
        found, _ = self.answer("--profile", "phone-digits/1", "--country", "DE", a, a)
        self.assertEqual(found["sets"][0]["count"], 1)
        self.vesica("overlap", "--profile", "phone-digits/1", "--country", "QQ", a, a, code=harness.USAGE)


if __name__ == "__main__":
    unittest.main()
