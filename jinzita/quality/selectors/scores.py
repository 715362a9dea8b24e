"""How well records are kept: one explained, all of them summed up as the viewer may see them."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from jinzita.activities.selectors import last_contact
from jinzita.customers import selectors as customers
from jinzita.customers.fields import CUSTOMERS
from jinzita.customers.selectors.filling import FAULTS, Wanted, nonsense_pattern, statement
from jinzita.kernel import jobs
from jinzita.kernel.access import FieldAccess, Permission, Reach, Viewer
from jinzita.kernel.models import Job
from jinzita.people import selectors as people
from jinzita.quality.models import History, Important, Policy, Verified

JOB = "quality"
WEEKS_SHOWN, BANDS, MANDATORY_WEIGHT = 26, 10, 5
_PARTS = ("completeness", "validity", "freshness", "duplicates")
_OPEN = (
    "SELECT CASE verdict WHEN 'same' THEN 1.0 ELSE 0.5 END AS doubt FROM quality_match WHERE state = 'open'"
)


def policy() -> Policy:
    return Policy.objects.first() or Policy()


def policy_for(viewer: Viewer) -> Policy:
    """How the points are made up, for anybody who works here."""
    viewer.require(Permission.READ)
    return policy()


def important_for(viewer: Viewer) -> list[Important]:
    """The fields a record should have, of those the viewer may know of."""
    viewer.require(Permission.READ)
    return [one for one in Important.objects.all() if not hidden(viewer, one.code)]


def hidden(viewer: Viewer, code: str) -> bool:
    """Whether the viewer may not know whether a field is filled."""
    return viewer.access("customers", code) is FieldAccess.HIDDEN


def wanted() -> list[Wanted]:
    """What is asked of the records: the important fields, and what the company made mandatory."""
    found = [Wanted(one.code, one.weight, one.kind, tuple(one.grades)) for one in Important.objects.all()]
    known = {one.code for one in found}
    return found + [
        Wanted(one.code, MANDATORY_WEIGHT, one.applies_to)
        for one in CUSTOMERS.read_fields()
        if one.mandatory and one.in_attributes and not one.formula and one.code not in known
    ]


def rating(where: str, given: Sequence[Any], *, today: date) -> tuple[str, list[Any]]:
    """SQL that scores the records of the customers `c` that fit `where`, with the parameters.

    Columns as those of Score, without the moment. The formula: completeness costs its points times the
    missing weight over the weight due; validity half its points for each fault, all for two; freshness
    nothing until fresh_days, everything from stale_days on, in between by the day; duplicates half for a
    doubt, all for a likely one.
    """
    limits = policy()
    known, parameters = statement(
        wanted(), nonsense=nonsense_pattern(limits.nonsense), where=where, given=given
    )
    costs = (
        f"SELECT f.*, {limits.completeness} * coalesce(lacking / nullif(due, 0)::float, 0) AS completeness,"
        f" {limits.validity} * least(1, cardinality(faults) / 2.0) AS validity,"
        f" {limits.freshness} * least(1, greatest(0, %s::date - fresh_on - {limits.fresh_days})"
        f" / {limits.stale_days - limits.fresh_days}::float) AS freshness,"
        f" {limits.duplicates} * coalesce(doubt, 0) AS duplicates FROM ("
        "SELECT k.*, (SELECT max(doubt) FROM ("
        f'{_OPEN} AND "left" = k.id UNION ALL {_OPEN} AND "right" = k.id) m) AS doubt,'
        ' greatest(k.changed_on, v."on", '
        f"{last_contact('k.id')}::date) AS fresh_on"
        f" FROM ({known}) k LEFT JOIN quality_verified v ON v.customer_id = k.id) f"
    )
    sql = (
        "SELECT id AS customer_id,"
        " greatest(0, round(100 - completeness - validity - freshness - duplicates))::smallint AS score,"
        " completeness, validity, freshness, duplicates, missing, faults, owner_id, department_id, grade,"
        f" fresh_on, kind, due FROM ({costs}) c"
    )
    return sql, [today, *parameters]


@dataclass(frozen=True)
class Finding:
    """A field that is missing or wrong, and the points it costs."""

    code: str
    points: float


@dataclass(frozen=True)
class Explained:
    """Why a record has its score: parts with what they cost of what they weigh, and what to do about it."""

    score: int
    parts: list[dict[str, Any]]
    missing: list[Finding]
    faults: list[Finding]
    fresh_on: date
    verified_on: date | None = None
    verified_by: str = ""


def explained(viewer: Viewer, customer_id: int, *, today: date) -> Explained:
    """A record's score as it is at this moment, point by point. Raises NotFound."""
    customers.require_visible(viewer, customer_id)
    sql, parameters = rating("c.id = %s", [customer_id], today=today)
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        names = [one[0] for one in cursor.description or ()]
        row = dict(zip(names, cursor.fetchone(), strict=True))
    limits, asked = policy(), Counter[str]()
    for one in wanted():
        if one.kind in ("", row["kind"]) and (not one.grades or row["grade"] in one.grades):
            asked[one.code] += one.weight
    missing = [
        Finding(code, round(limits.completeness * asked[code] / max(row["due"], 1), 1))
        for code in dict.fromkeys(row["missing"])
        if not hidden(viewer, code)
    ]
    each = row["validity"] / len(row["faults"]) if row["faults"] else 0
    seen = Verified.objects.select_related("by").filter(customer_id=customer_id).first()
    return Explained(
        score=row["score"],
        parts=[
            {"code": part, "cost": round(float(row[part]), 1), "weight": getattr(limits, part)}
            for part in _PARTS
        ],
        missing=sorted(missing, key=lambda one: -one.points),
        faults=[
            Finding(code, round(float(each), 1))
            for code in row["faults"]
            if not hidden(viewer, code.removesuffix("_dead"))
        ],
        fresh_on=row["fresh_on"],
        verified_on=seen.on if seen else None,
        verified_by=seen.by.shown_name if seen and seen.by else "",
    )


@dataclass
class Sums:
    """What a number of records come to."""

    customers: int = 0
    score: float = 0.0
    costs: Counter[str] = field(default_factory=Counter)
    bands: list[int] = field(default_factory=lambda: [0] * BANDS)
    missing: Counter[str] = field(default_factory=Counter)
    faults: Counter[str] = field(default_factory=Counter)

    def add(self, row: History) -> None:
        self.customers += row.customers
        self.score += row.score
        for part in _PARTS:
            self.costs[part] += getattr(row, part)
        self.bands = [mine + more for mine, more in zip(self.bands, row.bands, strict=True)]
        self.missing.update(row.missing)
        self.faults.update(row.faults)

    @property
    def mean(self) -> float | None:
        return round(self.score / self.customers, 1) if self.customers else None


def _within_reach(viewer: Viewer) -> QuerySet[History]:
    rows = History.objects.order_by("week")
    if viewer.reach is Reach.ALL:
        return rows
    if viewer.reach is Reach.DEPARTMENTS and viewer.department_ids:
        return rows.filter(department_id__in=viewer.department_ids)
    if viewer.reach is Reach.TEAM:
        return rows.filter(owner_id__in=viewer.team_ids)
    return rows.filter(owner_id=viewer.user_id)


def summary(viewer: Viewer) -> dict[str, Any]:
    """The quality of what the viewer sees as of the last night: by week, part, department and owner."""
    viewer.require(Permission.READ)
    rows = list(_within_reach(viewer))
    weeks = sorted({row.week for row in rows})[-WEEKS_SHOWN:]
    last = weeks[-1] if weeks else None
    before = weeks[-2] if len(weeks) > 1 else None
    now = _sum(row for row in rows if row.week == last)
    trend = [{"week": week, "score": _sum(row for row in rows if row.week == week).mean} for week in weeks]
    job = Job.objects.filter(kind=JOB).order_by("-pk").first()
    limits = policy()
    departments, owners = _by("department_id", rows, last, before), _by("owner_id", rows, last, before)
    named = people.departments_named({one["id"] for one in departments if one["id"]})
    persons = people.owners({one["id"] for one in owners if one["id"]})
    for one in departments:
        one["name"] = named.get(one["id"], "")
    for one in owners:
        one["name"] = persons[one["id"]].shown_name if one["id"] in persons else ""
    return {
        "at": max((row.at for row in rows if row.week == last), default=None),
        "customers": now.customers,
        "score": now.mean,
        "parts": [
            {
                "code": part,
                "cost": round(now.costs[part] / now.customers, 1) if now.customers else 0,
                "weight": getattr(limits, part),
            }
            for part in _PARTS
        ],
        "bands": now.bands,
        "missing": _counted(viewer, now.missing),
        "faults": _counted(viewer, now.faults),
        "trend": trend,
        "departments": departments,
        "owners": owners,
        "job": jobs.as_dict(job) if job else None,
    }


def _counted(viewer: Viewer, counts: Counter[str]) -> list[dict[str, Any]]:
    return [
        {"code": code, "customers": count}
        for code, count in counts.most_common()
        if count and not hidden(viewer, code.removesuffix("_dead"))
    ]


def _sum(rows: Iterable[History]) -> Sums:
    total = Sums()
    for row in rows:
        total.add(row)
    return total


def _by(name: str, rows: Sequence[History], last: date | None, before: date | None) -> list[dict[str, Any]]:
    found: dict[int | None, tuple[Sums, Sums]] = {}
    for row in rows:
        if row.week in (last, before):
            now, then = found.setdefault(getattr(row, name), (Sums(), Sums()))
            (now if row.week == last else then).add(row)
    listed = [
        {"id": key, "customers": now.customers, "score": now.mean, "before": then.mean,
         "missing": sum(now.missing.values())}
        for key, (now, then) in found.items()
        if now.customers
    ]  # fmt: skip
    return sorted(listed, key=lambda one: (one["score"], -one["customers"]))


def monday(day: date) -> date:
    """The first day of a day's week."""
    return day - timedelta(days=day.weekday())


__all__ = ["FAULTS", "explained", "important_for", "policy_for", "rating", "summary", "wanted"]
