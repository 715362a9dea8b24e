"""Writes of relations between customers."""

from datetime import date

from django.db import IntegrityError, transaction
from django.db.models import Q

from jinzita.customers.models import Relation, RelationKind
from jinzita.customers.selectors.relations import SYMMETRIC, relation
from jinzita.customers.selectors.visible import visible_to
from jinzita.customers.services.locking import locked
from jinzita.kernel import audit, values
from jinzita.kernel.access import Permission, Viewer
from jinzita.kernel.errors import Conflict, Invalid


@transaction.atomic
def add_relation(
    *, by: Viewer, customer_id: int, other_id: int, kind: str, since: date | None = None, note: str = ""
) -> Relation:
    """Say how a customer stands to another one. Raises NotFound, Forbidden, Invalid, Conflict."""
    one = locked(by, customer_id)
    if kind not in RelationKind.values:
        raise Invalid.at("kind", "unknown_choice", f"kind is one of {', '.join(RelationKind.values)}.")
    if other_id == one.pk:
        raise Invalid.at("other_id", "itself", "A customer has no relation to itself.")
    if not visible_to(by).filter(pk=other_id).exists():
        raise Invalid.at("other_id", "unknown_customer", f"There is no customer {other_id}.")
    same = Q(customer_id=one.pk, other_id=other_id)
    if kind in SYMMETRIC:
        same |= Q(customer_id=other_id, other_id=one.pk)
    if Relation.objects.filter(same, kind=kind).exists():
        raise Invalid.at("other_id", "already_exists", "This relation is there already.")
    made = Relation(customer_id=one.pk, other_id=other_id, kind=kind, since=since)
    made.note = values.plain_text(note, "note", longest=400).strip()
    try:
        with transaction.atomic():
            made.save(force_insert=True)
    except IntegrityError:
        raise Conflict("This relation is there already.", code="taken") from None
    _audit(by, made, "add_relation")
    return made


@transaction.atomic
def remove_relation(*, by: Viewer, relation_id: int) -> None:
    """Take a relation away. Raises NotFound, Forbidden."""
    by.require(Permission.EDIT_CUSTOMERS)
    one = relation(by, relation_id)
    _audit(by, one, "remove_relation")
    one.delete()


def _audit(by: Viewer, one: Relation, action: str) -> None:
    changes = {"kind": one.kind, "other_id": one.other_id, "since": one.since, "note": one.note}
    audit.record(by=by, action=action, subject_type="customer", subject_id=one.customer_id, changes=changes)
