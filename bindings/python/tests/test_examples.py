"""The programs of examples/python: each runs, finds its answer right, and prints what its text says it prints."""

import ast
import contextlib
import io
import json
import os
import re
import subprocess
import sys
import textwrap

import pytest

from conftest import ROOT

EXAMPLES = sorted((ROOT / "examples" / "python").glob("*.py"))


def run(path, **options):
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}  # the package that is tested
    return subprocess.run([sys.executable, path], text=True, capture_output=True, env=environment, **options)


def test_there_are_examples():
    assert len(EXAMPLES) >= 4


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_example(path, tmp_path):
    pytest.importorskip("pandas")
    pytest.importorskip("duckdb")
    done = run(path, cwd=tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    promised = ast.get_docstring(ast.parse(path.read_text())).partition("Prints:\n")[2]
    assert done.stdout.strip() == textwrap.dedent(promised).strip()
    assert not list(tmp_path.iterdir())


def test_an_example_checks_its_answer(tmp_path):
    """With another truth planted, the example fails."""
    data = tmp_path / "data"
    data.mkdir()
    for path in (ROOT / "examples" / "data").iterdir():
        (data / path.name).write_bytes(path.read_bytes())
    truth = (data / "truth.json").read_text()
    (data / "truth.json").write_text(truth.replace('"crm_contacts.csv & marketing_audience.csv": 64',
                                                   '"crm_contacts.csv & marketing_audience.csv": 63'))
    (tmp_path / "python").mkdir()
    for name in ("crm_and_ads.py", "parquet.py"):
        copy = tmp_path / "python" / name
        copy.write_text((ROOT / "examples" / "python" / name).read_text())
        assert "planted" in run(copy).stderr


def outputs_of(source, names):
    """What a notebook would show for a cell: printed text, and the value of its last line as text and HTML."""
    tree = ast.parse(source)
    last = ast.Expression(tree.body.pop().value) if isinstance(tree.body[-1], ast.Expr) else None
    printed, value = io.StringIO(), None
    with contextlib.redirect_stdout(printed):
        exec(compile(tree, "cell", "exec"), names)
        if last is not None:
            value = eval(compile(last, "cell", "eval"), names)
    found = {"stream": printed.getvalue()} if printed.getvalue() else {}
    if value is not None:
        found["text/plain"] = repr(value)
        if hasattr(value, "_repr_html_"):
            found["text/html"] = value._repr_html_()
    return found


def without_pictures(text):
    """What a picture is, test_picture.py and the tests of the library say; here, that there is one."""
    return re.sub("<svg.*?</svg>", "<svg/>", text, flags=re.S)


def test_notebook(monkeypatch):
    pytest.importorskip("pandas")
    path = ROOT / "examples" / "python" / "vesica.ipynb"
    monkeypatch.chdir(path.parent)
    names = {}
    cells = [cell for cell in json.loads(path.read_text())["cells"] if cell["cell_type"] == "code"]
    assert len(cells) > 10
    for cell in cells:
        committed = {}
        for output in cell["outputs"]:
            if output["output_type"] == "stream":
                committed["stream"] = "".join(output["text"])
            else:
                committed.update({kind: "".join(text) for kind, text in output["data"].items()})
        shown = outputs_of("".join(cell["source"]), names)
        assert {kind: without_pictures(text) for kind, text in shown.items()} == {
            kind: without_pictures(text) for kind, text in committed.items()}
