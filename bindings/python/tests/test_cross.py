"""The answers and images of this package are those of the other languages: tests/cross."""

import os
import subprocess
import sys

from conftest import ROOT


def test_same_answers_as_in_every_language():
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}  # the package that is tested
    done = subprocess.run([sys.executable, ROOT / "tests" / "cross" / "cross_test.py", "--python", sys.executable],
                          text=True, capture_output=True, env=environment)
    assert done.returncode == 0, done.stdout + done.stderr
    assert " 0 problems" in done.stdout
