"""The formula of the score, and what it finds of single records."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.db import connection

from jinzita.activities.selectors import last_contact
from jinzita.customers.selectors.filling import Wanted, statement
from jinzita.customers.selectors.nonsense import nonsense_pattern
from jinzita.kernel.access import FieldAccess, Viewer
from jinzita.quality.fields import PARTS, Terms, field_of

STALE, DAYS, BIRTHDAY = "stale", "days", "contact_birthday"
_OPEN = (
    "SELECT CASE verdict WHEN 'same' THEN 1.0 ELSE 0.5 END AS doubt FROM quality_match WHERE state = 'open'"
)


def rating(limits: Terms, where: str, given: Sequence[Any], *, today: date) -> tuple[str, list[Any]]:
    """SQL that scores the records of the customers `c` that fit `where`, with the parameters.

    Columns as those of Score, without the moment. The formula: completeness costs its points times the
    missing weight over the weight due; validity half its points for each fault, all for two; freshness
    nothing until fresh_days, everything from stale_days on, in between by the day; duplicates half for a
    doubt, all for a likely one.
    """
    known, parameters = statement(
        [Wanted(one.code, one.weight, one.kind, one.grades, one.stages) for one in limits.asked],
        empty=nonsense_pattern(limits.nonsense), where=where, given=given, today=today,
    )  # fmt: skip
    costs = (
        f"SELECT f.*, {limits.completeness} * coalesce(lacking / nullif(due, 0)::float, 0) AS completeness,"
        f" {limits.validity} * least(1, cardinality(faults) / 2.0) AS validity,"
        f" {limits.freshness} * least(1, greatest(0, %s::date - fresh_on - {_by_grade(limits, 'fresh_days')})"
        f" / ({_by_grade(limits, 'stale_days')} - {_by_grade(limits, 'fresh_days')})::float) AS freshness,"
        f" {limits.duplicates} * coalesce(doubt, 0) AS duplicates FROM ("
        "SELECT k.*, (SELECT max(doubt) FROM ("
        f'{_OPEN} AND "left" = k.id UNION ALL {_OPEN} AND "right" = k.id) m) AS doubt,'
        ' greatest(k.changed_on, v."on", '
        f"({last_contact('k.id')} AT TIME ZONE '{settings.COMPANY_TIME_ZONE.key}')::date) AS fresh_on"
        f" FROM ({known}) k LEFT JOIN quality_verified v ON v.customer_id = k.id) f"
    )
    sql = (
        "SELECT id AS customer_id,"
        " greatest(0, round(100 - completeness - validity - freshness - duplicates))::smallint AS score,"
        " completeness, validity, freshness, duplicates, missing, faults, owner_id, department_id, grade,"
        f" fresh_on, kind, stage, due, odd_days FROM ({costs}) c"
    )
    return sql, [today, *parameters]


def _by_grade(limits: Terms, days: str) -> str:
    """SQL of a number of days, which may be another one for some grades."""
    usual = int(getattr(limits.fresh, days))
    own = " ".join(f"WHEN '{grade}' THEN {int(getattr(one, days))}" for grade, one in limits.fresh_of.items())
    return f"(CASE grade {own} ELSE {usual} END)" if own else str(usual)


@dataclass(frozen=True)
class Finding:
    """A field that is missing or wrong, and the points it costs."""

    code: str
    points: float


@dataclass(frozen=True)
class Found:
    """What is found of one record now: its score, what each part costs, and what to do about it."""

    customer_id: int
    owner_id: int | None
    score: int
    costs: dict[str, float]
    missing: list[Finding]
    faults: list[Finding]
    fresh_on: date

    def to_do(self, limits: Terms) -> list[Finding]:
        """All of it, what costs most first; an old record as `stale` when half its points are gone."""
        old = self.costs["freshness"]
        stale = [Finding(STALE, round(old, 1))] if limits.freshness and old >= limits.freshness / 2 else []
        empty = {one.code for one in self.missing}
        faults = [one for one in self.faults if field_of(one.code) not in empty]
        return sorted([*self.missing, *faults, *stale], key=lambda one: -one.points)


def found(customer_ids: Iterable[int], limits: Terms, *, today: date) -> dict[int, Found]:
    """What is found of these records, by customer; one that is no more is left out."""
    sql, parameters = rating(limits, "c.id = ANY(%s)", [list(customer_ids)], today=today)
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        names = [one[0] for one in cursor.description or ()]
        rows = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    return {row["customer_id"]: _found(row, limits) for row in rows}


def _found(row: dict[str, Any], limits: Terms) -> Found:
    weights = Counter[str]()
    for one in limits.asked:
        if one.applies(row["kind"], row["grade"], row["stage"]):
            weights[one.code] += one.weight
    missing = [
        Finding(code, round(limits.completeness * weights[code] / max(row["due"], 1), 1))
        for code in dict.fromkeys(row["missing"])
    ]
    # An attribute whose day is none is told by its own name; all of them are one fault.
    each = float(row["validity"]) / len(row["faults"]) if row["faults"] else 0.0
    wrong = [(code, each) for code in row["faults"] if code != DAYS]
    wrong += [(code, each / len(row["odd_days"])) for code in row["odd_days"]]
    return Found(
        customer_id=row["customer_id"], owner_id=row["owner_id"], score=row["score"],
        costs={part: round(float(row[part]), 1) for part in PARTS},
        missing=sorted(missing, key=lambda one: -one.points),
        faults=[Finding(code, round(points, 1)) for code, points in wrong],
        fresh_on=row["fresh_on"],
    )  # fmt: skip


def hidden(viewer: Viewer, code: str) -> bool:
    """Whether the viewer may not know whether a field is filled."""
    if code == BIRTHDAY:
        return viewer.access("contacts", "birthday") is FieldAccess.HIDDEN
    return viewer.access("customers", field_of(code)) is FieldAccess.HIDDEN
