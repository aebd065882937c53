import re

import pytest

import vesica
from conftest import ROOT, addresses
from vesica import Audience, _errors


def statuses():
    header = (ROOT / "capi" / "include" / "vesica.h").read_text()
    block = header[header.index("typedef int32_t vesica_status"):header.index("vesica_status_text")]
    return {name: int(value) for name, value in re.findall(r"VESICA_(\w+) = (\d+)", block)}


def test_every_status_has_one_class():
    by_status = {cls.status: cls for cls in _errors.Error.__subclasses__()}
    assert sorted(by_status) == sorted(value for value in statuses().values() if value != 0)
    assert len(by_status) == len(_errors.Error.__subclasses__())
    for status, cls in by_status.items():
        assert getattr(vesica, cls.__name__) is cls
        assert type(_errors.of_status(status, "text")) is cls
    assert type(_errors.of_status(1234, "text")) is vesica.Error


def test_every_field_has_its_name():
    header = (ROOT / "capi" / "include" / "vesica.h").read_text()
    fields = {int(value): name.lower() for name, value in re.findall(r"VESICA_FIELD_(\w+) = (\d+)", header)}
    assert {number: name or "none" for number, name in _errors._FIELDS.items()} == fields


def test_identity_mismatch_says_what_differs():
    base = Audience.from_keys(["a@x.com"])
    others = {
        "profile": Audience.from_keys(["a@x.com"], "raw/1"),
        "width": Audience.from_keys(["a@x.com"], hash_bits=128),
        "family": Audience.from_keys(["a@x.com"], secret=b"x" * 16),
    }
    for field, other in others.items():
        with pytest.raises(vesica.IdentityMismatch) as raised:
            vesica.overlap(base, other)
        assert raised.value.field == field
        assert raised.value.index == 1
        with pytest.raises(vesica.IdentityMismatch):
            base | other
    with pytest.raises(vesica.IdentityMismatch) as raised:
        vesica.overlap(others["family"], Audience.from_keys(["a@x.com"], secret=b"y" * 16))
    assert raised.value.field == "secret"


def test_images_that_are_none():
    image = Audience.from_keys(addresses(0, 5000), representation="minhash").to_bytes()
    for broken in (b"", b"no image", image[:-1], image[:20], image + b"x", image[:500] + b"\xff" + image[501:]):
        with pytest.raises(vesica.CorruptImage):
            Audience.from_bytes(broken)
        with pytest.raises(ValueError):  # whoever does not know the package's classes
            vesica.inspect(broken)


def test_image_of_a_later_format():
    image = bytearray(Audience.from_keys(["a@x.com"]).to_bytes())
    versions = [i for i in range(4, 16) if image[i] == vesica.inspect(bytes(image))["format_version"]]
    seen = []
    for place in versions:
        changed = bytearray(image)
        changed[place] = 200
        try:
            Audience.from_bytes(bytes(changed))
        except vesica.Error as error:
            seen.append(type(error))
    assert vesica.TooNew in seen


def test_missing_file(tmp_path):
    with pytest.raises(FileNotFoundError):
        Audience.load(tmp_path / "no.vsc")


def test_over_budget_tells_what_would_do():
    context = vesica.Context(memory="4M")
    with pytest.raises(vesica.OverBudget) as raised:
        Audience.from_keys(addresses(0, 2_000_000), context=context)
    assert raised.value.needed_bytes > 4 << 20
    assert isinstance(raised.value, MemoryError)
    answer = vesica.overlap(addresses(0, 1_000_000), addresses(0, 1_000_000), context=vesica.Context(memory="8M"))
    assert answer.intersection == 1_000_000  # in several passes


def test_sketches_that_cannot_meet():
    minhash = Audience.from_keys(addresses(0, 50_000), representation="minhash", bytes=1024)
    registers = Audience.from_keys(addresses(0, 50_000), representation="hyperloglog", bytes=1024)
    with pytest.raises(vesica.Unsupported):
        vesica.overlap(minhash, registers)
    with pytest.raises(vesica.Unsupported):
        minhash & minhash


@pytest.mark.parametrize("wrong", [{"representation": "exactly"}, {"bytes": 4096}, {"encoding": "utf-8"},
                                   {"representation": "minhash", "bytes": 0}, {"representation": "minhash", "bytes": 7},
                                   {"profile": "email"}, {"profile": "email/9"}, {"profile": ""},
                                   {"profile": "phone-digits/1"}])
def test_wrong_arguments(wrong):
    with pytest.raises(ValueError):
        Audience.from_keys(["a@x.com"], **wrong)


def test_integers_are_no_addresses():
    with pytest.raises(ValueError) as raised:
        Audience.from_keys([48151623421])
    assert "48151623421" not in str(raised.value)
