"""Who is in the teams of customers. Which customers may be seen, the caller decided."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, OuterRef, QuerySet, Value
from django.db.models.functions import Coalesce, NullIf

from jinzita.customers.models import Customer, TeamMember
from jinzita.kernel.records import Field

_NAME = Coalesce(NullIf("user__name", Value("")), "user__username")


@dataclass(frozen=True)
class Member:
    """A colleague in a team."""

    user_id: int
    name: str
    part: str
    since: datetime


def members_of(customer_id: int) -> list[Member]:
    """The team of a customer, the longest in it first."""
    rows = TeamMember.objects.filter(customer_id=customer_id).order_by("pk")
    return [Member(*row) for row in rows.values_list("user_id", _NAME, "part", "since")]


def joined_ids(user_id: int) -> frozenset[int]:
    """The customers in whose team a person is."""
    return frozenset(TeamMember.objects.filter(user_id=user_id).values_list("customer_id", flat=True))


def counts_by_member(rows: QuerySet[Customer], *, most: int) -> list[tuple[int, int]]:
    """In the teams of how many of these customers each colleague is, by id; most frequent first."""
    members = TeamMember.objects.filter(customer__in=rows.order_by().values("pk"))
    counted = members.values("user").annotate(n=Count("pk"))
    return list(counted.order_by("-n", "user").values_list("user", "n")[:most])


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
