"""`vesica sketch`, `merge` and `inspect`, and saved audiences in `vesica overlap`: against Python's own sets."""

import json
import os
import unittest

import harness


def column(numbers):
    return "email\n" + "".join(f"person{i}@d{i % 37}.example\n" for i in numbers)


class SketchTest(harness.CliTest):
    CRM, MARKETING, BOTH = range(0, 8_000), range(6_720, 66_720), 1_280

    def setUp(self):
        super().setUp()
        self.crm = self.write("crm.csv", column(self.CRM))
        self.marketing = self.write("marketing.csv", column(self.MARKETING))

    def sketch(self, source, name, *arguments):
        path = str(self.folder / name)
        _, err = self.vesica("sketch", source, "-o", path, *arguments)
        self.assertEqual([p.name for p in self.folder.glob("*.part")], [])
        self.assertNotIn("@", err)
        return path

    def inspect(self, path):
        out, _ = self.vesica("inspect", "--json", path)
        return json.loads(out)[0]

    def near(self, figure, truth):
        """The truth is within twice the interval: how often it is within is tested elsewhere."""
        low, high = figure["lower"], figure["upper"]
        value = figure.get("estimate", figure.get("count"))
        self.assertLessEqual(low, value)
        self.assertLessEqual(value, high)
        self.assertLess(low, high)
        self.assertLessEqual(low - (high - low) / 2, truth)
        self.assertLessEqual(truth, high + (high - low) / 2)


class Sketches(SketchTest):
    def test_kinds_and_sizes(self):
        for kind, size in (("minhash", "4K"), ("minhash", "16384"), ("hyperloglog", "8K")):
            info = self.inspect(self.sketch(self.marketing, f"{kind}{size}.vsc", "--kind", kind, "--bytes", size))
            self.assertEqual(info["kind"], kind)
            self.near(info, len(self.MARKETING))
            self.assertEqual(info["profile"], "email/1")
        exact = self.inspect(self.sketch(self.marketing, "exact.vsc", "--kind", "exact"))
        self.assertEqual((exact["kind"], exact["count"], exact["lower"]), ("exact", 60_000, 60_000))
        small = self.inspect(self.sketch(self.write("few.csv", column(range(50))), "few.vsc"))
        self.assertEqual((small["kind"], small["count"]), ("exact", 50), "few keys stay exact")

    def test_images_stay_below_their_size(self):
        for size in (1024, 5000, 16384):
            path = self.sketch(self.marketing, "sized.vsc", "--bytes", str(size))
            self.assertLessEqual(os.path.getsize(path), size)

    def test_exact_count_travels(self):
        info = self.inspect(self.sketch(self.marketing, "counted.vsc", "--exact-count"))
        self.assertEqual((info["exact_count"], info["count"], info["lower"]), (60_000, 60_000, 60_000))

    def test_order_and_duplicates_do_not_matter(self):
        first = self.sketch(self.marketing, "first.vsc")
        shuffled = self.write("shuffled.csv", column(list(self.MARKETING)[::-1] + list(self.MARKETING)[:100]))
        again = self.sketch(shuffled, "again.vsc", "--threads", "2")
        with open(first, "rb") as a, open(again, "rb") as b:
            self.assertEqual(a.read(), b.read())

    def test_merge_is_the_sketch_of_all(self):
        parts = [
            self.sketch(self.write(f"part{i}.csv", column(self.MARKETING[i * 14_000 : i * 14_000 + 20_000])), f"{i}.vsc")
            for i in range(4)
        ]
        whole = self.sketch(self.marketing, "whole.vsc")
        merged = str(self.folder / "merged.vsc")
        self.vesica("merge", *parts, "-o", merged)
        rest = self.sketch(self.write("rest.csv", column(self.MARKETING[60_000 - 5_000 :])), "rest.vsc", "--kind", "exact")
        self.vesica("merge", merged, rest, "-o", merged)
        with open(whole, "rb") as a, open(merged, "rb") as b:
            self.assertEqual(a.read(), b.read())

    def test_small_exact_images_merge_to_a_sketch(self):
        parts = [self.sketch(self.write(f"{i}.csv", column(range(i * 1500, i * 1500 + 1500))), f"{i}.vsc") for i in (0, 1)]
        self.assertEqual(self.inspect(parts[0])["kind"], "exact")
        merged, whole = str(self.folder / "m.vsc"), self.sketch(self.write("all.csv", column(range(3000))), "all.vsc")
        self.vesica("merge", *parts, "-o", merged)
        with open(whole, "rb") as a, open(merged, "rb") as b:
            self.assertEqual(a.read(), b.read())
        self.vesica("merge", *parts, "-o", merged, "--kind", "exact")
        self.assertEqual(self.inspect(merged)["count"], 3000)

    def test_sketch_of_an_image(self):
        large = self.sketch(self.marketing, "large.vsc", "--bytes", "64K")
        small = self.sketch(large, "small.vsc", "--bytes", "4K")
        self.assertLessEqual(os.path.getsize(small), 4096)
        self.near(self.inspect(small), len(self.MARKETING))

    def test_standard_output(self):
        path = self.sketch(self.crm, "file.vsc")
        import subprocess

        done = subprocess.run([harness.PROGRAM, "sketch", self.crm, "-o", "-", "--quiet"], capture_output=True, check=True)
        with open(path, "rb") as file:
            self.assertEqual(done.stdout, file.read())


class Overlaps(SketchTest):
    def test_every_mix(self):
        made = {}
        for kind in ("minhash", "hyperloglog", "exact"):
            made["crm", kind] = self.sketch(self.crm, f"crm-{kind}.vsc", "--kind", kind)
            made["marketing", kind] = self.sketch(self.marketing, f"marketing-{kind}.vsc", "--kind", kind)
        made["crm", "list"], made["marketing", "list"] = self.crm, self.marketing
        for first in ("minhash", "hyperloglog", "exact", "list"):
            for second in ("minhash", "hyperloglog", "exact", "list"):
                if {first, second} == {"minhash", "hyperloglog"}:
                    continue
                with self.subTest(first=first, second=second):
                    found, _ = self.answer(made["crm", first], made["marketing", second])
                    overlap = found["overlap"]
                    kinds = {first, second} - {"exact", "list"}
                    if not kinds:
                        self.assertEqual(overlap["intersection"], {"estimate": 1280, "lower": 1280, "upper": 1280})
                        self.assertEqual(found["method"], "exact-64")
                        continue
                    self.assertEqual(found["method"], kinds.pop())
                    self.near(overlap["intersection"], self.BOTH)
                    self.near(overlap["share_of_a"], self.BOTH / len(self.CRM))
                    self.near(found["regions"][2], self.BOTH)
                    self.assertGreater(overlap["design_error"], 0)
                    self.assertFalse(overlap["below_resolution"])

    def test_text(self):
        out, _ = self.vesica("overlap", self.sketch(self.crm, "c.vsc"), self.marketing)
        self.assertRegex(out, r"in both +1,\d\d\d \(1,\d\d\d to 1,\d\d\d\)")
        self.assertIn("Estimated (minhash) under email/1; in parentheses the 95 % intervals", out)
        self.assertIn("image", out)

    def test_several_sketches(self):
        paths = [
            self.sketch(self.write(f"l{i}.csv", column(range(i * 3000, i * 3000 + 9000))), f"l{i}.vsc") for i in range(5)
        ]
        found, _ = self.answer(*paths[:3])
        self.assertEqual((len(found["regions"]), len(found["pairs"])), (7, 3))
        self.near(found["regions"][6], 3000)
        found, _ = self.answer(*paths)
        self.assertEqual((len(found["pairs"]), "regions" in found), (10, False))

    def test_lists_take_the_profile_of_the_image(self):
        domains = self.write("d.csv", "website\n" + "".join(f"https://www.d{i}.example.com/x\n" for i in range(40)))
        more = self.write("e.csv", "website\n" + "".join(f"d{i}.example.com\n" for i in range(30, 60)))
        image = self.sketch(domains, "d.vsc", "--profile", "domain/1", "--kind", "exact", "--hash-bits", "128")
        found, _ = self.answer(image, more)
        self.assertEqual((found["profile"], found["method"]), ("domain/1", "exact-128"))


class Plans(harness.CliTest):
    def test_bytes_for_an_error_and_back(self):
        out, _ = self.vesica("plan", "--sizes", "50k,1M", "--overlap", "0.16", "--error", "0.16", "--json")
        plans = {plan["kind"]: plan for plan in json.loads(out)}
        self.assertTrue(all(plan["reaches_error"] for plan in plans.values()))
        self.assertTrue(plans["minhash"]["smallest"])
        self.assertTrue(8192 < plans["minhash"]["sketch_bytes"] < 32768)
        size = str(plans["minhash"]["sketch_bytes"])
        out, _ = self.vesica("plan", "--sizes", "50000,1e6", "--bytes", size, "--json")
        self.assertEqual(json.loads(out)["minhash"], plans["minhash"]["half_width"])

    def test_text(self):
        out, _ = self.vesica("plan", "--sizes", "50k,1M")
        self.assertIn("An overlap of 8,000 keys (16.0 % of 50,000) to within 20.0 %", out)
        self.assertIn("Fewest bytes: minhash", out)

    def test_wrong_words(self):
        for words in (["--sizes", "50k"], ["--sizes", "a,b"], ["--sizes", "1k,1k", "--overlap", "2"], []):
            self.vesica("plan", *words, code=harness.USAGE)

    def test_sizes_that_one_kind_does_not_have(self):
        out, _ = self.vesica("plan", "--sizes", "1M,2M", "--overlap", "16%", "--bytes", "2M", "--json")
        plan = json.loads(out)
        self.assertIsNone(plan["hyperloglog"])
        self.assertGreater(plan["minhash"], 0)
        self.vesica("plan", "--sizes", "1M,2M", "--bytes", "8", code=harness.USAGE)


class Refusals(SketchTest):
    def test_what_cannot_meet(self):
        one = self.sketch(self.crm, "one.vsc")
        other = self.sketch(self.crm, "other.vsc", "--kind", "hyperloglog")
        _, err = self.vesica("overlap", one, other, code=harness.UNAVAILABLE)
        self.assertIn("other: a MinHash and a HyperLogLog cannot be compared", err)
        _, err = self.vesica("merge", one, other, "-o", self.folder / "x.vsc", code=harness.UNAVAILABLE)
        self.assertIn("other.vsc", err)
        self.assertFalse((self.folder / "x.vsc").exists())
        secret = self.write("secret", b"0123456789abcdef0123456789abcdef")
        keyed = self.sketch(self.crm, "keyed.vsc", "--secret-file", secret)
        _, err = self.vesica("overlap", one, keyed, code=harness.DATA)
        self.assertIn("keyed", err)

    def test_damaged_images(self):
        good = self.sketch(self.crm, "good.vsc")
        with open(good, "rb") as file:
            image = file.read()
        for name, content in (
            ("cut", image[:-1]),
            ("longer", image + b"\0"),
            ("flipped", image[:200] + bytes([image[200] ^ 1]) + image[201:]),
            ("start", image[:9]),
        ):
            path = self.write(f"{name}.vsc", content)
            _, err = self.vesica("inspect", path, code=harness.DATA)
            self.assertIn(f"{name}.vsc", err)
            self.vesica("overlap", path, self.crm, code=harness.DATA)
        newer = bytearray(image)
        newer[8] = 99  # the format's version
        _, err = self.vesica("inspect", self.write("newer.vsc", bytes(newer)), code=harness.DATA)
        self.assertIn("newer", err)

    def test_images_are_never_read_as_lists(self):
        image = self.sketch(self.crm, "image.vsc")
        with open(image, "rb") as file:
            content = file.read()
        for command in (["overlap", "-", self.crm], ["sketch", "-", "-o", "x.vsc"]):
            _, err = self.vesica(*command, stdin=content, code=harness.DATA)
            self.assertIn("is an image", err)
        damaged = self.write("damaged.vsc", content.replace(b"\r\n", b"\n"))
        self.vesica("overlap", damaged, self.crm, code=harness.DATA)
        self.vesica("sketch", f"crm={image}", "-o", self.folder / "small.vsc", "--bytes", "4K")
        self.vesica("merge", "-", image, "-o", self.folder / "twice.vsc", stdin=content)
        with open(self.folder / "twice.vsc", "rb") as file:
            self.assertEqual(file.read(), content)

    def test_options_that_an_image_contradicts(self):
        image = self.sketch(self.crm, "image.vsc")
        for words in (["--profile", "raw/1"], ["--hash-bits", "128"], ["--level", "account"]):
            self.vesica("overlap", *words, image, self.crm, code=harness.USAGE)
            self.vesica("sketch", *words, image, "-o", self.folder / "x.vsc", code=harness.USAGE)
        self.vesica("overlap", "--profile", "email/1", "--hash-bits", "64", image, self.crm)
        self.vesica("sketch", image, "-o", self.folder / "x.vsc", "--exact-count", code=harness.USAGE)

    def test_wrong_words(self):
        self.vesica("sketch", self.crm, code=harness.USAGE)
        self.vesica("sketch", self.crm, "-o", "x", "--bytes", "12", code=harness.USAGE)
        self.vesica("sketch", self.crm, "-o", "x", "--bytes", "many", code=harness.USAGE)
        self.vesica("sketch", self.crm, "-o", "x", "--plain", code=harness.USAGE)
        self.vesica("sketch", self.crm, "-o", self.folder / "none" / "x.vsc", code=harness.IO)
        self.vesica("inspect", self.folder / "none.vsc", code=harness.NO_INPUT)
        self.vesica("inspect", self.folder, code=harness.NO_INPUT)
        self.vesica("inspect", self.crm, code=harness.DATA)
        self.vesica("overlap", "--exact-bytes", self.sketch(self.crm, "c.vsc"), self.crm, code=harness.USAGE)


if __name__ == "__main__":
    unittest.main()
