"""Studies: one table of events in, the tables of alignment out."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping

from . import _core, _html
from ._context import core_context, core_progress
from ._errors import InvalidArgument
from ._estimate import Estimate
from ._keys import handed_over
from ._picture import theme_number, write_page
from ._profile import Profile, encoding_number, opened
from ._quality import InvalidRows
from ._record import Record
from ._table import Table

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from ._audience import Audience
    from ._context import Context, Progress


class EventQuality(Record):
    """What was read of the events of a study.

    Attributes
    ----------
    rows : int
    taken : int
        The others were left out.
    free_mail : int
        Rows whose person is at a free-mail provider (e-mail profiles).
    role : int
        Rows whose person is a role address such as info@.
    problems : tuple of InvalidRows
        Rows left out, or taken without a time, amount or size, by reason.
    """

    __slots__ = ("rows", "taken", "free_mail", "role", "problems")

    rows: int
    taken: int
    free_mail: int
    role: int
    problems: tuple[InvalidRows, ...]


class Study(Mapping[str, Table]):
    """The tables of a study by name, in their order; made by `vesica.study`.

    Examples
    --------
    >>> import pandas
    >>> answer = vesica.study(pandas.DataFrame({
    ...     "person": ["ann@x.com", "bo@x.com", "bo@x.com", "cy@x.com"],
    ...     "event": ["exposed", "exposed", "contacted", "contacted"],
    ...     "team": ["brand", "demand", "sales", "sales"],
    ... }))
    >>> answer.coverage
    0.5
    >>> answer["circles"].columns[:5]
    ['company', 'a', 'b', 'n_a', 'n_b']
    """

    def __init__(self, core: _core.StudyAnswer, quality: EventQuality) -> None:
        self._handle = core
        self._tables = {table.name(): Table(table) for table in core.tables()}
        self.quality = quality

    def __getitem__(self, name: str) -> Table:
        return self._tables[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._tables)

    def __len__(self) -> int:
        return len(self._tables)

    def __hash__(self) -> int:
        return id(self)

    def __eq__(self, other: object) -> bool:
        return self is other

    @property
    def coverage(self) -> Estimate:
        """The headline: of the people that sales contacted, how many marketing had reached, over all companies.

        Undefined without the table `circles`.
        """
        for row in self.get("circles", ()):
            if (row["company"], row["a"], row["b"]) == (None, "marketing", "sales") and row["share_of_b"] is not None:
                share = row["share_of_b"]
                return Estimate(share, row.get("share_of_b_lower", share), row.get("share_of_b_upper", share))
        return Estimate(float("nan"), float("nan"), float("nan"))

    @property
    def warnings(self) -> tuple[str, ...]:
        """What to know before trusting the tables."""
        table = self["warnings"]
        return tuple(table[table.columns[-1]])

    def to_json(self) -> str:
        """All tables as the library writes them in every language."""
        return self._handle.json()

    @property
    def figures(self) -> tuple[str, ...]:
        """The names of the pictures that the study has data for, for `svg`. `study_figures` describes them."""
        found = []
        for name in study_figures()["figure"]:
            try:
                self.svg(name)
            except InvalidArgument:
                continue
            found.append(name)
        return tuple(found)

    def svg(self, figure: str = "circles", *, company: str | None = None, title: str | None = None,
            theme: str = "auto") -> str:
        """One picture as SVG, the same to the byte in every language.

        Parameters
        ----------
        figure : str, default "circles"
            One of `figures`.
        company : str, optional
            Whose figures are shown, and no other company is named; of all companies unless given.
        title : str, optional
            What the picture is called to those who cannot see it; one that says what it shows unless given.
        theme : {"auto", "light", "dark"}, default "auto"
            Colours for a light or a dark ground, or as the reader's machine prefers.
        """
        return self._report(_core.REPORT_SVG, theme, title, company, figure)

    def html(self, *, company: str | None = None, title: str | None = None, theme: str = "auto") -> str:
        """The report: every picture that there is data for, with its table, in one page that loads nothing.

        Parameters
        ----------
        company, title, theme
            As of `svg`.
        """
        return self._report(_core.REPORT_HTML, theme, title, company, "")

    def report(self, path: str | os.PathLike[str], *, company: str | None = None, title: str | None = None,
               theme: str = "auto") -> None:
        """Writes the page of `html` to a file, which is there whole or not at all."""
        write_page(path, self.html(company=company, title=title, theme=theme))

    def _report(self, form: int, theme: str, title: str | None, company: str | None, figure: str) -> str:
        if company == "":  # to the library all companies, which is not what is meant by a name that came out empty
            raise ValueError("company is empty")
        return self._handle.report(form, theme_number(theme), title or "", company or "", figure)

    def plot(self, table: str, *, company: str | None = None, ax: Any = None) -> Any:
        """Draws a table with matplotlib (``pip install vesica[plot]``).

        Parameters
        ----------
        table : str
            ``"recency"``, the response rate by the time since the last exposure; ``"reach"``, what adding segments
            would bring; ``"companies"``, every company's coverage in order.
        company : str, optional
            The company whose rows are drawn, all together unless given; of ``"companies"`` the one to mark.
        ax : matplotlib.axes.Axes, optional

        Returns
        -------
        matplotlib.axes.Axes
        """
        from . import _plot

        if table not in _plot.PLOTS:
            raise ValueError(f"there is a picture of {', '.join(_plot.PLOTS)}, not of {table!r}")
        if table not in self:
            raise ValueError(f"the study was made without the table {table!r}")
        return _plot.PLOTS[table](self, _plot.axes(ax), company)

    def _repr_html_(self) -> str:
        parts = [_html.table(table.to_dict(), caption=name) for name, table in self.items()
                 if len(table) and name not in ("settings", "warnings")]
        return self._circles() + "".join(parts) + _html.notes(self.warnings)

    def _circles(self) -> str:
        try:
            return _html.picture(self.svg())
        except InvalidArgument:  # there is nobody in them
            return ""

    def __repr__(self) -> str:
        return f"<vesica.Study: {self.quality.taken:,} events, tables {', '.join(self)}>"


def study(
    events: Any = None,
    *,
    audiences: Iterable[tuple[Mapping[str, str | None], Audience]] = (),
    partials: Iterable[bytes | str | os.PathLike[str]] = (),
    mapping: Mapping[str, str] | None = None,
    by: str | Iterable[str] = (),
    tables: str | Iterable[str] = (),
    profile: str | Profile = "email/1",
    secret: bytes | None = None,
    country: str | None = None,
    encoding: str = "plain",
    spill: str | None = None,
    context: Context | None = None,
    progress: Progress = None,
    **settings: Any,
) -> Study:
    """What marketing and sales did with people, as the tables of alignment.

    Parameters
    ----------
    events : table, or list of tables
        One row an event: ``person``, ``event`` (targeted, exposed, engaged, contacted, responded, in_market, stage,
        deal, asset_created, asset_used), ``team`` (brand, demand, marketing, sales), ``time`` and more; docs/tables.md
        describes them. Of pandas, polars, DuckDB, pyarrow or anything with ``__arrow_c_stream__``. Other columns are
        not looked at.
    audiences : iterable of (labels, Audience), optional
        People of circles instead of events, or beside them: sketches or exact audiences, each with labels such as
        ``{"circle": "sales", "company": "Acme", "region": "EU"}``. The circle is brand, demand, marketing, sales,
        target_marketing or target_sales; other labels are dimensions of `by`. The study then keeps sketches
        (``sketch_bytes=16384`` unless given) and has the tables circles, segments and companies, with intervals.
    partials : iterable of bytes or paths, optional
        What `study_partial` or ``vesica study --save`` counted of other people under the same settings. The tables are
        those of one study of all events.
    mapping : dict of str to str, optional
        The names of your columns, and what they are: ``{"Email": "person"}``.
    by : str or iterable of str, optional
        Columns that are dimensions: region, industry, size.
    tables : str or iterable of str, optional
        Those to make; all unless given. `study_tables` lists them.
    profile, secret, country
        What makes two persons the same, as in `Audience.from_keys`.
    encoding : {"plain", "hex", "base64"}, default "plain"
        How the column ``person`` is written: plain, or as SHA-256 digests under a profile with `digest`. Columns of 32
        bytes are digests as they are. No account is known of persons that come hashed.
    spill : str, optional
        A folder for events for which the memory of `context` has no room.
    context : Context, optional
    progress : callable or tqdm, optional
    **settings
        Options by name, such as ``exposure_window="30d"``, ``min_cell=5``, ``as_of="2026-06-30"``,
        ``zone="Europe/Tallinn"``; docs/tables.md has them all.

    Returns
    -------
    Study
    """
    core = _counting(events, audiences, partials, mapping, by, opened(profile, secret, country), encoding, spill,
                     context, progress, settings)
    return Study(core.run(_names(tables), core_progress(progress)), _quality(core.quality()))


def study_partial(
    events: Any = None,
    *,
    partials: Iterable[bytes | str | os.PathLike[str]] = (),
    mapping: Mapping[str, str] | None = None,
    by: str | Iterable[str] = (),
    tables: str | Iterable[str] = (),
    profile: str | Profile = "email/1",
    secret: bytes | None = None,
    country: str | None = None,
    encoding: str = "plain",
    spill: str | None = None,
    context: Context | None = None,
    progress: Progress = None,
    **settings: Any,
) -> bytes:
    """What a study counts of some people, to be added up elsewhere: `study` takes it as one of its `partials`.

    A partial holds counts, labels and hashes of deals and assets, no keys of people; `min_cell` hides nothing in it.
    The same rows give the same bytes in any order. Needs ``as_of``, and ``stages`` where events have some.

    Parameters
    ----------
    partials : iterable of bytes or paths, optional
        Partials to add to the events, or to add up where there are none.
    tables : str or iterable of str, optional
        The tables that the partial will serve; all unless given.
    events, mapping, by, profile, secret, country, encoding, spill, context, progress, **settings
        As in `study`. ``slice="1/4"`` takes the first of four equal parts of all people.

    Returns
    -------
    bytes

    Examples
    --------
    >>> import pandas
    >>> rows = pandas.DataFrame({"person": ["ann@x.com", "bo@x.com"], "event": "contacted", "team": "sales"})
    >>> halves = [vesica.study_partial(rows, slice=half, as_of="2026-06-30") for half in ("1/2", "2/2")]
    >>> vesica.study(partials=halves, as_of="2026-06-30").quality.taken
    2
    """
    core = _counting(events, (), partials, mapping, by, opened(profile, secret, country), encoding, spill, context,
                     progress, settings)
    return core.save(_names(tables), core_progress(progress))


def _counting(
    events: Any, audiences: Iterable[tuple[Mapping[str, str | None], Audience]],
    partials: Iterable[bytes | str | os.PathLike[str]], mapping: Mapping[str, str] | None, by: str | Iterable[str],
    profile: Profile, encoding: str, spill: str | None, context: Context | None, progress: Progress,
    settings: dict[str, Any],
) -> _core.Study:
    """The library's study with all that is given in it."""
    names = _names(by)
    if names:
        settings["by"] = names
    encoding_number(encoding)
    settings["encoding"] = encoding
    given = list(audiences)
    if given:
        settings.setdefault("sketch_bytes", 16384)
    loaded = [partials] if isinstance(partials, (bytes, str, os.PathLike)) else list(partials)
    texts = [(name, _text(name, value)) for name, value in settings.items()]
    core = _core.study(core_context(context), profile._handle, texts, spill or "")
    renames = list((mapping or {}).items())
    if isinstance(events, (str, Mapping)) or (events is None and not given and not loaded):
        raise TypeError(f"events are a table of pandas, polars, DuckDB or pyarrow, or a list of such, not a "
                        f"{type(events).__name__}")
    for labels, audience in given:
        core.add_audience(*_labels(labels), audience._handle)
    for partial in loaded:
        core.load(_partial(partial))
    if events is None:
        events = ()
    for table in [events] if hasattr(events, "__arrow_c_stream__") else events:
        core.add_stream(_stream(table), renames, core_progress(progress))
    return core


def study_tables() -> Table:
    """The tables that a study can make, and what each answers."""
    return Table(_core.study_contents())


def study_figures() -> Table:
    """The pictures that a study can have, and what each shows."""
    return Table(_core.study_figures())


def _names(given: str | Iterable[str]) -> list[str]:
    return [given] if isinstance(given, str) else list(given)


def _partial(given: bytes | str | os.PathLike[str]) -> bytes:
    if isinstance(given, (bytes, bytearray, memoryview)):
        return bytes(given)
    with open(given, "rb") as file:
        return file.read()


def _stream(table: Any) -> Any:
    if not hasattr(table, "__arrow_c_stream__"):
        raise TypeError(f"events are a table of pandas, polars, DuckDB or pyarrow, or a list of such, not a "
                        f"{type(table).__name__}")
    return handed_over(table.__arrow_c_stream__)


def _labels(labels: Mapping[str, str | None]) -> tuple[str, str, list[tuple[str, str]]]:
    """Company, circle, and the dimensions that are known."""
    if "circle" not in labels:
        raise ValueError("an audience needs the label 'circle'")
    values = [(name, value) for name, value in labels.items() if name not in ("company", "circle") and value is not None]
    return labels.get("company") or "", labels["circle"] or "", values


def _text(name: str, value: Any) -> str:
    """An option as the library reads it."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)) or hasattr(value, "__index__"):
        return str(value)
    if hasattr(value, "total_seconds"):
        return f"{round(value.total_seconds())}s"
    if hasattr(value, "isoformat"):
        return str(value.isoformat())
    if isinstance(value, tuple) and len(value) == 2 and name == "by_pairs":
        return ":".join(value)
    if isinstance(value, Iterable):
        return ",".join(":".join(one) if name == "by_pairs" and not isinstance(one, str) else _text(name, one)
                        for one in value)
    raise TypeError(f"{name} cannot be a {type(value).__name__}")


def _quality(core: dict[str, Any]) -> EventQuality:
    problems = tuple(InvalidRows(reason, rows, tuple(first)) for reason, rows, first in core["problems"])
    return EventQuality(core["rows"], core["taken"], core["free_mail"], core["role"], problems)
