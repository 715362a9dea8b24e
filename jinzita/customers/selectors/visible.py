"""Who may know of which customers: asked by everything that reads or writes one."""

from collections.abc import Iterable, Sequence
from typing import TypeVar

from django.db.models import Model, Q, QuerySet
from django.db.models.functions import Coalesce

from jinzita.customers.fields import CUSTOMERS
from jinzita.customers.models import Customer
from jinzita.kernel.access import Permission, Reach, Viewer
from jinzita.kernel.errors import Forbidden, Moved, NotFound

Fact = TypeVar("Fact", bound=Model)


def visible_to(viewer: Viewer, kind: str = CUSTOMERS.code) -> QuerySet[Customer]:
    """The customers a viewer may know of: all, those of the departments, of the team, or the own ones; and
    those in whose team the viewer is.

    None in the trash or merged into another. With another `kind` of record, those whose records of this kind
    may be known.
    """
    return reached(viewer, kind).filter(merged_into=None, trashed_at=None)


def within_reach(viewer: Viewer) -> QuerySet[Customer]:
    """The customers that the role itself reaches, also in the trash: for throwing away, restoring, erasing.

    To be in the team of a customer is not enough for that.
    """
    return reached(viewer.by_reach()).filter(merged_into=None)


def reached(viewer: Viewer, kind: str = CUSTOMERS.code) -> QuerySet[Customer]:
    """The customers a viewer may know of, those in the trash and those merged into others among them."""
    viewer.require(Permission.READ)
    reach = viewer.reach_of(kind)
    if reach is Reach.ALL:
        return Customer.objects.all()
    if reach is Reach.DEPARTMENTS and viewer.department_ids:
        own = Q(department_id__in=viewer.department_ids)
    elif reach is Reach.TEAM:
        own = Q(owner_id__in=viewer.team_ids)
    else:
        own = Q(owner_id=viewer.user_id)
    # By their keys, not by a join: both sides of the "or" have an index then.
    return Customer.objects.filter(own | Q(pk__in=viewer.joined_ids) if viewer.joined_ids else own)


def in_reach(viewer: Viewer, customer_ids: Iterable[int]) -> set[int]:
    """Those of the ids within the viewer's reach, in the trash or merged as they may be."""
    homes = dict(
        Customer.objects.filter(pk__in=set(customer_ids)).values_list("pk", Coalesce("merged_into_id", "pk"))
    )
    seen = set(reached(viewer).filter(pk__in=set(homes.values())).values_list("pk", flat=True))
    return {given for given, home in homes.items() if home in seen}


def visible_ids(viewer: Viewer, customer_ids: Sequence[int]) -> set[int]:
    """Those of the ids that are customers the viewer may know of."""
    return set(visible_to(viewer).filter(pk__in=set(customer_ids)).values_list("pk", flat=True))


def present_ids(viewer: Viewer, customer_ids: Iterable[int]) -> dict[int, int]:
    """Where each of these customers is found now: itself, or whom it was merged into; hidden ones are left
    out.
    """
    homes = dict(
        Customer.objects.filter(pk__in=set(customer_ids)).values_list("pk", Coalesce("merged_into_id", "pk"))
    )
    seen = visible_ids(viewer, list(homes.values()))
    return {given: home for given, home in homes.items() if home in seen}


def present_id(viewer: Viewer, customer_id: int) -> int:
    """Where a customer is found now. Raises NotFound."""
    home = present_ids(viewer, [customer_id]).get(customer_id)
    if home is None:
        raise NotFound(f"There is no customer {customer_id}.")
    return home


def require_visible(viewer: Viewer, customer_id: int, kind: str = CUSTOMERS.code) -> None:
    """Raise NotFound unless the viewer may know of this customer, Moved when it was merged into another, and
    Forbidden when the role does not reach this customer's records of `kind`."""
    if visible_to(viewer, kind).filter(pk=customer_id).exists():
        return
    if kind == CUSTOMERS.code or not visible_to(viewer).filter(pk=customer_id).exists():
        raise Moved("customers", customer_id, present_id(viewer, customer_id))
    raise Forbidden(f"Your role does not reach the {kind} of this customer; an administrator can grant it.")


def require_reached(viewer: Viewer, *customer_ids: int) -> None:
    """Raise Forbidden for a customer that the viewer sees by being in its team alone: such a one is worked
    on, not given away, merged or thrown away.
    """
    joined = viewer.joined_ids.intersection(customer_ids)
    if joined and within_reach(viewer).filter(pk__in=joined).count() < len(joined):
        raise Forbidden(
            "You see this customer by being in its team; its owner, or who leads the owner, can do this.",
            code="by_team_only",
        )


def of_visible(viewer: Viewer, facts: QuerySet[Fact], kind: str = CUSTOMERS.code) -> QuerySet[Fact]:
    """The facts, of this kind, whose customer the viewer may know of."""
    viewer.require(Permission.READ)
    if viewer.reach_of(kind) is Reach.ALL:
        return facts.filter(customer__trashed_at=None)
    return facts.filter(customer__in=visible_to(viewer, kind))
