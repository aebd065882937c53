"""Figures with their intervals."""

from __future__ import annotations

import math

from ._record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


class Estimate(Record):
    """A figure with its 95 % interval.

    Exact figures have an interval of width 0. A figure that is not defined, such as a share of an empty set, is NaN.
    Compares with numbers, formats and converts as its value.

    Attributes
    ----------
    value, lower, upper : int or float
        Counts are int, ratios float.

    Examples
    --------
    >>> share = Estimate(0.16, 0.15, 0.17)
    >>> f"{share:.0%}"
    '16%'
    >>> share
    0.16 (0.15 to 0.17)
    >>> int(Estimate(8000, 8000, 8000))
    8000
    """

    __slots__ = ("value", "lower", "upper")

    value: float
    lower: float
    upper: float

    def __init__(self, value: float, lower: float, upper: float) -> None:
        super().__init__(value, lower, upper)

    @property
    def defined(self) -> bool:
        """Whether there is a figure at all."""
        return not math.isnan(self.value)

    @property
    def exact(self) -> bool:
        """Whether the figure was counted, not estimated."""
        return self.lower == self.value == self.upper

    def __float__(self) -> float:
        return float(self.value)

    def __int__(self) -> int:
        """The count; raises ValueError for what is an estimate or not whole: round its `value` instead."""
        if not self.exact or self.value != math.floor(self.value):
            raise ValueError("not an exact whole number; use round(estimate.value)")
        return int(self.value)

    def __round__(self, digits: int | None = None) -> float:
        return round(self.value, digits)

    def __format__(self, spec: str) -> str:
        return format(self.value, spec) if spec else str(self)

    def __bool__(self) -> bool:
        return bool(self.value)

    def __eq__(self, other: object) -> bool:
        if isinstance(other, Estimate):
            return self._values() == other._values()
        return self.value == other if isinstance(other, (int, float)) else NotImplemented

    def __lt__(self, other: object) -> bool:
        return self.value < float(other) if isinstance(other, _NUMBERS) else NotImplemented

    def __le__(self, other: object) -> bool:
        return self.value <= float(other) if isinstance(other, _NUMBERS) else NotImplemented

    def __gt__(self, other: object) -> bool:
        return self.value > float(other) if isinstance(other, _NUMBERS) else NotImplemented

    def __ge__(self, other: object) -> bool:
        return self.value >= float(other) if isinstance(other, _NUMBERS) else NotImplemented

    def __hash__(self) -> int:
        return hash(self.value)  # as of the number that it equals

    def __repr__(self) -> str:
        if not self.defined:
            return "undefined"
        if self.exact:
            return _text(self.value)
        return f"{_text(self.value)} ({_text(self.lower)} to {_text(self.upper)})"


_NUMBERS = (Estimate, int, float)


def _text(value: float) -> str:
    return str(value) if isinstance(value, int) else f"{value:.4g}"


def counted(value: float, lower: float, upper: float) -> Estimate:
    """An estimated count, whole as in the library's JSON: rounded half away from 0."""
    return Estimate(*(math.floor(bound + 0.5) for bound in (value, lower, upper)))


def of_json(figure: dict[str, Any], value: str = "estimate") -> Estimate:
    """The estimate of a JSON object with lower and upper; what is null there is NaN."""
    return Estimate(*(math.nan if figure[key] is None else figure[key] for key in (value, "lower", "upper")))
