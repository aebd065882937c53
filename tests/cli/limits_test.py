"""Memory and time: a line of 1 GiB, and Ctrl-C."""

import os
import signal
import subprocess
import time
import unittest

import harness

GIB = 1 << 30


class Limits(harness.CliTest):
    def test_one_gib_line_is_refused_in_bounded_memory(self):
        path = self.folder / "long.csv"
        for inside in (b"x", b'"'):  # in an unquoted and in a quoted field
            with open(path, "wb") as file:
                file.write(b"email,note\na@d.example,1\nb@d.example," + inside)
                block = b"y" * (1 << 20)
                for _ in range(GIB >> 20):
                    file.write(block)
                file.write(b"\nc@d.example,2\n")
            out, _ = self.vesica("overlap", path, path)
            self.assertIn("1 broken row, longer than 16 MiB: row 3", out)
            self.assertRegex(out, r"distinct +2 +2\n")
        self.assertLess(harness.peak_of_children_kib(), 160 << 10)

    def test_one_gib_line_of_events_is_left_out_in_bounded_memory(self):
        path = self.folder / "long.csv"
        for inside in (b"x", b'"'):
            with open(path, "wb") as file:
                file.write(b"person,event,team,note\na@d.example,exposed,brand,1\nb@d.example,exposed,brand," + inside)
                block = b"y" * (1 << 20)
                for _ in range(GIB >> 20):
                    file.write(block)
                file.write(b"\nc@d.example,contacted,sales,2\n")
            out, err = self.vesica("study", path)
            self.assertIn("1 rows left out: longer than 16 MiB; the first is row 3\n", err)
            self.assertTrue(out.startswith("Marketing reaches 0 of the 1 people sales talks to: 0.0 %\n"), out)
        self.assertLess(harness.peak_of_children_kib(), 160 << 10)

    def test_one_gib_first_line_from_a_pipe(self):
        command = f"head -c {GIB} /dev/zero | tr '\\0' x | {harness.PROGRAM} overlap - -x"
        done = subprocess.run(["bash", "-c", command.replace("-x", str(self.write("a.csv", "email\n")))],
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False)  # fmt: skip
        self.assertEqual(done.returncode, harness.DATA)
        self.assertIn(b"longer than 1 MiB", done.stderr)
        self.assertLess(harness.peak_of_children_kib(), 160 << 10)

    def test_interrupts_end_it_cleanly(self):
        for number in (signal.SIGINT, signal.SIGTERM):
            read_end, write_end = os.pipe()
            program = subprocess.Popen([harness.PROGRAM, "normalize", "-"], stdin=read_end, stdout=subprocess.PIPE,
                                       stderr=subprocess.PIPE)  # fmt: skip
            os.close(read_end)
            os.write(write_end, b"email\na@d.example\n")
            time.sleep(0.5)
            program.send_signal(number)
            out, err = program.communicate(timeout=60)
            os.close(write_end)
            self.assertEqual(program.returncode, harness.INTERRUPTED, err)
            self.assertEqual(out, b"")
            self.assertEqual(err, b"vesica: interrupted\n")

    def test_interrupt_while_counting(self):
        path = self.folder / "many.csv"
        with open(path, "w", encoding="ascii") as file:
            file.write("email\n")
            for i in range(20):
                file.write("".join(f"u{j}@d{j % 997}.example\n" for j in range(i * 100_000, (i + 1) * 100_000)))
        arguments = [harness.PROGRAM, "overlap", *[str(path)] * 8]
        program = subprocess.Popen(arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        time.sleep(0.3)
        program.send_signal(signal.SIGINT)
        begin = time.monotonic()
        out, err = program.communicate(timeout=60)
        self.assertLess(time.monotonic() - begin, 5)
        self.assertEqual(program.returncode, harness.INTERRUPTED, (out, err))
        self.assertEqual(err, b"vesica: interrupted\n")


if __name__ == "__main__":
    unittest.main()
