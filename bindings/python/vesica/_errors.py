"""One exception class for each way the library can fail."""

from __future__ import annotations


class Error(Exception):
    """A call that failed. Its text never holds a key.

    Attributes
    ----------
    status : int
        The code of the C interface, ``VESICA_*`` in ``vesica.h``.
    row : int or None
        The row at fault, counted from 0.
    index : int or None
        The set or audience at fault, counted from 0.
    field : str or None
        What differs, with `IdentityMismatch`: ``"profile"``, ``"data"``, ``"family"``, ``"width"`` or ``"secret"``.
    needed_bytes : int
        The memory that would do, with `OverBudget`; else 0.
    """

    status: int = 0
    row: int | None = None
    index: int | None = None
    field: str | None = None
    needed_bytes: int = 0


class InvalidArgument(Error, ValueError):
    """An argument is not what the function takes."""

    status = 1


class InvalidKey(Error, ValueError):
    """A single key has no canonical form under its profile. Columns never raise this: they count such rows."""

    status = 2


class IdentityMismatch(Error, ValueError):
    """The sets were made under different rules, so their keys cannot be compared; `field` says what differs."""

    status = 3


class OutOfMemory(Error, MemoryError):
    """The system gave no memory."""

    status = 4


class OverBudget(Error, MemoryError):
    """The memory of the `Context` is too small; `needed_bytes` would do."""

    status = 5


class BufferTooSmall(Error, RuntimeError):
    """A buffer was too small. The package sizes its buffers itself: not to be expected."""

    status = 6


class Cancelled(Error):
    """The progress function returned False."""

    status = 7


class CorruptImage(Error, ValueError):
    """Bytes are damaged or no image at all, or Arrow data contradict themselves."""

    status = 8


class TooNew(Error, ValueError):
    """An image of a later format: a newer version of this package reads it."""

    status = 9


class SourceFailed(Error, OSError):
    """An Arrow stream reported a failure."""

    status = 10


class Unsupported(Error, ValueError):
    """Valid, but not possible with these representations or in this build."""

    status = 11


class InternalError(Error, RuntimeError):
    """A bug in the library; please report it."""

    status = 99


_CLASSES: dict[int, type[Error]] = {
    cls.status: cls
    for cls in (InvalidArgument, InvalidKey, IdentityMismatch, OutOfMemory, OverBudget, BufferTooSmall, Cancelled,
                CorruptImage, TooNew, SourceFailed, Unsupported, InternalError)
}
_FIELDS = {0: None, 1: "profile", 2: "data", 3: "family", 4: "width", 5: "secret"}


def of_status(status: int, message: str, row: int | None = None, index: int | None = None, field: int = 0,
              needed_bytes: int = 0) -> Error:
    """The exception of a failed call; of a status that a later library has, `Error` itself."""
    error = _CLASSES.get(status, Error)(message)
    error.status, error.row, error.index, error.needed_bytes = status, row, index, needed_bytes
    error.field = _FIELDS.get(field)
    return error
