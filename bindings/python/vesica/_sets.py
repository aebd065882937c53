"""Sets to compare: audiences, or columns that are read for one answer."""

from __future__ import annotations

from collections.abc import Mapping

from . import _core
from ._audience import Audience, own_profile
from ._context import Context, core_context, core_progress
from ._keys import core_keys, is_streamed
from ._profile import Profile, encoding_number, opened

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any, Optional

    from ._context import Progress

    Tell = Optional[Callable[[float], Any]]


class Reading:
    """How columns among the sets become keys."""

    def __init__(self, profile: str | Profile | None, secret: bytes | None, country: str | None, hash_bits: int | None,
                 encoding: str, column: str | None) -> None:
        self.asked = (profile, secret, country, hash_bits)
        self.encoding = encoding_number(encoding)
        self.column = column

    def profile(self, audiences: list[Audience]) -> Profile:
        """What was asked for, else what the audiences were made under."""
        profile, secret, country, hash_bits = self.asked
        if profile is None and country is None and hash_bits is None and audiences:
            return own_profile(audiences[0], secret)
        return opened("email/1" if profile is None else profile, secret, country, hash_bits or 64)


def regions_of(sets: Mapping[str, Any], reading: Reading, exact_bytes: bool, context: Context | None,
               progress: Progress) -> _core.Regions:
    """All regions of the sets: in one go if all are columns, else of audiences.

    Several streams are read one after the other, to audiences: a connection to a database runs one query at a time.
    """
    names = [str(name) for name in sets]
    kept = any(isinstance(keys, Audience) for keys in sets.values())
    if kept and exact_bytes:
        raise ValueError("exact_bytes needs the keys of all sets: audiences hold hashes")
    if kept or (not exact_bytes and sum(map(is_streamed, sets.values())) > 1):
        core = core_context(context)
        audiences, tell = _audiences(core, sets, reading, core_progress(progress))
        return _core.regions_of_audiences(core, names, audiences, tell)
    keys = [core_keys(keys, reading.column, stream=not exact_bytes) for keys in sets.values()]
    return _core.regions_of_keys(core_context(context), reading.profile([])._handle, names, keys, reading.encoding,
                                 exact_bytes, core_progress(progress))


def matrix_of(sets: Mapping[str, Any], reading: Reading, context: Context | None, progress: Progress) -> _core.Matrix:
    """Every pair of the sets."""
    core = core_context(context)
    audiences, tell = _audiences(core, sets, reading, core_progress(progress))
    return _core.matrix_of_audiences(core, [str(name) for name in sets], audiences, tell)


# Of comparing columns, reading them takes most of the time.
_PART_OF_READING = 0.9


def _audiences(context: _core.Context, sets: Mapping[str, Any], reading: Reading, tell: Tell
               ) -> tuple[list[_core.Audience], Tell]:
    """The sets as audiences, and what tells the progress of comparing them."""
    given = [keys for keys in sets.values() if isinstance(keys, Audience)]
    if len(given) == len(sets):
        return [audience._handle for audience in given], tell
    profile = reading.profile(given)
    exact = _core.builder_options(0, 0, False)
    step = _PART_OF_READING / (len(sets) - len(given))
    audiences: list[_core.Audience] = []
    done = 0.0
    for keys in sets.values():
        if isinstance(keys, Audience):
            audiences.append(keys._handle)
            continue
        audiences.append(_core.build(context, profile._handle, core_keys(keys, reading.column), reading.encoding, exact,
                                     _part(tell, done, done + step)))
        done += step
    return audiences, _part(tell, _PART_OF_READING, 1)


def _part(tell: Tell, begin: float, end: float) -> Tell:
    """Tells the progress of a part of the work as that of the whole."""
    return None if tell is None else lambda fraction: tell(begin + fraction * (end - begin))


def check_sets(sets: Mapping[str, Any]) -> None:
    if not isinstance(sets, Mapping):
        raise TypeError(f'sets are given by name, such as {{"marketing": ..., "sales": ...}}, not as a {type(sets).__name__}')
    if not sets:
        raise ValueError("there are no sets")
