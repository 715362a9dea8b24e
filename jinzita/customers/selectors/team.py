"""The team of a customer: the colleagues who work for it beside its owner."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, OuterRef, QuerySet, Value
from django.db.models.functions import Coalesce, NullIf

from jinzita.customers.models import Customer, TeamMember
from jinzita.customers.selectors.fingerprint import fingerprint
from jinzita.kernel.access import Permission, Viewer
from jinzita.kernel.records import Field
from jinzita.people.selectors.photos import photos

MOST_SUGGESTED = 30
_NAME = Coalesce(NullIf("user__name", Value("")), "user__username")


@dataclass(frozen=True)
class Member:
    """A colleague in a team."""

    user_id: int
    name: str
    part: str
    since: datetime


@dataclass(frozen=True)
class Team:
    """A team as a viewer sees it; `parts` are suggestions for who may change it."""

    members: list[Member]
    version: str
    photos: Mapping[int, str]
    may_change: bool
    parts: list[str]


def team_of(viewer: Viewer, customer: Customer) -> Team:
    """The team of a customer who was found visible."""
    members = members_of(customer.pk)
    changeable = may_change(viewer, customer)
    shown = photos([one.user_id for one in members])
    return Team(members, version_of(members), shown, changeable, parts() if changeable else [])


def members_of(customer_id: int) -> list[Member]:
    """The team of a customer who was found visible, the longest in it first."""
    rows = TeamMember.objects.filter(customer_id=customer_id).order_by("pk")
    return [Member(*row) for row in rows.values_list("user_id", _NAME, "part", "since")]


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


def joined_ids(user_id: int) -> frozenset[int]:
    """The customers in whose team a person is."""
    return frozenset(TeamMember.objects.filter(user_id=user_id).values_list("customer_id", flat=True))


def show_team(rows: Sequence[Customer]) -> None:
    """Put on these customers their team, as `shown_team`: ``[{id, name}]``."""
    found: dict[int, list[dict[str, Any]]] = defaultdict(list)
    members = TeamMember.objects.filter(customer__in=[row.pk for row in rows]).order_by("pk")
    for customer_id, user_id, name in members.values_list("customer_id", "user_id", _NAME):
        found[customer_id].append({"id": user_id, "name": name})
    for row in rows:
        row.shown_team = found.get(row.pk, [])  # type: ignore[attr-defined]


def with_team(rows: QuerySet[Customer], fields: Sequence[Field]) -> QuerySet[Customer]:
    """The customers with the names of their team, when the team is among the fields."""
    team = next((one for one in fields if one.code == "team"), None)
    if team is None:
        return rows
    names = TeamMember.objects.filter(customer=OuterRef("pk")).order_by("pk").values_list(_NAME, flat=True)
    return rows.annotate(**{team.orm: ArraySubquery(names)})
