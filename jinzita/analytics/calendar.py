"""Days of the company: instants become calendar days in its time zone, windows and month-ends follow.

The rules of a zone are turned into plain numbers once (its offsets and when they change), so that every
engine does the same arithmetic and none needs a time zone database of its own.
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

import ibis
import ibis.expr.datatypes as dt

from jinzita.analytics.errors import AnalyticsError, FactsError

EPOCH = date(1970, 1, 1)
INSTANT = dt.Timestamp(timezone="UTC")


def months_before(day: date, months: int) -> date:
    """The same day of the month `months` earlier, or the last day of that month when it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    if year < 1:
        return date.min
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def month_ends(as_of: date, count: int) -> list[date]:
    """The last `count` month-ends up to `as_of` (itself included when it is one), oldest first."""
    first_of_next = (as_of + timedelta(days=1)).replace(day=1)
    return [months_before(first_of_next, n) - timedelta(days=1) for n in reversed(range(count))]


def day_number(day: date) -> int:
    """Days since 1970-01-01."""
    return (day - EPOCH).days


@dataclass(frozen=True)
class CompanyCalendar:
    """Calendar days in the company's time zone (an IANA name such as ``Asia/Shanghai``)."""

    time_zone: str

    def __post_init__(self) -> None:
        try:
            ZoneInfo(self.time_zone)
        except (KeyError, ValueError, OSError):
            raise AnalyticsError(
                f"no time zone is called {self.time_zone!r}", code="unknown_time_zone", where="time_zone"
            ) from None

    def start_of(self, day: date) -> datetime:
        """The instant at which `day` begins here, in UTC."""
        return datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(self.time_zone)).astimezone(UTC)

    def before(self, column: Any, day: date) -> Any:
        """Whether the moment in `column` (date or timestamp, with or without zone) lies before `day`."""
        return column < self._bound(column, day)

    def since(self, column: Any, day: date) -> Any:
        """Whether the moment in `column` lies on `day` or later."""
        return column >= self._bound(column, day)

    def _bound(self, column: Any, day: date) -> Any:
        kind = column.type()
        if kind.is_date():
            return ibis.literal(day, type="date")
        if not kind.is_timestamp():
            raise FactsError(
                f"expected a date or a timestamp, found {kind}", code="not_a_date", where=column.get_name()
            )
        if kind.timezone is None:
            return ibis.literal(datetime(day.year, day.month, day.day), type="timestamp")  # noqa: DTZ001
        return ibis.literal(self.start_of(day), type=INSTANT)

    def day_number(self, column: Any) -> Any:
        """The day of the moment in `column` as days since 1970-01-01 (an int64 column).

        Meant for aggregated columns: comparing raw columns with `before` and `since` costs far less.
        """
        kind = column.type()
        if kind.is_date():
            return column.epoch_days().cast("int64")
        seconds = column.epoch_seconds().cast("float64")
        if kind.timezone is not None:
            seconds = seconds + _offset_now_or_then(seconds, _offsets(self.time_zone))
        return (seconds / 86400.0).floor().cast("int64")

    def day_of(self, moment: datetime | date) -> date:
        """The calendar day of one moment, by the same rule as the columns."""
        if not isinstance(moment, datetime):
            return moment
        if moment.tzinfo is None:
            return moment.date()
        return moment.astimezone(ZoneInfo(self.time_zone)).date()


@lru_cache(maxsize=64)
def _offsets(time_zone: str) -> tuple[tuple[int, int], ...]:
    """(instant from which it holds, offset in seconds), oldest first, for the years 1970 to 2100."""
    zone = ZoneInfo(time_zone)

    def offset(second: int) -> int:
        moment = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=second)
        found = moment.astimezone(zone).utcoffset()
        return int(found.total_seconds()) if found is not None else 0

    start = 0
    end = int(datetime(2100, 1, 1, tzinfo=UTC).timestamp())
    step = 7 * 86400
    table = [(start, offset(start))]
    for left in range(start, end, step):
        low, high = left, left + step
        if offset(low) == offset(high):
            continue
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (middle, high) if offset(middle) == offset(left) else (low, middle)
        table.append((high, offset(high)))
    return tuple(table)


def _offset_now_or_then(seconds: Any, table: tuple[tuple[int, int], ...]) -> Any:
    """One comparison settles a zone that has kept its offset since; only older moments need the tree."""
    if len(table) == 1:
        return _offset_expression(seconds, table)
    since, offset = table[-1]
    return (seconds >= float(since)).ifelse(float(offset), _offset_expression(seconds, table[:-1]))


def _offset_expression(seconds: Any, table: tuple[tuple[int, int], ...]) -> Any:
    """A balanced tree of comparisons, so that a zone with two hundred changes costs eight of them."""
    if len(table) == 1:
        return ibis.literal(float(table[0][1]), type="float64")
    middle = len(table) // 2
    return (seconds < float(table[middle][0])).ifelse(
        _offset_expression(seconds, table[:middle]), _offset_expression(seconds, table[middle:])
    )
