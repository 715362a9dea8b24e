"""The team of a customer as a viewer sees it: the colleagues who work for it beside its owner."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Count

from jinzita.customers.models import Customer, TeamMember
from jinzita.customers.selectors.fingerprint import fingerprint
from jinzita.customers.selectors.members import Member, members_of
from jinzita.customers.selectors.visible import require_visible
from jinzita.kernel.access import Permission, Viewer
from jinzita.people.selectors import photos

MOST_SUGGESTED = 30


@dataclass(frozen=True)
class Team:
    """A team, its fingerprint, and whether the viewer may change it; `parts` are suggestions for that."""

    members: list[Member]
    version: str
    photos: Mapping[int, str]
    may_change: bool
    parts: list[str]


def team_of(viewer: Viewer, customer_id: int) -> Team:
    """The team of a customer. Raises NotFound."""
    require_visible(viewer, customer_id)
    members = members_of(customer_id)
    changeable = may_change(viewer, Customer.objects.get(pk=customer_id))
    shown = photos.addresses([one.user_id for one in members])
    return Team(members, version_of(members), shown, changeable, parts() if changeable else [])


def version_of(members: Sequence[Member]) -> str:
    """The fingerprint of a team: who is in it, and as what."""
    return fingerprint([(one.user_id, one.part) for one in members])


def may_change(viewer: Viewer, customer: Customer) -> bool:
    """Whether the viewer, who sees the customer, says who is in its team: its owner, or who assigns."""
    if not viewer.may(Permission.EDIT_CUSTOMERS) or customer.erased_at is not None:
        return False
    return viewer.may(Permission.ASSIGN) or (
        viewer.user_id is not None and customer.owner_id == viewer.user_id
    )


def parts() -> list[str]:
    """What people do in teams, as the company says it; the most frequent first."""
    rows = TeamMember.objects.exclude(part="").values("part").annotate(n=Count("pk"))
    return list(rows.order_by("-n", "part").values_list("part", flat=True)[:MOST_SUGGESTED])
