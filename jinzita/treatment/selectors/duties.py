"""Duties as a viewer may see them: the own ones, those of the team or the departments, or all."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Case, Exists, F, IntegerField, OuterRef, Q, QuerySet, Value, When

from jinzita.customers.selectors import visible_ids, visible_to
from jinzita.kernel.access import Permission, Reach, Viewer
from jinzita.kernel.errors import Invalid, NotFound
from jinzita.treatment.fields import GRADES
from jinzita.treatment.models import Duty, Item, State

SOON_DAYS, MOST_TODAY = 7, 200
STATES = (*State.values, "open")
_RANK = Case(
    *(When(grade=grade, then=Value(place)) for place, grade in enumerate(GRADES)),
    default=Value(len(GRADES)), output_field=IntegerField(),
)  # fmt: skip


def duties_of(viewer: Viewer) -> QuerySet[Duty]:
    """The duties a viewer may know of, by whose they are: one's own record, that of the team, of the
    departments one sees, or everybody's.
    """
    viewer.require(Permission.READ)
    rows = Duty.objects.all()
    if viewer.reach is Reach.ALL:
        return rows
    own = Q(owner_id=viewer.user_id or 0)
    if viewer.reach is Reach.DEPARTMENTS:
        return rows.filter(own | Q(department_id__in=viewer.department_ids))
    if viewer.reach is Reach.TEAM:
        return rows.filter(own | Q(owner_id__in=viewer.team_ids))
    return rows.filter(own)


def duty(viewer: Viewer, duty_id: int) -> Duty:
    """One duty, of one's own record or to a customer one sees. Raises NotFound."""
    found = _shown(Duty.objects.filter(pk=duty_id)).first()
    known = found and (
        duties_of(viewer).filter(pk=duty_id).exists()
        or visible_to(viewer).filter(pk=found.customer_id).exists()
    )
    if found is None or not known:
        raise NotFound(f"There is no duty {duty_id}.")
    return conceal_names(viewer, [found])[0]


@dataclass(frozen=True)
class Wanted:
    """Which duties a list shows."""

    owner_id: int | None = None
    department_id: int | None = None
    item: str | None = None
    state: str | None = None
    since: date | None = None
    until: date | None = None


def page(
    viewer: Viewer, wanted: Wanted, *, limit: int = 50, cursor: str | None = None
) -> tuple[list[Duty], str | None]:
    """A page of duties, those due last first, and the cursor of the next. Raises Invalid."""
    rows = _narrowed(duties_of(viewer), wanted)
    if cursor:
        day, last_id = _read(cursor)
        rows = rows.filter(Q(due_on__lt=day) | Q(due_on=day, pk__lt=last_id))
    found = list(_shown(rows).order_by("-due_on", "-pk")[: limit + 1])
    shown = conceal_names(viewer, found[:limit])
    last = shown[-1] if len(found) > limit else None
    return shown, f"{last.due_on.isoformat()}|{last.pk}" if last else None


@dataclass(frozen=True)
class Today:
    """What waits for a person: own duties, the best customers first, and what was escalated to them."""

    duties: Sequence[Duty]
    more: int
    escalated: Sequence[Duty]


def today(viewer: Viewer, *, today: date) -> Today:
    """Own duties overdue or due within a week, and the missed ones of others that came to the viewer."""
    viewer.require(Permission.READ)
    newer = Duty.objects.filter(
        customer_id=OuterRef("customer_id"), item=OuterRef("item"), pk__gt=OuterRef("pk"), state=State.MISSED,
        done_at=None,
    )  # fmt: skip
    overdue = Q(state=State.MISSED, done_at=None) & (Q(item=Item.ANSWER) | ~Exists(newer))
    waiting = Q(state=State.DUE, due_on__lte=today + timedelta(days=SOON_DAYS))
    mine = Duty.objects.filter(waiting | overdue, owner_id=viewer.user_id or 0)
    mine = mine.filter(customer__in=visible_to(viewer))
    rows = _shown(mine).annotate(rank=_RANK).order_by(
        "rank", F("customer__standing__score").desc(nulls_last=True), "due_at", "pk"
    )  # fmt: skip
    shown = list(rows[:MOST_TODAY])
    more = mine.count() - len(shown) if len(shown) == MOST_TODAY else 0
    up = Duty.objects.filter(
        state=State.MISSED, done_at=None, escalated_to_id=viewer.user_id or 0, missed_on__isnull=False
    )
    raised = _shown(up).annotate(rank=_RANK).order_by("rank", "due_on", "pk")
    return Today(shown, more, conceal_names(viewer, list(raised[:MOST_TODAY])))


def of_customer(customer_id: int, *, most: int = 30) -> list[Duty]:
    """The latest duties to a customer; the caller made sure that it is visible."""
    return list(_shown(Duty.objects.filter(customer_id=customer_id)).order_by("-due_on", "-pk")[:most])


def conceal_names(viewer: Viewer, rows: Sequence[Duty]) -> list[Duty]:
    """The same; customers that went to others since are not named: `hidden` says so."""
    seen = visible_ids(viewer, [one.customer_id for one in rows])
    for one in rows:
        one.hidden = one.customer_id not in seen  # type: ignore[attr-defined]
    return list(rows)


def _shown(rows: QuerySet[Duty]) -> QuerySet[Duty]:
    return rows.select_related(
        "customer__standing", "owner", "department", "escalated_to", "excused_by", "version"
    )


def _narrowed(rows: QuerySet[Duty], wanted: Wanted) -> QuerySet[Duty]:
    exact: dict[str, Any] = {
        "owner_id": wanted.owner_id, "department_id": wanted.department_id, "item": wanted.item,
        "due_on__gte": wanted.since, "due_on__lte": wanted.until,
    }  # fmt: skip
    if wanted.item is not None and wanted.item not in Item.values:
        raise Invalid.at("item", "unknown_choice", f"item must be one of {', '.join(Item.values)}.")
    if wanted.state is not None and wanted.state not in STATES:
        raise Invalid.at("state", "unknown_choice", f"state must be one of {', '.join(STATES)}.")
    rows = rows.filter(**{name: value for name, value in exact.items() if value is not None})
    if wanted.state == "open":
        return rows.filter(Q(state=State.DUE) | Q(state=State.MISSED, done_at=None))
    return rows.filter(state=wanted.state) if wanted.state else rows


def _read(cursor: str) -> tuple[date, int]:
    try:
        day, last_id = cursor.split("|")
        return date.fromisoformat(day), int(last_id)
    except ValueError:
        raise Invalid.at("cursor", "unknown_cursor", "This cursor is not one of this list.") from None
