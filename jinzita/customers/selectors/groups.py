"""Groups of companies: the tree a customer stands in."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection
from django.db.models import OuterRef, QuerySet, Subquery

from jinzita.customers.fields.parent import PARENT
from jinzita.customers.models import Customer
from jinzita.customers.selectors.visible import require_visible, visible_to
from jinzita.kernel.access import Viewer
from jinzita.kernel.records import Field

MOST_MEMBERS, DEEPEST = 1_000, 30
_UP = """
    WITH RECURSIVE up AS (
        SELECT id, parent_id, 1 AS depth FROM customers_customer WHERE id = %s
        UNION ALL
        SELECT c.id, c.parent_id, up.depth + 1 FROM customers_customer c JOIN up ON c.id = up.parent_id
        WHERE up.depth < %s
    )
"""
_DOWN = """
    WITH RECURSIVE down AS (
        SELECT id, parent_id, 1 AS depth FROM customers_customer WHERE id = %s
        UNION ALL
        SELECT c.id, c.parent_id, down.depth + 1 FROM customers_customer c JOIN down ON c.parent_id = down.id
        WHERE down.depth < %s
    )
"""


@dataclass(frozen=True)
class Member:
    """A customer in a group; `parent_id` is the nearest one above that the viewer sees."""

    customer: Customer
    parent_id: int | None


@dataclass(frozen=True)
class Group:
    """The tree a customer stands in, from its top. `hidden` members are not the viewer's to see."""

    root_id: int
    members: list[Member]
    hidden: int


def group(viewer: Viewer, customer_id: int) -> Group:
    """The whole group of a customer, as far as the viewer may see it. Raises NotFound."""
    require_visible(viewer, customer_id)
    parents = _below(_root(customer_id))
    rows = visible_to(viewer).filter(pk__in=parents).select_related("standing").only(
        "name", "kind", "standing__grade", "standing__score", "standing__computed_grade", "standing__override"
    )  # fmt: skip
    seen = {one.pk: one for one in rows}
    members = [Member(one, _seen_above(pk, parents, seen)) for pk, one in seen.items()]
    members.sort(key=lambda one: (one.parent_id is not None, one.customer.name))
    top = next((one.customer.pk for one in members if one.parent_id is None), customer_id)
    return Group(top, members, len(parents) - len(seen))


def member_ids(viewer: Viewer, customer_id: int) -> list[int]:
    """The visible members of a customer's group, the customer itself among them. Raises NotFound."""
    require_visible(viewer, customer_id)
    found = visible_to(viewer).filter(pk__in=_below(_root(customer_id))).order_by("pk")
    return list(found.values_list("pk", flat=True))


def show_parents(rows: Sequence[Customer], visible: QuerySet[Customer]) -> None:
    """Put on these customers whom they stand under, as `shown_parent`: ``{id, name}``; none out of sight."""
    wanted = {row.parent_id for row in rows if row.parent_id}
    found = visible.filter(pk__in=wanted).values("id", "name") if wanted else ()
    shown = {one["id"]: one for one in found}
    for row in rows:
        row.shown_parent = shown.get(row.parent_id or 0)  # type: ignore[attr-defined]


def with_parents(
    rows: QuerySet[Customer], fields: Sequence[Field], visible: QuerySet[Customer]
) -> QuerySet[Customer]:
    """The customers with the name of whom they stand under, when that is among the fields."""
    if not any(one.code == PARENT.code for one in fields):
        return rows
    name = Subquery(visible.order_by().filter(pk=OuterRef("parent_id")).values("name")[:1])
    return rows.annotate(parent_name=name)


def is_above(customer_id: int, other_id: int) -> bool:
    """Whether a customer is another one or stands above it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "WITH RECURSIVE up AS (SELECT id, parent_id FROM customers_customer WHERE id = %s"
            " UNION SELECT c.id, c.parent_id FROM customers_customer c JOIN up ON c.id = up.parent_id)"
            " SELECT EXISTS (SELECT FROM up WHERE id = %s)",
            [other_id, customer_id],
        )
        return bool(cursor.fetchone()[0])


def depth_below(customer_id: int) -> int:
    """How many levels a customer's subsidiaries are, itself counted."""
    with connection.cursor() as cursor:
        cursor.execute(_DOWN + "SELECT max(depth) FROM down", [customer_id, DEEPEST + 1])
        return int(cursor.fetchone()[0])


def depth_above(customer_id: int) -> int:
    """How many levels there are down to a customer, itself counted."""
    with connection.cursor() as cursor:
        cursor.execute(_UP + "SELECT max(depth) FROM up", [customer_id, DEEPEST + 1])
        return int(cursor.fetchone()[0])


def size(customer_id: int) -> int:
    """How many customers the group of a customer has."""
    return len(_below(_root(customer_id)))


def _root(customer_id: int) -> int:
    with connection.cursor() as cursor:
        cursor.execute(_UP + "SELECT id FROM up ORDER BY depth DESC LIMIT 1", [customer_id, DEEPEST])
        return int(cursor.fetchone()[0])


def _below(root_id: int) -> dict[int, int | None]:
    with connection.cursor() as cursor:
        cursor.execute(_DOWN + "SELECT id, parent_id FROM down LIMIT %s", [root_id, DEEPEST, MOST_MEMBERS])
        return dict(cursor.fetchall())


def _seen_above(pk: int, parents: dict[int, int | None], seen: dict[int, Customer]) -> int | None:
    above = parents[pk]
    while above is not None and above not in seen:
        above = parents.get(above)
    return above
