"""`vesica simulate`: made-up events out, which `vesica study` reads back to find what was planted."""

import csv
import hashlib
import io
import json
import os
import signal
import subprocess
import time
import unittest

import harness


class SimulateTest(harness.CliTest):
    SMALL = ("simulate", "--companies", "12", "--people", "300")

    def study(self, *arguments, **options):
        out, _ = self.vesica("study", "--format", "json", "--by", "region,industry,size,title", *arguments, **options)
        return json.loads(out)["tables"]

    def everybody(self, rows, **cells):
        """The only row of all companies with these cells."""
        found = [row for row in rows if row["company"] is None and all(row[name] == value for name, value in cells.items())]
        self.assertEqual(len(found), 1, cells)
        return found[0]

    def check(self, tables, truth):
        realised = truth["realised"]
        circles = self.everybody(tables["circles"], a="marketing", b="sales")
        sizes = realised["circles"]["sizes"]
        self.assertEqual((circles["n_a"], circles["n_b"]), (sizes["marketing"], sizes["sales"]))
        self.assertEqual(circles["n_both"], realised["circles"]["shared"]["marketing,sales"])
        self.assertEqual(
            {row["company"]: (row["n_marketing"], row["n_sales"], row["n_both"]) for row in tables["companies"] if row["company"]},
            {row["company"]: (row["marketing"], row["sales"], row["both"]) for row in realised["companies"]})
        self.assertEqual(
            [row["n_marketing"] for row in tables["trend"] if row["company"] is None],
            [month["marketing"] for month in realised["trend_by_month"]])
        for source, planted in realised["handoff"].items():
            row = self.everybody(tables["handoff"], source=source, all_sources=False)
            self.assertEqual({name: row[name] for name in planted if name in row},
                             {name: value for name, value in planted.items() if name in row})
        for currency, planted in realised["revenue"].items():
            row = self.everybody(tables["revenue"], currency=currency)
            self.assertEqual((row["won"], row["lost"], float(row["won_amount"])),
                             (planted["won"], planted["lost"], planted["won_amount"]))

    def test_a_study_finds_what_was_realised(self):
        out, err = self.vesica(*self.SMALL, "-o", "there/yet")
        self.assertEqual((out, err), ("", ""))
        folder = self.folder / "there" / "yet"
        self.assertEqual({file.name for file in folder.iterdir()}, {"events.csv", "truth.json"})
        truth = json.loads((folder / "truth.json").read_text())
        self.assertIn("Synthetic", truth["note"])
        self.assertEqual(truth["planted"]["circles"]["coverage"], 0.16)
        self.assertEqual(truth["realised"]["rows"], (folder / "events.csv").read_text().count("\n") - 1)
        self.check(self.study(folder / "events.csv"), truth)

    def test_dirt_is_counted(self):
        self.vesica(*self.SMALL, "--dirt", "0.02", "-o", "dirty")
        truth = json.loads((self.folder / "dirty" / "truth.json").read_text())
        tables = self.study(self.folder / "dirty" / "events.csv")
        self.check(tables, truth)
        found = {row["reason"]: row["rows"] for row in tables["quality"] if row["company"] is None and row["table"] is None}
        self.assertLess(0, min(truth["realised"]["dirt"].values()))
        self.assertEqual({reason: found[reason] for reason in truth["realised"]["dirt"]}, truth["realised"]["dirt"])

    def test_piped(self):
        self.vesica(*self.SMALL, "-o", "saved")
        events = (self.folder / "saved" / "events.csv").read_bytes()
        for arguments in ((), ("-o", "-")):
            simulate = subprocess.Popen([harness.PROGRAM, *self.SMALL, *arguments], stdout=subprocess.PIPE)
            study = subprocess.run([harness.PROGRAM, "study", "-", "--format", "json", "--by", "region,industry,size,title"],
                                   stdin=simulate.stdout, stdout=subprocess.PIPE, check=True, timeout=300)
            simulate.stdout.close()
            self.assertEqual(simulate.wait(timeout=300), 0)
            self.check(json.loads(study.stdout)["tables"], json.loads((self.folder / "saved" / "truth.json").read_text()))
        out, _ = self.vesica(*self.SMALL)
        self.assertEqual(out.encode(), events)

    def test_the_same_everywhere(self):
        out, _ = self.vesica("simulate", "--companies", "3", "--people", "100", "--days", "120", "--seed", "7")
        self.assertEqual(hashlib.sha256(out.encode()).hexdigest(), "492809508c126f2f6b38cb69c118e21f3ce16c59a71d070d5321f3265c156eae")
        longer, _ = self.vesica("simulate", "--companies", "4", "--people", "100", "--days", "120", "--seed", "7")
        self.assertTrue(longer.startswith(out))

    def test_clearly_made_up(self):
        out, _ = self.vesica(*self.SMALL)
        for row in csv.DictReader(io.StringIO(out)):
            self.assertTrue(row["company"].startswith("synthetic-"))
            self.assertTrue(row["person"] == "" or row["person"].endswith(".example"))

    def test_refusals(self):
        for arguments in (["--companies", "0"], ["--people", "3"], ["--days", "5"], ["--dirt", "2"], ["--companies", "x"]):
            out, _ = self.vesica("simulate", *arguments, code=harness.USAGE)
            self.assertEqual(out, "")
        _, err = self.vesica(*self.SMALL, "-o", self.write("file", "x"), code=harness.IO)
        self.assertIn("cannot make the folder", err)

    def test_interrupted_it_leaves_nothing(self):
        process = subprocess.Popen([harness.PROGRAM, "simulate", "--companies", "100000", "-o", self.folder / "long"],
                                   stderr=subprocess.PIPE)
        draft = self.folder / "long" / "events.csv.part"
        for _ in range(300):
            if draft.exists() and draft.stat().st_size > 0:
                break
            time.sleep(0.05)
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=60)
        self.assertEqual(process.returncode, harness.INTERRUPTED, err)
        self.assertEqual(os.listdir(self.folder / "long"), [])

    def test_nobody_reads(self):
        process = subprocess.Popen([harness.PROGRAM, "simulate", "--companies", "1000"], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        process.stdout.read(100)
        process.stdout.close()
        self.assertIn(b"nobody reads", process.stderr.read())
        process.stderr.close()
        self.assertEqual(process.wait(timeout=60), harness.IO)


if __name__ == "__main__":
    unittest.main()
