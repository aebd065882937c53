import base64
import datetime
import decimal
import hashlib
import json

import pytest

import vesica

pd = pytest.importorskip("pandas")
pa = pytest.importorskip("pyarrow")
pl = pytest.importorskip("polars")
duckdb = pytest.importorskip("duckdb")

ROWS = [
    ("ann@x.com", "exposed", "brand", "2026-01-03", "EE"),
    ("ann@x.com", "exposed", "demand", "2026-01-05", "EE"),
    ("ann@x.com", "contacted", "sales", "2026-01-10", "EE"),
    ("bo@x.com", "exposed", "demand", "2026-01-04", "EE"),
    ("bo@x.com", "contacted", "sales", "2026-01-08", "EE"),
    ("bo@x.com", "responded", "sales", "2026-01-09", "EE"),
    ("cy@x.com", "contacted", "sales", "2026-01-11", "FI"),
    ("di@x.com", "exposed", "marketing", "2026-01-02", "FI"),
    ("nobody", "exposed", "brand", "2026-01-02", "FI"),
    (None, "contacted", "sales", "2026-01-02", "FI"),
]
COLUMNS = ("person", "event", "team", "time", "region")
FRAME = pd.DataFrame(ROWS, columns=COLUMNS)
KINDS = {
    "pandas": lambda: FRAME,
    "pyarrow": lambda: pa.Table.from_pandas(FRAME),
    "reader": lambda: pa.Table.from_pandas(FRAME).to_reader(max_chunksize=3),
    "polars": lambda: pl.DataFrame(dict(zip(COLUMNS, zip(*ROWS)))),
    "duckdb": lambda: duckdb.sql("SELECT * FROM FRAME"),
    "parts": lambda: [FRAME.iloc[7:], FRAME.iloc[:7]],
}


@pytest.mark.parametrize("kind", KINDS)
def test_circles(kind):
    answer = vesica.study(KINDS[kind](), by="region", tables=["circles", "segments"])
    assert [name for name in answer][:2] == ["circles", "segments"]
    row = next(row for row in answer["circles"] if (row["company"], row["a"], row["b"]) == (None, "marketing", "sales"))
    # marketing reached ann, bo and di; sales ann, bo and cy
    assert (row["n_a"], row["n_b"], row["n_both"], row["n_union"]) == (3, 3, 2, 4)
    assert answer.coverage.value == pytest.approx(2 / 3)
    assert answer.quality.rows == 10 and answer.quality.taken == 8
    assert {one.reason: one.rows for one in answer.quality.problems} == {"invalid": 1, "blank": 1}
    regions = {row["value"]: row["n_both"] for row in answer["segments"]
               if (row["a"], row["b"]) == ("marketing", "sales") and row["dimension"] == "region"}
    assert regions["EE"] == 2 and regions["FI"] == 0


def test_hashed_persons():
    plain = vesica.study(FRAME, profile="uid2-email/1", tables=["circles", "accounts"], min_support=1)
    assert len(plain["accounts"]) > 0
    digests = [hashlib.sha256(row[0].encode()).digest() if row[0] and "@" in row[0] else None for row in ROWS]
    columns = {
        "hex": pa.array([digest and digest.hex().upper() for digest in digests]),
        "base64": pa.array([digest and base64.b64encode(digest).decode() for digest in digests]).dictionary_encode(),
        "plain": pa.array(digests, pa.binary(32)),
    }
    for encoding, column in columns.items():
        events = pa.Table.from_pandas(FRAME).set_column(0, "person", column)
        hashed = vesica.study(events, profile="uid2-email/1", encoding=encoding, tables=["circles", "accounts"],
                              min_support=1)
        assert list(hashed["circles"]) == list(plain["circles"]), encoding
        assert len(hashed["accounts"]) == 0
        assert dict(zip(hashed["settings"]["option"], hashed["settings"]["value"]))["encoding"] == encoding
    with pytest.raises(ValueError, match="encoding is"):
        vesica.study(FRAME, encoding="sha256")
    with pytest.raises(ValueError, match="takes no columns of digests in text"):
        vesica.study(FRAME, encoding="hex")


def test_types_of_columns():
    events = pa.table({
        "person": ["ann@x.com", "bo@x.com", "cy@x.com"],
        "event": pa.array(["deal"] * 3).dictionary_encode(),
        "deal": ["1", "2", "3"],
        "time": pa.array([datetime.date(2026, 1, 1)] * 3),
        "stage": pa.array(["won", "won", "lost"], pa.large_string()),
        "amount": pa.array([decimal.Decimal("10.25"), decimal.Decimal("-0.25"), None], pa.decimal128(20, 3)),
        "currency": ["EUR", "EUR", "EUR"],
        "customer": [True, None, False],
        "reason": pa.nulls(3),
        "note": pa.array([datetime.timedelta(1)] * 3),
    })
    answer = vesica.study(events, by="customer", tables=["revenue", "segments", "quality"])
    row = next(row for row in answer["revenue"] if row["company"] is None)
    assert (row["won"], row["lost"], row["won_amount"]) == (2, 1, decimal.Decimal("10"))
    with pytest.raises(vesica.Error, match="column 'note'"):
        vesica.study(events, by="note")
    with pytest.raises(vesica.Error, match="column 'amount'"):
        vesica.study(events, mapping={"note": "amount"})


def test_all_tables_and_json():
    answer = vesica.study(FRAME, by=["region"], exposure_window=datetime.timedelta(days=20), min_support=1)
    parsed = json.loads(answer.to_json())
    for name, table in parsed["tables"].items():
        assert len(answer[name]) == len(table), name
        assert list(table[0]) == answer[name].columns if table else True
    assert set(vesica.study_tables()["table"]) <= set(answer)
    assert "circles" in answer and "no such" not in answer
    assert "<table>" in answer._repr_html_()
    assert repr(answer).startswith("<vesica.Study: 8 events")


def test_mapping_and_settings():
    renamed = FRAME.rename(columns={"person": "Email", "time": "Created Date"})
    mapping = {"Email": "person", "Created Date": "time"}
    answer = vesica.study(renamed, mapping=mapping, tables=["circles"], as_of=datetime.date(2026, 1, 31))
    assert answer.coverage == vesica.study(FRAME, tables=["circles"]).coverage
    with pytest.raises(ValueError):
        vesica.study(renamed)
    for wrong in ({"exposure_window": "soon"}, {"no_such_option": 1}, {"tables": ["no such table"]}):
        with pytest.raises(ValueError):
            vesica.study(FRAME, **wrong)


def test_settings_are_told():
    answer = vesica.study(FRAME, tables=["circles"], exposure_window="14d", min_cell=5, recency_buckets=["1d", "2d"])
    settings = {row["option"]: row["value"] for row in answer["settings"]}
    assert (settings["exposure_window"], settings["min_cell"], settings["recency_buckets"]) == ("14d", "5", "1d,2d")


def test_threads_and_memory_do_not_change_the_tables(tmp_path):
    many = pd.DataFrame({
        "person": [f"person{i % 5000}@example.com" for i in range(40_000)],
        "event": ["exposed" if i % 3 else "contacted" for i in range(40_000)],
        "team": [("brand", "demand")[i % 2] if i % 3 else "sales" for i in range(40_000)],
        "time": [f"2026-0{1 + i % 6}-1{i % 9}" for i in range(40_000)],
    })
    one = vesica.study(many).to_json()
    assert vesica.study(many, context=vesica.Context(threads=2)).to_json() == one
    little = vesica.Context(memory="8M")
    assert vesica.study(many, context=little, spill=str(tmp_path)).to_json() == one
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("wrong", [7, "ann@x.com", [["ann@x.com"]], None])
def test_what_is_no_table(wrong):
    with pytest.raises(TypeError):
        vesica.study(wrong)


def test_keys_are_not_told():
    mixed = pd.DataFrame({"person": ["private@x.com", 5], "event": ["exposed", "exposed"], "team": ["brand", "brand"]})
    with pytest.raises(TypeError) as raised:
        vesica.study(mixed)
    assert "private" not in str(raised.value)
    assert raised.value.__context__ is None
    assert not vesica.study(FRAME, tables="gaps").coverage.defined


def test_audiences():
    reached = vesica.Audience.from_keys([f"p{i}@x.com" for i in range(20000)], representation="minhash")
    contacted = vesica.Audience.from_keys([f"p{i}@x.com" for i in range(19500, 20500)])
    answer = vesica.study(audiences=[
        ({"circle": "brand", "company": "Acme"}, reached),
        ({"circle": "sales", "company": "Acme", "region": "EU"}, contacted),
    ], by="region")
    assert set(answer) == {"circles", "segments", "companies", "quality", "settings", "warnings"}
    assert answer.coverage.lower <= 0.5 <= answer.coverage.upper
    assert 0 < answer.coverage.upper - answer.coverage.lower < 0.3
    row = next(iter(answer["companies"]))
    assert row["company"] == "Acme" and row["n_sales"] == 1000 == row["n_sales_upper"] and row["method"] == "minhash"
    assert any(row["value"] == "EU" for row in answer["segments"])
    with pytest.raises(vesica.Unsupported):
        vesica.study(audiences=[({"circle": "sales"}, contacted)], tables="recency")
    with pytest.raises(ValueError, match="circle"):
        vesica.study(audiences=[({"company": "Acme"}, contacted)])
    with pytest.raises(vesica.InvalidArgument, match="finance"):
        vesica.study(audiences=[({"circle": "finance"}, contacted)])
    with pytest.raises(vesica.InvalidArgument, match="region"):
        vesica.study(audiences=[({"circle": "sales", "region": "EU"}, contacted)])
    with pytest.raises(TypeError):
        vesica.study()


def test_audiences_beside_events():
    events = vesica.study(FRAME, sketch_bytes=4096)
    people = vesica.Audience.from_keys(["zoe@x.com", "ann@x.com"])
    both = vesica.study(FRAME, audiences=[({"circle": "brand"}, people)], sketch_bytes=4096)
    first = lambda answer: next(iter(answer["circles"]))
    assert first(both)["n_a"] == first(events)["n_a"] + 1
    assert first(both)["n_b"] == first(events)["n_b"]


def test_partials_add_up(tmp_path):
    settings = dict(by="region", as_of="2026-12-31", stages=["MQL", "SQL"], min_support=1)
    whole = vesica.study(FRAME, **settings)
    parts = [vesica.study_partial(FRAME, slice=f"{i}/3", **settings) for i in (1, 2, 3)]
    assert parts[0] == vesica.study_partial(FRAME.iloc[::-1], slice="1/3", **settings)
    assert all(isinstance(part, bytes) and b"ann@" not in part for part in parts)
    path = tmp_path / "third.vsp"
    path.write_bytes(parts[2])
    assert vesica.study(partials=[parts[1], path, parts[0]], **settings).to_json() == whole.to_json()
    two = vesica.study_partial(partials=parts[:2], **settings)
    mixed = vesica.study(FRAME, partials=two, slice="3/3", **settings)
    assert mixed["circles"].to_dict() == whole["circles"].to_dict() and mixed.warnings == whole.warnings
    assert "people were counted" in vesica.study(partials=parts[:1], **settings).warnings[0]


def test_partials_that_do_not_add_up():
    settings = dict(as_of="2026-12-31", stages="MQL")
    part = vesica.study_partial(FRAME, slice="1/2", **settings)
    with pytest.raises(ValueError, match="overlap"):
        vesica.study(partials=[part, part], **settings)
    with pytest.raises(ValueError, match="the option sla"):
        vesica.study(partials=[part], sla="4h", **settings)
    with pytest.raises(vesica.CorruptImage):
        vesica.study(partials=[part[:-1]], **settings)
    with pytest.raises(vesica.IdentityMismatch):
        vesica.study(partials=[part], profile="raw/1", **settings)
    with pytest.raises(ValueError, match="as_of must be given"):
        vesica.study_partial(FRAME)


def test_figures_and_report(tmp_path):
    answer = vesica.study(FRAME, by="region", min_support=1)
    known = vesica.study_figures()
    assert known.columns == ["figure", "description"] and set(answer.figures) <= set(known["figure"])
    assert {"circles", "segments"} <= set(answer.figures)
    for name in answer.figures:
        assert answer.svg(name, title="Mine & <ours>").startswith("<svg")
    page = answer.html()
    for name in answer.figures:
        assert f'id="figure-{name}"' in page
    assert answer.html(title="Mine", theme="dark") != page and "<title>Mine</title>" in answer.html(title="Mine")
    answer.report(tmp_path / "report.html")
    assert (tmp_path / "report.html").read_text(encoding="utf-8") == page
    assert [path.name for path in tmp_path.iterdir()] == ["report.html"]
    assert answer._repr_html_().startswith(f"<div>{answer.svg()}</div><table>")


def test_what_is_no_figure_or_company(tmp_path):
    answer = vesica.study(FRAME, tables="quality")
    assert "circles" not in answer.figures and "<svg" not in answer._repr_html_()
    for ask in (lambda: answer.svg(), lambda: answer.svg("pie"), lambda: answer.html(company="Nobody"),
                lambda: answer.report(tmp_path / "x", company="Nobody")):
        with pytest.raises(vesica.InvalidArgument):
            ask()
    with pytest.raises(ValueError, match="theme"):
        answer.svg(theme="blue")
    with pytest.raises(ValueError, match="company is empty"):
        answer.report(tmp_path / "x", company="")
    assert not list(tmp_path.iterdir())


def test_report_of_one_company_names_no_other():
    rows = FRAME.assign(company=["Acme & <co>", "Other"] * 5)
    page = vesica.study(rows, by="region").html(company="Acme & <co>")
    assert "Acme &amp; &lt;co&gt;" in page and "Other" not in page.replace("Other marketing", "")
