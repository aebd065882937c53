"""Tables as text for terminals."""

from __future__ import annotations

from ._html import number

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_MOST_ROWS = 20
_MOST_WIDTH = 120


def table(columns: dict[str, list[Any]]) -> str:
    """The first rows and the columns that fit a line, and how many more there are."""
    lines = [""] * (1 + min(_MOST_ROWS, max(map(len, columns.values()), default=0)))
    shown = 0
    for name, values in columns.items():
        cells = [name, *(_cell(value) for value in values[:_MOST_ROWS])]
        width = max(map(len, cells))
        if shown and len(lines[0]) + 2 + width > _MOST_WIDTH:
            break
        left = all(value is None or isinstance(value, (str, bool)) for value in values)
        gap = "  " if shown else ""
        lines = [line + gap + (cell.ljust(width) if left else cell.rjust(width)) for line, cell in zip(lines, cells)]
        shown += 1
    rows = len(next(iter(columns.values()), []))
    more = [f"{rows - _MOST_ROWS:,} more rows"] if rows > _MOST_ROWS else []
    more += [f"{len(columns) - shown} more columns"] if shown < len(columns) else []
    return "\n".join([*(line.rstrip() for line in lines), *([f"... {', '.join(more)}"] if more else [])])


def _cell(value: Any) -> str:
    if value is None:
        return ""
    return str(value) if isinstance(value, (bool, str)) else number(value)
