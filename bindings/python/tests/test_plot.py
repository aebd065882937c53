import random
import sys

import pytest

import vesica

pd = pytest.importorskip("pandas")
matplotlib = pytest.importorskip("matplotlib")
matplotlib.use("Agg")
from matplotlib import pyplot  # noqa: E402


def events():
    """Contacts of 300 people of three companies, of whom marketing reached a third, in segments with odd names."""
    rng = random.Random(1)
    rows = []
    for i in range(300):
        person, company = f"p{i}@x.com", "ABC"[i % 3]
        region = ["EU", "$x^2$ & <b>", "long " * 20][i % 7 % 3]
        at = pd.Timestamp("2026-01-01", tz="UTC") + pd.Timedelta(days=rng.randrange(60))
        if rng.random() < 0.4:
            rows.append((company, person, "exposed", "brand", at - pd.Timedelta(days=rng.randrange(120)), region))
        if rng.random() < 0.8:
            rows.append((company, person, "contacted", "sales", at, region))
            if rng.random() < 0.3:
                rows.append((company, person, "responded", None, at + pd.Timedelta(days=1), region))
        else:
            rows.append((company, person, "in_market", None, at, region))
    return pd.DataFrame(rows, columns=["company", "person", "event", "team", "time", "region"])


@pytest.fixture(scope="module")
def study():
    return vesica.study(events(), by="region", min_support=1, as_of="2026-12-31")


@pytest.fixture(autouse=True)
def closed():
    yield
    pyplot.close("all")


@pytest.mark.parametrize("table", ["recency", "reach", "companies"])
@pytest.mark.parametrize("company", [None, "B"])
def test_draws(study, table, company):
    ax = study.plot(table, company=company)
    ax.figure.canvas.draw()
    assert ax.get_title() and ax.lines


def test_recency_shows_the_rates(study):
    rows = [row for row in study["recency"] if row["company"] is None and row["rate"] is not None]
    ax = study.plot("recency")
    assert list(ax.lines[0].get_ydata()) == [row["rate"] for row in rows]
    assert [label.get_text().split("\n")[0] for label in ax.get_xticklabels()] == [row["bucket"] for row in rows]


def test_reach_ends_where_the_table_does(study):
    rows = [row for row in study["reach"] if row["company"] is None]
    curve = study.plot("reach").lines[0].get_ydata()
    assert curve[0] == rows[0]["coverage_before"] and curve[-1] == rows[-1]["coverage_after"]


def test_companies_are_in_order_and_one_is_marked(study):
    _, ax = pyplot.subplots()
    assert study.plot("companies", company="B", ax=ax) is ax
    values = list(ax.lines[0].get_xdata())
    assert values == sorted(row["coverage"] for row in study["companies"])
    marked = next(row["coverage"] for row in study["companies"] if row["company"] == "B")
    assert list(ax.lines[-1].get_xdata()) == [marked]


def test_companies_stand_beside_the_published_figure(study):
    labels = [text.get_text() for text in study.plot("companies").get_legend().get_texts()]
    assert labels == ["published: 16%"]
    assert vesica.study(events(), tables="companies").plot("companies").get_legend() is None


def test_companies_of_sketches_have_whiskers():
    sketched = vesica.study(events(), sketch_bytes=1024)
    assert sketched.plot("companies").collections


def test_labels_are_not_formulas(study):
    labels = [label.get_text() for label in study.plot("reach").get_xticklabels()]
    assert "$x^2$ & <b>" in labels and all(len(label) <= 32 for label in labels)


def test_what_cannot_be_drawn(study):
    with pytest.raises(ValueError, match="not of 'gaps'"):
        study.plot("gaps")
    with pytest.raises(ValueError, match="without"):
        vesica.study(events(), tables="circles").plot("recency")
    with pytest.raises(ValueError, match="no rows of company 'D'"):
        study.plot("recency", company="D")


def test_without_matplotlib(study, monkeypatch):
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    with pytest.raises(ImportError, match=r"vesica\[plot\]"):
        study.plot("recency")
