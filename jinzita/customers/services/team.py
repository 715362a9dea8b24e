"""Writes of teams: the list of a customer as a whole, and somebody who leaves them all."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction

from jinzita.customers.events import CustomersChanged
from jinzita.customers.models import Customer, TeamMember
from jinzita.customers.selectors.members import Member, joined_ids, members_of
from jinzita.customers.selectors.team import may_change, version_of
from jinzita.customers.services.channels import require_unchanged
from jinzita.customers.services.locking import locked
from jinzita.kernel import audit, events, values
from jinzita.kernel.access import Permission, Viewer
from jinzita.kernel.errors import Conflict, Invalid
from jinzita.people import selectors as people
from jinzita.people.services import notifications

MOST_MEMBERS, LONGEST_PART = 30, 60


@transaction.atomic
def replace_team(
    *, by: Viewer, customer_id: int, items: Sequence[Mapping[str, Any]], version: str | None
) -> None:
    """Make these the customer's team, each a `user_id` and the `part` the person has; who is new is told.

    Raises NotFound, Forbidden, Invalid, Conflict (team_not_yours, changed_meanwhile).
    """
    one = locked(by, customer_id)
    if not may_change(by, one):
        raise Conflict(
            "Only the owner of a customer, or who assigns customers, says who is in its team.",
            code="team_not_yours",
        )
    before = members_of(one.pk)
    require_unchanged(version, version_of(before))
    wanted = _wanted(by, items)
    known = {member.user_id: member.part for member in before}
    if wanted == known:
        return
    rows = TeamMember.objects.filter(customer=one)
    rows.exclude(user__in=wanted).delete()
    for user_id, part in wanted.items():
        if user_id in known and known[user_id] != part:
            rows.filter(user=user_id).update(part=part)
    new = [user_id for user_id in wanted if user_id not in known]
    TeamMember.objects.bulk_create(
        TeamMember(customer=one, user_id=user_id, part=wanted[user_id], by_id=by.user_id) for user_id in new
    )
    audit.record(
        by=by, action="update", subject_type="customer", subject_id=one.pk,
        changes={"team": [_told(before), _told(members_of(one.pk))]},
    )  # fmt: skip
    _notify(by, one, {user_id: wanted[user_id] for user_id in new})
    events.publish(CustomersChanged([one.pk]))


@transaction.atomic
def leave_teams(*, by: Viewer, user_id: int) -> int:
    """Take a person whose account was closed out of all teams; answers of how many."""
    ids = sorted(joined_ids(user_id))
    if not ids:
        return 0
    # In the order of ids, like everybody who locks several customers.
    list(Customer.objects.select_for_update(of=("self",)).filter(pk__in=ids).order_by("pk").values_list("pk"))
    TeamMember.objects.filter(user_id=user_id).delete()
    name = people.owners({user_id})[user_id].shown_name
    audit.record_each(
        by=by, action="update", subject_type="customer", changes={"team": [[name], []]},
        versions=dict.fromkeys(ids),
    )  # fmt: skip
    events.publish(CustomersChanged(ids))
    return len(ids)


@transaction.atomic
def fill_teams(*, by: Viewer, source: str, seats: Sequence[tuple[str, int, str]]) -> None:
    """Teams of customers of one source in bulk, as (customer key, user, part); nobody is told."""
    by.require(Permission.MANAGE_DEMO)
    customers = Customer.objects.filter(source=source, source_key__in=[key for key, _, _ in seats])
    ids = dict(customers.values_list("source_key", "pk"))
    TeamMember.objects.bulk_create(
        (
            TeamMember(customer_id=ids[key], user_id=user_id, part=part, by_id=by.user_id)
            for key, user_id, part in seats
            if key in ids
        ),
        ignore_conflicts=True,
    )


def _wanted(by: Viewer, items: Sequence[Mapping[str, Any]]) -> dict[int, str]:
    if len(items) > MOST_MEMBERS:
        raise Invalid.at(
            "team", "too_many", f"There are at most {MOST_MEMBERS} people in a team.", most=MOST_MEMBERS
        )
    users = people.users(by).in_bulk([item["user_id"] for item in items])
    wanted: dict[int, str] = {}
    for n, item in enumerate(items):
        place, user_id = f"team[{n}]", item["user_id"]
        if user_id not in users:
            raise Invalid.at(f"{place}.user_id", "unknown_user", f"There is no user {user_id}.")
        name = users[user_id].shown_name
        if not users[user_id].is_active:
            raise Invalid.at(
                f"{place}.user_id", "deactivated", f"The account of {name} is closed.", name=name
            )
        if user_id in wanted:
            raise Invalid.at(
                f"{place}.user_id", "twice_in_team", f"{name} is named twice in this team.", name=name
            )
        part = values.plain_text(item.get("part") or "", f"{place}.part", longest=LONGEST_PART)
        wanted[user_id] = part.strip()
    return wanted


def _notify(by: Viewer, one: Customer, new: Mapping[int, str]) -> None:
    for user_id, part in new.items():
        notifications.notify(
            by=by, user_ids=[user_id], event="added_to_team",
            words={"by": by.name, "what": _said(one.name, part)}, link=f"/customers/{one.pk}",
        )  # fmt: skip


def _told(members: Sequence[Member]) -> list[str]:
    return [_said(one.name, one.part) for one in members]


def _said(name: str, part: str) -> str:
    return f"{name} ({part})" if part else name
