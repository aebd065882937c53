"""What was read for a set."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ._estimate import Estimate, of_json


@dataclass(frozen=True, slots=True)
class InvalidRows:
    """Rows whose key is invalid for one reason."""

    reason: str
    rows: int
    first_rows: tuple[int, ...]
    """The smallest row numbers, from 0, up to 8."""


@dataclass(frozen=True, slots=True)
class Quality:
    """What was read for an audience: ``rows = blank + invalid + duplicate + count``.

    All but `count` are None where nothing was read: for the result of a set operation, or of an image.
    """

    rows: int | None
    blank: int | None
    invalid: int | None
    duplicate: int | None
    free_mail: int | None
    """Valid rows with an address at a free-mail provider (e-mail profiles)."""
    role: int | None
    """Valid rows with a role address such as info@."""
    count: int
    invalid_rows: tuple[InvalidRows, ...]


@dataclass(frozen=True, slots=True)
class Set:
    """One set of an answer: its name, its size, and what was read for it, as `Quality` has it."""

    name: str
    count: Estimate
    rows: int | None
    blank: int | None
    invalid: int | None
    duplicate: int | None
    free_mail: int | None
    role: int | None
    invalid_rows: tuple[InvalidRows, ...]


def set_of_json(json: dict[str, Any]) -> Set:
    invalid = tuple(InvalidRows(one["reason"], one["rows"], tuple(one["first_rows"])) for one in json["invalid_rows"])
    return Set(json["name"], of_json(json, "count"), json["rows"], json["blank"], json["invalid"], json["duplicate"],
               json["free_mail"], json["role"], invalid)


def quality_of_core(core: dict[str, Any]) -> Quality:
    invalid = tuple(InvalidRows(reason, rows, tuple(first)) for reason, rows, first in core["invalid_rows"])
    names = ("rows", "blank", "invalid", "duplicate", "free_mail", "role")
    read = {name: None if core["derived"] else core[name] for name in names}
    return Quality(**read, count=core["count"], invalid_rows=invalid)
