"""Writes of groups: whom a customer belongs to."""

from django.db import connection, transaction
from django.db.models import F
from django.db.models.functions import Now

from jinzita.customers.events import CustomersChanged
from jinzita.customers.models import Customer, Kind
from jinzita.customers.selectors import groups
from jinzita.customers.selectors.visible import visible_to
from jinzita.customers.services.locking import locked
from jinzita.kernel import audit, events
from jinzita.kernel.access import Viewer
from jinzita.kernel.errors import Invalid

# One at a time may change who belongs to whom: two changes at once could close a circle.
GROUPS_LOCK = 0x6A7A_0006


@transaction.atomic
def set_parent(*, by: Viewer, customer_id: int, parent_id: int | None) -> None:
    """Put a customer under another one, or under none. Raises NotFound, Forbidden, Invalid."""
    one = locked(by, customer_id)
    if parent_id == one.parent_id:
        return
    before = one.parent_id
    if parent_id is not None:
        _check(by, one, parent_id)
    Customer.objects.filter(pk=one.pk).update(parent_id=parent_id, version=F("version") + 1, updated_at=Now())
    audit.record(
        by=by, action="update", subject_type="customer", subject_id=one.pk,
        changes={"parent_id": [before, parent_id], "version": [one.version, one.version + 1]},
    )  # fmt: skip
    events.publish(CustomersChanged([one.pk]))


def one_at_a_time() -> None:
    """Until the transaction ends nobody else changes who belongs to whom."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [GROUPS_LOCK])


def _check(by: Viewer, one: Customer, parent_id: int) -> None:
    one_at_a_time()
    parent = visible_to(by).filter(pk=parent_id).first()
    if parent is None:
        raise Invalid.at("parent_id", "unknown_customer", f"There is no customer {parent_id}.")
    if parent.kind != Kind.ORGANISATION:
        raise Invalid.at("parent_id", "not_an_organisation", "A group is made of organisations.")
    if groups.is_above(one.pk, parent_id):
        raise Invalid.at("parent_id", "group_circle", "A customer cannot belong to its own subsidiary.")
    if groups.depth_above(parent_id) + groups.depth_below(one.pk) > groups.DEEPEST:
        raise Invalid.at("parent_id", "group_too_deep", f"A group has at most {groups.DEEPEST} levels.")
    if groups.size(parent_id) + groups.size(one.pk) > groups.MOST_MEMBERS:
        raise Invalid.at(
            "parent_id", "group_too_large", f"A group has at most {groups.MOST_MEMBERS} members."
        )
