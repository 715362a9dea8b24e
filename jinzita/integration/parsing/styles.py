"""What only a whole column can tell: is 1/5/2024 in January or in May, is 1.234 a thousand or one and a
bit.
"""

from dataclasses import dataclass, field
from typing import Literal

import pyarrow as pa
import pyarrow.compute as pc

DateOrder = Literal["dmy", "mdy"]
DecimalMark = Literal["point", "comma"]

# 25/1/2024 can only be day first, 1/25/2024 only month first.
_SLASHED = r"^\s*\d{1,2}[-/.]\d{1,2}[-/.](\d{4}|\d{2})(\D|$)"
_DAY_FIRST = r"^\s*(1[3-9]|2\d|3[01])[-/.](0?\d|1[0-2])[-/.]\d{2}"
_MONTH_FIRST = r"^\s*(0?\d|1[0-2])[-/.](1[3-9]|2\d|3[01])[-/.]\d{2}"
# 12,5 and 1.234,5 write the decimals after a comma; 12.5 and 1,234.5 after a point.
_COMMA = r"(\d\.\d{3},\d)|(^[^.,]*\d,(\d{1,2}|\d{4,})[^\d.,]*$)|(\.\d{3}\.\d{3}(\D|$))"
_POINT = r"(\d,\d{3}\.\d)|(^[^.,]*\d\.(\d{1,2}|\d{4,})[^\d.,]*$)|(,\d{3},\d{3}(\D|$))"


@dataclass(frozen=True)
class Styles:
    """How the columns of one file write dates and numbers; `dates` None: no column needs to know."""

    dates: dict[str, DateOrder] = field(default_factory=dict)
    numbers: dict[str, DecimalMark] = field(default_factory=dict)


@dataclass
class Evidence:
    """Gathered over all rows of a column, batch by batch."""

    slashed: int = 0
    day_first: int = 0
    month_first: int = 0
    comma: int = 0
    point: int = 0

    def see_dates(self, column: pa.ChunkedArray) -> None:
        slashed = _count(column, _SLASHED)
        self.slashed += slashed
        if slashed:
            self.day_first += _count(column, _DAY_FIRST)
            self.month_first += _count(column, _MONTH_FIRST)

    def see_numbers(self, column: pa.ChunkedArray) -> None:
        if pc.any(pc.match_substring(column, ",")).as_py():
            self.comma += _count(column, _COMMA)
        self.point += _count(column, _POINT)

    @property
    def date_order(self) -> DateOrder | Literal["ambiguous"] | None:
        """Which order the column is in; None when it has no such dates, "ambiguous" when all fit both."""
        if not self.slashed:
            return None
        if self.day_first == self.month_first:
            return "ambiguous"
        return "dmy" if self.day_first > self.month_first else "mdy"

    @property
    def decimal_mark(self) -> DecimalMark:
        """After what the decimals stand: a point, unless the column writes more of them after a comma."""
        return "comma" if self.comma > self.point else "point"


def _count(column: pa.ChunkedArray, pattern: str) -> int:
    return int(pc.sum(pc.match_substring_regex(column, pattern)).as_py() or 0)
