"""The weekly lists, as far as the viewer sees their customers."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from jinzita.customers import selectors as customers
from jinzita.kernel.access import Permission, Reach, Viewer
from jinzita.kernel.errors import NotFound
from jinzita.people import selectors as people
from jinzita.quality.fields import field_of, monday
from jinzita.quality.models import WeeklyItem, WeeklyList
from jinzita.quality.selectors.policies import in_force
from jinzita.quality.selectors.rating import STALE, Found, found, hidden

WEEKS_SHOWN = 26
MOST_SHOWN = 500


@dataclass(frozen=True)
class Wish:
    """A field that was asked for: what is the matter with it still ("" when it is done) and its points."""

    code: str
    problem: str
    points: float

    @property
    def done(self) -> bool:
        return not self.problem


@dataclass(frozen=True)
class Line:
    """A customer on a list."""

    item: WeeklyItem
    score: int | None
    wishes: list[Wish]


@dataclass(frozen=True)
class Scope:
    """What the viewer looks at: one department's list, or the own part of all (department_id None)."""

    week: date | None
    department_id: int | None
    departments: list[dict[str, Any]]


def scope(viewer: Viewer, *, week: date | None, department_id: int | None) -> Scope:
    """The week and the department that are asked for, or the newest and the viewer's own. Raises NotFound."""
    viewer.require(Permission.READ)
    week = monday(week) if week else None
    lists = _lists(viewer)
    if lists is None:
        if department_id is not None:
            raise NotFound(f"There is no weekly list of department {department_id}.")
        seen = _items(viewer).order_by("-weekly__week").values_list("weekly__week", flat=True)
        return Scope(week or seen.first(), None, [])
    week = week or lists.order_by("-week").values_list("week", flat=True).first()
    rows = list(lists.filter(week=week)) if week else []
    names = people.departments_named({one.department_id for one in rows})
    leaders = people.owners({one.leader_id for one in rows if one.leader_id})
    known: list[dict[str, Any]] = [
        {"id": one.department_id, "name": names.get(one.department_id, ""),
         "leader": leaders[one.leader_id].shown_name if one.leader_id in leaders else ""}
        for one in rows
    ]  # fmt: skip
    known.sort(key=lambda one: one["name"])
    if department_id is not None:
        if not lists.filter(department_id=department_id).exists():
            raise NotFound(f"There is no weekly list of department {department_id}.")
        return Scope(week, department_id, known)
    own = next((one.department_id for one in rows if one.leader_id == viewer.user_id), None)
    return Scope(week, own or (known[0]["id"] if known else None), known)


def _lists(viewer: Viewer) -> QuerySet[WeeklyList] | None:
    """The lists of whole departments the viewer may look at; None for whom only sees own customers."""
    if viewer.reach is Reach.ALL:
        return WeeklyList.objects.all()
    if viewer.reach is Reach.DEPARTMENTS and viewer.department_ids:
        return WeeklyList.objects.filter(department_id__in=viewer.department_ids)
    return None


def _items(viewer: Viewer) -> QuerySet[WeeklyItem]:
    """The part of all lists that is the viewer's."""
    if viewer.reach is Reach.TEAM:
        return WeeklyItem.objects.filter(owner_id__in=viewer.team_ids)
    return WeeklyItem.objects.filter(owner_id=viewer.user_id)


def items(viewer: Viewer, of: Scope) -> QuerySet[WeeklyItem]:
    """The customers on the list, worth most first."""
    if of.week is None:
        return WeeklyItem.objects.none()
    rows = WeeklyItem.objects.filter(
        weekly__week=of.week, customer__in=customers.visible_to(viewer).filter(erased_at=None)
    )
    if of.department_id is not None:
        rows = rows.filter(weekly__department_id=of.department_id)
    return rows.select_related("weekly", "customer__standing", "customer__owner").order_by("place", "pk")


def lines(viewer: Viewer, of: Scope, *, today: date) -> list[Line]:
    """The same with what is still to do: of this week as it is now, of earlier weeks as it was left."""
    rows = list(items(viewer, of)[:MOST_SHOWN])
    limits = in_force()
    open_ids = [one.customer_id for one in rows if one.weekly.closed_at is None]
    now = found(open_ids, limits, today=today) if open_ids else {}
    return [_line(viewer, one, problems(now.get(one.customer_id)), now) for one in rows]


def problems(one: Found | None) -> dict[str, tuple[str, float]]:
    """What is the matter with which field of a record, and the points it costs."""
    if one is None:
        return {}
    known = {each.code: ("missing", each.points) for each in one.missing}
    known |= {each.code: ("fault", each.points) for each in one.faults if field_of(each.code) not in known}
    return {**known, STALE: ("stale", one.costs["freshness"])} if one.costs["freshness"] > 0 else known


def _line(
    viewer: Viewer, item: WeeklyItem, wrong: dict[str, tuple[str, float]], now: dict[int, Found]
) -> Line:
    codes = [code for code in item.codes if not hidden(viewer, code)]
    if item.weekly.closed_at is not None:
        wishes = [Wish(code, "" if code in item.done else "missing", 0) for code in codes]
    else:
        wishes = [Wish(code, *wrong.get(code, ("", 0.0))) for code in codes]
    record = now.get(item.customer_id)
    return Line(item, record.score if record else None, wishes)


def weekly(viewer: Viewer, *, week: date | None, department_id: int | None, today: date) -> dict[str, Any]:
    """A week's list with what is done of it, by customer and person, and how it went in the weeks before."""
    of = scope(viewer, week=week, department_id=department_id)
    listed = lines(viewer, of, today=today)
    asked, done, names = Counter[int](), Counter[int](), {0: ""}
    for one in listed:
        owner = one.item.customer.owner
        key = owner.pk if owner else 0
        names[key] = owner.shown_name if owner else ""
        asked[key] += len(one.wishes)
        done[key] += sum(each.done for each in one.wishes)
    persons = [
        {"id": key or None, "name": names[key], "asked": asked[key], "done": done[key]} for key in asked
    ]
    weeks = _weeks(viewer, of)
    for each in weeks:
        if each["week"] == of.week:
            each |= {"asked": asked.total(), "done": done.total()}
    return {
        "week": of.week, "department_id": of.department_id, "departments": of.departments,
        "closed": bool(listed) and listed[0].item.weekly.closed_at is not None,
        "asked": asked.total(), "done": done.total(), "weeks": weeks, "lines": listed,
        "people": sorted(persons, key=lambda one: (one["done"] / max(one["asked"], 1), one["name"])),
    }  # fmt: skip


def _weeks(viewer: Viewer, of: Scope) -> list[dict[str, Any]]:
    part = _items(viewer) if of.department_id is None else WeeklyItem.objects.filter(
        weekly__department_id=of.department_id
    )  # fmt: skip
    rows = (
        part.order_by("-weekly__week")
        .values(week=F("weekly__week"))
        .annotate(
            asked=Sum(Coalesce("codes__len", 0)),
            done=Sum(Coalesce("done__len", 0), filter=Q(weekly__closed_at__isnull=False)),
        )[:WEEKS_SHOWN]
    )
    return [{"week": one["week"], "asked": one["asked"], "done": one["done"] or 0} for one in rows][::-1]
