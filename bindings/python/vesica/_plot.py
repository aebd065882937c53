"""Pictures of a study's tables, drawn with matplotlib."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from ._study import Study

# Of Okabe and Ito's colours, which people with any colour vision tell apart; meaning is never in the colour alone.
_BLUE, _ORANGE, _GREY = "#0072B2", "#D55E00", "#7F7F7F"
_MOST_NAMES = 40
_MOST_LETTERS = 32


def axes(ax: Any) -> Any:
    """The axes given, or new ones."""
    if ax is not None:
        return ax
    try:
        from matplotlib import pyplot
    except ImportError:
        raise ImportError("plots need matplotlib: pip install vesica[plot]") from None
    return pyplot.subplots(layout="constrained")[1]


def _rows(study: Study, table: str, company: str | None) -> list[dict[str, Any]]:
    """The rows of a company, or of all together."""
    rows = [row for row in study[table] if row["company"] == company]
    if not rows:
        raise ValueError("the table has no rows" + (f" of company {company!r}" if company is not None else ""))
    return rows


def _label(text: str, most: int = _MOST_LETTERS) -> str:
    text = " ".join(text.split())
    return text if len(text) <= most else text[:most - 1] + "…"


def _percent(axis: Any) -> None:
    axis.set_major_formatter(lambda value, _: f"{value:.0%}")


def _whiskers(values: list[float], lower: list[float], upper: list[float]) -> list[list[float]]:
    return [[max(0.0, v - low) for v, low in zip(values, lower)], [max(0.0, up - v) for v, up in zip(values, upper)]]


def recency(study: Study, ax: Any, company: str | None) -> Any:
    """The response rate by the time since the last exposure, with 95 % intervals."""
    rows = [row for row in _rows(study, "recency", company) if row["rate"] is not None]
    rates = [row["rate"] for row in rows]
    whiskers = _whiskers(rates, [row["rate_lower"] for row in rows], [row["rate_upper"] for row in rows])
    ax.errorbar(range(len(rows)), rates, yerr=whiskers, fmt="o", color=_BLUE, ecolor=_GREY, capsize=4)
    ax.set_xticks(range(len(rows)), [f"{_label(row['bucket'])}\nn = {row['contacts']:,}" for row in rows],
                  parse_math=False)
    ax.set_ylim(0, None)
    _percent(ax.yaxis)
    ax.set_xlabel("last exposure before the contact")
    ax.set_ylabel("contacts with a response")
    ax.set_title("Response by time since marketing was seen")
    return ax


def reach(study: Study, ax: Any, company: str | None) -> Any:
    """How much of sales' people marketing reaches as it adds segments, beside adding as many people by chance."""
    rows = [row for row in _rows(study, "reach", company) if row["coverage_after"] is not None]
    if not rows:
        raise ValueError("every step is suppressed")
    before = rows[0]["coverage_before"]
    coverage = [before, *(row["coverage_after"] for row in rows)]
    ax.plot(range(len(coverage)), coverage, "o-", color=_BLUE, label="segments, best first")
    if all(row["chance_gain"] is not None for row in rows):
        chance = [before]
        for row in rows:
            chance.append(min(1.0, chance[-1] + row["chance_gain"] / row["n_sales"]))
        ax.plot(range(len(chance)), chance, "s--", color=_ORANGE, markersize=4, label="as many people by chance")
        ax.legend()
    names = ["now", *(_label(row["values"]) for row in rows)]
    ax.set_xticks(range(len(names)), names, rotation=60, ha="right", parse_math=False)
    ax.set_ylim(0, 1)
    _percent(ax.yaxis)
    ax.set_ylabel("of sales' people reached by marketing")
    ax.set_title("What adding segments would bring")
    return ax


def companies(study: Study, ax: Any, company: str | None) -> Any:
    """Every company's coverage in order, one of them marked if asked for, beside the figure that was published."""
    rows = sorted((row for row in study["companies"] if row["coverage"] is not None), key=lambda row: row["coverage"])
    if not rows:
        raise ValueError("no company has people of sales")
    values = [row["coverage"] for row in rows]
    places = range(len(rows))
    if "coverage_lower" in rows[0]:
        whiskers = _whiskers(values, [row["coverage_lower"] for row in rows], [row["coverage_upper"] for row in rows])
        ax.errorbar(values, places, xerr=whiskers, fmt="none", ecolor=_GREY, elinewidth=0.8)
    ax.plot(values, places, "o", color=_BLUE, markersize=6 if len(rows) <= _MOST_NAMES else 2)
    for row in study.get("published", ()):
        if (row["metric"], row["group"]) == ("coverage", "all"):
            ax.axvline(row["figure"], color=_ORANGE, linestyle="--", label=f"published: {row['figure']:.0%}")
            break
    if company is not None:
        place = next((i for i, row in enumerate(rows) if row["company"] == company), None)
        if place is None:
            raise ValueError(f"no company {company!r} with people of sales")
        ax.plot(values[place], place, "D", color=_ORANGE, markersize=9, label="you are here")
    if len(rows) <= _MOST_NAMES:
        ax.set_yticks(places, [_label(row["company"] or "(all)") for row in rows], parse_math=False)
    else:
        ax.set_yticks([])
        ax.set_ylabel(f"{len(rows):,} companies, by coverage")
    ax.set_xlim(0, 1)
    _percent(ax.xaxis)
    if ax.get_legend_handles_labels()[1]:
        ax.legend(loc="lower right")
    ax.set_xlabel("of sales' people reached by marketing")
    ax.set_title("Companies compared")
    return ax


PLOTS = {"recency": recency, "reach": reach, "companies": companies}
