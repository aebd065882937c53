"""How far audiences overlap, exactly or from small sketches.

    >>> import vesica
    >>> crm, ads = ["ann@example.com", "bo@example.com"], ["Ann@Example.com", "cy@example.com"]
    >>> print(vesica.overlap(crm, ads))
    1 of the 2 in B are also in A: 50 %

Columns of pandas, polars, DuckDB, pyarrow and NumPy, lists and other iterables are sets of keys; an `Audience` is a set
that is kept, saved and compared again, exact or as a sketch of some kilobytes. Every figure is an `Estimate` with its
95 % interval.
"""

from . import _core
from ._audience import Audience, AudienceBuilder, inspect
from ._circles import plot
from ._context import Context
from ._errors import (
    BufferTooSmall,
    Cancelled,
    CorruptImage,
    Error,
    IdentityMismatch,
    InternalError,
    InvalidArgument,
    InvalidKey,
    OutOfMemory,
    OverBudget,
    SourceFailed,
    TooNew,
    Unsupported,
)
from ._estimate import Estimate
from ._matrix import Matrix, matrix
from ._overlap import Figures, Overlap, overlap
from ._plan import half_width, plan
from ._profile import Profile, profiles
from ._quality import InvalidRows, Quality, Set
from ._regions import Region, Regions, regions
from ._study import EventQuality, Study, study, study_figures, study_partial, study_tables
from ._table import Table

__version__: str = _core.version()

__all__ = [
    "Audience",
    "AudienceBuilder",
    "BufferTooSmall",
    "Cancelled",
    "Context",
    "CorruptImage",
    "Error",
    "Estimate",
    "EventQuality",
    "Figures",
    "IdentityMismatch",
    "InternalError",
    "InvalidArgument",
    "InvalidKey",
    "InvalidRows",
    "Matrix",
    "OutOfMemory",
    "OverBudget",
    "Overlap",
    "Profile",
    "Quality",
    "Region",
    "Regions",
    "Set",
    "SourceFailed",
    "Study",
    "Table",
    "TooNew",
    "Unsupported",
    "half_width",
    "inspect",
    "matrix",
    "overlap",
    "plan",
    "plot",
    "profiles",
    "regions",
    "study",
    "study_figures",
    "study_partial",
    "study_tables",
]
