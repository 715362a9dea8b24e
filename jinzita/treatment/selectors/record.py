"""The record of who kept what: per person and department, over a period, with its trend."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Avg, Count, DurationField, F, Q, QuerySet
from django.db.models.expressions import ExpressionWrapper
from django.db.models.functions import TruncDate, TruncMonth

from jinzita.kernel.access import Viewer
from jinzita.kernel.errors import Invalid
from jinzita.people import selectors as people
from jinzita.treatment.models import Duty, State
from jinzita.treatment.selectors.duties import duties_of

PERIODS = {"month": 1, "quarter": 3, "year": 12}
TREND_MONTHS = 12
_FIGURES = {
    "done": Count("pk", filter=Q(state=State.DONE)),
    "missed": Count("pk", filter=Q(state=State.MISSED)),
    "unmade": Count("pk", filter=Q(state=State.MISSED, done_at=None)),
    "excused": Count("pk", filter=Q(state=State.EXCUSED)),
    "due": Count("pk", filter=Q(state=State.DUE)),
}


@dataclass(frozen=True)
class Figures:
    """What came due in a time: kept, missed (of these not made good until now), excused, still due; and by
    how many days those made good were late, on average.
    """

    done: int
    missed: int
    unmade: int
    excused: int
    due: int
    delay: float | None

    @property
    def kept(self) -> float | None:
        """The share kept of what was to be kept; excused ones do not count."""
        return self.done / (self.done + self.missed) if self.done + self.missed else None


@dataclass(frozen=True)
class Line:
    """The figures of a person, a department or an item."""

    key: Any
    name: str
    figures: Figures


@dataclass(frozen=True)
class Record:
    """A period's record, as far as the viewer may see it."""

    first: date
    last: date
    total: Figures
    before: Figures
    people: list[Line]
    departments: list[Line]
    items: list[Line]
    trend: list[tuple[date, Figures]]


def record(viewer: Viewer, *, period: str, start: date) -> Record:
    """The record of the month, quarter or year that `start` lies in. Raises Invalid."""
    if period not in PERIODS:
        raise Invalid.at("period", "unknown_choice", f"period must be one of {', '.join(PERIODS)}.")
    first, last = span_of(period, start)
    rows = duties_of(viewer).filter(due_on__gte=first, due_on__lte=last)
    earlier = span_of(period, first - timedelta(days=1))
    before = duties_of(viewer).filter(due_on__gte=earlier[0], due_on__lte=earlier[1])
    owners = _by(rows, "owner_id")
    departments = _by(rows, "department_id")
    names = {pk: one.shown_name for pk, one in people.owners(set(owners)).items()}
    places = people.departments_named({pk for pk in departments if pk})
    return Record(
        first, last, _total(rows), _total(before),
        _lines(owners, names), _lines(departments, places), _lines(_by(rows, "item"), {}),
        _trend(viewer, last),
    )  # fmt: skip


def span_of(period: str, day: date) -> tuple[date, date]:
    """The first and the last day of the period a day lies in."""
    months = PERIODS[period]
    first = date(day.year, (day.month - 1) // months * months + 1, 1)
    following = _months_later(first, months)
    return first, following - timedelta(days=1)


def _months_later(first: date, months: int) -> date:
    place = first.year * 12 + first.month - 1 + months
    return date(place // 12, place % 12 + 1, 1)


def _trend(viewer: Viewer, last: date) -> list[tuple[date, Figures]]:
    begin = _months_later(last.replace(day=1), 1 - TREND_MONTHS)
    rows = duties_of(viewer).filter(due_on__gte=begin, due_on__lte=last)
    found = _by(rows.annotate(month=TruncMonth("due_on")), "month")
    months = [_months_later(begin, place) for place in range(TREND_MONTHS)]
    nothing = Figures(0, 0, 0, 0, 0, None)
    return [(month, found.get(month, nothing)) for month in months]


def _with_delay(rows: QuerySet[Duty]) -> tuple[QuerySet[Duty], dict[str, Any]]:
    late = ExpressionWrapper(
        TruncDate("done_at", tzinfo=settings.COMPANY_TIME_ZONE) - F("due_on"), output_field=DurationField()
    )
    delay = Avg("late", filter=Q(state=State.MISSED, done_at__isnull=False))
    return rows.annotate(late=late), {**_FIGURES, "delay": delay}


def _total(rows: QuerySet[Duty]) -> Figures:
    counted, figures = _with_delay(rows)
    return _figures(counted.aggregate(**figures))


def _by(rows: QuerySet[Any], key: str) -> dict[Any, Figures]:
    counted, figures = _with_delay(rows)
    found = counted.order_by().values(key).annotate(**figures)
    return {row[key]: _figures(row) for row in found}


def _figures(row: Mapping[str, Any]) -> Figures:
    delay = row["delay"]
    days = delay.total_seconds() / 86_400 if delay is not None else None
    return Figures(row["done"], row["missed"], row["unmade"], row["excused"], row["due"], days)


def _lines(found: Mapping[Any, Figures], names: Mapping[Any, str]) -> list[Line]:
    """The worst first: who missed most."""
    lines = [Line(key, names.get(key, ""), figures) for key, figures in found.items()]
    return sorted(lines, key=lambda one: (-one.figures.missed, -one.figures.done, str(one.key)))
