"""Grades put above the computed ones, as a viewer may see them."""

from collections.abc import Collection, Sequence
from datetime import date

from django.db.models import QuerySet

from jinzita.customers.selectors.visible import of_visible, require_visible
from jinzita.kernel.access import Permission, Viewer
from jinzita.kernel.errors import Invalid, NotFound
from jinzita.value.models import CustomerScore, GradeOverride, Run

State = GradeOverride.State
PENDING = (State.ASKED, State.IN_FORCE)
# What the history says of a grade that an override moved.
PUT_ABOVE, LIFTED = BY_HAND = ("override", "override_ended")


def page(
    viewer: Viewer, *, states: Sequence[str] = PENDING, to_decide: bool = False, limit: int = 50,
    before: int | None = None,
) -> tuple[list[GradeOverride], int | None]:  # fmt: skip
    """Overrides in these states, newest first, and where the next page begins; `to_decide`: those asked for
    by others, when the viewer may approve. Raises Invalid.
    """
    unknown = set(states) - set(State.values)
    if unknown:
        raise Invalid.at("state", "unknown_choice", f"There is no state “{min(unknown)}”.")
    rows = _visible(viewer).filter(state__in=list(states)).order_by("-pk")
    if to_decide:
        rows = _to_decide(viewer, rows)
    if before is not None:
        rows = rows.filter(pk__lt=before)
    found = list(rows[: limit + 1])
    return found[:limit], found[limit - 1].pk if len(found) > limit else None


def override(viewer: Viewer, override_id: int) -> GradeOverride:
    """One override. Raises NotFound, also for one of a hidden customer."""
    found = _visible(viewer).filter(pk=override_id).first()
    if found is None:
        raise NotFound(f"There is no override {override_id}.")
    return found


def of_customer(viewer: Viewer, customer_id: int) -> list[GradeOverride]:
    """All overrides of a customer, newest first. Raises NotFound."""
    require_visible(viewer, customer_id)
    return list(_visible(viewer).filter(customer_id=customer_id).order_by("-pk")[:100])


def pending_of(viewer: Viewer, customer_id: int) -> list[GradeOverride]:
    """What is in force for a visible customer, and what is asked for."""
    return list(_visible(viewer).filter(customer_id=customer_id, state__in=PENDING))


def overridden(viewer: Viewer, ids: Collection[int]) -> dict[int, str]:
    """What the log calls overrides: by their customers' names, of those the viewer may see."""
    return dict(_visible(viewer).order_by().filter(pk__in=ids).values_list("pk", "customer__name"))


def may_decide(viewer: Viewer, one: GradeOverride) -> bool:
    """Whether the viewer may approve or decline; nobody decides about the own request."""
    return one.state == State.ASKED and viewer.may(Permission.APPROVE) and viewer.user_id != one.asked_by_id


def may_end(viewer: Viewer, one: GradeOverride) -> bool:
    """Who asked may withdraw it, and end it; who may approve may end one in force."""
    own = viewer.user_id is not None and viewer.user_id == one.asked_by_id
    if one.state == State.ASKED:
        return own and viewer.may(Permission.EDIT_CUSTOMERS)
    return one.state == State.IN_FORCE and (
        viewer.may(Permission.APPROVE) or (own and viewer.may(Permission.EDIT_CUSTOMERS))
    )


def count_in_run(viewer: Viewer, one: Run) -> int:
    """How many customers that a run graded count by an override at present."""
    rows = of_visible(viewer, GradeOverride.objects.filter(state=State.IN_FORCE))
    return rows.filter(customer__in=CustomerScore.objects.filter(run=one).values("customer_id")).count()


def due(today: date) -> QuerySet[GradeOverride]:
    """Those in force whose last day is over, for the worker that ends them."""
    return GradeOverride.objects.filter(state=State.IN_FORCE, until__lt=today).order_by("pk")


def _visible(viewer: Viewer) -> QuerySet[GradeOverride]:
    rows = GradeOverride.objects.select_related(
        "customer__standing", "customer__owner", "asked_by", "decided_by", "ended_by"
    )
    return of_visible(viewer, rows)


def _to_decide(viewer: Viewer, rows: QuerySet[GradeOverride]) -> QuerySet[GradeOverride]:
    if not viewer.may(Permission.APPROVE):
        return rows.none()
    return rows.filter(state=State.ASKED).exclude(asked_by_id=viewer.user_id)
