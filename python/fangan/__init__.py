"""fangan (方案): Chinese policy campaign documents as Polars tables, each cell with its place in the source.

>>> import fangan as fg
>>> corpus = fg.parse("关于开展环境卫生整治的通知")
>>> len(corpus)
1
"""

from fangan import _expressions as _expressions
from fangan import plot
from fangan._batches import arrow_schema, parse_batches
from fangan._convert import Conversion, convert
from fangan._dates import dates
from fangan._fangan import __version__
from fangan._lazy import scan
from fangan._limits import Limits
from fangan._read import parse, read, samples
from fangan._regions import locate, regions, townships
from fangan._rubrics import rubric, rubrics
from fangan._schema import Column, Table, schema, to_zh
from fangan._shown import Shown, show
from fangan._view import View
from fangan._vocabulary import lexicon, lexicons
from fangan.corpus import Corpus, Verification
from fangan.errors import (
    FanganError,
    InvalidArgumentError,
    LexiconError,
    MissingExtraError,
    NotFoundError,
    ReadError,
)

__all__ = [
    "Column",
    "Conversion",
    "Corpus",
    "FanganError",
    "InvalidArgumentError",
    "LexiconError",
    "Limits",
    "MissingExtraError",
    "NotFoundError",
    "ReadError",
    "Shown",
    "Table",
    "Verification",
    "View",
    "__version__",
    "arrow_schema",
    "convert",
    "dates",
    "lexicon",
    "lexicons",
    "locate",
    "parse",
    "parse_batches",
    "plot",
    "read",
    "regions",
    "rubric",
    "rubrics",
    "samples",
    "scan",
    "schema",
    "show",
    "to_zh",
    "townships",
]
