"""What follows when customers' rows were written, whoever wrote them and however many."""

from collections.abc import Collection, Sequence

from django.db import connection, transaction

from jinzita.customers.events import CustomersChanged, CustomersEdited, CustomersTrashed, OwnersChanged
from jinzita.customers.models import Cause, Customer, Reason
from jinzita.customers.services.attributes import values as attribute_values
from jinzita.customers.services.completion import complete_new
from jinzita.customers.services.ownership import settle_owners
from jinzita.kernel import events, undo, warehouse
from jinzita.kernel.access import Viewer

# Changes of these may change the customer's value; and whoever leaves or enters the trash.
VALUED = frozenset({"name", "kind", "attributes", "trashed_at"})
TOLD = VALUED | {"phone", "email"}
FOUND_BY = frozenset({"name", "phone", "email", "kind"})


@transaction.atomic
def announce(
    *, ids: Sequence[int], columns: Collection[str], by: Viewer | None = None,
    reason: str = Reason.ASSIGNED, note: str = "", cause: str = Cause.RELEASED,
) -> None:  # fmt: skip
    """Renew what hangs on these columns of these customers, and tell the house.

    Entries of attributes are named ``attributes.region``. Must be called in the transaction of the write.
    `by`, `reason` and `note` say how a new owner came to them, `cause` why those without one are free to
    claim.
    """
    if not ids:
        return
    names = {one.partition(".")[0] for one in columns}
    if names & FOUND_BY:
        complete_new(ids)
    if names & VALUED:
        warehouse.touch("customers")
    trashed = _in_trash(ids) if "trashed_at" in names else []
    if trashed:
        events.publish(CustomersTrashed(trashed))
    if names & TOLD and len(trashed) < len(ids):
        gone = set(trashed)
        events.publish(CustomersChanged([one for one in ids if one not in gone]))
    if not names & TOLD:
        events.publish(CustomersEdited(list(ids)))
    if "owner_id" in names:
        settle_owners(ids=ids, by=by, reason=reason, note=note, cause=cause)
        for owner_id, theirs in _by_owner(ids):
            events.publish(OwnersChanged(theirs, owner_id))


def _in_trash(ids: Sequence[int]) -> list[int]:
    rows = Customer.objects.filter(pk__in=ids, trashed_at__isnull=False)
    return list(rows.order_by("pk").values_list("pk", flat=True))


def _by_owner(ids: Sequence[int]) -> list[tuple[int | None, list[int]]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT owner_id, array_agg(id ORDER BY id) FROM customers_customer WHERE id = ANY(%s)"
            " GROUP BY owner_id ORDER BY owner_id",
            [list(ids)],
        )
        return list(cursor.fetchall())


def _taken_back(by: Viewer, what: undo.Followed) -> None:
    if any(one.startswith("attributes.") for one in what.columns):
        attribute_values.recompute(what.changed)
    announce(ids=what.changed, columns=what.columns, by=by, reason=Reason.TAKEN_BACK)
    if what.back:
        complete_new(what.back)
        announce(ids=what.back, columns=VALUED)


def follow_undo() -> None:
    """Called when Django is ready."""
    undo.follow("customers.Customer", _taken_back)
    undo.along("customers.Classified")
    undo.told("customers.Customer")
