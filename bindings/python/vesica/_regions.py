"""All regions of several sets."""

from __future__ import annotations

from . import _core, _html
from ._context import Context
from ._estimate import Estimate, of_json
from ._overlap import Answer, Figures
from ._picture import Pictured
from ._profile import Profile
from ._record import Record
from ._sets import Reading, check_sets, regions_of
from ._table import Table

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from ._context import Progress


class Region(Record):
    """The keys in exactly these sets and no other."""

    __slots__ = ("members", "count")

    members: tuple[str, ...]
    count: Estimate


class Regions(Answer, Table, Pictured):
    """How many keys are in exactly the sets of each combination: a table with one row a region.

    Examples
    --------
    >>> three = vesica.regions({"brand": ["ann@x.com", "bo@x.com"], "demand": ["bo@x.com"], "sales": ["bo@x.com", "cy@x.com"]})
    >>> three["brand", "demand", "sales"]
    1
    >>> three.overlap("demand", "sales").share_of_b
    0.5
    >>> [(row["region"], row["count"]) for row in three][:2]
    [('brand', 1), ('demand', 0)]
    """

    def __init__(self, core: _core.Regions) -> None:
        self._regions = core
        Answer.__init__(self, core.json())
        Table.__init__(self, core.table(_core.TABLE_REGIONS))

    @property
    def regions(self) -> tuple[Region, ...]:
        """All regions, in the order of the table."""
        return tuple(Region(tuple(one["members"]), of_json(one, "count")) for one in self._json["regions"])

    @property
    def pairs(self) -> Table:
        """A table with one row a pair of sets and all its figures."""
        return Table(self._regions.table(_core.TABLE_PAIRS))

    @property
    def quality(self) -> Table:
        """A table with one row a set: its size and what was read for it."""
        return Table(self._regions.table(_core.TABLE_SETS))

    def overlap(self, a: str, b: str) -> Figures:
        """The figures of two of the sets, whatever else is there."""
        pairs = self._json.get("pairs")
        names = [one["name"] for one in self._json["sets"]]
        if a == b or a not in names or b not in names:
            raise KeyError((a, b))
        if pairs is None:
            pairs = [dict(self._json["overlap"], a=names[0], b=names[1])]
        for pair in pairs:
            if (pair["a"], pair["b"]) == (a, b):
                return Figures(pair)
            if (pair["a"], pair["b"]) == (b, a):
                return Figures(_turned(pair))
        raise KeyError((a, b))

    def __getitem__(self, key: str | tuple[str, ...]) -> Any:
        """A column by its name; or the count of the region of exactly the sets named, as a tuple."""
        if isinstance(key, str):
            if key not in self and any(key == one["name"] for one in self._json["sets"]):
                raise KeyError(f'no column "{key}"; the region of that set alone is ["{key}",]')
            return Table.__getitem__(self, key)
        for region in self.regions:
            if len(set(key)) == len(key) and set(key) == set(region.members):
                return region.count
        raise KeyError(key)

    def _report(self, form: int, theme: int, title: str) -> str:
        return self._regions.report(form, theme, title)

    def _repr_html_(self) -> str:
        return _html.picture(self.svg()) + Table._repr_html_(self) + _html.notes(self.warnings)

    to_dict = Table.to_dict
    to_json = Answer.to_json

    def __reduce__(self) -> tuple[Any, ...]:
        raise TypeError("regions cannot be pickled; to_json() or to_arrow() can")


def _turned(pair: dict[str, Any]) -> dict[str, Any]:
    """The figures of a pair as seen from its other side."""
    turned = dict(pair, a=pair["b"], b=pair["a"], share_of_a=pair["share_of_b"], share_of_b=pair["share_of_a"])
    ratio = pair["size_ratio"]
    turned["size_ratio"] = {"estimate": _inverse(ratio["estimate"]), "lower": _inverse(ratio["upper"]),
                            "upper": _inverse(ratio["lower"])}
    return turned


def _inverse(ratio: float | None) -> float | None:
    return None if not ratio else 1 / ratio


def regions(
    sets: Mapping[str, Any],
    profile: str | Profile | None = None,
    *,
    secret: bytes | None = None,
    country: str | None = None,
    hash_bits: int | None = None,
    encoding: str = "plain",
    column: str | None = None,
    exact_bytes: bool = False,
    context: Context | None = None,
    progress: Progress = None,
) -> Regions:
    """How many keys are in exactly the sets of each combination.

    Parameters
    ----------
    sets : mapping of str to Audience, column or list
        1 to 8 sets by name; up to 4 if one is a sketch.
    profile, secret, country, hash_bits, encoding, column, exact_bytes, context, progress
        As of `vesica.overlap`.
    """
    check_sets(sets)
    reading = Reading(profile, secret, country, hash_bits, encoding, column)
    return Regions(regions_of(sets, reading, exact_bytes, context, progress))
