"""Audiences: sets of keys that are kept and compared."""

from __future__ import annotations

from . import _core, _files
from ._context import Context, core_context, core_progress
from ._estimate import Estimate, counted
from ._keys import core_keys
from ._profile import Profile, encoding_number, opened
from ._quality import Quality, quality_of_core

TYPE_CHECKING = False
if TYPE_CHECKING:
    import os
    from collections.abc import Iterable
    from typing import Any

    from ._context import Progress

REPRESENTATIONS = {"exact": 0, "minhash": 1, "hyperloglog": 2}
_NAMES = {number: name for name, number in REPRESENTATIONS.items()}


class Audience:
    """An immutable set of keys under one profile: exact, or a sketch of some kilobytes.

    Made by `from_keys`, `AudienceBuilder`, `load` and by operations on audiences. It holds hashes, not keys, and may be
    used by several threads at once. Exact audiences know ``|``, ``&`` and ``-``, and so does ``|`` of sketches;
    two are equal if their images are.

    Examples
    --------
    >>> crm = Audience.from_keys(["ann@example.com", "bo@example.com", " Ann@Example.com", "nobody"])
    >>> crm
    <vesica.Audience: 2 keys, exact, email/1>
    >>> crm.quality.duplicate, crm.quality.invalid
    (1, 1)
    >>> ads = Audience.from_keys(["bo@example.com", None])
    >>> (crm & ads).count
    1
    >>> Audience.from_bytes(crm.to_bytes()) == crm
    True
    """

    __slots__ = ("_handle", "_info")

    _handle: _core.Audience
    _info: dict[str, Any] | None

    def __init__(self, *_: Any) -> None:
        raise TypeError("make an audience with Audience.from_keys(...), Audience.load(...) or an AudienceBuilder")

    @classmethod
    def _of(cls, core: _core.Audience) -> Audience:
        audience = object.__new__(cls)
        audience._handle = core
        audience._info = None
        return audience

    @classmethod
    def from_keys(
        cls,
        keys: Any,
        profile: str | Profile = "email/1",
        representation: str = "exact",
        *,
        bytes: int | None = None,
        secret: bytes | None = None,
        country: str | None = None,
        hash_bits: int = 64,
        encoding: str = "plain",
        column: str | None = None,
        plain_registers: bool = False,
        context: Context | None = None,
        progress: Progress = None,
    ) -> Audience:
        """The audience of a column of keys.

        Parameters
        ----------
        keys : column or list
            A column of pandas, polars, pyarrow, DuckDB, NumPy or anything with ``__arrow_c_stream__`` or
            ``__arrow_c_array__``; or an iterable of str, bytes, int and None. Missing values are counted as blank, keys
            without a canonical form as invalid: see `quality`. Or a table, with its `column`.
        profile : str or Profile, default "email/1"
            The rule that makes two keys the same: one of `vesica.profiles`.
        representation : {"exact", "minhash", "hyperloglog"}, default "exact"
            A MinHash has the smallest error for its bytes, and few keys stay exact; a HyperLogLog has a fixed size also
            in memory.
        bytes : int, optional
            Of a sketch, 16384 unless given. `vesica.plan` tells how many an error takes.
        secret, country, hash_bits
            As of `Profile`.
        encoding : {"plain", "hex", "base64"}, default "plain"
            How digests are written in text, for profiles that compare digests.
        column : str, optional
            The column of a table.
        plain_registers : bool, default False
            A HyperLogLog as the literature has it: larger errors at the same bytes.
        context : Context, optional
            Threads and memory.
        progress : callable or tqdm, optional
            Told the fraction done. Returning False cancels.

        Raises
        ------
        InvalidArgument, Unsupported, OverBudget, Cancelled, CorruptImage, SourceFailed
        TypeError
            If a value is no key at all; names the row.
        """
        options = _builder_options(representation, bytes, plain_registers)
        rule = opened(profile, secret, country, hash_bits)
        return cls._of(_core.build(core_context(context), rule._handle, core_keys(keys, column),
                                   encoding_number(encoding), options, core_progress(progress)))

    @property
    def count(self) -> Estimate:
        """How many keys; with an interval where the audience is a sketch."""
        return counted(*self._handle.count())

    @property
    def quality(self) -> Quality:
        """What was read for it."""
        return quality_of_core(self._handle.quality())

    @property
    def representation(self) -> str:
        """``"exact"``, ``"minhash"`` or ``"hyperloglog"``. What was to be a MinHash is exact while its hashes fit."""
        return _NAMES.get(self.info["representation"], "unknown")

    @property
    def profile(self) -> str:
        """Name of the profile, such as ``"email/1"``."""
        return str(self.info["profile"]).partition(";")[0]

    @property
    def stamp(self) -> str:
        """What has to be equal for two audiences to meet, as one line of text."""
        return self._handle.stamp()

    @property
    def info(self) -> dict[str, Any]:
        """What the image says of itself: size_bytes, entries, exact_count, sketch_bytes, hash_bits and so on."""
        if self._info is None:
            self._info = self._handle.describe()
        return dict(self._info)

    def sketch(self, representation: str = "minhash", *, bytes: int | None = None, plain_registers: bool = False,
               context: Context | None = None, progress: Progress = None) -> Audience:
        """A sketch of an exact audience, or a smaller one of a sketch. Of an exact audience it carries the count."""
        options = _builder_options(representation, bytes, plain_registers)
        return self._of(_core.sketch(core_context(context), self._handle, options, core_progress(progress)))

    def merge(self, *others: Audience | Iterable[Audience], representation: str | None = None,
              bytes: int | None = None, plain_registers: bool = False, context: Context | None = None,
              progress: Progress = None) -> Audience:
        """All keys of this and other audiences, to the byte as if built from all their keys.

        Without `representation` and `bytes` the result is a sketch like theirs, of the smallest size among them; exact
        if all are.
        """
        audiences = [self, *_flat(others)]
        if representation is None:
            representation, size = _coarsest(audiences)
            if bytes is None:
                bytes = size
            elif representation == "exact":
                representation = "minhash"
        options = _builder_options(representation, bytes, plain_registers)
        return self._of(_core.merge(core_context(context), [audience._handle for audience in audiences], options,
                                    core_progress(progress)))

    def contains(self, keys: Any, profile: str | Profile | None = None, *, secret: bytes | None = None,
                 encoding: str = "plain", column: str | None = None, context: Context | None = None,
                 progress: Progress = None) -> list[bool]:
        """For each row whether its key is in this exact audience; False for blank and invalid rows.

        The profile is the audience's own; of a keyed one give the `secret`.

        Examples
        --------
        >>> Audience.from_keys(["ann@example.com"]).contains(["ANN@example.com", "bo@example.com", None])
        [True, False, False]
        """
        rule = own_profile(self, secret) if profile is None else opened(profile, secret)
        return _core.contains(core_context(context), self._handle, rule._handle, core_keys(keys, column, stream=False),
                              encoding_number(encoding), core_progress(progress))

    def to_bytes(self) -> bytes:
        """The image of the audience: the same for the same keys on every machine, without keys and without quality."""
        return self._handle.save()

    @classmethod
    def from_bytes(cls, image: bytes | bytearray | memoryview, *, context: Context | None = None,
                   progress: Progress = None) -> Audience:
        """The audience of an image, which may come from anywhere.

        Raises
        ------
        CorruptImage, TooNew
        """
        return cls._of(_core.load(core_context(context), _bytes_of(image), core_progress(progress)))

    def save(self, path: str | os.PathLike[str]) -> None:
        """Writes the image to a file, which is there whole or not at all."""
        _files.write(path, self.to_bytes())

    @classmethod
    def load(cls, path: str | os.PathLike[str], *, context: Context | None = None,
             progress: Progress = None) -> Audience:
        """The audience of a file that `save`, ``vesica sketch`` or any other program with the library wrote."""
        with open(path, "rb") as file:
            return cls.from_bytes(file.read(), context=context, progress=progress)

    def __or__(self, other: object) -> Audience:
        return self._combine(_core.union, other)

    def __and__(self, other: object) -> Audience:
        return self._combine(_core.intersection, other)

    def __sub__(self, other: object) -> Audience:
        return self._combine(_core.difference, other)

    def _combine(self, operation: Any, other: object) -> Audience:
        if not isinstance(other, Audience):
            return NotImplemented  # type: ignore[no-any-return]
        return self._of(operation(core_context(None), self._handle, other._handle, None))

    def __len__(self) -> int:
        """How many keys; TypeError for a sketch, which has an estimate: see `count`."""
        count = self.count
        if not count.exact:
            raise TypeError("a sketch has no len(), but an estimated count")
        return int(count)

    def __bool__(self) -> bool:
        return bool(self.count.value)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Audience):
            return NotImplemented
        return self.stamp == other.stamp and self.count == other.count and self.to_bytes() == other.to_bytes()

    def __hash__(self) -> int:
        return hash((self.stamp, self.count))

    def __reduce__(self) -> tuple[Any, ...]:
        return Audience.from_bytes, (self.to_bytes(),)

    def __repr__(self) -> str:
        count = self.count
        keys = f"{count.value:,}" if count.exact else f"{count.value:,} ({count.lower:,} to {count.upper:,})"
        return f"<vesica.Audience: {keys} key{'' if count.value == 1 else 's'}, {self.representation}, {self.profile}>"


class AudienceBuilder:
    """Makes an audience from keys that come piece by piece.

    Takes what `Audience.from_keys` takes, but for the keys.

    Examples
    --------
    >>> builder = AudienceBuilder("email/1", "minhash")
    >>> for part in (["ann@example.com"], ["bo@example.com", "ann@example.com"]):
    ...     builder.add(part)
    >>> builder.build()  # exact until it no longer fits
    <vesica.Audience: 2 keys, exact, email/1>
    """

    __slots__ = ("_handle",)

    def __init__(self, profile: str | Profile = "email/1", representation: str = "exact", *,
                 bytes: int | None = None, secret: bytes | None = None, country: str | None = None,
                 hash_bits: int = 64, plain_registers: bool = False, context: Context | None = None) -> None:
        options = _builder_options(representation, bytes, plain_registers)
        rule = opened(profile, secret, country, hash_bits)
        self._handle = _core.builder(core_context(context), rule._handle, options)

    def add(self, keys: Any, *, encoding: str = "plain", column: str | None = None,
            progress: Progress = None) -> None:
        """Adds the keys of a column. On failure the builder is as it was."""
        self._handle.add(core_keys(keys, column), encoding_number(encoding), core_progress(progress))

    def merge(self, audience: Audience, *, progress: Progress = None) -> None:
        """Adds the keys of an audience of the same stamp."""
        self._handle.merge(audience._handle, core_progress(progress))

    def build(self, *, progress: Progress = None) -> Audience:
        """The audience of all that was added; the builder is empty afterwards."""
        return Audience._of(self._handle.build(core_progress(progress)))


bytes_type = bytes  # where a parameter has its name


def inspect(image: bytes | bytearray | memoryview) -> dict[str, Any]:
    """What an image says of itself, after checking its header and checksum, without loading it."""
    return _core.inspect(_bytes_of(image))


def _bytes_of(image: bytes | bytearray | memoryview) -> bytes:
    return image if isinstance(image, bytes) else bytes(memoryview(image))


def own_profile(audience: Audience, secret: bytes | None) -> Profile:
    """The profile that an audience was made under."""
    info = audience.info
    name, _, country = str(info["profile"]).partition(";country=")
    return Profile(name, secret=secret, country=country or None, hash_bits=info["hash_bits"])


def _builder_options(representation: str, size: int | None, plain_registers: bool) -> _core.BuilderOptions:
    if representation not in REPRESENTATIONS:
        raise ValueError('representation is "exact", "minhash" or "hyperloglog"')
    if size is not None and representation == "exact":
        raise ValueError("an exact audience has no size to choose: leave out `bytes`")
    if size is not None and size <= 0:
        raise ValueError("bytes must be more than nothing")
    return _core.builder_options(REPRESENTATIONS[representation], size or 0, plain_registers)


def _coarsest(audiences: list[Audience]) -> tuple[str, int | None]:
    sketches = [info for info in (audience.info for audience in audiences) if info["representation"] != 0]
    if not sketches:
        return "exact", None
    return _NAMES[sketches[0]["representation"]], min(info["sketch_bytes"] for info in sketches)


def _flat(others: Iterable[Audience | Iterable[Audience]]) -> list[Audience]:
    flat: list[Audience] = []
    for other in others:
        flat.extend([other] if isinstance(other, Audience) else other)
    if not all(isinstance(other, Audience) for other in flat):
        raise TypeError("merge takes audiences")
    return flat
