"""HTML for notebooks. All text is escaped."""

from __future__ import annotations

from ._estimate import Estimate

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

_MOST_ROWS = 60


def table(columns: dict[str, list[Any]], caption: str = "") -> str:
    """A table of columns; of long ones the first rows, and how many there are."""
    from html import escape

    rows = list(zip(*columns.values()))
    head = "".join(f"<th>{escape(name)}</th>" for name in columns)
    body = "".join(f"<tr>{''.join(_cell(cell) for cell in row)}</tr>" for row in rows[:_MOST_ROWS])
    more = f"<p>{len(rows):,} rows</p>" if len(rows) > _MOST_ROWS else ""
    title = f"<caption>{escape(caption)}</caption>" if caption else ""
    return f"<table>{title}<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{more}"


def _cell(value: Any) -> str:
    from html import escape

    if value is None:
        return "<td></td>"
    if isinstance(value, (bool, str)):
        return f"<td style='text-align:left'>{escape(str(value))}</td>"
    return f"<td>{escape(number(value))}</td>"


def number(value: Any) -> str:
    """A figure for people: counts with thousands, other numbers with four digits."""
    if isinstance(value, Estimate):
        value = value.value
    if value != value:
        return "\N{EN DASH}"
    if hasattr(value, "isoformat"):
        return str(value.isoformat(" "))
    if hasattr(value, "as_tuple"):  # an amount of money
        return f"{value:,.2f}"
    return f"{value:,}" if isinstance(value, int) else f"{value:.4g}"


def picture(svg: str) -> str:
    """A picture above a table."""
    return f"<div>{svg}</div>"


def notes(lines: Iterable[str]) -> str:
    """Lines below a table."""
    from html import escape

    return "".join(f"<p>{escape(line)}</p>" for line in lines)
