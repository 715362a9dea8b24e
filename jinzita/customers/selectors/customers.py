"""Customers as a viewer may see them."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from operator import attrgetter
from typing import Any

from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce

from jinzita.customers.fields import (
    CUSTOMERS,
    FIXED,
    added_fields,
    attribute_fields,
    class_fields,
    rule_fields,
)
from jinzita.customers.fields.entry_rules import BREAKS
from jinzita.customers.models import Customer
from jinzita.customers.selectors.added import show_added, with_added
from jinzita.customers.selectors.attributes import name_path, show_attributes, with_names
from jinzita.customers.selectors.classification import counts as counts_of
from jinzita.customers.selectors.classification import dimension, show_classes, with_classes
from jinzita.customers.selectors.groups import show_parents, with_parents
from jinzita.customers.selectors.kept_back import kept_back
from jinzita.customers.selectors.members import show_team, with_team
from jinzita.customers.selectors.visible import present_id, reached, visible_ids, visible_to
from jinzita.customers.selectors.words import found_by
from jinzita.kernel.access import Viewer
from jinzita.kernel.errors import NotFound
from jinzita.kernel.field_access import conceal
from jinzita.kernel.records import Field, FieldType, filters, listing
from jinzita.kernel.records.fields import allowed
from jinzita.kernel.records.filters.sql import compiled
from jinzita.kernel.records.filters.tree import Condition, Node, Not, Related, Several

_SHOWN = (
    "name",
    "kind",
    "phone",
    "email",
    "attributes",
    "tags",
    "version",
    "erased_at",
    "source",
    "source_key",
    "created_at",
    "updated_at",
    "owner__name",
    "owner__username",
    "department__name",
    "parent_id",
    "standing__score",
    "standing__grade",
    "standing__as_of",
    "lifecycle__stage",
    "standing__quality",
    "standing__computed_grade",
    "standing__override",
)


def customer(viewer: Viewer, customer_id: int) -> Customer:
    """One customer with its standing, owner and department. Raises NotFound, also for one that is hidden."""
    found = _shown(visible_to(viewer)).filter(pk=customer_id).first()
    if found is None:
        raise NotFound(f"There is no customer {customer_id}.")
    _show(viewer, [found])
    return found


def by_ids(viewer: Viewer, customer_ids: Iterable[int]) -> list[Customer]:
    """Those of the ids that the viewer may know of, as lists show them."""
    found = list(_shown(visible_to(viewer)).filter(pk__in=set(customer_ids)))
    _show(viewer, found)
    return found


def customer_or_survivor(viewer: Viewer, customer_id: int) -> Customer:
    """The same; of one that was merged, its survivor."""
    try:
        return customer(viewer, customer_id)
    except NotFound:
        return customer(viewer, present_id(viewer, customer_id))


def several(viewer: Viewer, customer_ids: Sequence[int]) -> list[Customer]:
    """These customers as lists show them, in this order. Raises NotFound."""
    rows = {one.pk: one for one in _shown(visible_to(viewer).filter(pk__in=set(customer_ids)))}
    for customer_id in customer_ids:
        if customer_id not in rows:
            raise NotFound(f"There is no customer {customer_id}.")
    found = [rows[customer_id] for customer_id in dict.fromkeys(customer_ids)]
    _show(viewer, found)
    return found


def matching(viewer: Viewer, *, filter: str | None = None, q: str | None = None) -> QuerySet[Customer]:
    """The visible customers that fit a filter and the words searched for."""
    asked = filters.read(fields_named(filter, viewer), filter, kind="customers", viewer=viewer)
    rows = visible_to(viewer).filter(compiled(_as_reached(viewer, asked, "pk"), "customers"))
    return rows.filter(found_by(q, kept=kept_back(viewer, CUSTOMERS.code))) if q and q.strip() else rows


def _as_reached(viewer: Viewer, node: Node, customer: str) -> Node:
    """A filter that finds by related records only where the viewer reaches these; `customer` is the path from
    the records it is asked of.
    """
    match node:
        case Several(word=word, parts=parts):
            return Several(word, tuple(_as_reached(viewer, one, customer) for one in parts))
        case Not(part=part):
            return Not(_as_reached(viewer, part, customer))
        case Related(kind=kind, having=having, count=count):
            asked = replace(node, having=_as_reached(viewer, having, "customer"))
            if not count or viewer.reach_of(kind) is viewer.reach:
                return asked
            seen = Q(**{f"{customer}__in": visible_to(viewer, kind).values("pk")})
            field = Field(kind, FieldType.CHOICES, kind, kind, belongs=lambda _: seen)
            return Several("all", (asked, Condition(field, "has_any", [kind])))
    return node


def page(
    viewer: Viewer,
    *,
    filter: str | None = None,
    q: str | None = None,
    sort: str | None = None,
    limit: int = 50,
    cursor: str | None = None,
    offset: int = 0,
) -> listing.Page[Customer]:
    """A page of the list, the best customers first unless `sort` says otherwise."""
    found = listing.page(
        _shown(matching(viewer, filter=filter, q=q)),
        fields_named(sort, viewer),
        default_sort=CUSTOMERS.default_sort,
        apart=_grades(filter) if _by_score(sort) else (),
        sort=sort,
        limit=limit,
        cursor=cursor,
        offset=offset,
        keys_first=bool(filter or (q and q.strip())),
    )
    _show(viewer, found.items)
    return found


def _by_score(sort: str | None) -> bool:
    return (sort or CUSTOMERS.default_sort[0]).lstrip("-").startswith("score")


def _grades(filter: str | None) -> Sequence[Q]:
    # Each grade has its own part of the index of scores: of several, the best of each are merged.
    grades = filters.choices_required(filter, "grade")
    return [Q(standing__grade=grade) for grade in grades] if len(grades) > 1 else ()


def ordered(
    viewer: Viewer, *, filter: str | None, q: str | None, sort: str | None, shown: Sequence[Field] = (),
    ids: Sequence[int] | None = None,
) -> QuerySet[Customer]:  # fmt: skip
    """The whole list in order, or those of `ids`, for an export that shows the fields `shown`."""
    fitting = matching(viewer, filter=filter, q=q)
    if ids is not None:
        fitting = fitting.filter(pk__in=ids)
    rows = with_team(with_classes(_shown(fitting), shown), shown)
    rows = with_names(viewer, rows, shown, visible_to(viewer))
    rows = with_added(with_parents(rows, shown, visible_to(viewer)), shown)
    return listing.ordered(rows, fields_named(sort, viewer), default_sort=CUSTOMERS.default_sort, sort=sort)


def count(viewer: Viewer, *, filter: str | None = None, q: str | None = None) -> int:
    """How many customers fit."""
    if not filter and not (q and q.strip()):
        # The trash and the merged are few and have an index; so has the whole table, of its keys alone.
        rows = reached(viewer)
        trashed = rows.filter(trashed_at__isnull=False).count()
        return rows.count() - trashed - rows.filter(merged_into__isnull=False, trashed_at=None).count()
    return matching(viewer, filter=filter, q=q).count()


def fields_named(text: str | None, viewer: Viewer | None = None) -> Mapping[str, Field]:
    """Fields as a viewer may use them, by code: the fixed ones, and those of capabilities above and the
    company's own when the text names any.
    """
    attributes = attribute_fields(viewer) if text and "attributes." in text else ()
    classes = class_fields() if text and "class." in text else ()
    rules = rule_fields() if text and BREAKS in text else ()
    added = added_fields(text or "")
    fields = allowed(viewer, CUSTOMERS.code, (*FIXED, *added, *rules, *attributes, *classes))
    return {one.code: one for one in fields}


def formula_inputs(viewer: Viewer, customer_id: int | None) -> tuple[dict[str, Any], dict[str, Any]]:
    """Attributes and fixed numbers of one customer, to try a formula on; of nobody they are empty."""
    if customer_id is None:
        return {}, {}
    one = customer(viewer, customer_id)
    return dict(one.attributes), {"score": one.standing.score}


def class_counts(viewer: Viewer, dimension_code: str) -> dict[int, int]:
    """How many visible customers each category of a dimension has. Raises NotFound."""
    return counts_of(dimension(viewer, dimension_code), visible_to(viewer))


def ids_by_key(viewer: Viewer, keys: Sequence[tuple[str, str]]) -> dict[tuple[str, str], int]:
    """Ids of visible customers by (source, key); the key of a merged one leads to its survivor."""
    by_source: dict[str, list[str]] = {}
    for source, key in keys:
        by_source.setdefault(source, []).append(key)
    wanted = Q(pk__in=[])
    for source, several in by_source.items():
        wanted |= Q(source=source, source_key__in=several)
    rows = list(
        Customer.objects.filter(wanted).values_list("source", "source_key", Coalesce("merged_into_id", "pk"))
    )
    seen = visible_ids(viewer, [pk for _, _, pk in rows])
    return {(source, key): pk for source, key, pk in rows if pk in seen}


def reader_of(field: Field) -> Callable[[Any], Any]:
    """What reads a declared field's value from a customer of `ordered`, for exports."""
    if field.in_attributes and not field.references:
        key = field.key
        return lambda row: row.attributes.get(key)
    if field.code == "owner":
        return lambda row: row.owner.shown_name if row.owner else None
    if field.code == "department":
        return lambda row: row.department.name if row.department else None
    if field.code == "parent":
        return attrgetter("parent_name")
    return attrgetter(name_path(field) if field.in_attributes else field.orm.replace("__", "."))


def _show(viewer: Viewer, rows: Sequence[Customer]) -> None:
    if rows:
        show_attributes(viewer, rows, visible_to(viewer))
        show_classes(rows)
        show_team(rows)
        show_parents(rows, visible_to(viewer))
        show_added(Customer, rows)
        conceal(viewer, CUSTOMERS, rows)


def _shown(rows: QuerySet[Customer]) -> QuerySet[Customer]:
    return rows.select_related("standing", "lifecycle", "owner", "department").only(*_SHOWN)
