"""--svg and --html: pictures and pages beside the answer or instead of it, whole or not there."""

import json
import os
import pathlib
import unittest
import xml.etree.ElementTree

import harness

SVG = "{http://www.w3.org/2000/svg}"


def texts(svg):
    """What a picture says, and that it is well-formed."""
    return " ".join("".join(element.itertext()) for element in xml.etree.ElementTree.fromstring(svg).iter()
                    if element.tag in (f"{SVG}text", f"{SVG}title", f"{SVG}desc"))


class OfOverlaps(harness.CliTest):
    def setUp(self):
        super().setUp()
        self.inputs = [harness.EXAMPLES / "crm_contacts.csv", harness.EXAMPLES / "marketing_audience.csv"]
        self.path = self.folder / "out.svg"

    def lists(self, count):
        return [self.write(f"s{i}.csv", f"email\na@x.com\np{i}@x.com\n") for i in range(count)]

    def left_over(self):
        return [name for name in os.listdir(self.folder) if name.endswith(".part")]

    def test_beside_the_answer(self):
        plain, _ = self.vesica("overlap", *self.inputs)
        self.path.write_text("old")
        out, err = self.vesica("overlap", "--svg", "out.svg", *self.inputs)
        self.assertEqual((out, err, self.left_over()), (plain, "", []))
        said = texts(self.path.read_text())
        for text in ("crm_contacts", "marketing_audience", "8,000", "In both: 64.", "16.0 %"):
            self.assertIn(text, said)
        found, _ = self.vesica("overlap", "--json", "--quiet", "--svg", "again.svg", *self.inputs)
        self.assertEqual(json.loads(found)["overlap"]["intersection"]["estimate"], 64)
        self.assertEqual((self.folder / "again.svg").read_bytes(), self.path.read_bytes())

    def test_pages(self):
        plain, _ = self.vesica("overlap", *self.inputs)
        out, err = self.vesica("overlap", "--html", "out.html", "--svg", "out.svg", *self.inputs)
        self.assertEqual((out, err, self.left_over()), (plain, "", []))
        page = (self.folder / "out.html").read_text()
        self.assertTrue(page.lower().startswith("<!doctype html>"))
        for text in ("Content-Security-Policy", "crm_contacts", "8,000"):
            self.assertIn(text, page)
        self.assertEqual(self.vesica("overlap", "--html", "-", *self.inputs), (page, ""))
        self.assertIn("<title>Mine</title>", self.vesica("overlap", "--html", "-", "--title", "Mine", *self.inputs)[0])
        self.assertEqual(self.vesica("overlap", "--html", "-", "--svg", "again.svg", *self.inputs)[0], page)
        self.assertEqual((self.folder / "again.svg").read_bytes(), self.path.read_bytes())

    def test_instead_of_the_answer(self):
        self.vesica("overlap", "--svg", self.path, *self.inputs)
        out, err = self.vesica("overlap", "--svg", "-", *self.inputs)
        self.assertEqual((out, err), (self.path.read_text(), ""))
        report, crm = harness.EXAMPLES / "salesforce_report.csv", self.inputs[0]
        _, err = self.vesica("overlap", "--svg", "-", report, crm)
        self.assertIn("salesforce_report: 4 report footer rows left out", err)

    def test_title_and_theme(self):
        out, _ = self.vesica("overlap", "--svg", "-", "--title", "Now & <then>", "--theme", "dark", *self.inputs)
        self.assertIn("Now & <then>", texts(out))
        self.assertNotIn("prefers-color-scheme", out)
        self.assertNotEqual(out, self.vesica("overlap", "--svg", "-", "--title", "Now & <then>", *self.inputs)[0])

    def test_names_are_shown_as_text(self):
        name = '<script>alert("1")</script>'
        out, _ = self.vesica("overlap", "--svg", "-", f"{name}={self.inputs[0]}", self.inputs[1])
        self.assertNotIn("<script", out)
        self.assertIn("<script>", texts(out))

    def test_how_many_sets(self):
        for count in (3, 4, 8):
            out, _ = self.vesica("overlap", "--svg", "-", *self.lists(count))
            self.assertIn("s2", texts(out))
        _, err = self.vesica("overlap", "--svg", self.path, *self.lists(9), code=harness.USAGE)
        self.assertIn("--svg takes 8 inputs at most: of more, only pairs are counted", err)
        images = []
        for i, source in enumerate(self.lists(5)):
            many = self.write(f"m{i}.csv", "email\n" + "".join(f"p{i * k}@x.com\n" for k in range(9000)))
            images.append(self.folder / f"{i}.vsc")
            self.vesica("sketch", many if i == 4 else source, "-o", images[-1])
        _, err = self.vesica("overlap", "--svg", self.path, *images, code=harness.USAGE)
        self.assertIn("--svg takes 4 inputs at most where one is a sketch", err)
        self.vesica("overlap", "--svg", self.path, *images[1:])
        self.assertIn(" to ", texts(self.path.read_text()))

    def test_what_contradicts(self):
        for arguments, said in (
            (("--title", "x"), "--title is for --html and --svg"),
            (("--theme", "dark"), "--theme is for --html and --svg"),
            (("--svg", "-", "--html", "-"), "--html and --svg write to the same place"),
            (("--svg", "x", "--html", "x"), "--html and --svg write to the same place"),
            (("--svg", "x", "--html", "./x"), "--html and --svg write to the same place"),
            (("--svg", "-", "--json"), "--svg - and --json both write to standard output"),
            (("--html", "-", "--json"), "--html - and --json both write to standard output"),
            (("--svg", "x", "--theme", "blue"), "--theme"),
        ):
            _, err = self.vesica("overlap", *arguments, *self.inputs, code=harness.USAGE)
            self.assertIn(said, err)
        self.assertEqual(os.listdir(self.folder), [])

    def test_what_cannot_be_written(self):
        """No answer, and what is there stays."""
        _, err = self.vesica("overlap", "--svg", "nowhere/out.svg", *self.inputs, code=harness.IO)
        self.assertIn('cannot write "nowhere/out.svg"', err)
        (self.folder / "taken").mkdir()
        _, err = self.vesica("overlap", "--svg", "taken", *self.inputs, code=harness.IO)
        self.assertEqual((pathlib.Path(self.folder / "taken").is_dir(), self.left_over()), (True, []))

    def test_what_is_no_file_is_written_to(self):
        """Devices and pipes are not replaced by files, nor links."""
        fifo, link = self.folder / "fifo", self.folder / "link"
        os.mkfifo(fifo)
        reader = os.open(fifo, os.O_RDONLY | os.O_NONBLOCK)
        self.vesica("overlap", "--svg", "fifo", *self.lists(2))
        self.assertTrue(os.read(reader, 100).startswith(b"<svg"))
        os.close(reader)
        self.assertTrue(fifo.is_fifo())
        link.symlink_to(self.path)
        self.path.write_text("old")
        self.vesica("overlap", "--svg", "link", *self.lists(2))
        self.assertTrue(link.is_symlink())
        self.assertTrue(self.path.read_text().startswith("<svg"))
        full = self.folder / "full"
        full.symlink_to("/dev/full")
        _, err = self.vesica("overlap", "--svg", "full", *self.lists(2), code=harness.IO)
        self.assertIn('cannot write "full": No space left on device', err)
        self.assertEqual((full.is_symlink(), full.is_char_device(), self.left_over()), (True, True, []))


class OfStudies(harness.CliTest):
    def setUp(self):
        super().setUp()
        files = [harness.EXAMPLES / f"salesforce_{name}.csv" for name in ("leads", "campaign_members", "opportunities")]
        self.inputs = ["--quiet", "--map", "salesforce", "--by", "country,industry", *files]

    def test_report_beside_the_answer(self):
        plain, _ = self.vesica("study", *self.inputs)
        out, _ = self.vesica("study", "--html", "report.html", "--svg", "circles.svg", *self.inputs)
        self.assertEqual(out, plain)
        page = (self.folder / "report.html").read_text()
        self.assertTrue(page.lower().startswith("<!doctype html>"))
        for figure in ("circles", "segments", "gaps", "reach"):
            self.assertIn(f'id="figure-{figure}"', page)
        self.assertIn("2,000", texts((self.folder / "circles.svg").read_text()))
        found, _ = self.vesica("study", "--format", "json", "--html", "again.html", *self.inputs)
        self.assertEqual(found, self.vesica("study", "--format", "json", *self.inputs)[0])
        self.assertEqual((self.folder / "again.html").read_text(), page)
        self.assertEqual(self.vesica("study", "--html", "-", *self.inputs), (page, ""))

    def test_answer_in_a_folder(self):
        page, _ = self.vesica("study", "--html", "-", "-o", "out", "--format", "csv", *self.inputs)
        self.assertIn("<!doctype html>", page.lower())
        self.assertTrue((self.folder / "out" / "circles.csv").exists())

    def test_figures(self):
        gaps, _ = self.vesica("study", "--svg", "-", "--figure", "gaps", "--title", "Where we are not", *self.inputs)
        self.assertIn("Where we are not", texts(gaps))
        self.assertIn("Energy", texts(gaps))
        _, err = self.vesica("study", "--svg", "x", "--figure", "pie", *self.inputs, code=harness.USAGE)
        self.assertRegex(err, r"--figure takes one of circles, .*gaps")
        _, err = self.vesica("study", "--svg", "x", "--figure", "gaps", "--tables", "circles", *self.inputs, code=harness.USAGE)
        self.assertIn("--figure: the study has no data for gaps", err)

    def test_one_company(self):
        rows = [(company, f"{i}@x.com", event, team) for company in ("Acme & <co>", "Other Inc") for i in range(9)
                for event, team in (("exposed", "brand"), ("contacted", "sales"))]
        events = self.write("events.csv", "company,person,event,team\n" + "".join(",".join(row) + "\n" for row in rows))
        page, _ = self.vesica("study", "--html", "-", "--company", "Acme & <co>", events)
        self.assertIn("Acme &amp; &lt;co&gt;", page)
        self.assertNotIn("Other Inc", page)
        _, err = self.vesica("study", "--html", "x", "--company", "Nobody", events, code=harness.USAGE)
        self.assertIn("--company is none of the study's", err)
        self.assertFalse((self.folder / "x").exists())

    def test_what_contradicts(self):
        for arguments, said in (
            (("--company", "x"), "--company is for --html and --svg"),
            (("--html", "x", "--company", ""), "--company is empty"),
            (("--html", "x", "--figure", "gaps"), "--figure is for --svg"),
            (("--html", "-", "--format", "json"), "--html - and --format json both write to standard output"),
            (("--html", "x", "--save", "y", "--as-of", "2026-01-01"), "not with --html and --svg"),
        ):
            _, err = self.vesica("study", *arguments, *self.inputs, code=harness.USAGE)
            self.assertIn(said, err)
        self.assertEqual(os.listdir(self.folder), [])


if __name__ == "__main__":
    unittest.main()
