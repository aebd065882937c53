"""What the pages for readers say, Python does."""

import doctest
import re

import pytest

import vesica
from conftest import ROOT


def run_blocks(path, **names):
    """Runs all that looks like a Python session on a page; returns how many examples there were."""
    text = "\n".join(re.findall(r"^```pycon\n(.*?)^```$", path.read_text(), re.M | re.S))
    test = doctest.DocTestParser().get_doctest(text, names, path.name, str(path), 0)
    output = []
    result = doctest.DocTestRunner().run(test, out=output.append)
    assert result.failed == 0, "".join(output)
    return result.attempted


def test_readme():
    pandas = pytest.importorskip("pandas")
    frames = [pandas.read_csv(ROOT / "examples" / "data" / f"{name}.csv").rename(columns=str.lower)
              for name in ("crm_contacts", "marketing_audience")]
    assert run_blocks(ROOT / "README.md", vesica=vesica, df_a=frames[0], df_b=frames[1]) >= 4


def test_readme_of_the_package():
    assert run_blocks(ROOT / "bindings" / "python" / "README.md") >= 8


def test_files_that_are_named():
    """Links of both pages and of the examples' lead somewhere."""
    for page in ("README.md", "bindings/python/README.md", "examples/python/README.md"):
        for link in re.findall(r"\]\(\s*([^)#:\s]+)\s*\)", (ROOT / page).read_text()):
            assert ((ROOT / page).parent / link).exists(), (page, link)
