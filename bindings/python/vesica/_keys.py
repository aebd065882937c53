"""Columns of any library as keys."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping

from . import _core

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    import numpy as np

# Whole numbers beyond are no longer all there in a float.
_LARGEST_WHOLE_FLOAT = 2.0**53


def core_keys(data: Any, column: str | None = None, *, stream: bool = True) -> _core.Keys:
    """The keys of a column, or of one column of a table, without copying them where that can be.

    What has the Arrow PyCapsule interface is read through it, but for columns of Python objects, which are read as they
    are: converting them would copy, and fails with texts that show keys. Without `stream` all is taken into memory.
    """
    if isinstance(data, (str, bytes, bytearray, Mapping)):
        raise TypeError(f"keys are a column or a list, not a {type(data).__name__}")
    if isinstance(data, (list, tuple)):
        return _of_objects(data, column)
    libraries = {base.__module__.partition(".")[0] for base in type(data).__mro__}
    if "pandas" in libraries:
        return _of_pandas(data, column)
    if "numpy" in libraries:
        return _of_numpy(data, column)
    if hasattr(data, "__arrow_c_array__"):
        schema, array = handed_over(data.__arrow_c_array__)
        return _core.Keys.of_arrow_array(schema, array, column)
    if hasattr(data, "__arrow_c_stream__"):
        return _of_stream(data, column, not stream or not is_streamed(data))
    if hasattr(data, "columns") and not hasattr(data, "collect"):
        raise TypeError(f"a {type(data).__name__} is a table that does not hand over its columns: give one of them")
    if isinstance(data, Iterable):
        return _of_objects(list(data), column)
    collect = ": collect() it" if hasattr(data, "collect") else ""
    raise TypeError(f"keys are a column or a list, not a {type(data).__name__}{collect}")


def is_streamed(data: Any) -> bool:
    """Whether keys are made as they are read, as the query of a DuckDB relation does, and are not in memory yet."""
    if not hasattr(data, "__arrow_c_stream__") or hasattr(data, "__arrow_c_array__"):
        return False
    # A DuckDB relation has a length too, but runs its query to tell it.
    library = type(data).__module__.partition(".")[0]
    return library in ("duckdb", "_duckdb") or not hasattr(data, "__len__")


def handed_over(hand_over: Callable[[], Any]) -> Any:
    """What a library gives as Arrow data. Where it cannot, its own text may show what is in the cells."""
    try:
        return hand_over()
    except ImportError:
        problem = "pyarrow is needed to hand over these data, and is not installed"
    except Exception as error:
        problem = f"the data cannot be handed over as Arrow data ({type(error).__name__})"
    raise TypeError(problem)


def _of_stream(data: Any, column: str | None, in_memory: bool) -> _core.Keys:
    keys = _core.Keys.of_arrow_stream(handed_over(data.__arrow_c_stream__), column, in_memory)
    if keys is None:
        keys = _core.Keys.of_arrow_stream(handed_over(data.__arrow_c_stream__), column, False)
        assert keys is not None
    return keys


def _of_objects(values: Any, column: str | None) -> _core.Keys:
    _no_column(column)
    return _core.Keys.of_objects(list(values) if isinstance(values, tuple) else values, _coerce)


def _coerce(row: int, value: Any) -> Any:
    """A str, bytes, int or None for an object that is none of these itself."""
    if isinstance(value, float) or _is_numpy(value, "floating"):
        number = float(value)
        if number != number:
            return None
        if number.is_integer() and abs(number) <= _LARGEST_WHOLE_FLOAT:
            return int(number)
        raise TypeError(f"row {row}: a number that is not whole is no key")
    if _is_numpy(value, "integer"):
        return int(value)
    pandas = sys.modules.get("pandas")
    if pandas is not None and (value is pandas.NA or value is pandas.NaT):
        return None
    raise TypeError(f"row {row}: keys are str, bytes, int or None, not {type(value).__name__}")


def _is_numpy(value: Any, kind: str) -> bool:
    numpy = sys.modules.get("numpy")
    return numpy is not None and isinstance(value, getattr(numpy, kind))


def _no_column(column: str | None) -> None:
    if column is not None:
        raise ValueError("the keys are one column already: leave out `column`")


def _of_pandas(data: Any, column: str | None) -> _core.Keys:
    if hasattr(data, "columns"):
        data = _pandas_column(data, column)
    else:
        _no_column(column)
    if not hasattr(data, "dtype") or not hasattr(data, "to_numpy"):
        raise TypeError(f"keys are a column or a list, not a {type(data).__name__}")
    dtype = data.dtype
    library = type(dtype).__module__.partition(".")[0]
    if library == "numpy":
        return _of_numpy(data.to_numpy(), None)
    if type(dtype).__name__ == "ArrowDtype" or getattr(dtype, "storage", None) == "pyarrow":
        if hasattr(data, "__arrow_c_stream__"):
            return _of_stream(data, None, True)
        return core_keys(data.array.__arrow_array__())
    if type(dtype).__name__ == "CategoricalDtype":
        import numpy

        return _of_numpy(numpy.asarray(data.astype(object)), None)
    return _of_numpy(data.to_numpy(dtype=object), None)


def _pandas_column(frame: Any, column: str | None) -> Any:
    if column is None:
        if len(frame.columns) != 1:
            raise ValueError(f"the table has {len(frame.columns)} columns: name the one that has the keys, column=...")
        return frame.iloc[:, 0]
    found = frame.columns == column
    if found.sum() != 1:
        problem = "several columns" if found.any() else "no column"
        raise ValueError(f"the table has {problem} of the name given")
    return frame.iloc[:, found.argmax()]


def _of_numpy(array: np.ndarray[Any, Any], column: str | None) -> _core.Keys:
    _no_column(column)
    import numpy as np

    if array.ndim != 1:
        raise ValueError(f"keys are a column: an array of one dimension, not of {array.ndim}")
    kind = array.dtype.kind
    if isinstance(array, np.ma.MaskedArray) or kind in "OUST":
        return _core.Keys.of_objects(array.tolist(), _coerce)
    if array.size == 0:
        return _core.Keys.of_objects([], _coerce)
    if kind == "f":
        return _of_floats(array)
    if kind == "u" and array.max() > np.iinfo(np.int64).max:
        return _core.Keys.of_objects(array.tolist(), _coerce)
    if kind in "iu":
        return _core.Keys.of_integers(np.ascontiguousarray(array, dtype=np.int64), None)
    raise TypeError(f"keys are text, bytes or integers, not {array.dtype}")


def _of_floats(array: np.ndarray[Any, Any]) -> _core.Keys:
    """Integers as pandas has them in a column with missing values: floats and NaN."""
    import numpy as np

    array = array.astype(np.float64, copy=False)  # in smaller ones what is largest is infinite
    missing = np.isnan(array)
    if missing.all():
        return _core.Keys.of_objects([None] * len(array), _coerce)
    whole = missing | ((np.floor(array) == array) & (np.abs(array) <= _LARGEST_WHOLE_FLOAT))
    if not whole.all():
        raise TypeError(f"row {int(whole.argmin())}: a number that is not whole is no key")
    integers = np.where(missing, 0, array).astype(np.int64)
    return _core.Keys.of_integers(integers, np.ascontiguousarray(missing))
