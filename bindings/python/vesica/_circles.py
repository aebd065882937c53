"""Overlaps and regions drawn with matplotlib, from the layout that the library's own pictures have."""

from __future__ import annotations

from . import _plot
from ._overlap import Overlap
from ._regions import Regions

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

# Told apart by people with any colour vision, and from the ground; those of lib/report/palette.h.
_SERIES = ("#0b63a5", "#b8500a", "#8a3f8f")
_BOTH, _TEXT, _LEADER, _GRID = "#5b3a8c", "#1b1f24", "#57606a", "#d8dee4"
_SOFT = 0.22  # how much of a colour fills its shape
_MOST_CIRCLES = 3
_MOST_ROWS = 20
_MOST_SHARED = 14  # letters of a name where several are named
_FONT = 9.5  # points
_LINE = 1.3 * _FONT
_COLUMN = 150  # points that labels take beside the circles


def plot(answer: Overlap | Regions, ax: Any = None, *, title: str | None = None) -> Any:
    """Draws an overlap or regions with matplotlib (``pip install vesica[plot]``).

    Up to three sets are circles or ellipses of the areas they stand for, as in `Overlap.svg`; more are bars, one for
    each region, the largest first.

    Parameters
    ----------
    answer : Overlap or Regions
    ax : matplotlib.axes.Axes, optional
    title : str, optional

    Returns
    -------
    matplotlib.axes.Axes
    """
    if not isinstance(answer, (Overlap, Regions)):
        raise TypeError(f"an Overlap or Regions is drawn, not a {type(answer).__name__}; a Study draws itself")
    ax = _plot.axes(ax)
    if len(answer.sets) <= _MOST_CIRCLES:
        _draw_circles(answer, ax)
    else:
        assert isinstance(answer, Regions)
        _draw_bars(answer, ax)
    if title:
        ax.set_title(title, parse_math=False)
    return ax


def _draw_circles(answer: Overlap | Regions, ax: Any) -> None:
    layout = answer._layout()
    sets = layout["sets"]
    ax.set_axis_off()
    ax.set_aspect("equal")
    left, right, top, bottom = _frame(sets)
    ax.set_xlim(left, right)
    ax.set_ylim(bottom, top)
    shapes = [_shape(one, color) for one, color in zip(sets, _SERIES)]
    for one, shape in zip(sets, shapes):
        if one["a"] > 0:
            ax.add_patch(shape)
    if len(sets) == 2 and all(one["a"] > 0 for one in sets):
        _draw_shared(sets, layout.get("band"), shapes, ax)
    _draw_labels(_labels(layout), (left, right, top, bottom), ax)
    _write_below([*_shares(answer), *layout["notes"]], ax)


def _edge(one: dict[str, Any], x: float, y: float) -> tuple[float, float]:
    """The point of a shape's outline that is farthest along (x, y)."""
    along, across = x * one["cosine"] + y * one["sine"], y * one["cosine"] - x * one["sine"]
    reach = ((one["a"] * along) ** 2 + (one["b"] * across) ** 2) ** 0.5
    u, v = one["a"] ** 2 * along / reach, one["b"] ** 2 * across / reach
    return one["x"] + u * one["cosine"] - v * one["sine"], one["y"] + u * one["sine"] + v * one["cosine"]


def _frame(sets: list[dict[str, Any]]) -> tuple[float, float, float, float]:
    """Left, right, top and bottom of the shapes, with room for their lines."""
    shown = [one for one in sets if one["a"] > 0] or [{"x": 0, "y": 0, "a": 1, "b": 1, "cosine": 1, "sine": 0}]
    left, right = (side(_edge(one, sign, 0)[0] for one in shown) for side, sign in ((min, -1), (max, 1)))
    top, bottom = (side(_edge(one, 0, sign)[1] for one in shown) for side, sign in ((min, -1), (max, 1)))
    room = 0.01 * max(right - left, bottom - top)
    return left - room, right + room, top - room, bottom + room


def _shape(one: dict[str, Any], color: str, **style: Any) -> Any:
    from math import atan2, degrees

    from matplotlib.colors import to_rgba
    from matplotlib.patches import Ellipse

    style = {"facecolor": to_rgba(color, _SOFT), "edgecolor": color, "linewidth": 1.8, **style}
    return Ellipse((one["x"], one["y"]), 2 * one["a"], 2 * one["b"], angle=degrees(atan2(one["sine"], one["cosine"])),
                   **style)


def _draw_shared(sets: list[dict[str, Any]], band: dict[str, Any] | None, shapes: list[Any], ax: Any) -> None:
    """What two circles share, hatched; and where the second would be at both ends of the interval."""
    from matplotlib.colors import to_rgba
    from matplotlib.patches import PathPatch

    clipped = [_shape(sets[1], _BOTH, edgecolor=to_rgba(_TEXT, 0.6), hatch="////", linewidth=0)]
    if band:
        ends = [dict(sets[1], x=band[end][0], y=band[end][1]) for end in ("lower", "upper")]
        clipped.append(PathPatch(_between(*ends), facecolor=to_rgba(_BOTH, 0.35), linewidth=0))
        clipped += [_shape(end, _TEXT, facecolor="none", linestyle=(0, (3, 2)), linewidth=1) for end in ends]
    for patch in clipped:
        ax.add_patch(patch)
        patch.set_clip_path(shapes[0])


def _between(first: dict[str, Any], second: dict[str, Any]) -> Any:
    """What lies in one of two shapes and not in both: the second is gone round the other way."""
    from math import cos, pi, sin

    from matplotlib.path import Path

    turn = [(cos(i * pi / 180), sin(i * pi / 180)) for i in range(361)]
    rings = [_edge(first, x, y) for x, y in turn], [_edge(second, x, -y) for x, y in turn]
    return Path.make_compound_path(*(Path(ring, closed=True) for ring in rings))


def _count(size: dict[str, Any]) -> list[str]:
    """A size and, where it is estimated, its interval."""
    lines = [f"{size['estimate']:,.0f}"]
    if size["lower"] != size["upper"]:
        lines.append(f"{size['lower']:,.0f} to {size['upper']:,.0f}")
    return lines


def _labels(layout: dict[str, Any]) -> list[dict[str, Any]]:
    """Name, lines, colour and the point of each set and of what sets share, from top to bottom."""
    sets: list[dict[str, Any]] = layout["sets"]
    labels: list[dict[str, Any]] = []
    for region in layout["regions"]:
        size, at = region["size"], region["label"]
        members = [i for i in range(len(sets)) if region["members"] >> i & 1]
        one = sets[members[0]]
        if len(members) == 1 and one["a"] > 0:
            lines = [_plot._label(one["name"]), *_count(one["size"])]
            lines += [f"{size['estimate']:,.0f} only here"] if len(sets) == 3 else []
            labels.append({"lines": lines, "color": _SERIES[members[0]], "at": _edge(one, 0.5, -0.9)})
        elif len(members) > 1 and at and size["estimate"] > 0:
            name = " & ".join(_plot._label(sets[i]["name"], _MOST_SHARED) for i in members)
            labels.append({"lines": ["In both" if len(sets) == 2 else name, *_count(size)],
                           "color": _BOTH if len(sets) == 2 else None, "at": at})
    return sorted(labels, key=lambda label: (label["at"][1], label["at"][0]))


def _draw_labels(labels: list[dict[str, Any]], frame: tuple[float, float, float, float], ax: Any) -> None:
    """A column of labels right of the circles, each with a line to its place; none covers another."""
    left, right, top, bottom = frame
    height = _height_of(ax, (right - left) / (bottom - top))
    heights = [(0.6 + len(label["lines"])) * _LINE for label in labels]
    middles = [(label["at"][1] - top) / (bottom - top) * height for label in labels]
    for label, middle in zip(labels, _spread(middles, heights)):
        at = (1.06, 1 - middle / height)
        ax.annotate("", label["at"], at, "data", "axes fraction",
                    arrowprops={"arrowstyle": "-", "color": _LEADER, "linewidth": 0.8, "shrinkA": 0, "shrinkB": 0})
        ax.plot(*label["at"], "o", color=_TEXT, markersize=3)
        rise, mark = (len(label["lines"]) - 1) * _LINE / 2, label["color"]
        if mark:
            ax.annotate("\N{BLACK CIRCLE}", at, (4, rise), "axes fraction", "offset points", color=mark, fontsize=_FONT,
                        va="center")
        for i, line in enumerate(label["lines"]):
            strong = mark and i == 0
            ax.annotate(line, at, (15 if strong else 5, rise - i * _LINE), "axes fraction", "offset points", va="center",
                        fontsize=_FONT, color=_TEXT, fontweight="bold" if strong else "normal", parse_math=False)


def _height_of(ax: Any, ratio: float) -> float:
    """How high the circles are going to be, in points, whose width is `ratio` of it."""
    place, (width, height) = ax.get_position(original=True), ax.figure.get_size_inches() * 72
    return float(min(place.height * height * 0.85, max(place.width * width - _COLUMN, _COLUMN) / ratio))


def _spread(middles: list[float], heights: list[float]) -> list[float]:
    """The middles, in order, moved apart as little as keeps the heights from meeting."""
    groups: list[tuple[float, list[float]]] = []  # a middle, and the heights of what stands together there
    for middle, height in zip(middles, heights):
        groups.append((middle, [height]))
        while len(groups) > 1 and groups[-1][0] - groups[-2][0] < (sum(groups[-1][1]) + sum(groups[-2][1])) / 2:
            (below, low), (above, high) = groups.pop(), groups.pop()
            middle = (above * len(high) + below * len(low)) / (len(high) + len(low))
            groups.append((middle, high + low))
    spread = []
    for middle, together in groups:
        top = middle - sum(together) / 2
        for height in together:
            spread.append(top + height / 2)
            top += height
    return spread


def _shares(answer: Overlap | Regions) -> list[str]:
    """Of two sets, the headline in words."""
    if isinstance(answer, Regions) and len(answer.sets) != 2:
        return []
    a, b = answer.sets
    figures = answer if isinstance(answer, Overlap) else answer.overlap(a.name, b.name)
    small, large = (a, b) if a.count.value <= b.count.value else (b, a)
    share = figures.overlap_coefficient
    if not share.defined:
        return []
    interval = "" if share.exact else f" ({100 * share.lower:.1f} % to {100 * share.upper:.1f} %)"
    return [f"{100 * share.value:.1f} %{interval} of {_plot._label(small.name)} is also in {_plot._label(large.name)}"]


def _write_below(sentences: list[str], ax: Any) -> None:
    from textwrap import wrap

    lines = [line for sentence in sentences for line in wrap(sentence, 80)]
    for i, line in enumerate(lines):
        ax.annotate(line, (0, 0), (0, -(i + 1) * 1.5 * _FONT), "axes fraction", "offset points", fontsize=_FONT,
                    color=_TEXT, va="center", parse_math=False)


def _draw_bars(answer: Regions, ax: Any) -> None:
    """Bars of the regions that hold keys, the largest first, beside dots that say whose they are."""
    names = [one.name for one in answer.sets]
    regions = sorted((one for one in answer.regions if one.count.value > 0), key=lambda one: -one.count.value)
    shown = regions[:_MOST_ROWS]
    places = range(len(shown))
    values = [one.count.value for one in shown]
    whiskers = _plot._whiskers(values, [one.count.lower for one in shown], [one.count.upper for one in shown])
    exact = all(one.count.exact for one in shown)
    ax.barh(places, values, height=0.6, color=_SERIES[0], xerr=None if exact else whiskers, ecolor=_TEXT, capsize=3)
    for place, one in zip(places, shown):
        ax.annotate(f"{one.count.value:,}", (max(one.count.value, one.count.upper), place), (5, 0), "data",
                    "offset points", va="center", fontsize=_FONT, color=_TEXT)
    ax.set_ylim(len(shown) - 0.4, -0.6)
    ax.set_yticks([])
    for side in ("top", "right", "left"):
        ax.spines[side].set_visible(False)
    ax.xaxis.set_major_formatter(lambda value, _: f"{value:,.0f}")
    more = f" (the {_MOST_ROWS} largest of {len(regions):,})" if len(regions) > _MOST_ROWS else ""
    ax.set_xlabel(f"in exactly these sets{more}")
    _draw_members([[name in one.members for name in names] for one in shown], names, ax)


def _draw_members(rows: list[list[bool]], names: list[str], ax: Any) -> None:
    """A column of dots for each set left of the bars, filled where the region is in it, with the name above."""
    width = 0.06 * len(names)
    beside = ax.inset_axes((-width, 0, width, 1))
    beside.set_axis_off()
    beside.set_xlim(-0.5, len(names) - 0.5)
    beside.set_ylim(ax.get_ylim())
    for row, members in enumerate(rows):
        inside = [i for i, member in enumerate(members) if member]
        beside.plot(range(len(names)), [row] * len(names), "o", color=_GRID, markersize=7)
        beside.plot(inside, [row] * len(inside), "o-", color=_TEXT, markersize=7, linewidth=1.5)
    for i, name in enumerate(names):
        beside.annotate(_plot._label(name), (i, 1), (0, 4), ("data", "axes fraction"), "offset points", rotation=40,
                        fontsize=_FONT, color=_TEXT, rotation_mode="anchor", parse_math=False)
