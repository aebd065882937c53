"""Pictures and pages of overlaps and regions, and their drawing with matplotlib."""

import math
import os
import pickle
import random
import sys
import xml.etree.ElementTree

import pytest

import vesica

HOSTILE = '<script>alert("1")</script> $x^2$'


def overlap(names=("marketing", "sales")):
    return vesica.overlap(range(8000), range(7936, 8336), "int64/1", names=names)


def regions(count):
    return vesica.regions({f"set {i}": range(i * 30, i * 30 + 100 + 7 * i) for i in range(count)}, "int64/1")


def sketched(names=("A", "B")):
    a, b = (vesica.Audience.from_keys(keys, "int64/1", "minhash", bytes=1024) for keys in (range(60_000), range(45_000, 70_000)))
    return vesica.overlap(a, b, names=names)


def said(svg):
    return " ".join(xml.etree.ElementTree.fromstring(svg).itertext())


ANSWERS = [overlap, sketched, lambda: vesica.overlap([], ["a@x.com"]), *(lambda n=n: regions(n) for n in (1, 2, 3, 4, 8))]


@pytest.mark.parametrize("answer", ANSWERS)
def test_pictures_and_pages(answer):
    answer = answer()
    for name in (one.name for one in answer.sets):
        assert name in said(answer.svg())
    page = answer.html()
    assert page.lower().startswith("<!doctype html>") and "Content-Security-Policy" in page
    shown = answer._repr_html_()
    assert shown.startswith(f"<div>{answer.svg()}</div><table>")


def test_what_a_picture_says():
    text = said(overlap().svg(title="Now & <then>"))
    for part in ("Now & <then>", "8,000", "400", "64", "16.0 %"):
        assert part in text
    assert "to 17," in said(sketched().svg())


def test_themes():
    answer = overlap()
    assert "prefers-color-scheme" in answer.svg() and answer.svg() == answer.svg(theme="auto")
    assert "prefers-color-scheme" not in answer.svg(theme="light")
    assert answer.svg(theme="light") != answer.svg(theme="dark")
    for ask in (answer.svg, answer.html, lambda theme: answer.report("nowhere", theme=theme)):
        with pytest.raises(ValueError, match="'auto', 'light' or 'dark', not 'blue'"):
            ask(theme="blue")


def test_names_are_shown_as_text():
    answer = overlap(names=(HOSTILE, "b"))
    assert "<script>alert" not in answer.svg() + answer.html() + answer._repr_html_()
    assert "<script>" in said(answer.svg())


def test_pickled_overlaps_are_drawn():
    assert pickle.loads(pickle.dumps(overlap())).svg() == overlap().svg()
    for answer in (sketched(), vesica.overlap([], ["a@x.com"])):
        again = pickle.loads(pickle.dumps(answer))
        assert again == answer
        drawn, layout = again._layout(), answer._layout()
        assert [one["a"] for one in drawn["sets"]] == pytest.approx([one["a"] for one in layout["sets"]], rel=0.01)
        assert again.sets[0].name in again.html() and again.sets[0].name in said(again.svg())


def test_reports_are_whole_or_not_there(tmp_path):
    answer, path = overlap(), tmp_path / "report.html"
    path.write_text("old")
    answer.report(path, title="Mine")
    assert path.read_text(encoding="utf-8") == answer.html(title="Mine")
    assert os.listdir(tmp_path) == ["report.html"]
    for wrong in (tmp_path / "nowhere" / "report.html", tmp_path):
        with pytest.raises(OSError):
            answer.report(wrong)
    assert os.listdir(tmp_path) == ["report.html"] and not list(tmp_path.parent.glob("*.part"))


class TestPlot:
    @pytest.fixture(autouse=True)
    def pyplot(self):
        matplotlib = pytest.importorskip("matplotlib")
        matplotlib.use("agg")
        from matplotlib import pyplot

        yield pyplot
        pyplot.close("all")

    @staticmethod
    def texts(ax):
        return [text for text in (*ax.texts, *(text for child in ax.child_axes for text in child.texts)) if text.get_text()]

    @pytest.mark.parametrize("answer", ANSWERS)
    def test_draws(self, answer):
        ax = vesica.plot(answer(), title="$x^2$ \\frac")
        ax.figure.canvas.draw()
        assert ax.get_title() == "$x^2$ \\frac"

    def test_areas_are_sizes(self):
        from matplotlib.patches import Ellipse

        ax = vesica.plot(overlap())
        big, small = [patch for patch in ax.patches if isinstance(patch, Ellipse)][:2]
        assert big.width * big.height / (small.width * small.height) == pytest.approx(20, rel=1e-6)
        assert big.width == big.height
        assert {text.get_text() for text in self.texts(ax)} >= {"marketing", "8,000", "400", "In both", "64",
                                                                "16.0 % of sales is also in marketing"}

    def test_interval_is_a_band(self):
        exact, estimated = vesica.plot(overlap()), vesica.plot(sketched())
        assert len(estimated.patches) == len(exact.patches) + 3
        assert any(" to " in text.get_text() for text in self.texts(estimated))

    def test_bars_are_the_regions(self):
        answer = regions(5)
        ax = vesica.plot(answer)
        widths = [patch.get_width() for patch in ax.patches]
        assert widths == sorted((one.count.value for one in answer.regions if one.count.value), reverse=True)
        assert {text.get_text() for text in self.texts(ax)} >= {f"set {i}" for i in range(5)}

    def test_labels_do_not_meet(self):
        rng = random.Random(3)
        for _ in range(12):
            sets = {f"name {i} {'x' * rng.randrange(30)}": range(s := rng.randrange(3000), s + rng.randrange(1, 4000))
                    for i in range(rng.choice((2, 3)))}
            ax = vesica.plot(vesica.regions(sets, "int64/1"))
            ax.figure.canvas.draw()
            boxes = [text.get_window_extent() for text in self.texts(ax)]
            for i, one in enumerate(boxes):
                for other in boxes[:i]:
                    across = min(one.x1, other.x1) - max(one.x0, other.x0)
                    along = min(one.y1, other.y1) - max(one.y0, other.y0)
                    assert across < 1 or along < 3, (sets, one, other)

    def test_given_axes(self, pyplot):
        _, (left, right) = pyplot.subplots(1, 2)
        assert vesica.plot(overlap(), left) is left
        assert vesica.plot(regions(4), ax=right) is right

    def test_names_are_no_formulas(self):
        ax = vesica.plot(overlap(names=(HOSTILE, "\\frac{")))
        ax.figure.canvas.draw()
        assert not any(text.get_parse_math() for text in self.texts(ax) if "$" in text.get_text())

    def test_what_is_not_drawn(self, monkeypatch):
        with pytest.raises(TypeError, match="not a dict"):
            vesica.plot({})
        monkeypatch.setitem(sys.modules, "matplotlib", None)
        with pytest.raises(ImportError, match=r"vesica\[plot\]"):
            vesica.plot(overlap())


def test_spread_keeps_order_and_distance():
    from vesica._circles import _spread

    rng = random.Random(1)
    for _ in range(200):
        count = rng.randrange(1, 9)
        middles, heights = sorted(rng.uniform(0, 50) for _ in range(count)), [rng.uniform(1, 9) for _ in range(count)]
        spread = _spread(middles, heights)
        for i in range(1, count):
            assert spread[i] - spread[i - 1] >= (heights[i] + heights[i - 1]) / 2 - 1e-9
        if all(b - a >= (g + h) / 2 for a, b, g, h in zip(middles, middles[1:], heights, heights[1:])):
            assert spread == pytest.approx(middles)
    assert math.isclose(_spread([5, 5], [2, 2])[0], 4)
