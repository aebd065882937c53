"""How large a sketch has to be."""

from __future__ import annotations

from . import _core
from ._audience import REPRESENTATIONS
from ._table import Table


def plan(size_a: float, size_b: float, *, overlap: float, error: float = 0.1) -> Table:
    """What it takes to tell the overlap of two audiences, before there are any: a row for each representation.

    Parameters
    ----------
    size_a, size_b : float
        Keys of each.
    overlap : float
        Of the smaller audience's keys, how many the other has too: above 0, up to 1.
    error : float, default 0.1
        Wanted half-width of the intersection's 95 % interval over the intersection.

    Returns
    -------
    Table
        representation, sketch_bytes (for ``bytes=``: the least that reaches the error, or the most there is),
        image_bytes_a, image_bytes_b (expected sizes of the images), relative_half_width (expected), build_ns_per_row,
        reaches_error, smallest.

    Examples
    --------
    >>> table = vesica.plan(50_000, 1_000_000, overlap=0.16, error=0.2)
    >>> dict(zip(table["representation"], table["reaches_error"]))
    {'exact': True, 'minhash': True, 'hyperloglog': True}
    """
    return Table(_core.plan_table(size_a, size_b, overlap, error))


def half_width(size_a: float, size_b: float, *, overlap: float, representation: str = "minhash",
               bytes: int = 16384) -> float:
    """The other way round: the half-width of the 95 % interval over the intersection, to expect of such sketches.

    Infinite where they tell nothing, 0 when exact.

    Examples
    --------
    >>> f"{half_width(50_000, 1_000_000, overlap=0.16):.0%}"
    '16%'
    """
    if representation not in REPRESENTATIONS:
        raise ValueError('representation is "exact", "minhash" or "hyperloglog"')
    return _core.plan_half_width(size_a, size_b, overlap, REPRESENTATIONS[representation], bytes)
