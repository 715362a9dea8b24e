"""How customers stand to each other, seen from one of them."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from jinzita.customers.models import Customer, Relation
from jinzita.customers.selectors.visible import require_visible, visible_to
from jinzita.kernel.access import Viewer
from jinzita.kernel.errors import NotFound

MOST_SHOWN = 500


@dataclass(frozen=True)
class Seen:
    """A relation from one side: `word` is its kind, with “_inverse” when it was entered from the other."""

    id: int
    kind: str
    word: str
    customer: Customer
    since: Any
    note: str


# These say the same from both sides.
SYMMETRIC = ("partner_of", "competitor_of")


def relations(viewer: Viewer, customer_id: int) -> list[Seen]:
    """A customer's relations to customers the viewer sees, both directions. Raises NotFound."""
    require_visible(viewer, customer_id)
    visible = visible_to(viewer)
    rows = (
        Relation.objects.filter(
            Q(customer_id=customer_id, other__in=visible) | Q(other_id=customer_id, customer__in=visible)
        )
        .select_related("customer__standing", "other__standing")
        .order_by("kind", "pk")[:MOST_SHOWN]
    )
    return [_from(row, customer_id) for row in rows]


def relation(viewer: Viewer, relation_id: int) -> Relation:
    """A relation of which the viewer sees both customers. Raises NotFound."""
    visible = visible_to(viewer)
    found = Relation.objects.filter(pk=relation_id, customer__in=visible, other__in=visible).first()
    if found is None:
        raise NotFound(f"There is no relation {relation_id}.")
    return found


def _from(row: Relation, customer_id: int) -> Seen:
    forward = row.customer_id == customer_id
    word = row.kind if forward or row.kind in SYMMETRIC else f"{row.kind}_inverse"
    return Seen(row.pk, row.kind, word, row.other if forward else row.customer, row.since, row.note)
