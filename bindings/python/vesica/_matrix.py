"""Every pair of many audiences."""

from __future__ import annotations

from . import _core
from ._context import Context
from ._profile import Profile
from ._sets import Reading, check_sets, matrix_of
from ._table import Table

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from ._context import Progress


class Matrix(Table):
    """The overlap of every pair of sets: a table with one row a pair and all its figures."""

    __slots__ = ("_matrix",)

    def __init__(self, core: _core.Matrix) -> None:
        self._matrix = core
        Table.__init__(self, core.table(_core.TABLE_PAIRS))

    @property
    def quality(self) -> Table:
        """A table with one row a set: its size and what was read for it."""
        return Table(self._matrix.table(_core.TABLE_SETS))

    def to_json(self) -> str:
        """The answer as the library writes it in every language; about 1 KB a pair."""
        return self._matrix.json()


def matrix(
    sets: Mapping[str, Any],
    profile: str | Profile | None = None,
    *,
    secret: bytes | None = None,
    country: str | None = None,
    hash_bits: int | None = None,
    encoding: str = "plain",
    column: str | None = None,
    context: Context | None = None,
    progress: Progress = None,
) -> Matrix:
    """The overlap of every pair of 2 to 1,024 sets.

    Parameters
    ----------
    sets : mapping of str to Audience, column or list
    profile, secret, country, hash_bits, encoding, column, context, progress
        As of `vesica.overlap`.

    Examples
    --------
    >>> table = vesica.matrix({"a": ["ann@x.com"], "b": ["ann@x.com", "bo@x.com"], "c": ["bo@x.com"]})
    >>> list(zip(table["a"], table["b"], table["intersection"]))
    [('a', 'b', 1), ('a', 'c', 0), ('b', 'c', 1)]
    """
    check_sets(sets)
    reading = Reading(profile, secret, country, hash_bits, encoding, column)
    return Matrix(matrix_of(sets, reading, context, progress))
