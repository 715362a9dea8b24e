"""How well records are kept: one explained, all of them summed up as the viewer may see them."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import QuerySet

from jinzita.customers import selectors as customers
from jinzita.kernel import jobs
from jinzita.kernel.access import Permission, Reach, Viewer
from jinzita.kernel.models import Job
from jinzita.people import selectors as people
from jinzita.quality.fields import PARTS
from jinzita.quality.models import History, Verified
from jinzita.quality.selectors.policies import in_force
from jinzita.quality.selectors.rating import Finding, found, hidden

JOB = "quality"
WEEKS_SHOWN, BANDS = 26, 10


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
    limits = in_force()
    one = found([customer_id], limits, today=today)[customer_id]
    seen = Verified.objects.select_related("by").filter(customer_id=customer_id).first()
    return Explained(
        score=one.score,
        parts=[{"code": part, "cost": one.costs[part], "weight": getattr(limits, part)} for part in PARTS],
        missing=[each for each in one.missing if not hidden(viewer, each.code)],
        faults=[each for each in one.faults if not hidden(viewer, each.code)],
        fresh_on=one.fresh_on,
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
        for part in PARTS:
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
    limits = in_force()
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
            for part in PARTS
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
        if count and not hidden(viewer, code)
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


__all__ = ["explained", "summary"]
