import copy
import pickle
import random
import threading

import pytest

import vesica
from conftest import addresses
from vesica import Audience

SECRET = bytes(range(32))


def test_count_quality_and_repr(lists):
    marketing, _ = lists
    audience = Audience.from_keys(marketing)
    assert len(audience) == audience.count == 2000
    assert audience.count.exact
    quality = audience.quality
    assert (quality.rows, quality.blank, quality.invalid, quality.duplicate) == (2055, 3, 2, 50)
    assert {one.reason for one in quality.invalid_rows} == {"no @", "more than one @"}
    assert all(marketing[row] == "junk" for one in quality.invalid_rows if one.reason == "no @" for row in one.first_rows)
    assert repr(audience) == "<vesica.Audience: 2,000 keys, exact, email/1>"
    assert bool(audience) and not Audience.from_keys([])


def test_set_operations_are_those_of_python():
    rng = random.Random(11)
    a = {f"k{rng.randrange(900)}" for _ in range(600)}
    b = {f"k{rng.randrange(900)}" for _ in range(300)}
    left, right = Audience.from_keys(a, "raw/1"), Audience.from_keys(b, "raw/1")
    for ours, theirs in ((left | right, a | b), (left & right, a & b), (left - right, a - b), (right - left, b - a)):
        assert len(ours) == len(theirs)
        assert ours == Audience.from_keys(theirs, "raw/1")
    assert (left | right).quality == vesica.Quality(None, None, None, None, None, None, len(a | b), ())
    with pytest.raises(TypeError):
        left | {"k1"}


@pytest.mark.parametrize("representation", ["exact", "minhash", "hyperloglog"])
@pytest.mark.parametrize("size", [1024, 16384])
def test_images(representation, size, tmp_path):
    if representation == "exact" and size == 1024:
        pytest.skip("has no size")
    options = {} if representation == "exact" else {"bytes": size}
    audience = Audience.from_keys(addresses(0, 30_000), representation=representation, **options)
    image = audience.to_bytes()
    audience.save(tmp_path / "a.vsc")
    assert (tmp_path / "a.vsc").read_bytes() == image
    assert list(tmp_path.iterdir()) == [tmp_path / "a.vsc"]
    for same in (Audience.load(tmp_path / "a.vsc"), Audience.from_bytes(bytearray(image)),
                 Audience.from_bytes(memoryview(image)), pickle.loads(pickle.dumps(audience)), copy.deepcopy(audience)):
        assert same == audience
        assert hash(same) == hash(audience)
        assert same.representation == representation
        assert same.count == audience.count
    assert vesica.inspect(image) == audience.info
    assert audience.info["size_bytes"] == len(image)
    if representation != "exact":
        assert len(image) <= size + 512
        assert audience.count.lower < 30_000 < audience.count.upper
        assert abs(audience.count.value - 30_000) < 3_000
        with pytest.raises(TypeError):
            len(audience)
        with pytest.raises(ValueError):
            int(audience.count)


def test_saving_fails_whole(tmp_path):
    audience = Audience.from_keys(["a@x.com"])
    with pytest.raises(OSError):
        audience.save(tmp_path / "no" / "folder.vsc")
    (tmp_path / "folder").mkdir()
    with pytest.raises(OSError):
        audience.save(tmp_path / "folder")
    assert [entry.name for entry in tmp_path.iterdir()] == ["folder"]


@pytest.mark.parametrize("representation", ["exact", "minhash", "hyperloglog"])
def test_merging_is_building_from_all(representation):
    parts = [addresses(i * 5000, 9000) for i in range(4)]
    first, *others = (Audience.from_keys(part, representation=representation) for part in parts)
    whole = Audience.from_keys([key for part in parts for key in part], representation=representation)
    assert first.merge(*others) == whole
    assert first.merge(others) == whole
    assert first.merge() == first
    assert first.merge(*others).representation == representation
    with pytest.raises(TypeError):
        first.merge([others[0], "a@x.com"])


def test_merging_takes_the_coarsest():
    small = Audience.from_keys(addresses(0, 9000), representation="minhash", bytes=2048)
    large = Audience.from_keys(addresses(5000, 9000), representation="minhash", bytes=8192)
    exact = Audience.from_keys(addresses(0, 14_000))
    assert exact.merge(large, small).info["sketch_bytes"] == 2048
    assert large.merge(exact).info["sketch_bytes"] == 8192
    assert exact.merge(large, small) == exact.sketch(bytes=2048).merge(exact)
    assert exact.merge(large, representation="minhash", bytes=4096).info["sketch_bytes"] == 4096


def test_merging_to_a_size():
    parts = [Audience.from_keys(addresses(i * 9000, 9000), representation="hyperloglog") for i in range(2)]
    merged = parts[0].merge(parts[1], bytes=2048)
    assert (merged.representation, merged.info["sketch_bytes"]) == ("hyperloglog", 2048)
    exact = Audience.from_keys(addresses(0, 9000))
    assert exact.merge(exact, bytes=2048).representation == "minhash"


def test_saving_at_once(tmp_path):
    audience = Audience.from_keys(addresses(0, 5000))
    failed = []

    def save():
        try:
            for _ in range(20):
                audience.save(tmp_path / "a.vsc")
        except OSError as error:
            failed.append(error)

    threads = [threading.Thread(target=save) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failed
    assert Audience.load(tmp_path / "a.vsc") == audience
    assert list(tmp_path.iterdir()) == [tmp_path / "a.vsc"]


def test_images_are_bytes():
    for wrong in (5, [1, 2, 3], "text"):
        with pytest.raises(TypeError):
            Audience.from_bytes(wrong)
        with pytest.raises(TypeError):
            vesica.inspect(wrong)
    for wrong in (None, 1.5, True):
        with pytest.raises(TypeError):
            vesica.Profile("raw/1").canonicalize(wrong)


def test_builder_is_left_alone_by_a_failing_progress():
    class Mine(Exception):
        pass

    def fail_at_the_end(fraction):
        if fraction == 1:
            raise Mine

    builder = vesica.AudienceBuilder()
    rows = 0
    for _ in range(3):
        try:
            builder.add(addresses(0, 100), progress=fail_at_the_end)
            rows += 100
        except Mine:
            pass
    try:
        audience = builder.build(progress=fail_at_the_end)
    except Mine:
        audience = builder.build()
    assert audience.quality.rows == rows


def test_sketch_carries_the_exact_count():
    exact = Audience.from_keys(addresses(0, 20_000))
    for representation in ("minhash", "hyperloglog"):
        sketch = exact.sketch(representation, bytes=4096)
        assert sketch.info["exact_count"] == 20_000
        assert sketch.count == 20_000
    plain = exact.sketch("hyperloglog", plain_registers=True)
    assert plain.info["mantissa_bits"] == 0


def test_builder(lists):
    marketing, sales = lists
    builder = vesica.AudienceBuilder(representation="minhash")
    builder.add(marketing)
    builder.add(sales)
    assert builder.build() == Audience.from_keys(marketing + sales, representation="minhash")
    assert builder.build().count == 0
    with pytest.raises(TypeError, match="row 1"):
        builder.add(["a@x.com", 1.5])
    builder.add(["a@x.com"])
    builder.merge(Audience.from_keys(["b@x.com", "a@x.com"]))
    assert builder.build().count == 2


def test_contains():
    audience = Audience.from_keys(addresses(0, 100), secret=SECRET, hash_bits=128)
    keys = ["PERSON3@example3.com", None, "nobody", "person100@example3.com", "person99@example2.com"]
    assert audience.contains(keys, secret=SECRET) == [True, False, False, False, True]
    assert audience.contains((key for key in keys), vesica.Profile(secret=SECRET, hash_bits=128))[0]
    with pytest.raises(vesica.IdentityMismatch):
        audience.contains(keys)
    with pytest.raises(vesica.Unsupported):
        Audience.from_keys(addresses(0, 100_000), representation="minhash").contains(keys)


def test_contains_over_chunks():
    pa = pytest.importorskip("pyarrow")
    chunks = pa.chunked_array([["a@x.com", None], [], ["b@x.com"], ["c@x.com"]], pa.string())
    assert Audience.from_keys(["a@x.com", "c@x.com"]).contains(chunks) == [True, False, False, True]


def test_profiles_of_phones_and_digests():
    import hashlib

    german = Audience.from_keys(["030 1234567", "+49 30 1234567"], "phone-digits/1", country="DE")
    assert len(german) == 1
    assert german.contains(["0049301234567"]) == [True]
    digest = hashlib.sha256(b"ann@x.com").hexdigest()
    plain = Audience.from_keys([" Ann@X.com "], "linkedin-email/1")
    assert plain == Audience.from_keys([digest], "linkedin-email/1", encoding="hex")
    assert vesica.overlap(plain, [digest.upper()], encoding="hex").intersection == 1
    assert vesica.Profile("linkedin-email/1").canonicalize("ann@x.com").hex() == digest


def test_profile():
    profile = vesica.Profile("email/1")
    assert profile.canonicalize(b" Bo@X.com") == b"bo@x.com"
    with pytest.raises(vesica.InvalidKey, match="no @") as raised:
        profile.canonicalize("very private")
    assert "private" not in str(raised.value)
    assert raised.value.status == 2
    assert SECRET.hex() not in vesica.Profile(secret=SECRET).stamp
    for wrong in ({"secret": b"short"}, {"hash_bits": 63}, {"country": "Germany"}):
        with pytest.raises(ValueError):
            vesica.Profile("email/1", **wrong)
    with pytest.raises(TypeError):
        vesica.Profile(secret="x" * 32)
    with pytest.raises(ValueError, match="open already"):
        Audience.from_keys([], profile, secret=SECRET)


def test_equality_and_hash():
    a = Audience.from_keys(["a@x.com", "b@x.com"])
    assert a == Audience.from_keys(["B@x.com", "a@x.com", None])
    assert a != Audience.from_keys(["a@x.com"])
    assert a != Audience.from_keys(["a@x.com", "b@x.com"], "raw/1")
    assert a != 2
    assert len({a, Audience.from_keys(["b@x.com", "a@x.com"])}) == 1


def test_immutable():
    with pytest.raises(TypeError, match="from_keys"):
        Audience()
    with pytest.raises(AttributeError):
        Audience.from_keys([]).name = "x"


def test_used_by_threads(lists):
    marketing, sales = (Audience.from_keys(keys) for keys in lists)
    expected = vesica.overlap(marketing, sales)
    shared = vesica.Context(threads=2)
    answers = []

    def work():
        for context in (None, shared):
            for _ in range(20):
                answers.append(vesica.overlap(marketing, sales, context=context) == expected)
                answers.append(Audience.from_keys(lists[0], context=context) == marketing)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(answers) == 320 and all(answers)
