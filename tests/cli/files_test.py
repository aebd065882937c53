"""Files as people have them: encodings, delimiters, headers, quotes, broken rows."""

import csv
import io
import os
import random
import re
import subprocess
import unittest

import harness


class Encodings(harness.CliTest):
    TEXT = "Name,Email\nÅsa,åsa@d.example\nBo,BO@d.example\n"
    EXPECTED = [("2", "key", "åsa@d.example"), ("3", "key", "bo@d.example")]

    def test_byte_order_marks(self):
        for name, content in (
            ("utf8", self.TEXT.encode()),
            ("bom", b"\xef\xbb\xbf" + self.TEXT.encode()),
            ("utf16le", b"\xff\xfe" + self.TEXT.encode("utf-16-le")),
            ("utf16be", b"\xfe\xff" + self.TEXT.encode("utf-16-be")),
        ):
            self.assertEqual(self.keys(self.write(name, content)), self.EXPECTED, name)
            self.assertEqual(self.keys("-", stdin=content), self.EXPECTED, name)

    def test_utf16_tabs_and_preamble(self):
        text = 'Account report\tMarch\n\nCampaign\tEmail address\tClicks\r\n"x\ty"\ta@d.example\t3\r\n'
        path = self.write("report.csv", b"\xff\xfe" + text.encode("utf-16-le"))
        self.assertEqual(self.keys(path), [("4", "key", "a@d.example")])

    def test_utf16_beyond_the_first_plane(self):
        text = "email\n\U0001f600@d.example\n" * 40_000  # more than one buffer, surrogates on its border
        path = self.write("many.csv", b"\xff\xfe" + text.encode("utf-16-le"))
        keys = self.keys("--profile", "raw/1", "--column", "email", path)
        self.assertEqual({key[2] for key in keys}, {"\U0001f600@d.example", "email"})

    def test_utf16_broken(self):
        lone = b"\xff\xfe" + "email\n".encode("utf-16-le") + b"\x00\xd8" + "@d.example\n".encode("utf-16-le")
        self.assertEqual(self.keys(self.write("lone.csv", lone))[0][1], "invalid")
        _, err = self.vesica("normalize", self.write("odd.csv", lone + b"x"), code=harness.DATA)
        self.assertIn("cut short", err)
        _, err = self.vesica("normalize", self.write("no_mark.csv", "email\na@b\n".encode("utf-16-le")), code=harness.DATA)
        self.assertIn("UTF-16 without a byte order mark", err)

    def test_line_ends(self):
        for end in ("\n", "\r\n", "\r"):
            text = f"n,email{end}1,a@d.example{end}2,b@d.example"
            for tail in ("", end):
                keys = self.keys(self.write("ends.csv", text + tail))
                self.assertEqual(keys, [("2", "key", "a@d.example"), ("3", "key", "b@d.example")], repr(end))


class Columns(harness.CliTest):
    ROW = {"email": "a@d.example"}

    def test_header_names(self):
        for name in ("Email", "EMAIL", "e-mail", "Email Address", "E-mail address", "Work Email", "Contact: Email",
                     "Lead: Email", "email_address", "emailAddress", "Primary email"):  # fmt: skip
            path = self.write("one.csv", f"x,{name},y\n1,a@d.example,2\n")
            self.assertEqual(self.keys(path), [("2", "key", "a@d.example")], name)

    def test_linkedin_company_list(self):
        header = ("companyname,companywebsite,companyemaildomain,linkedincompanypageurl,stocksymbol,industry,city,state,"
                  "companycountry,zipcode")  # fmt: skip
        path = self.write("list.csv", f"{header}\nAlder,https://alder.com/a,alder.com,,,,,,,\n")
        self.assertEqual(self.keys("--level", "account", path), [("2", "key", "alder.com")])
        self.assertEqual(self.keys("--profile", "company-name/1", path), [("2", "key", "alder")])

    def test_delimiters(self):
        for delimiter in ",;\t|":
            text = f"id{delimiter}Email{delimiter}n\n1{delimiter}a@d.example{delimiter}x\n"
            self.assertEqual(self.keys(self.write("d.csv", text)), [("2", "key", "a@d.example")], delimiter)
        path = self.write("colon.csv", "id:email\n1:a@d.example\n")
        out, err = self.vesica("normalize", path)
        self.assertIn("its first line is no key", err)
        self.assertEqual(self.keys("--delimiter", ":", path), [("2", "key", "a@d.example")])
        self.vesica("normalize", "--delimiter", "::", path, code=harness.USAGE)

    def test_several_candidates_are_told(self):
        path = self.write("two.csv", "Work Email,Email\nw@d.example,e@d.example\n")
        out, err = self.vesica("normalize", path)
        self.assertIn("e@d.example", out)
        self.assertIn('column "Email" is taken', err)
        self.assertIn('"Work Email" (number 1)', err)
        self.assertEqual(self.vesica("normalize", "--quiet", path)[1], "")
        self.assertEqual(self.keys("--column", "work email", path), [("2", "key", "w@d.example")])
        self.assertEqual(self.keys("--column", "1", path), [("2", "key", "w@d.example")])

    def test_asked_for_at_a_terminal(self):
        import pty

        path = self.write("two.csv", "Work Email,Email\nw@d.example,e@d.example\n")
        parent, child = pty.openpty()
        os.write(parent, b"2\n")
        done = subprocess.run([harness.PROGRAM, "normalize", path], stdin=child, stdout=subprocess.PIPE, stderr=child,
                              check=True, timeout=60)  # fmt: skip
        shown = os.read(parent, 4096)
        os.close(child)
        os.close(parent)
        self.assertIn(b"which column holds the keys?", shown)
        self.assertIn(b"w@d.example", done.stdout)

    def test_column_by_set(self):
        a = self.write("a.csv", "first,second\nx@d.example,y@d.example\n")
        b = self.write("b.csv", "first,second\nx@d.example,y@d.example\n")
        self.assertEqual(self.counts("--column", "A=first", "--column", "B=second", f"A={a}", f"B={b}")[1], 0)
        self.assertEqual(self.counts("--column", "first", f"A={a}", f"B={b}")[1], 1)
        self.assertEqual(self.counts("--column", "first", "--column", "B=second", f"A={a}", f"B={b}")[1], 0)
        self.vesica("overlap", "--column", "first", "--column", "second", a, b, code=harness.USAGE)

    def test_missing_column_names_the_others_but_no_key(self):
        path = self.write("no.csv", "Id,Firm\x1b[31m\n1,secret\n")
        _, err = self.vesica("normalize", path, code=harness.DATA)
        self.assertIn('one of "Id", "Firm\\x1b[31m"', err)
        path = self.write("headless.csv", "1,ann@d.example\n2,bo@d.example\n")
        _, err = self.vesica("normalize", path, code=harness.DATA)
        self.assertIn("--no-header", err)
        self.assertNotIn("ann", err)
        self.assertEqual(self.keys("--no-header", "--column", "2", path)[0], ("1", "key", "ann@d.example"))

    def test_plain_lists(self):
        self.assertEqual(self.keys("-", stdin=b"a@d.example\nb@d.example\n")[0], ("1", "key", "a@d.example"))
        self.assertEqual(self.keys("-", stdin=b"Kontakte\nb@d.example\n"), [("2", "key", "b@d.example")])
        self.assertEqual(self.keys("-", "--profile", "raw/1", stdin=b"one\ntwo\n")[0], ("1", "key", "one"))
        keys = self.keys("-", "--profile", "company-name/1", "--delimiter", "none", stdin=b"Company\nAlder, Inc.\n")
        self.assertEqual(keys, [("2", "key", "alder")])

    def test_names_and_paths(self):
        path = self.write("odd=name.csv", "email\na@d.example\n")
        found, _ = self.answer(path, "x=odd=name.csv")
        self.assertEqual([one["name"] for one in found["sets"]], ["odd=name", "x"])
        found, _ = self.answer(path, path)
        self.assertEqual([one["name"] for one in found["sets"]], ["odd=name", "odd=name (2)"])
        self.vesica("overlap", "=x", path, code=harness.USAGE)
        self.vesica("overlap", "-", "-", code=harness.USAGE)
        self.vesica("overlap", path, code=harness.USAGE)


class Cells(harness.CliTest):
    def test_several_addresses_and_display_names(self):
        text = 'email\n"a@d.example; b@d.example;"\nAnn <ann@d.example>\n;\n"""Doe, J"" <j@d.example>"\n'
        expected = [("2", "key", "a@d.example"), ("2", "key", "b@d.example"), ("3", "key", "ann@d.example"),
                    ("4", "blank"), ("5", "key", "j@d.example")]  # fmt: skip
        path = self.write("multi.csv", text)
        self.assertEqual([key[:3] if key[1] == "key" else key[:2] for key in self.keys(path)], expected)
        found, err = self.answer(path, path)
        self.assertEqual(found["sets"][0]["rows"], 5)
        self.assertIn("1 cells hold several keys", err)
        self.assertIn("display names taken off 2 addresses", err)
        self.assertEqual(self.keys("--multi", "none", path)[0][1], "invalid")
        ids = self.write("ids.csv", "Record ID\n8001|8002\n")
        self.assertEqual([key[2] for key in self.keys("--profile", "raw/1", "--multi", "|", ids)], ["8001", "8002"])
        self.assertEqual([key[2] for key in self.keys("--profile", "raw/1", "--delimiter", "none", ids)], ["8001|8002"])

    def test_normalize_output_is_escaped(self):
        path = self.write("raw.csv", b'id\n"tab\there"\n"line\nend"\nback\\slash\n\xff\xfe\x1b[0m\n')
        shown = [key[2] for key in self.keys("--profile", "raw/1", path)]
        self.assertEqual(shown, ["tab\\there", "line\\nend", "back\\\\slash", "\\xff\\xfe\\x1b[0m"])

    def test_normalize_digests_and_integers(self):
        import base64
        import hashlib

        digest = hashlib.sha256(b"a@d.example").digest()
        source = ["-", "--profile", "meta-capi-email/1"]
        self.assertEqual(self.keys(*source, stdin=b"email\nA@d.example\n"), [("2", "key", digest.hex())])
        in_base64 = base64.b64encode(digest).decode()
        self.assertEqual(self.keys(*source, "--base64", stdin=b"email\nA@d.example\n"), [("2", "key", in_base64)])
        keys = self.keys("-", "--profile", "int64/1", stdin=b"id\n-7\n9223372036854775807\nx\n")
        self.assertEqual([key[1:3] for key in keys[:2]], [("key", "-7"), ("key", "9223372036854775807")])
        self.assertEqual(keys[2][1], "invalid")


class Broken(harness.CliTest):
    def test_rows_are_counted_and_named(self):
        rows = ["n,email", "1,a@d.example", "2", '3,"x', 'y"', "4,\0@d.example", "", "5,b@d.example", '6,"open']
        path = self.write("broken.csv", "\n".join(rows))
        found, err = self.answer(path, path)
        self.assertEqual(found["sets"][0]["count"], 2)
        self.assertIn("broken: 1 broken row, too few fields: row 3\n", err)
        self.assertIn("broken: 1 broken row, NUL byte in the key: row 5 (line 6)\n", err)
        self.assertIn("broken: 1 broken row, a quote that is not closed: row 8 (line 9)\n", err)
        out, _ = self.vesica("overlap", path, path)
        self.assertRegex(out, r"broken rows +3 +3")
        self.assertRegex(out, r"blank lines +1 +1")
        self.assertRegex(out, r"broken: 1 invalid key, .*: row 4\n")
        _, err = self.vesica("overlap", "--strict", path, path, code=harness.DATA)
        self.assertIn("row 5 (line 6)", err)
        fine = self.write("fine.csv", "email\na@d.example\nnot an address\n")
        self.vesica("overlap", "--strict", fine, fine)

    def test_stray_quotes_are_text(self):
        """A quote mark inside an unquoted field means nothing, here in a file larger than a chunk."""
        rng = random.Random(5)
        out = io.StringIO()
        for i in range(60_000):
            inches = '5" pipe' if rng.random() < 0.3 else "none"
            out.write(f'{i},{inches},u{i}@d.example,"a ""note"",\nof two lines"\n')
        text = "id,size,email,note\n" + out.getvalue()
        expected = [row[2] for row in csv.reader(io.StringIO(text, newline=""))][1:]
        path = self.write("stray.csv", text)
        for threads in ("1", "2"):
            found, err = self.answer("--threads", threads, path, path)
            self.assertEqual(found["sets"][0]["count"], len(set(expected)))
            self.assertEqual(found["sets"][0]["rows"], 60_000)
        keys = self.keys(path)
        self.assertEqual([key[2] for key in keys], expected)
        self.assertEqual([int(key[0]) for key in keys], list(range(2, 60_002)))

    def test_against_pythons_reader(self):
        rng = random.Random(6)
        pieces = ["a", "b@d.example", '"', '""', ",", " ", "x", "\n"]
        for round_number in range(40):
            rows = [["k", "email"]] + [
                ["".join(rng.choice(pieces) for _ in range(rng.randrange(4))) for _ in range(2)] for _ in range(200)
            ]
            out = io.StringIO()
            csv.writer(out, lineterminator=rng.choice(["\n", "\r\n"])).writerows(rows)
            path = self.write(f"{round_number}.csv", out.getvalue())
            shown = self.keys("--profile", "raw/1", "--column", "email", path)
            values = [row[1] for row in rows[1:]]
            self.assertEqual(len(shown), len(values))
            for key, value in zip(shown, values):
                expected = "blank" if value == "" else "key"
                self.assertEqual(key[1], expected, repr(value))
                if expected == "key":
                    self.assertEqual(key[2], value.replace("\\", "\\\\").replace("\n", "\\n"))

    def test_row_and_line_numbers_far_in(self):
        rows = "".join(f'{i},"two\nlines",u{i}@d.example\n' for i in range(100_000))
        text = "id,note,email\n" + rows + "x,y,no-address\n"
        path = self.write("far.csv", text)
        out, _ = self.vesica("overlap", "--threads", "2", path, path)
        self.assertIn("row 100,002 (line 200,002)", out)

    def test_report_footers(self):
        body = '"Name","Email"\n' + "".join(f'"n","u{i}@d.example"\n' for i in range(30))
        footer = '\n\n"Grand Totals (30 records)"\n"Confidential Information - Do Not Distribute"\n' \
                 '"Copyright (c) 2000-2025 salesforce.com, inc. All rights reserved."\n'  # fmt: skip
        path = self.write("report.csv", body + footer)
        found, err = self.answer(path, path)
        self.assertEqual((found["sets"][0]["rows"], found["sets"][0]["invalid"]), (30, 0))
        self.assertIn("3 report footer rows left out", err)
        self.assertNotIn("broken", err)
        kept = self.write("kept.csv", body + footer + '"n","late@d.example"\n')
        self.assertEqual(self.answer(kept, kept)[0]["sets"][0]["count"], 31)


class Failures(harness.CliTest):
    """What cannot be read, and what the command line may not be."""

    def setUp(self):
        super().setUp()
        self.fine = self.write("fine.csv", "email\na@d.example\n")

    def refused(self, path, code, text):
        _, err = self.vesica("overlap", self.fine, path, code=code)
        self.assertIn(text, err)
        self.assertEqual(err.count("\n"), 1, err)

    def test_files(self):
        self.refused("missing.csv", harness.NO_INPUT, "No such file")
        self.refused(".", harness.NO_INPUT, "is a directory")
        self.refused("/dev/zero", harness.NO_INPUT, "is a device")
        self.refused(self.write("empty.csv", ""), harness.DATA, "is empty")
        self.refused(self.write("bom.csv", b"\xef\xbb\xbf"), harness.DATA, "is empty")
        self.refused(self.write("book.xlsx", b"PK\x03\x04" + bytes(100)), harness.DATA, "Excel")
        self.refused(self.write("a.csv.gz", b"\x1f\x8b\x08" + bytes(100)), harness.DATA, "zcat")
        self.refused("mis\x1b[31msing", harness.NO_INPUT, "mis\\x1b[31msing")

    @unittest.skipIf(os.geteuid() == 0, "root reads everything")
    def test_unreadable(self):
        path = self.write("closed.csv", "email\n")
        os.chmod(path, 0)
        self.refused(path, harness.NO_INPUT, "Permission denied")

    def test_unreadable_as_somebody_else(self):
        if os.geteuid() != 0:
            self.skipTest("only root can become somebody else")
        path = self.write("closed.csv", "email\n")
        os.chmod(path, 0)
        done = subprocess.run([harness.PROGRAM, "normalize", path], stderr=subprocess.PIPE, check=False, user=65534,
                              cwd="/")  # fmt: skip
        self.assertEqual(done.returncode, harness.NO_INPUT)

    def test_command_lines(self):
        for arguments in ((), ("nonsense",), ("overlap",), ("overlap", "--threads", "0", self.fine, self.fine),
                          ("overlap", "--threads", "1000", self.fine, self.fine),
                          ("overlap", "--memory", "lots", self.fine, self.fine),
                          ("overlap", "--memory", "0", self.fine, self.fine),
                          ("overlap", "--profile", "nonsense/9", self.fine, self.fine),
                          ("overlap", "--hash-bits", "65", self.fine, self.fine),
                          ("overlap", "--level", "planet", self.fine, self.fine)):  # fmt: skip
            self.vesica(*arguments, code=harness.USAGE)

    def test_help_and_version(self):
        out, _ = self.vesica("--help")
        self.assertIn("Exit codes", out)
        out, _ = self.vesica("overlap", "--help")
        self.assertIn("--secret-file", out)
        self.assertRegex(self.vesica("--version")[0], r"^vesica \d+\.\d+\.\d+\n$")
        out, _ = self.vesica("profiles")
        for profile in ("email/1", "raw/1", "int64/1", "sha256/1"):
            self.assertIn(profile, out)

    def test_full_disk(self):
        with open("/dev/full", "wb") as full:
            done = subprocess.run([harness.PROGRAM, "profiles"], stdout=full, stderr=subprocess.PIPE, check=False)
        self.assertEqual(done.returncode, harness.IO)

    def test_broken_pipe(self):
        read_end, write_end = os.pipe()
        os.close(read_end)
        done = subprocess.run([harness.PROGRAM, "profiles"], stdout=write_end, stderr=subprocess.PIPE, check=False)
        os.close(write_end)
        self.assertEqual(done.returncode, harness.IO)

    def test_temporary_folder_is_missing(self):
        _, err = self.vesica("normalize", "-", stdin=b"a@d.example\n", code=harness.IO, env={"TMPDIR": "/nowhere"})
        self.assertIn("temporary file", err)

    def test_exact_bytes_over_budget(self):
        path = self.write("many.csv", "email\n" + "".join(f"u{i}@d.example\n" for i in range(100_000)))
        _, err = self.vesica("overlap", "--exact-bytes", "--memory", "1M", path, path, code=harness.BUDGET)
        self.assertIn("--memory", err)

    def test_a_pipe_is_read_as_a_file(self):
        rows = "".join(f"u{i}@d.example\n" for i in range(50_000))
        path = self.write("rows.csv", "email\n" + rows)
        with open(path, "rb") as file:
            content = file.read()
        self.assertEqual(self.counts(path, "-", stdin=content), ([50_000, 50_000], 50_000))
        command = f'{harness.PROGRAM} overlap --json {path} <(cat {path})'
        out = subprocess.run(["bash", "-c", command], stdout=subprocess.PIPE, check=True).stdout.decode()
        self.assertTrue(re.search(r'"estimate": ?50000', out))


if __name__ == "__main__":
    unittest.main()
