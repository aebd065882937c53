import json
import math
import pickle
import random
from itertools import combinations

import pytest

import vesica
from conftest import ROOT, addresses
from vesica import Audience


def subsets(names):
    return [subset for size in range(1, len(names) + 1) for subset in combinations(names, size)]


def random_sets(count, seed):
    rng = random.Random(seed)
    return {name: {f"k{rng.randrange(400)}" for _ in range(rng.randrange(300))} for name in "abcdefgh"[:count]}


def test_overlap(lists):
    marketing, sales = lists
    answer = vesica.overlap(marketing, sales, names=("marketing", "sales"))
    a = {key.strip().lower() for key in marketing if key and key.count("@") == 1}
    b = {key.strip().lower() for key in sales if key and key.count("@") == 1}
    both = len(a & b)
    assert (answer.a, answer.b, answer.intersection, answer.union) == (len(a), len(b), both, len(a | b))
    assert answer.share_of_a == both / len(a)
    assert answer.share_of_b == answer.overlap_coefficient == both / len(b)
    assert answer.jaccard == both / len(a | b)
    assert answer.dice == 2 * both / (len(a) + len(b))
    assert answer.size_ratio == len(a) / len(b)
    assert (answer.method, answer.profile, answer.target_ratio) == ("exact-64", "email/1", 20)
    assert (answer.design_error, answer.below_resolution) == (0, False)
    assert 0 < answer.expected_false_matches < 1e-9
    assert [one.name for one in answer.sets] == ["marketing", "sales"]
    assert answer.sets[1].invalid_rows[0].rows == 1
    assert str(answer) == "100 of the 500 in sales are also in marketing: 20 %"
    assert "share of the smaller" in repr(answer)


def test_attributes_are_the_keys_of_the_json():
    """Every key that the schema of the answer has is an attribute of the same name."""
    schema = json.loads((ROOT / "capi" / "overlap.schema.json").read_text())
    answer = vesica.overlap(["a@x.com"], ["a@x.com"])
    parsed = json.loads(answer.to_json())
    assert answer.to_dict() == parsed
    assert set(parsed) <= set(schema["properties"])
    for key in set(parsed) - {"overlap", "regions"}:
        assert hasattr(answer, key), key
    for key in parsed["overlap"]:
        assert isinstance(getattr(answer, key), vesica.Estimate)
        assert list(answer.figures) == list(parsed["overlap"])
    for key in parsed["sets"][0]:
        if key not in ("lower", "upper"):
            assert hasattr(answer.sets[0], key), key


def test_columns_and_audiences_give_one_answer(lists):
    columns = vesica.overlap(*lists)
    audiences = vesica.overlap(*(Audience.from_keys(keys) for keys in lists))
    mixed = vesica.overlap(Audience.from_keys(lists[0]), lists[1])
    assert columns == audiences == mixed
    assert columns.to_json() == audiences.to_json()
    checked = vesica.overlap(*lists, exact_bytes=True)
    assert (checked.method, checked.expected_false_matches) == ("exact-bytes", 0)
    assert checked.figures == columns.figures
    assert vesica.overlap(*lists, hash_bits=128).method == "exact-128"
    assert vesica.overlap(*lists, context=vesica.Context(threads=2)) == columns
    with pytest.raises(ValueError, match="exact_bytes"):
        vesica.overlap(Audience.from_keys([]), [], exact_bytes=True)


def test_mixed_sets_follow_the_audience():
    audience = Audience.from_keys(["030 1234567"], "phone-digits/1", country="DE", hash_bits=128)
    assert vesica.overlap(audience, ["+49301234567"]).intersection == 1
    with pytest.raises(vesica.IdentityMismatch) as raised:
        vesica.overlap(audience, ["a@x.com"], "email/1")
    assert raised.value.field == "profile"
    assert raised.value.index == 1


@pytest.mark.parametrize("representation", ["minhash", "hyperloglog"])
def test_estimates(representation):
    a = Audience.from_keys(addresses(0, 60_000), representation=representation)
    b = Audience.from_keys(addresses(50_000, 60_000), representation=representation)
    answer = vesica.overlap(a, b)
    assert answer.method == representation
    for name, truth in (("intersection", 10_000), ("union", 110_000), ("jaccard", 1 / 11), ("share_of_a", 1 / 6)):
        figure = getattr(answer, name)
        assert figure.lower < truth < figure.upper, name
        assert abs(figure.value / truth - 1) < 0.15
        assert not figure.exact
    assert 0 < answer.design_error < 0.1
    assert isinstance(answer.intersection.value, int)
    assert "(" in repr(answer.intersection)
    assert "<th>lower</th>" in answer._repr_html_()


def test_undefined_is_nan():
    answer = vesica.overlap([], ["a@x.com"])
    assert math.isnan(answer.share_of_a.value)
    assert not answer.overlap_coefficient.defined
    assert repr(answer.jaccard) == "0"
    assert repr(answer.share_of_a) == "undefined"
    assert answer.warnings == ("set A is empty",) or "empty" in answer.warnings[0]
    assert "empty" in repr(answer) and "empty" in answer._repr_html_()
    assert str(answer) == "0 of the 0 in A are also in B"


def test_estimate():
    figure = vesica.Estimate(0.25, 0.2, 0.3)
    assert float(figure) == figure.value == 0.25
    assert f"{figure:.1%}" == "25.0%"
    assert figure < 0.3 <= vesica.Estimate(0.3, 0.3, 0.3)
    assert figure > 0.2 and figure >= 0.25
    assert figure != vesica.Estimate(0.25, 0.25, 0.25)
    assert round(figure, 1) == 0.2
    assert pickle.loads(pickle.dumps(figure)) == figure
    assert hash(vesica.Estimate(3, 3, 3)) == hash(3)
    for bad in (figure, vesica.Estimate(2.5, 2.5, 2.5), vesica.Estimate(3, 2, 4)):
        with pytest.raises(ValueError):
            int(bad)
    with pytest.raises(AttributeError):
        figure.value = 1


@pytest.mark.parametrize("count", range(1, 9))
def test_regions_are_those_of_python(count):
    sets = random_sets(count, count)
    answer = vesica.regions(sets, "raw/1")
    assert [region.members for region in answer.regions] == [tuple(row["region"].split(" & ")) for row in answer]
    assert len(answer) == 2**count - 1
    for members in subsets(list(sets)):
        inside = set.intersection(*(sets[name] for name in members))
        outside = set().union(*(sets[name] for name in sets if name not in members))
        assert answer[members] == len(inside - outside)
    for a, b in combinations(sets, 2):
        pair = answer.overlap(a, b)
        turned = answer.overlap(b, a)
        assert pair.intersection == turned.intersection == len(sets[a] & sets[b])
        assert pair.figures["share_of_a"] == turned.figures["share_of_b"]
        if sets[a] and sets[b]:
            assert pair.size_ratio == len(sets[a]) / len(sets[b])
            assert turned.size_ratio.value == pytest.approx(len(sets[b]) / len(sets[a]))
    assert vesica.regions({name: Audience.from_keys(keys, "raw/1") for name, keys in sets.items()}).to_json() == \
        answer.to_json() or count == 0


def test_regions_refuse():
    answer = vesica.regions({"a": ["x"], "b": ["x"]}, "raw/1")
    for key in (("a", "c"), ("a", "a"), ()):
        with pytest.raises(KeyError):
            answer[key]
    with pytest.raises(KeyError, match=r'that set alone is \["a",\]'):
        answer["a"]
    assert answer["a",] == 0
    for pair in (("a", "a"), ("a", "c")):
        with pytest.raises(KeyError):
            answer.overlap(*pair)
    with pytest.raises(TypeError, match="by name"):
        vesica.regions([["x"], ["y"]])
    with pytest.raises(ValueError, match="no sets"):
        vesica.regions({})
    with pytest.raises(vesica.InvalidArgument):
        vesica.regions({str(i): ["x"] for i in range(9)}, "raw/1")
    sketches = {str(i): Audience.from_keys(addresses(0, 20_000), representation="minhash", bytes=1024) for i in range(5)}
    with pytest.raises(vesica.Unsupported):
        vesica.regions(sketches)


def test_matrix():
    sets = random_sets(8, 5)
    table = vesica.matrix(sets, "raw/1")
    assert len(table) == 28
    for row in table:
        a, b = sets[row["a"]], sets[row["b"]]
        assert row["intersection"] == row["intersection_lower"] == len(a & b)
        assert row["jaccard"] == pytest.approx(len(a & b) / len(a | b))
    assert table.quality["count"] == [len(keys) for keys in sets.values()]
    assert json.loads(table.to_json())["pairs"][0]["a"] == "a"
    mixed = vesica.matrix({"list": sorted(sets["a"]), "audience": Audience.from_keys(sets["b"], "raw/1")})
    assert mixed["intersection"] == [len(sets["a"] & sets["b"])]


def test_tables_leave_as_arrow():
    pa, pd, pl = (pytest.importorskip(name) for name in ("pyarrow", "pandas", "polars"))
    table = vesica.regions({"a": ["x", "y"], "b": ["y", "z"]}, "raw/1")
    arrow = table.to_arrow()
    assert arrow.column_names == table.columns
    assert arrow.to_pydict() == table.to_dict()
    assert table.to_polars().to_dict(as_series=False) == table.to_dict()
    frame = table.to_pandas()
    assert list(frame.columns) == table.columns
    assert frame["count"].tolist() == table["count"]
    assert pa.table(vesica.profiles())["name"][0].as_py() == "email/1"
    assert pd.DataFrame(list(table)).equals(frame)
    assert pl.DataFrame(vesica.plan(1e4, 1e5, overlap=0.2)).height == 3
    duckdb = pytest.importorskip("duckdb")
    assert duckdb.sql("SELECT sum(count) FROM arrow").fetchall() == [(3,)]
    stream = table.__arrow_c_stream__()
    del table, stream  # never read: released with the capsule


def test_tables_as_text_and_html():
    table = vesica.regions({"<b>": ["x"], 'say "hi"': ["x"]}, "raw/1")
    rows = json.loads(json.dumps(list(table)))
    assert rows[0]["region"] == "<b>"
    html = table._repr_html_() + vesica.overlap(["x"], ["x"], "raw/1", names=("<script>", "&"))._repr_html_()
    assert "<b>" not in html and "<script>" not in html
    assert table.to_csv().startswith("region,")
    assert len(vesica.matrix({str(i): [] for i in range(20)})._repr_html_()) < 200_000
    assert "190 rows" in vesica.matrix({str(i): [] for i in range(20)})._repr_html_()
    assert repr(table).startswith("<vesica.Regions: 3 rows of region, ")
    with pytest.raises(KeyError, match='no column "no such column" among region, sets'):
        table["no such column"]
    assert "count" in table and "no" not in table


def test_progress_of_reading_and_comparing():
    columns = {name: addresses(0, 200_000) for name in "abc"}
    seen = []
    vesica.matrix(columns, progress=seen.append)
    assert seen == sorted(seen) and seen[-1] == 1
    assert any(0 < fraction < 0.9 for fraction in seen)
    with pytest.raises(vesica.Cancelled):
        vesica.matrix(columns, progress=lambda fraction: False)


def test_estimates_compare_with_numbers_only():
    with pytest.raises(TypeError):
        vesica.Estimate(1, 1, 1) < "3"
    with pytest.raises(ValueError, match="names"):
        vesica.overlap([], [], names="ab")


def test_amounts_and_times_are_shown_as_such():
    import datetime
    import decimal

    html = vesica._html.table({"won": [decimal.Decimal("123456.7800")], "at": [datetime.datetime(2026, 1, 2)]})
    assert "123,456.78" in html and "2026-01-02 00:00:00" in html


def test_plan():
    table = vesica.plan(50_000, 1_000_000, overlap=0.16, error=0.2)
    minhash = next(row for row in table if row["representation"] == "minhash")
    assert minhash["reaches_error"] and minhash["relative_half_width"] <= 0.2
    assert vesica.half_width(50_000, 1_000_000, overlap=0.16, bytes=minhash["sketch_bytes"]) == pytest.approx(
        minhash["relative_half_width"])
    assert vesica.half_width(50_000, 1_000_000, overlap=0.16, representation="exact", bytes=16384) == 0
    for wrong in ({"overlap": 0}, {"overlap": 1.5}, {"overlap": 0.1, "error": 0}):
        with pytest.raises(vesica.InvalidArgument):
            vesica.plan(10, 100, **wrong)


def test_tables_print():
    matrix = vesica.matrix({f"set {i}": ["x"] * i for i in range(8)}, "raw/1")
    lines = str(matrix).splitlines()
    assert lines[0].split() == matrix.columns[:10]
    assert lines[1].split()[:5] == ["set", "0", "set", "1", "0"]
    assert len(lines) == 22 and all(len(line) <= 120 for line in lines)
    assert lines[-1] == f"... 8 more rows, {len(matrix.columns) - 10} more columns"
    assert str(vesica.matrix({"a": [], "b": []}, "raw/1").quality).splitlines()[1].split() == ["a"] + ["0"] * 9
