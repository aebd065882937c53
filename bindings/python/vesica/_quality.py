"""What was read for a set."""

from __future__ import annotations

from ._estimate import Estimate, of_json
from ._record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


class InvalidRows(Record):
    """Rows whose key is invalid for one reason.

    Attributes
    ----------
    reason : str
    rows : int
    first_rows : tuple of int
        The smallest row numbers, from 0, up to 8.
    """

    __slots__ = ("reason", "rows", "first_rows")

    reason: str
    rows: int
    first_rows: tuple[int, ...]


class Quality(Record):
    """What was read for an audience: ``rows = blank + invalid + duplicate + count``.

    All but `count` are None where nothing was read: for the result of a set operation, or of an image.

    Attributes
    ----------
    rows, blank, invalid, duplicate : int or None
    free_mail : int or None
        Valid rows with an address at a free-mail provider (e-mail profiles).
    role : int or None
        Valid rows with a role address such as info@.
    count : int
    invalid_rows : tuple of InvalidRows
    """

    __slots__ = ("rows", "blank", "invalid", "duplicate", "free_mail", "role", "count", "invalid_rows")

    rows: int | None
    blank: int | None
    invalid: int | None
    duplicate: int | None
    free_mail: int | None
    role: int | None
    count: int
    invalid_rows: tuple[InvalidRows, ...]


class Set(Record):
    """One set of an answer: its name, its size as an `Estimate`, and what was read for it, as `Quality` has it."""

    __slots__ = ("name", "count", "rows", "blank", "invalid", "duplicate", "free_mail", "role", "invalid_rows")

    name: str
    count: Estimate
    rows: int | None
    blank: int | None
    invalid: int | None
    duplicate: int | None
    free_mail: int | None
    role: int | None
    invalid_rows: tuple[InvalidRows, ...]


_READ = ("rows", "blank", "invalid", "duplicate", "free_mail", "role")


def set_of_json(json: dict[str, Any]) -> Set:
    invalid = tuple(InvalidRows(one["reason"], one["rows"], tuple(one["first_rows"])) for one in json["invalid_rows"])
    return Set(json["name"], of_json(json, "count"), *(json[name] for name in _READ), invalid)


def quality_of_core(core: dict[str, Any]) -> Quality:
    invalid = tuple(InvalidRows(reason, rows, tuple(first)) for reason, rows, first in core["invalid_rows"])
    return Quality(*(None if core["derived"] else core[name] for name in _READ), core["count"], invalid)
