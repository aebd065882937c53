"""How much of the machine a call may use, and how it tells what is done."""

from __future__ import annotations

from . import _core

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any, Protocol, Union

    class ProgressBar(Protocol):
        """What a bar of tqdm has."""

        total: Any

        def update(self, n: Any) -> Any:
            """Moves on by `n`."""

    # Called with the fraction done, from 0 to 1; returning False cancels. Or a bar, whose `total` is then all.
    Progress = Union[Callable[[float], Any], ProgressBar, None]

_UNITS = {"": 1, "k": 1 << 10, "m": 1 << 20, "g": 1 << 30, "t": 1 << 40}


class Context:
    """Threads and memory for calls that are given it.

    Without a context a call runs on one thread, takes the memory it needs, and gives it back. A context keeps its
    working memory from call to call, which makes the next one faster. It serves one call at a time: calls from other
    threads wait.

    Parameters
    ----------
    threads : int, default 1
        Most threads of one call, at most 256.
    memory : int or str, optional
        Most working memory, in bytes or such as ``"512M"`` or ``"2G"`` (powers of 1024). What exceeds it is counted in
        several passes where that can be, else raises `OverBudget`.

    Examples
    --------
    >>> two = Context(threads=2, memory="1G")
    >>> vesica.overlap(["ann@example.com"], ["Ann@example.com"], context=two).intersection
    1
    """

    __slots__ = ("_handle", "memory", "threads")

    def __init__(self, threads: int = 1, memory: int | str | None = None) -> None:
        if not 1 <= threads <= 256:
            raise ValueError("threads must be from 1 to 256")
        self.threads = threads
        self.memory = None if memory is None else _bytes_of(memory)
        self._handle = _core.Context(threads, self.memory or 0)

    @property
    def held_bytes(self) -> int:
        """Working memory held now."""
        return self._handle.held_bytes()

    @property
    def peak_bytes(self) -> int:
        """Most working memory ever held at once."""
        return self._handle.peak_bytes()

    def trim(self) -> None:
        """Gives the working memory back to the system."""
        self._handle.trim()

    def __repr__(self) -> str:
        memory = "" if self.memory is None else f", memory={self.memory}"
        return f"vesica.Context(threads={self.threads}{memory})"


def _bytes_of(memory: int | str) -> int:
    if not isinstance(memory, str):
        size = int(memory)
    else:
        import re

        match = re.fullmatch(r"\s*(\d+(?:\.\d+)?)\s*([kmgt]?)(?:i?b)?\s*", memory.lower())
        if match is None:
            raise ValueError('memory is a number of bytes, or such as "512M" or "2G"')
        size = int(float(match[1]) * _UNITS[match[2]])
    if size <= 0:
        raise ValueError("memory must be more than nothing")
    return size


def core_context(context: Context | None) -> _core.Context:
    """The context of a call."""
    return _core.Context(1, 0) if context is None else context._handle


def core_progress(progress: Progress) -> Callable[[float], Any] | None:
    """What the core calls to tell progress."""
    if progress is None or callable(progress):
        return progress
    if not hasattr(progress, "update"):
        raise TypeError(f"progress is a function or a bar of tqdm, not a {type(progress).__name__}")
    bar = progress
    if bar.total is None:
        bar.total = 1
    done = 0.0

    def update(fraction: float) -> None:
        nonlocal done
        bar.update(fraction * bar.total - done)
        done = fraction * bar.total

    return update
