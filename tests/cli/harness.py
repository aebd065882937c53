"""What the end-to-end tests of the program `vesica` share. VESICA in the environment is the program."""

import json
import os
import pathlib
import resource
import subprocess
import tempfile
import unittest

PROGRAM = os.environ["VESICA"]
EXAMPLES = pathlib.Path(__file__).resolve().parent.parent.parent / "examples" / "data"

OK, USAGE, DATA, NO_INPUT, UNAVAILABLE, IO, BUDGET, INTERRUPTED = 0, 64, 65, 66, 69, 74, 75, 130


class CliTest(unittest.TestCase):
    """Runs the program in a folder of its own."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def write(self, name, content):
        """Writes a file of bytes or of text in UTF-8 and returns its path."""
        path = self.folder / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
        return str(path)

    def vesica(self, *arguments, code=OK, stdin=b"", env=None):
        """Runs the program, checks its exit code and returns (standard output, standard error) as text."""
        done = subprocess.run(
            [PROGRAM, *map(str, arguments)],
            input=stdin,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd=self.folder,
            env={**os.environ, **(env or {})},
            timeout=300,
            check=False,
        )
        out, err = done.stdout.decode("utf-8", "replace"), done.stderr.decode("utf-8", "replace")
        self.assertEqual(done.returncode, code, f"{arguments}\n{out}\n{err}")
        if code != OK:
            self.assertEqual(out, "", "an answer beside a failure")
        return out, err

    def answer(self, *arguments, stdin=b""):
        """The JSON answer of `vesica overlap`, and the remarks."""
        out, err = self.vesica("overlap", "--json", *arguments, stdin=stdin)
        return json.loads(out), err

    def counts(self, *arguments, stdin=b""):
        """The distinct keys of each set, and of both."""
        found, _ = self.answer(*arguments, stdin=stdin)
        return [one["count"] for one in found["sets"]], found["overlap"]["intersection"]["estimate"]

    def keys(self, *arguments, stdin=b""):
        """The lines of `vesica normalize`, split."""
        out, _ = self.vesica("normalize", *arguments, stdin=stdin)
        return [tuple(line.split("\t")) for line in out.splitlines()]


def peak_of_children_kib():
    """Most memory that any program run so far held at once."""
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
