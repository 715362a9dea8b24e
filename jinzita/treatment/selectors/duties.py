"""Duties as a viewer may see them: the own ones, those of the team or the departments, or all."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import partial

from django.db.models import Case, Exists, F, IntegerField, OuterRef, Q, QuerySet, Value, When

from jinzita.customers.selectors import visible_ids, visible_to
from jinzita.customers.selectors.kept_back import kept_back
from jinzita.customers.selectors.words import found_by
from jinzita.kernel.access import Permission, Reach, Viewer
from jinzita.kernel.errors import NotFound
from jinzita.kernel.field_access import by_code
from jinzita.kernel.records import Field, filters, listing
from jinzita.people.selectors.grouping import Group, groups_of
from jinzita.treatment.fields import GRADES
from jinzita.treatment.fields.duties import DUTIES, of_grade
from jinzita.treatment.models import Duty, Item, State

SOON_DAYS, MOST_TODAY = 7, 200
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


def fields_of(viewer: Viewer) -> Mapping[str, Field]:
    """The fields by code; a customer's grade is asked where the viewer sees the customer."""
    found = by_code(viewer, DUTIES)
    return {**found, "grade": replace(found["grade"], belongs=partial(_of_grade, viewer))}


def matching(viewer: Viewer, *, filter: str | None = None, q: str | None = None) -> QuerySet[Duty]:
    """The duties a viewer may know of that fit a filter and whose customer the words find."""
    rows = duties_of(viewer).filter(filters.where(fields_of(viewer), filter))
    if not (q and q.strip()):
        return rows
    found = visible_to(viewer).filter(found_by(q, kept=kept_back(viewer, "customers")))
    return rows.filter(customer__in=found)


def page(
    viewer: Viewer, *, filter: str | None = None, q: str | None = None, sort: str | None = None,
    limit: int = 50, cursor: str | None = None, offset: int = 0,
) -> listing.Page[Duty]:  # fmt: skip
    """A page of the list, those due last first unless `sort` says otherwise. Raises Invalid."""
    found = listing.page(
        _shown(matching(viewer, filter=filter, q=q)), fields_of(viewer), default_sort=DUTIES.default_sort,
        sort=sort, limit=limit, cursor=cursor, offset=offset,
    )  # fmt: skip
    return replace(found, items=conceal_names(viewer, found.items))


def grouped(viewer: Viewer, *, by: str, filter: str | None = None, q: str | None = None) -> list[Group]:
    """The list in groups by a field. Raises Invalid."""
    return groups_of(matching(viewer, filter=filter, q=q), fields_of(viewer), by=by)


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


def _of_grade(viewer: Viewer, grades: Sequence[str] | None) -> Q:
    return of_grade(grades) & Q(customer__in=visible_to(viewer))
