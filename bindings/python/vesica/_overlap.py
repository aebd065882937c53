"""The overlap of two sets."""

from __future__ import annotations

from . import _core, _html
from ._context import Context
from ._estimate import Estimate, of_json
from ._picture import Pictured
from ._profile import Profile
from ._quality import Set, set_of_json
from ._sets import Reading, regions_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from ._context import Progress

_FIGURES = {
    "intersection": "in both",
    "union": "in one or both",
    "share_of_a": "share of {a}",
    "share_of_b": "share of {b}",
    "overlap_coefficient": "share of the smaller",
    "jaccard": "Jaccard",
    "dice": "Dice",
    "size_ratio": "{a} : {b}",
}


class Figures:
    """The figures of a pair of sets, each an `Estimate`."""

    def __init__(self, json: dict[str, Any]) -> None:
        self._figures = json

    def _figure(self, name: str) -> Estimate:
        return of_json(self._figures[name])

    @property
    def intersection(self) -> Estimate:
        """Keys in both."""
        return self._figure("intersection")

    @property
    def union(self) -> Estimate:
        """Keys in one or both."""
        return self._figure("union")

    @property
    def share_of_a(self) -> Estimate:
        """Of the first set, how much is in the second too."""
        return self._figure("share_of_a")

    @property
    def share_of_b(self) -> Estimate:
        """Of the second set, how much is in the first too."""
        return self._figure("share_of_b")

    @property
    def overlap_coefficient(self) -> Estimate:
        """Of the smaller set, how much is in the larger: the headline."""
        return self._figure("overlap_coefficient")

    @property
    def jaccard(self) -> Estimate:
        """Intersection over union. At the ideal of 20:1, one wholly within the other, it is 5 %."""
        return self._figure("jaccard")

    @property
    def dice(self) -> Estimate:
        """Twice the intersection over the sum of the sizes."""
        return self._figure("dice")

    @property
    def size_ratio(self) -> Estimate:
        """Size of the first set over that of the second."""
        return self._figure("size_ratio")

    @property
    def design_error(self) -> float | None:
        """Relative standard error of the intersection that such sketches promise; 0 when exact."""
        error: float | None = self._figures.get("design_error", 0.0)
        return error

    @property
    def below_resolution(self) -> bool:
        """Whether the interval reaches from 0 to half of the smaller set or more: the sketches are too small to tell."""
        return bool(self._figures.get("below_resolution", False))

    @property
    def figures(self) -> dict[str, Estimate]:
        """All of them, by name."""
        return {name: self._figure(name) for name in _FIGURES}


class Answer:
    """What holds for a whole answer."""

    def __init__(self, text: str) -> None:
        import json

        self._text = text
        self._json: dict[str, Any] = json.loads(text)

    @property
    def sets(self) -> tuple[Set, ...]:
        """The sets, with their sizes and what was read for them."""
        return tuple(set_of_json(one) for one in self._json["sets"])

    @property
    def method(self) -> str:
        """``"exact-64"``, ``"exact-128"``, ``"exact-bytes"``, ``"minhash"`` or ``"hyperloglog"``."""
        return str(self._json["method"])

    @property
    def profile(self) -> str:
        """The rule that made keys the same."""
        return str(self._json["profile"])

    @property
    def stamp(self) -> str:
        """Profile, hash and secret, as one line: sets with equal stamps can be compared."""
        return str(self._json["stamp"])

    @property
    def expected_false_matches(self) -> float:
        """Expected number of keys counted as one because their hashes agree."""
        return float(self._json["expected_false_matches"])

    @property
    def target_ratio(self) -> float:
        """20: the ratio of marketing to sales audience that alignment aims at."""
        return float(self._json["target_ratio"])

    @property
    def warnings(self) -> tuple[str, ...]:
        """Facts about the input to know before trusting the figures."""
        return tuple(self._json["warnings"])

    def to_json(self) -> str:
        """The answer as the library writes it in every language."""
        return self._text

    def to_dict(self) -> dict[str, Any]:
        """The JSON as dictionaries and lists."""
        import json

        answer: dict[str, Any] = json.loads(self._text)
        return answer


class Overlap(Answer, Figures, Pictured):
    """How far two sets overlap. Attributes are named as the keys of the JSON; figures are `Estimate`.

    Examples
    --------
    >>> answer = vesica.overlap(["ann@example.com", "bo@example.com"], ["BO@example.com", "cy@example.com", "no address"])
    >>> answer.intersection, answer.overlap_coefficient
    (1, 0.5)
    >>> answer.sets[1].invalid_rows
    (InvalidRows(reason='no @', rows=1, first_rows=(2,)),)
    >>> print(answer)
    1 of the 2 in B are also in A: 50 %
    """

    def __init__(self, text: str, regions: _core.Regions | None = None) -> None:
        self._regions = regions  # which pickling loses
        Answer.__init__(self, text)
        Figures.__init__(self, self._json["overlap"])

    @property
    def a(self) -> Estimate:
        """Size of the first set."""
        return self.sets[0].count

    @property
    def b(self) -> Estimate:
        """Size of the second set."""
        return self.sets[1].count

    def __reduce__(self) -> tuple[Any, ...]:
        return Overlap, (self._text,)

    def __eq__(self, other: object) -> bool:
        return self._text == other._text if isinstance(other, Overlap) else NotImplemented

    def __hash__(self) -> int:
        return hash(self._text)

    def __str__(self) -> str:
        large, small = self.sets if self.a.value >= self.b.value else reversed(self.sets)
        share = f": {100 * self.overlap_coefficient.value:.3g} %" if self.overlap_coefficient.defined else ""
        return (f"{self.intersection.value:,} of the {small.count.value:,} in {small.name} are also in {large.name}"
                f"{share}")

    def __repr__(self) -> str:
        names = {"a": self.sets[0].name, "b": self.sets[1].name}
        lines = [(label.format(**names), repr(self._figure(name))) for name, label in _FIGURES.items()]
        lines[:0] = [(one.name, repr(one.count)) for one in self.sets]
        width = max(len(label) for label, _ in lines)
        return "\n".join([str(self), *(f"  {label:<{width}}  {figure}" for label, figure in lines),
                          *(f"  warning: {warning}" for warning in self.warnings)])

    def _report(self, form: int, theme: int, title: str) -> str:
        if self._regions is not None:
            return self._regions.report(form, theme, title)
        figures = [part for one in (self.a, self.b, *self.figures.values()) for part in (one.value, one.lower, one.upper)]
        a, b = (one.name for one in self.sets)
        return _core.overlap_report(figures, self.method, self.below_resolution, a, b, form, theme, title)

    def _repr_html_(self) -> str:
        names = {"a": self.sets[0].name, "b": self.sets[1].name}
        rows = [(one.name, one.count) for one in self.sets]
        rows += [(label.format(**names), self._figure(name)) for name, label in _FIGURES.items()]
        columns: dict[str, list[Any]] = {"": [label for label, _ in rows], "value": [figure for _, figure in rows]}
        if not self.method.startswith("exact"):
            columns["lower"] = [_bound(figure, figure.lower) for _, figure in rows]
            columns["upper"] = [_bound(figure, figure.upper) for _, figure in rows]
        return _html.picture(self.svg()) + _html.table(columns, caption=str(self)) + _html.notes(self.warnings)


def _bound(figure: Estimate, bound: float) -> float | None:
    return bound if figure.defined else None


def overlap(
    a: Any,
    b: Any,
    profile: str | Profile | None = None,
    *,
    names: tuple[str, str] = ("A", "B"),
    secret: bytes | None = None,
    country: str | None = None,
    hash_bits: int | None = None,
    encoding: str = "plain",
    column: str | None = None,
    exact_bytes: bool = False,
    context: Context | None = None,
    progress: Progress = None,
) -> Overlap:
    """How far two sets overlap.

    Parameters
    ----------
    a, b : Audience, column or list
        Audiences, exact or sketches; or columns of keys as `Audience.from_keys` takes them, of which nothing is kept.
    profile : str or Profile, optional
        The rule under which columns are read: ``"email/1"``, or that of the other set if it is an audience.
    names : tuple of str, default ("A", "B")
        What to call the sets.
    secret, country, hash_bits, encoding, column
        As of `Audience.from_keys`, for columns.
    exact_bytes : bool, default False
        Compare keys byte by byte wherever hashes agree, so that there is no false match at all. Columns only.
    context : Context, optional
        Threads and memory.
    progress : callable or tqdm, optional
        Told the fraction done. Returning False cancels.

    Returns
    -------
    Overlap

    Raises
    ------
    IdentityMismatch
        If the audiences were made under different rules.
    InvalidArgument, Unsupported, OverBudget, Cancelled, CorruptImage, SourceFailed, TypeError

    Examples
    --------
    >>> crm, ads = ["ann@example.com", "bo@example.com"], ["ANN@example.com", "cy@example.com", "di@example.com"]
    >>> vesica.overlap(crm, ads).share_of_a
    0.5
    """
    if isinstance(names, str) or len(names) != 2 or names[0] == names[1]:
        raise ValueError("names are two that differ")
    reading = Reading(profile, secret, country, hash_bits, encoding, column)
    sets = {names[0]: a, names[1]: b}
    regions = regions_of(sets, reading, exact_bytes, context, progress)
    return Overlap(regions.json(), regions)
