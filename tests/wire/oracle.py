"""Reads the golden images with a decoder that shares no code with the library, and compares them with their listing."""

import pathlib
import sys
import unittest

import golden_sets
import vesica_image as vi

GOLDEN = pathlib.Path(__file__).resolve().parent.parent / "golden" / "wire" / "v1"


class GoldenTest(unittest.TestCase):
    def test_images_hold_what_the_listing_says(self):
        rows = golden_sets.read_rows(GOLDEN / "images.tsv")
        self.assertGreater(len(rows), 25)
        for row in rows:
            with self.subTest(row["name"]):
                data = (GOLDEN / f"{row['name']}.vsc").read_bytes()
                fields, profile, content = vi.decode(data)
                expected, threshold = golden_sets.content_of(row)
                self.assertEqual(expected, content)
                self.assertEqual(threshold, fields["threshold"])
                self.assertEqual(row["profile"], profile)
                self.assertEqual(len(golden_sets.hashes_of(row)) if row["exact_count"] == "1" else 0, fields["exact_count"])
                self.assertEqual(data, golden_sets.image_of(row))

    def test_hostile_images_are_refused(self):
        rows = golden_sets.read_rows(GOLDEN / "hostile.tsv")
        self.assertGreater(len(rows), 70)
        for row in rows:
            with self.subTest(row["name"]):
                error = {"CORRUPT": vi.Corrupt, "TOO_NEW": vi.TooNew}[row["error"]]
                with self.assertRaises(error):
                    vi.decode((GOLDEN / "hostile" / f"{row['name']}.vsc").read_bytes())

    def test_no_file_is_unlisted(self):
        for folder, listing in ((GOLDEN, "images.tsv"), (GOLDEN / "hostile", "hostile.tsv")):
            listed = {row["name"] for row in golden_sets.read_rows(GOLDEN / listing)}
            self.assertEqual(listed, {path.stem for path in folder.glob("*.vsc")})


if __name__ == "__main__":
    try:
        vi.xxh3(b"")
    except OSError:
        sys.exit(77)  # no libxxhash here: skipped
    unittest.main()
