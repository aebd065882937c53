"""Tables that answers come in."""

from __future__ import annotations

from . import _core, _html, _text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    import pandas
    import polars
    import pyarrow


class Table:
    """Named columns, for any library that takes Arrow data: pandas, polars, DuckDB, pyarrow.

    Examples
    --------
    >>> table = vesica.plan(50_000, 1_000_000, overlap=0.16, error=0.2)
    >>> table.columns[:2]
    ['representation', 'sketch_bytes']
    >>> table["representation"]
    ['exact', 'minhash', 'hyperloglog']
    >>> print(vesica.regions({"crm": ["ann@x.com", "bo@x.com"], "ads": ["ann@x.com"]}))
    region     sets  in_crm  in_ads  count  lower  upper
    crm           1  True    False       1      1      1
    ads           1  False   True        0      0      0
    crm & ads     2  True    True        1      1      1
    >>> table.to_pandas().shape
    (3, 8)
    """

    __slots__ = ("_handle",)

    def __init__(self, core: _core.Table) -> None:
        self._handle = core

    @property
    def columns(self) -> list[str]:
        """Names of the columns."""
        return self._handle.columns()

    def __len__(self) -> int:
        return self._handle.rows()

    def __getitem__(self, column: str) -> list[Any]:
        """The cells of a column; None where there is no value."""
        try:
            return self._handle.column(self.columns.index(column))
        except ValueError:
            raise KeyError(f'no column "{column}" among {", ".join(self.columns)}') from None

    def __contains__(self, column: object) -> bool:
        return column in self.columns

    def __iter__(self) -> Iterator[dict[str, Any]]:
        """The rows, as dictionaries."""
        columns = self.to_dict()
        for cells in zip(*columns.values()):
            yield dict(zip(columns, cells))

    def to_dict(self) -> dict[str, list[Any]]:
        """Each column as a list."""
        return {name: self._handle.column(i) for i, name in enumerate(self.columns)}

    def to_pandas(self) -> pandas.DataFrame:
        """A pandas DataFrame; counts with missing values become floats."""
        import pandas

        return pandas.DataFrame(self.to_dict())

    def to_polars(self) -> polars.DataFrame:
        """A polars DataFrame."""
        import polars

        return polars.DataFrame(self)

    def to_arrow(self) -> pyarrow.Table:
        """A pyarrow Table."""
        import pyarrow

        return pyarrow.table(self)

    def to_json(self) -> str:
        """An array of one object a row."""
        return self._handle.json()

    def to_csv(self) -> str:
        """CSV (RFC 4180) with a line of names; nothing where there is no value, ``""`` for empty text."""
        return self._handle.csv()

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        return self._handle.arrow_stream()

    def _repr_html_(self) -> str:
        return _html.table(self.to_dict())

    def __str__(self) -> str:
        return _text.table(self.to_dict())

    def __repr__(self) -> str:
        return f"<{type(self).__module__.partition('.')[0]}.{type(self).__name__}: {_shape(self)}>"


def _shape(table: Table, most: int | None = 6) -> str:
    columns = table.columns
    names = ", ".join(columns[:most]) + (", ..." if len(columns) > (most or 0) else "")
    return f"{len(table)} rows of {names}"
