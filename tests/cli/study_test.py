"""`vesica study`: files of events and exports in, tables out."""

import base64
import csv
import hashlib
import io
import json
import pathlib
import random
import re
import unittest

import harness

PRESETS = pathlib.Path(__file__).resolve().parent.parent.parent / "bindings" / "cli" / "presets"


class StudyTest(harness.CliTest):
    def study(self, *arguments, **options):
        """The JSON answer of `vesica study`, and the remarks."""
        out, err = self.vesica("study", "--format", "json", *arguments, **options)
        return json.loads(out), err

    def circles(self, *arguments, pair=("marketing", "sales")):
        """Sizes of two circles of all companies, and of what is in both."""
        found, _ = self.study("--tables", "circles", *arguments)
        rows = [row for row in found["tables"]["circles"] if row["company"] is None and (row["a"], row["b"]) == pair]
        return (rows[0]["n_a"], rows[0]["n_b"], rows[0]["n_both"]) if rows else None

    def events(self, rows, name="events.csv", **format):
        """Writes rows, dicts of columns, and returns the path."""
        text = io.StringIO()
        writer = csv.DictWriter(text, list(dict.fromkeys(key for row in rows for key in row)), restval="", **format)
        writer.writeheader()
        writer.writerows(rows)
        return self.write(name, text.getvalue())


class Sketches(StudyTest):
    """Circles as sketches: of events, and of images that were saved elsewhere."""

    def setUp(self):
        super().setUp()
        self.reached = self.write("reached.csv", "email\n" + "".join(f"p{i}@x.com\n" for i in range(30_000)))
        self.contacted = self.write("contacted.csv", "email\n" + "".join(f"p{i}@x.com\n" for i in range(29_750, 30_750)))

    def image(self, source, name):
        path = str(self.folder / name)
        self.vesica("sketch", source, "-o", path)
        return path

    def test_images(self):
        brand, sales = self.image(self.reached, "a,b.vsc"), self.image(self.contacted, "sales.vsc")
        arguments = ("--audience", f"circle=brand,company=Acme,file={brand}",
                     "--audience", f"circle=sales,company=Acme,region=EU,file={sales}", "--by", "region")
        found, _ = self.study(*arguments)
        self.assertEqual(list(found["tables"]), ["circles", "segments", "companies", "quality"])
        row = found["tables"]["companies"][0]
        self.assertEqual((row["company"], row["n_sales"], row["method"]), ("Acme", 1000, "minhash"))
        self.assertLessEqual(row["coverage_lower"], 0.25)
        self.assertGreaterEqual(row["coverage_upper"], 0.25)
        self.assertEqual(found["settings"]["sketch_bytes"], "16384")
        text, _ = self.vesica("study", *arguments)
        self.assertRegex(text, r"^Marketing reaches \d+ of the 1,000 people sales talks to: [\d.]+ % \([\d.]+ % to [\d.]+ %\)\n")
        self.assertIn("Segments", text)

    def test_events(self):
        rows = [{"person": f"p{i}@x.com", "event": "exposed", "team": "brand"} for i in range(50)]
        rows += [{"person": f"p{i}@x.com", "event": "contacted", "team": "sales"} for i in range(40, 60)]
        path = self.events(rows)
        found, _ = self.study(path, "--set", "sketch_bytes=4096")
        first = found["tables"]["circles"][0]
        self.assertEqual([first[name] for name in ("n_a", "n_b", "n_both", "share_of_b_upper")], [50, 20, 10, 0.5])
        both, _ = self.study(path, "--audience", "circle=demand,file=" + self.image(self.contacted, "more.vsc"))
        self.assertEqual(both["tables"]["circles"][0]["n_a"], 1050)

    def test_what_is_wrong(self):
        image = self.image(self.contacted, "sales.vsc")
        for audience, said, code in (
            ("circle=sales", "needs a circle and, last, a file", harness.USAGE),
            ("file=" + image, "needs a circle", harness.USAGE),
            ("sales", "NAME=VALUE", harness.USAGE),
            ("circle=finance,file=" + image, "there is no circle 'finance'", harness.USAGE),
            ("circle=sales,size=1,file=" + image, "there is no dimension 'size'", harness.USAGE),
            ("circle=sales,file=nowhere.vsc", "nowhere.vsc", harness.NO_INPUT),
        ):
            _, err = self.vesica("study", "--audience", audience, code=code)
            self.assertIn(said, err)
        _, err = self.vesica("study", code=harness.USAGE)
        self.assertIn("FILE is required", err)
        _, err = self.vesica("study", "--audience", "circle=sales,file=" + image, "--tables", "gaps",
                             code=harness.UNAVAILABLE)
        self.assertIn("'gaps' needs events", err)


class Examples(StudyTest):
    """The exports in examples/data hold what their generator planted."""

    def setUp(self):
        super().setUp()
        self.truth = json.loads((harness.EXAMPLES / "truth.json").read_text())["study"]
        self.files = [harness.EXAMPLES / f"salesforce_{name}.csv" for name in ("leads", "campaign_members", "opportunities")]

    def test_planted_figures(self):
        found, err = self.study("--map", "salesforce", "--by", "country,industry", *self.files)
        circles = found["tables"]["circles"][0]
        for name, figure in (("n_marketing", "n_a"), ("n_sales", "n_b"), ("n_both", "n_both")):
            self.assertEqual(circles[figure], self.truth[name], name)
        self.assertEqual(found["tables"]["revenue"][0]["won"], self.truth["won"])
        self.assertEqual(found["settings"]["by"], "country,industry")
        self.assertEqual(found["warnings"], [])
        self.assertIn("salesforce_leads.csv is read as salesforce leads", err)
        self.assertIn('without "Country", "Industry"', err)
        both, _ = self.study("--map", "salesforce", "--by", "country,industry", "--set", "by_pairs=country:industry",
                             "--tables", "segments", *self.files)
        pair = [row for row in both["tables"]["segments"] if (row["value"], row["value_2"], row["a"]) == ("Estonia", "Pharma", "marketing")]
        self.assertEqual((pair[0]["n_a"], pair[0]["n_b"]), (0, self.truth["missed_in_estonian_pharma"]))

    def test_the_headline_comes_first(self):
        out, _ = self.vesica("study", "--map", "salesforce", "--quiet", *self.files)
        self.assertTrue(out.startswith("Marketing reaches 40 of the 250 people sales talks to: 16.0 %\n"), out[:200])
        self.assertIn("2,000", out)
        self.assertNotRegex(out, r"[a-z0-9]@|@[a-z]", "a key is shown")

    def test_several_presets_at_once(self):
        names = ("crm_contacts.csv", "linkedin_connections.csv", "marketing_audience.csv")
        files = [harness.EXAMPLES / name for name in names]
        arguments = ("--map", "salesforce", "--map", "hubspot", "--map", "linkedin", "--zone", "UTC", *files)
        _, err = self.study(*arguments)
        for kind in ("hubspot contacts", "linkedin connections", "linkedin contact list"):
            self.assertIn(f"is read as {kind}", err)
        sales = set()
        for name, column, wanted in (("crm_contacts.csv", "Email", "Connected"), ("linkedin_connections.csv", "Email Address", None)):
            text = (harness.EXAMPLES / name).read_text(encoding="utf-8-sig")
            text = text[text.index("First Name,Last Name,URL") :] if wanted is None else text
            for row in csv.DictReader(io.StringIO(text)):
                key = row[column].strip().lower()
                if re.fullmatch(r"[^@ ]+@[^@]+\.[^@]+", key) and row.get("Lead Status") == wanted:
                    sales.add(key)
        self.assertEqual(self.circles(*arguments), (0, len(sales), 0))


class Events(StudyTest):
    """Files that are tables of events already."""

    def rows(self, count=4000, seed=5):
        pick = random.Random(seed)
        for _ in range(count):
            event = pick.choice(("exposed", "exposed", "contacted", "engaged"))
            yield {
                "Notes": 'met, "soon"\nagain' if pick.random() < 0.1 else "",
                "Person": f"p{pick.randrange(700)}@{pick.choice(('x', 'y'))}.com",
                "event": event,
                "team": "sales" if event == "contacted" else pick.choice(("brand", "demand", "marketing")),
                "Region": pick.choice(("EMEA", "APAC", "")),
                "time": f"2024-0{pick.randrange(1, 9)}-11",
            }

    def expected(self, rows):
        marketing = {row["Person"] for row in rows if row["event"] == "exposed"}
        sales = {row["Person"] for row in rows if row["event"] == "contacted"}
        return len(marketing), len(sales), len(marketing & sales)

    def test_against_sets_however_written(self):
        rows = list(self.rows())
        expected = self.expected(rows)
        for format in ({}, {"delimiter": ";"}, {"lineterminator": "\n"}, {"quoting": csv.QUOTE_ALL}, {"delimiter": "\t"}):
            self.assertEqual(self.circles(self.events(rows, **format)), expected, format)
        half = len(rows) // 2
        parts = self.events(rows[:half], "one.csv"), self.events(list(reversed(rows[half:])), "two.csv")
        self.assertEqual(self.circles(*parts), expected)

    def test_answers_do_not_depend_on_threads_files_or_memory(self):
        rows = list(self.rows())
        whole = self.events(rows)
        parts = self.events(rows[2000:], "one.csv"), self.events(rows[:2000], "two.csv")
        first, _ = self.vesica("study", "--format", "json", "--by", "region", whole)
        for arguments in (["--threads", "3", whole], parts, ["--memory", "64M", "--spill", self.folder, *parts]):
            self.assertEqual(self.vesica("study", "--format", "json", "--by", "region", *arguments)[0], first)

    def test_no_other_column_is_read(self):
        rows = list(self.rows(50))
        plain, _ = self.vesica("study", "--format", "json", self.events(rows))
        for row in rows:
            row["Full Name"] = "SecretName"
        out, _ = self.vesica("study", "--format", "json", self.events(rows))
        self.assertEqual(out, plain)
        self.assertNotIn("SecretName", out)

    def test_hashed_persons(self):
        rows = list(self.rows(300))
        profile = ("--profile", "uid2-email/1")
        plain = self.circles(self.events(rows), *profile)
        for encoding in ("hex", "base64"):
            for row in rows:
                digest = hashlib.sha256(row["Person"].encode()).digest()
                row[encoding] = base64.b64encode(digest).decode() if encoding == "base64" else digest.hex()
            hashed = [dict(row, Person=row[encoding]) for row in rows]
            self.assertEqual(self.circles(self.events(hashed), *profile, "--hashed", encoding), plain)
        self.vesica("study", self.events(rows), "--hashed", "hex", code=harness.USAGE)
        self.vesica("study", self.events(rows), *profile, "--hashed", "md5", code=harness.USAGE)

    def test_standard_input(self):
        self.assertIn('"n_a":1', self.vesica("study", "-", "--format", "json", stdin=b"person,event,team\na@x.com,exposed,brand\n")[0])

    def test_problems_name_file_and_row_and_no_key(self):
        path = self.write("e.csv", 'person,event,team,time\na@x.com,exposed,brand,2024-03-01\n\n,exposed,brand,\n'
                                   'b@x.com,"contacted",sales,2024-03-02 10:00\nkey,exposed,brand,\n"c@x.com,exposed\n')
        _, err = self.vesica("study", path)
        self.assertIn(f"1 event has no person; left out; the first is row 4 of", err)
        self.assertIn("say --zone UTC, or --zone Europe/Tallinn; the first is row 5", err)
        self.assertIn("1 event has a person that is no key under the profile; left out; the first is row 6", err)
        self.assertIn("1 rows left out: a quote that is not closed; the first is row 7", err)
        self.assertNotIn("@x", err)
        self.assertNotIn("zone", self.vesica("study", path, "--zone", "UTC")[1])

    def test_company_attributes_and_comparison(self):
        rows = [{"company": company, "Company_Region": "Nordics", "person": f"{person}@x.com", "event": "contacted", "team": "sales"}
                for company, person in (("A", "a"), ("A", "b"), ("B", "a"))]  # fmt: skip
        found, _ = self.study(self.events(rows), "--tables", "companies,benchmark")
        self.assertEqual([row["n_sales"] for row in found["tables"]["companies"]], [2, 1])
        self.assertIn("company_region", {row["group"] for row in found["tables"]["benchmark"]})


class Partials(StudyTest):
    """A study over several machines, each with some of the people."""

    OPTIONS = ("--by", "region", "--as-of", "2026-06-30", "--set", "stages=MQL,SQL")

    def setUp(self):
        super().setUp()
        random.seed(3)
        self.path = self.events([{
            "person": f"p{random.randrange(150)}@acct{random.randrange(9)}.com",
            "event": event, "team": random.choice(["brand", "demand", "sales"]), "region": random.choice("NESW"),
            "time": f"2026-0{random.randrange(1, 7)}-11", "stage": random.choice(["MQL", "SQL"]) if event == "stage" else "",
        } for event in random.choices(["exposed", "contacted", "responded", "stage", "nothing"], k=900)])

    def saved(self, slice):
        path = str(pathlib.Path(self.folder) / (slice.replace("/", "-of-") + ".vsp"))
        out, _ = self.vesica("study", "--slice", slice, "--save", path, *self.OPTIONS, self.path)
        self.assertEqual(out, "")
        return path

    def test_add_up_to_one_study(self):
        whole, _ = self.study(*self.OPTIONS, self.path)
        halves = [self.saved("1/2"), self.saved("2/2")]
        added, _ = self.study(*self.OPTIONS, "--load", halves[1], "--load", halves[0])
        self.assertEqual(added, whole)
        # One half may be read again from its events.
        mixed, _ = self.study(*self.OPTIONS, "--slice", "1/2", "--load", halves[1], self.path)
        self.assertEqual(mixed["tables"], whole["tables"])
        half, _ = self.study(*self.OPTIONS, "--load", halves[0])
        self.assertIn("50.00 % of all people", half["warnings"][0])

    def test_what_does_not_add_up(self):
        half = self.saved("1/2")
        for code, said, arguments in (
            (harness.USAGE, "the option by", ["--as-of", "2026-06-30"]),
            (harness.USAGE, "overlap", [*self.OPTIONS, "--load", half]),
            (harness.USAGE, "overlap", [*self.OPTIONS, self.path]),
            (harness.DATA, "no partial", [*self.OPTIONS, "--load", self.path]),
            (harness.DATA, "profile", [*self.OPTIONS, "--profile", "raw/1"]),
            (harness.NO_INPUT, "cannot read", [*self.OPTIONS, "--load", "none.vsp"]),
        ):
            _, err = self.vesica("study", "--load", half, *arguments, code=code)
            self.assertIn(said, err)
        _, err = self.vesica("study", "--save", "-", self.path, code=harness.USAGE)
        self.assertIn("as_of must be given", err)


class Output(StudyTest):
    ROWS = [
        {"person": "a@x.com", "event": "exposed", "team": "brand", "region": "=1+1"},
        {"person": "b@x.com", "event": "contacted", "team": "sales", "region": "-x"},
    ]

    def test_csv_is_inert(self):
        path = self.events(self.ROWS)
        out, _ = self.vesica("study", path, "--by", "region", "--tables", "segments", "--format", "csv")
        values = [row["value"] for row in csv.DictReader(io.StringIO(out))]
        self.assertEqual(sorted(set(values)), ["'-x", "'=1+1"])
        self.assertEqual(self.study(path, "--by", "region", "--tables", "segments")[0]["tables"]["segments"][0]["value"], "-x")

    def test_a_folder_of_files(self):
        path = self.events(self.ROWS)
        out, _ = self.vesica("study", path, "-o", "there/yet", "--format", "csv")
        self.assertEqual(out, "")
        names = {file.name for file in (self.folder / "there" / "yet").iterdir()}
        self.assertLessEqual({"circles.csv", "quality.csv", "settings.csv", "warnings.csv"}, names)
        self.vesica("study", path, "-o", "there", "--format", "json")
        self.assertEqual(json.loads((self.folder / "there" / "study.json").read_text()), self.study(path)[0])
        self.vesica("study", path, "-o", "there")
        self.assertTrue((self.folder / "there" / "study.txt").read_text().startswith("Marketing reaches 0 of the 1 people"))

    def test_small_cells_are_hidden(self):
        out, _ = self.vesica("study", self.events(self.ROWS), "--min-cell", "5", "--tables", "circles")
        self.assertTrue(out.startswith("The headline is hidden by --min-cell."), out)
        self.assertIn("hidden", out.split("\n", 2)[2])

    def test_options_reach_the_study(self):
        found, _ = self.study(self.events(self.ROWS), "--set", "sla=4h", "--as-of", "2024-02-03", "--min-cell", "2", "--zone", "+02:00",
                              "--tables", "circles")
        settings = found["settings"]
        self.assertEqual((settings["sla"], settings["min_cell"], settings["zone"]), ("4h", "2", "+02:00"))
        self.assertEqual(settings["as_of"], "2024-02-03T23:59:59.999999Z")


class Mappings(StudyTest):
    def test_every_preset_is_documented(self):
        page = (PRESETS.parent.parent.parent / "docs" / "mapping.md").read_text()
        for path in PRESETS.glob("*.json"):
            for export in json.loads(path.read_text())["exports"]:
                section = page.split(f"### {export['name']}\n", 1)[-1].split("\n### ", 1)[0]
                for names in export["columns"].values():
                    for name in names:
                        self.assertIn(f"`{name}`", section, f"{path.name}: {export['name']}")

    def test_hubspot(self):
        rows = [
            {"Email": "a@x.com", "Lifecycle Stage": "Customer", "Lead Status": "Connected", "Create Date": "2024-01-05 09:14",
             "Became a Marketing Qualified Lead Date": "2024-02-01 08:00", "Last Contacted": "2024-03-01 10:00",
             "Last marketing email send date": "2024-01-20 10:00"},
            {"Email": "b@x.com", "Lifecycle Stage": "Lead", "Lead Status": "In Progress", "Create Date": "2024-01-06 09:14"},
            {"Email": "c@x.com", "Lifecycle Stage": "Lead", "Lead Status": "New", "Create Date": "2024-01-06 09:14",
             "Last marketing email send date": "2024-01-20 10:00"},
        ]  # fmt: skip
        arguments = ("--map", "hubspot", "--zone", "UTC", self.events(rows))
        self.assertEqual(self.circles(*arguments), (2, 2, 1))
        funnel = self.study(*arguments, "--tables", "funnel")[0]["tables"]["funnel"]
        entered = {row["stage"].lower(): row["entered"] for row in funnel if row["cohort"] is None}
        self.assertEqual((entered["lead"], entered["mql"]), (3, 1))

    def test_marketo(self):
        members = [
            {"email": "a@x.com", "programId": "1", "membershipDate": "2024-01-05T00:00:00Z", "reachedSuccess": "true",
             "reachedSuccessDate": "2024-01-06T00:00:00Z"},
            {"email": "b@x.com", "programId": "1", "membershipDate": "2024-01-05T00:00:00Z", "reachedSuccess": "false"},
        ]  # fmt: skip
        leads = [{"id": "1", "email": "a@x.com", "createdAt": "2024-01-07T00:00:00Z", "leadStatus": "New"}]
        arguments = ("--map", "marketo", self.events(members, "members.csv"), self.events(leads, "leads.csv"))
        found, err = self.study(*arguments)
        self.assertEqual(self.circles(*arguments), (2, 0, 0))
        self.assertEqual([row["entered"] for row in found["tables"]["funnel"] if row["stage"] == "Lead" and row["cohort"] is None], [1])
        self.assertIn("leads.csv is read as marketo leads", err)

    def test_salesforce_report_with_footer(self):
        path = self.write("report.csv", '"Email","Lead Status","Create Date","Last Activity"\n"a@x.com","Working","2024-01-05","2024-02-01"\n'
                                        '"b@x.com","New","2024-01-05",""\n\n"Grand Totals (2 records)"\n'
                                        '"Confidential Information - Do Not Distribute"\n')
        found, err = self.study("--map", "salesforce", path, "--tables", "circles,quality")
        self.assertEqual(found["tables"]["circles"][0]["n_b"], 1)
        self.assertIn("2 report footer rows left out", err)
        self.assertNotIn("no person", err)

    def test_a_mapping_of_ones_own(self):
        mapping = {"exports": [{
            "name": "calls", "columns": {"who": ["Callee", "Caller"], "when": ["Day"], "how": ["Result"]}, "needs": ["who"],
            "set": {"team": "sales", "company": "Acme"}, "from": {"person": "who", "time": "when"}, "dimensions": {"result": "how"},
            "events": [{"set": {"event": "contacted"}, "except": {"how": ["Wrong number"]}},
                       {"from": {"event": "how"}, "values": {"event": {"picked up": "responded"}}, "where": {"how": "*"}}],
        }]}  # fmt: skip
        rows = [{"CALLER": "a@x.com", "Day": "2024-01-01", "Result": "Picked-up"},
                {"CALLER": "b@x.com", "Day": "2024-01-01", "Result": "WRONG NUMBER"},
                {"CALLER": "c@x.com", "Day": "2024-03-01", "Result": ""}]  # fmt: skip
        path = self.write("calls.json", json.dumps(mapping))
        found, err = self.study("--map", path, self.events(rows), "--by", "result", "--tables", "companies,recency")
        self.assertEqual([(row["company"], row["n_sales"]) for row in found["tables"]["companies"]], [("Acme", 2)])
        never = [row for row in found["tables"]["recency"] if row["bucket"] == "never" and row["company"] is None]
        self.assertEqual((never[0]["contacts"], never[0]["responses"]), (1, 1))
        self.assertIn("1 event has no event, or one that there is not", err)

    def test_wrong_mappings_are_refused(self):
        good = {"name": "x", "columns": {"who": ["Email"]}, "needs": ["who"], "from": {"person": "who"},
                "events": [{"set": {"event": "engaged"}}]}  # fmt: skip
        path = self.events([{"Email": "a@x.com"}])
        self.study("--map", self.write("m.json", json.dumps({"exports": [good]})), path)
        wrong = (
            ({"evnts": []}, "unknown key"), ({"needs": []}, "has no needs"), ({"needs": ["whom"]}, "not among its columns"),
            ({"events": []}, "has no events"), ({"events": [{"set": {"event": 1}}]}, "is no text"), ({"columns": {"who": "Email"}}, "takes lists"),
            ({"events": [{"set": {"evnt": "engaged"}}]}, "events have no column"), ({"events": [{}]}, "says no event"),
            ({"events": [{"set": {"event": "engaged"}, "where": {"who": "x"}}]}, "takes lists"), ({"events": [7]}, "is no object"),
            ({"from": {}}, "says no person"), ({"values": {"stage": "x"}}, "takes objects"), ({"name": None}, "is no text"),
        )  # fmt: skip
        for change, message in wrong:
            mapping = self.write("m.json", json.dumps({"exports": [{**good, **change}]}))
            _, err = self.vesica("study", "--map", mapping, path, code=harness.DATA)
            self.assertIn(message, err)
        for text in ("{", "[]", "{}", '{"exports": 1}', '{"exports": [[]]}'):
            self.vesica("study", "--map", self.write("m.json", text), path, code=harness.DATA)


class Refusals(StudyTest):
    def test_exit_codes(self):
        events = self.events([{"person": "a@x.com", "event": "engaged", "name": "Ann Example"}])
        other = self.events([{"Email": "a@x.com", "Type": "engaged"}], "other.csv")
        for code, arguments in (
            (harness.USAGE, [events, "--tables", "circels"]),
            (harness.USAGE, [events, "--set", "sla"]),
            (harness.USAGE, [events, "--set", "sla=soon"]),
            (harness.USAGE, [events, "--set", "zone=UTC", "--zone", "UTC"]),
            (harness.USAGE, [events, "--format", "csv"]),
            (harness.DATA, [events, "--by", "region"]),
            (harness.DATA, [other]),
            (harness.DATA, [other, "--map", "hubspot"]),
            (harness.DATA, [self.write("empty.csv", "")]),
            (harness.NO_INPUT, ["none.csv"]),
            (harness.NO_INPUT, [events, "--map", "none.json"]),
            (harness.IO, [events, "-o", events]),
        ):
            _, err = self.vesica("study", *arguments, code=code)
            self.assertTrue(err.startswith("vesica: "), err)
            self.assertNotIn("@x", err)


if __name__ == "__main__":
    unittest.main()
