"""Every kind of column that people have gives the same audience."""

import array
import random

import numpy as np
import pytest

import vesica

TEXT = ["ann@x.com", None, "bo@x.com", "", "ANN@x.com", "bj\u00f6rn@x.com", "nobody", "cy@x.com"]
NUMBERS = [5, None, -7, 2**53, 0, 5]

pa = pytest.importorskip("pyarrow")
pd = pytest.importorskip("pandas")
pl = pytest.importorskip("polars")
duckdb = pytest.importorskip("duckdb")
na = pytest.importorskip("nanoarrow")


def chunked(type_):
    return pa.chunked_array([pa.array(TEXT[:3], type_), pa.array([], type_), pa.array(TEXT[3:], type_)])


def sliced():
    return pa.array(["before@x.com", *TEXT, "after@x.com"]).slice(1, len(TEXT))


def non_contiguous():
    return np.array([value for key in TEXT for value in (key, "other@x.com")], dtype=object)[::2]


TEXT_COLUMNS = {
    "list": lambda: TEXT,
    "tuple": lambda: tuple(TEXT),
    "generator": lambda: (key for key in TEXT),
    "bytes": lambda: [key if key is None else key.encode() for key in TEXT],
    "mixed": lambda: [key.encode() if i % 2 and key else key for i, key in enumerate(TEXT)],
    "nan": lambda: [float("nan") if key is None else key for key in TEXT],
    "numpy object": lambda: np.array(TEXT, dtype=object),
    "numpy strided": non_contiguous,
    "numpy U": lambda: np.array(["" if key is None else key for key in TEXT]),
    "numpy S": lambda: np.array([b"" if key is None else key.encode() for key in TEXT]),
    "numpy StringDType": lambda: np.array(["" if key is None else key for key in TEXT], dtype=np.dtypes.StringDType()),
    "numpy masked": lambda: np.ma.array(["x" if k is None else k for k in TEXT], mask=[k is None for k in TEXT]),
    "pandas object": lambda: pd.Series(TEXT, dtype=object),
    "pandas str": lambda: pd.Series(TEXT, dtype="str"),
    "pandas string": lambda: pd.Series(TEXT, dtype="string"),
    "pandas string[python]": lambda: pd.Series(TEXT, dtype=pd.StringDtype("python")),
    "pandas string[pyarrow]": lambda: pd.Series(TEXT, dtype=pd.StringDtype("pyarrow")),
    "pandas ArrowDtype": lambda: pd.Series(TEXT, dtype=pd.ArrowDtype(pa.string())),
    "pandas category": lambda: pd.Series(TEXT, dtype="category"),
    "pandas Categorical": lambda: pd.Categorical(TEXT),
    "pandas NA": lambda: pd.Series([pd.NA if key is None else key for key in TEXT], dtype=object),
    "pandas Index": lambda: pd.Index(TEXT, dtype=object),
    "pandas odd index": lambda: pd.Series(TEXT, index=[3] * len(TEXT)),
    "pandas sliced": lambda: pd.Series(["x@x.com", *TEXT, "y@x.com"]).iloc[1:-1],
    "pandas frame": lambda: pd.DataFrame({"email": TEXT}),
    "pyarrow": lambda: pa.array(TEXT),
    "pyarrow large": lambda: pa.array(TEXT, pa.large_string()),
    "pyarrow view": lambda: pa.array(TEXT, pa.string_view()),
    "pyarrow binary": lambda: pa.array([k if k is None else k.encode() for k in TEXT], pa.binary()),
    "pyarrow dictionary": lambda: pa.array(TEXT).dictionary_encode(),
    "pyarrow sliced": sliced,
    "pyarrow chunked": lambda: chunked(pa.string()),
    "pyarrow chunked large": lambda: chunked(pa.large_string()),
    "pyarrow chunked dictionary": lambda: chunked(pa.string()).dictionary_encode(),
    "pyarrow table": lambda: pa.table({"email": chunked(pa.string())}),
    "pyarrow batch": lambda: pa.record_batch({"email": pa.array(TEXT)}),
    "pyarrow sliced batch": lambda: pa.record_batch({"email": pa.array(["x@x.com", *TEXT, None])}).slice(1, len(TEXT)),
    "pyarrow reader": lambda: pa.table({"email": chunked(pa.string())}).to_reader(),
    "polars": lambda: pl.Series(TEXT),
    "polars sliced": lambda: pl.Series(["x@x.com", *TEXT, "y@x.com"])[1:-1],
    "polars categorical": lambda: pl.Series(TEXT, dtype=pl.Categorical),
    "polars chunks": lambda: pl.concat([pl.Series(TEXT[:3], dtype=pl.String), pl.Series(TEXT[3:])], rechunk=False),
    "polars frame": lambda: pl.DataFrame({"email": TEXT}),
    "nanoarrow": lambda: na.c_array(TEXT, na.string()),
    "nanoarrow stream": lambda: na.ArrayStream([na.c_array(TEXT, na.string())][0]),
    "duckdb": lambda: duckdb.sql("SELECT unnest($keys) AS email", params={"keys": TEXT}),
}

INTEGER_COLUMNS = {
    "list": lambda: NUMBERS,
    "numpy scalars": lambda: [None if n is None else np.int64(n) for n in NUMBERS],
    "digits": lambda: [None if n is None else str(n) for n in NUMBERS],
    "mixed": lambda: [str(n) if i % 2 and n is not None else n for i, n in enumerate(NUMBERS)],
    "numpy float": lambda: np.array([np.nan if n is None else n for n in NUMBERS]),
    "numpy object": lambda: np.array(NUMBERS, dtype=object),
    "pandas float": lambda: pd.Series([5, None, -7, 2**53, 0, 5]),
    "pandas Int64": lambda: pd.Series(NUMBERS, dtype="Int64"),
    "pandas object": lambda: pd.Series(NUMBERS, dtype=object),
    "pandas ArrowDtype": lambda: pd.Series(NUMBERS, dtype=pd.ArrowDtype(pa.int64())),
    "pyarrow": lambda: pa.array(NUMBERS),
    "polars": lambda: pl.Series(NUMBERS),
    "duckdb": lambda: duckdb.sql("SELECT unnest($keys) AS id", params={"keys": NUMBERS}),
}


@pytest.mark.parametrize("kind", TEXT_COLUMNS)
def test_text(kind):
    expected = vesica.Audience.from_keys(TEXT)
    audience = vesica.Audience.from_keys(TEXT_COLUMNS[kind]())
    assert audience == expected
    assert len(audience) == 4
    assert audience.quality == expected.quality
    assert audience.quality.rows == len(TEXT)
    assert audience.quality.blank == 2
    assert audience.quality.invalid_rows == (vesica.InvalidRows("no @", 1, (6,)),)


@pytest.mark.parametrize("kind", TEXT_COLUMNS)
def test_text_in_one_shot(kind):
    answer = vesica.overlap(TEXT_COLUMNS[kind](), ["ann@x.com", "di@x.com"])
    assert (answer.a, answer.b, answer.intersection) == (4, 2, 1)


@pytest.mark.parametrize("kind", INTEGER_COLUMNS)
def test_integers(kind):
    audience = vesica.Audience.from_keys(INTEGER_COLUMNS[kind](), "int64/1")
    assert audience == vesica.Audience.from_keys(NUMBERS, "int64/1")
    assert (len(audience), audience.quality.blank) == (4, 1)


@pytest.mark.parametrize("type_", [np.int8, np.int16, np.int32, np.int64, np.uint8, np.uint16, np.uint32, np.uint64, ">i4"])
def test_integers_of_any_width(type_):
    assert vesica.Audience.from_keys(np.array([1, 2, 2, 3], dtype=type_), "int64/1").count == 3


def test_integers_beyond_64_bits_are_invalid_rows():
    audience = vesica.Audience.from_keys([1, 2**70, -(2**64)], "int64/1")
    assert (len(audience), audience.quality.invalid) == (1, 2)
    assert vesica.Audience.from_keys(np.array([1, 2**64 - 1], dtype=np.uint64), "int64/1").quality.invalid == 1


@pytest.mark.parametrize("empty", [[], (), np.array([]), np.array([], dtype=object), pd.Series([], dtype=object),
                                   pd.Series([], dtype=float), pa.array([], pa.string()), pl.Series([], dtype=pl.String),
                                   pa.chunked_array([], pa.string()), pd.DataFrame({"email": []}),
                                   pl.DataFrame({"email": []}, schema={"email": pl.String})])
def test_empty(empty):
    assert len(vesica.Audience.from_keys(empty)) == 0
    assert not vesica.overlap(empty, TEXT).overlap_coefficient.defined


@pytest.mark.parametrize("missing", [[None, None], np.array([np.nan, np.nan]), pd.Series([None, None]),
                                     pd.Series([np.nan, np.nan]), pd.Series([pd.NA, pd.NA], dtype="Int64"),
                                     pa.array([None, None], pa.string()), pl.Series([None, None], dtype=pl.String)])
def test_all_missing(missing):
    quality = vesica.Audience.from_keys(missing).quality
    assert (quality.rows, quality.blank, quality.count) == (2, 2, 0)


@pytest.mark.parametrize("table", [pd.DataFrame({"id": [1, 2], "email": ["a@x.com", "b@x.com"]}),
                                   pa.table({"id": [1, 2], "email": ["a@x.com", "b@x.com"]}),
                                   pa.table({"id": [1, 2], "email": ["a@x.com", "b@x.com"]}).to_batches()[0],
                                   pl.DataFrame({"id": [1, 2], "email": ["a@x.com", "b@x.com"]}),
                                   duckdb.sql("SELECT 1 AS id, unnest(['a@x.com', 'b@x.com']) AS email")],
                         ids=["pandas", "pyarrow", "batch", "polars", "duckdb"])
def test_table_needs_its_column(table):
    assert vesica.Audience.from_keys(table, column="email").count == 2
    for column in (None, "mail"):
        with pytest.raises(ValueError, match="the table has"):
            vesica.Audience.from_keys(table, column=column)


def test_column_of_a_column():
    for column in (["a@x.com"], pa.array(["a@x.com"]), pd.Series(["a@x.com"]), pl.Series(["a@x.com"])):
        with pytest.raises(ValueError, match="one column already"):
            vesica.Audience.from_keys(column, column="email")


def test_null_records():
    records = pa.StructArray.from_arrays([pa.array(["a@x.com", "b@x.com"])], ["email"], mask=pa.array([False, True]))
    audience = vesica.Audience.from_keys(pa.chunked_array([records]))
    assert (len(audience), audience.quality.blank) == (1, 1)


SECRET_KEY = "very.private@x.com"


@pytest.mark.parametrize("keys", [
    "ann@x.com", b"ann@x.com", {"ann@x.com": 1}, 7, None, [["ann@x.com"]], [SECRET_KEY, object()], [SECRET_KEY, True],
    [SECRET_KEY, 1.5], np.array([[1, 2], [3, 4]]), np.array([1.5]), np.array([True]), np.array(["2020-01-01"], "M8[D]"),
    pd.Series([SECRET_KEY, 1.5], dtype=object), pd.Series(pd.to_datetime(["2020-01-01"])), pa.array([1.5]),
    pl.Series([1.5]), np.float64(3), pd.Series([SECRET_KEY, ["x"]]),
], ids=str)
def test_what_is_no_column_of_keys(keys):
    with pytest.raises((TypeError, ValueError)) as raised:
        vesica.Audience.from_keys(keys)
    assert "private" not in str(raised.value)
    assert "private" not in str(raised.value.args)


def test_error_names_the_row():
    with pytest.raises(TypeError, match="^row 2: keys are str, bytes, int or None, not list$"):
        vesica.Audience.from_keys(["a@x.com", None, ["b@x.com"]])
    with pytest.raises(TypeError, match="^row 1: a number that is not whole is no key$"):
        vesica.Audience.from_keys(pd.Series([1.0, 2.5]), "int64/1")


def test_text_that_is_no_unicode_counts_as_invalid_or_as_bytes():
    assert vesica.Audience.from_keys(["a\udcff@x.com"]).quality.invalid == 1
    assert vesica.Audience.from_keys(["a\udcff", "a\udcff", "a"], "raw/1").count == 2


def test_iterables_and_buffers():
    assert vesica.Audience.from_keys(array.array("q", [1, 2, 2]), "int64/1").count == 2
    assert vesica.Audience.from_keys({"a@x.com", "b@x.com"}).count == 2
    assert vesica.Audience.from_keys({"a@x.com": 1}.keys()).count == 1


def test_objects_are_read_as_they_are_and_left_alone():
    keys = ["ann@x.com", None, 5.0, "b\u00f6@x.com"]
    before = list(keys)
    vesica.Audience.from_keys(keys)
    assert keys == before
    assert [type(key) for key in keys] == [type(key) for key in before]


def test_arrow_capsules_are_taken_once():
    class Once:
        def __init__(self):
            self.capsules = pa.array(["a@x.com"]).__arrow_c_array__()

        def __arrow_c_array__(self, requested_schema=None):
            return self.capsules

    once = Once()
    assert len(vesica.Audience.from_keys(once)) == 1
    with pytest.raises(ValueError, match="taken"):
        vesica.Audience.from_keys(once)


def test_queries_of_one_connection():
    """DuckDB has one running query a connection, so several relations are read one after the other."""
    def query(first, last):
        return duckdb.sql(f"SELECT 'person' || i || '@x.com' AS email FROM range({first}, {last}) t(i)")

    lists = [[f"person{i}@x.com" for i in range(*ends)] for ends in ((0, 5000), (4000, 6000))]
    answer = vesica.overlap(query(0, 5000), query(4000, 6000))
    assert answer == vesica.overlap(*lists)
    assert vesica.overlap(query(0, 5000), query(4000, 6000), exact_bytes=True).figures == answer.figures
    assert vesica.regions({"a": query(0, 9), "b": query(5, 20), "c": query(7, 8)})["a", "b", "c"] == 1
    assert vesica.matrix({"a": query(0, 9), "b": query(5, 20)})["intersection"] == [4]


def test_lazy_frame_is_told_to_collect():
    frame = pl.LazyFrame({"email": ["a@x.com"]})
    with pytest.raises(TypeError, match=r"LazyFrame: collect\(\) it"):
        vesica.Audience.from_keys(frame)
    assert len(vesica.Audience.from_keys(frame.collect())) == 1


def test_failing_stream():
    def batches():
        yield pa.record_batch({"email": pa.array(["a@x.com"])})
        raise RuntimeError(SECRET_KEY)

    reader = pa.RecordBatchReader.from_batches(pa.schema({"email": pa.string()}), batches())
    with pytest.raises(vesica.SourceFailed) as raised:
        vesica.Audience.from_keys(reader)
    assert "private" not in str(raised.value)


def test_without_copying():
    """A column of 100 MB is read where it lies: a copy would show in the memory of the process."""
    resource = pytest.importorskip("resource")
    keys = pa.array([b"x" * 100] * 1_000_000, pa.binary())
    vesica.Audience.from_keys(keys, "raw/1")
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    vesica.Audience.from_keys(keys, "raw/1")
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 50_000


def test_against_sets_of_python():
    rng = random.Random(3)
    for size in (0, 1, 255, 256, 257, 5000):
        a = [f"k{rng.randrange(2 * size + 1)}" for _ in range(size)]
        b = [f"k{rng.randrange(2 * size + 1)}" for _ in range(size // 2)]
        for as_column in (list, pa.array, lambda keys: pl.Series(keys, dtype=pl.String), pd.Series, tuple):
            answer = vesica.overlap(as_column(a) if a else a, as_column(b) if b else b, "raw/1")
            assert answer.intersection == len(set(a) & set(b))
            assert answer.union == len(set(a) | set(b))


class Odd:
    """What is coerced by code that changes the list that is being read."""

    def __init__(self, keys):
        self.keys = keys


def test_a_list_that_changes_while_it_is_read(monkeypatch):
    """Rows are what the list held when they were reached; a list cut short is an error, and nothing is read after free."""
    from vesica import _core

    def coerce(row, value):
        value.keys[row + 1:] = [f"new{i}" for i in range(len(value.keys) - row - 1)]
        return "coerced"

    def audience(keys):
        return _core.build(_core.Context(1, 0), _core.Profile.open("raw/1", None, "", 64), keys, 0,
                           _core.builder_options(0, 0, False), None)

    keys = [f"old{i}" for i in range(1000)]
    keys[500] = Odd(keys)
    read = audience(_core.Keys.of_objects(keys, coerce))
    expected = [f"old{i}" for i in range(500)] + ["coerced"] + [f"new{i}" for i in range(499)]
    assert read.save() == audience(_core.Keys.of_objects(expected, coerce)).save()

    def cut(row, value):
        del value.keys[row + 1:]
        return "coerced"

    keys = [f"old{i}" for i in range(1000)]
    keys[500] = Odd(keys)
    with pytest.raises(IndexError):
        _core.Keys.of_objects(keys, cut)


def test_long_keys_and_many():
    """More text than one piece has room for, and keys longer than a piece."""
    long = ["x" * (3 << 20), "y" * (1 << 20), "", None, "z"]
    assert vesica.Audience.from_keys(long, "raw/1").quality.blank == 2
    assert len(vesica.Audience.from_keys(long + long[::-1], "raw/1")) == 3
    many = [f"{i:040}" for i in range(100_000)] + [None, "ü" * 50, b"bytes", 7] * 30
    audience = vesica.Audience.from_keys(many, "raw/1")
    assert (len(audience), audience.quality.blank, audience.quality.rows) == (100_003, 30, 100_120)
    assert audience == vesica.Audience.from_keys(pa.array([None if key is None else str(key, "utf-8") if
                                                           isinstance(key, bytes) else str(key) for key in many]), "raw/1")


def test_small_floats_and_infinities():
    for dtype in (np.float16, np.float32, np.float64):
        assert vesica.Audience.from_keys(np.array([1, np.nan, 2], dtype=dtype), "int64/1").count == 2
        with pytest.raises(TypeError, match="row 1"):
            vesica.Audience.from_keys(np.array([1, np.inf], dtype=dtype), "int64/1")


@pytest.mark.parametrize("nothing", [pl.Series([None, None]), pa.array([None, None]), pa.chunked_array([[None], [None]]),
                                     pd.Series([None, None], dtype=pd.ArrowDtype(pa.null()))])
def test_columns_of_nothing_but_nulls(nothing):
    quality = vesica.Audience.from_keys(nothing).quality
    assert (quality.rows, quality.blank) == (2, 2)
    assert vesica.overlap(pl.Series([]), TEXT).a == 0


def test_libraries_built_on_pandas():
    class Mine(pd.Series):
        pass

    assert vesica.Audience.from_keys(Mine([5, "a@x.com"], dtype=object)).quality.rows == 2
    with pytest.raises(TypeError, match="row 1"):
        vesica.Audience.from_keys(Mine([5, 1.5, "private@x.com"], dtype=object))


def contexts(error):
    while error is not None:
        yield str(error)
        error = error.__context__ or error.__cause__


def test_what_a_library_cannot_hand_over_is_not_told():
    relation = duckdb.sql("SELECT ('private' || range || '@x.com')::INT AS e FROM range(9)")
    frame = pd.DataFrame({"person": ["private@x.com", 5], "event": ["exposed"] * 2, "team": ["brand"] * 2})
    for work in (lambda: vesica.Audience.from_keys(relation), lambda: vesica.study(frame)):
        with pytest.raises((TypeError, vesica.Error)) as raised:
            work()
        assert not any("private" in text for text in contexts(raised.value))


def test_text_that_fails_while_finalizers_run():
    """What makes an exception may collect garbage, whose finalizers may change the list."""
    import gc

    keys = ["\ud800 key"] * 300

    class Cycle:
        def __init__(self):
            self.itself = self

        def __del__(self):
            keys.clear()

    for ahead in range(0, 60, 3):
        keys[:] = ["\ud800 key"] * 300
        Cycle()
        gc.set_threshold(gc.get_count()[0] + ahead)
        try:
            vesica.Audience.from_keys(keys, "raw/1")
        except IndexError:
            pass
        finally:
            gc.set_threshold(700)


def test_integers_of_any_length():
    with pytest.raises(ValueError, match="row 1: an integer with too many digits"):
        vesica.Audience.from_keys([1, 10**5000], "int64/1")
