"""Reads of duties: the catalogue, who holds them, and who relies on them."""

from collections.abc import Iterable

from django.db.models import Count, Prefetch, Q, QuerySet

from jinzita.kernel.access import Permission, Viewer
from jinzita.kernel.errors import NotFound
from jinzita.people.models import HeldDuty, InternalCustomer, JobDuty, User
from jinzita.people.selectors.teams import above


def catalogue(viewer: Viewer) -> QuerySet[JobDuty]:
    """The company's duties, with the number of people who hold each."""
    viewer.require(Permission.READ)
    return JobDuty.objects.order_by("archived", "name").annotate(people=Count(
        "holders", filter=Q(holders__ended_at=None, holders__person__is_active=True)
    ))  # fmt: skip


def job_duty(viewer: Viewer, duty_id: int) -> JobDuty:
    found = catalogue(viewer).filter(pk=duty_id).first()
    if found is None:
        raise NotFound(f"There is no duty {duty_id}.")
    return found


def held(viewer: Viewer) -> QuerySet[HeldDuty]:
    """Duties held now, with who relies on them."""
    viewer.require(Permission.READ)
    relying = InternalCustomer.objects.select_related("person__card", "department").order_by("pk")
    return (
        HeldDuty.objects.filter(ended_at=None)
        .select_related("duty", "person__card", "person__department")
        .prefetch_related(Prefetch("internal_customers", relying))
        .order_by("pk")
    )


def held_duty(viewer: Viewer, held_id: int) -> HeldDuty:
    found = held(viewer).filter(pk=held_id).first()
    if found is None:
        raise NotFound(f"There is no duty {held_id} that somebody holds.")
    return found


def duties_of(viewer: Viewer, person: User) -> list[HeldDuty]:
    return list(held(viewer).filter(person=person))


def relied_on_by(viewer: Viewer, person: User) -> list[HeldDuty]:
    """Duties of others that this person, or the person's department, relies on."""
    mine = Q(person=person)
    if person.department_id:
        mine |= Q(department_id=person.department_id)
    ids = InternalCustomer.objects.filter(mine).values("held_id")
    return list(held(viewer).filter(pk__in=ids, person__is_active=True).exclude(person=person))


def left_behind(viewer: Viewer) -> list[HeldDuty]:
    """Duties of people who left, to be given to somebody else by those who may."""
    rows = list(held(viewer).filter(person__is_active=False))
    if viewer.may(Permission.MANAGE_PEOPLE) or not rows:
        return rows
    over = above([one.person for one in rows])
    return [one for one in rows if viewer.user_id in over[one.person_id]]


def internal_customers(rows: Iterable[HeldDuty]) -> dict[int, list[InternalCustomer]]:
    """Who relies on each of these duties; people who left do not count."""
    return {
        one.pk: [
            each for each in one.internal_customers.all() if each.person is None or each.person.is_active
        ]
        for one in rows
    }


__all__ = [
    "catalogue", "duties_of", "held", "held_duty", "internal_customers", "job_duty", "left_behind",
    "relied_on_by",
]  # fmt: skip
