"""Customers as a viewer may see them."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, TypeVar

from django.db.models import F, Model, Q, QuerySet, Value
from django.db.models.functions import Coalesce, StrIndex
from django.db.models.lookups import GreaterThan

from jinzita.customers.fields import (
    CUSTOMERS,
    FIXED,
    added_fields,
    attribute_fields,
    class_fields,
    rule_fields,
)
from jinzita.customers.fields.entry_rules import BREAKS
from jinzita.customers.fields.frequencies import frequency
from jinzita.customers.fields.search_text import Term, ways_of
from jinzita.customers.models import Customer, SearchKey
from jinzita.customers.selectors.attributes import (
    attribute_definitions,
    name_path,
    show_attributes,
    with_names,
)
from jinzita.customers.selectors.classification import counts as counts_of
from jinzita.customers.selectors.classification import dimension, show_classes, with_classes
from jinzita.customers.selectors.kept_back import in_what_is_shown, kept_back
from jinzita.customers.selectors.members import show_team, with_team
from jinzita.kernel import values
from jinzita.kernel.access import Permission, Reach, Viewer
from jinzita.kernel.errors import Forbidden, Moved, NotFound
from jinzita.kernel.field_access import conceal
from jinzita.kernel.records import Field, FieldType, filters, listing
from jinzita.kernel.records.fields import allowed
from jinzita.kernel.records.filters.sql import compiled
from jinzita.kernel.records.filters.tree import Condition, Node, Not, Related, Several

LONGEST_QUERY = 100
# Of words that more than this share of the customers have, or this many, the n-grams lead to too many rows.
FREQUENT, MOST_INDEXED = 0.01, 10_000
# So many customers of one key are found: as many as there are sources that count in the same way.
MOST_KEYED = 20
Fact = TypeVar("Fact", bound=Model)
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
    "standing__score",
    "standing__grade",
    "standing__as_of",
    "lifecycle__stage",
    "standing__quality",
    "standing__computed_grade",
    "standing__override",
)


def visible_to(viewer: Viewer, kind: str = CUSTOMERS.code) -> QuerySet[Customer]:
    """The customers a viewer may know of: all, those of the departments, of the team, or the own ones; and
    those in whose team the viewer is.

    None in the trash or merged into another. With another `kind` of record, those whose records of this kind
    may be known.
    """
    return _reached(viewer, kind).filter(merged_into=None, trashed_at=None)


def within_reach(viewer: Viewer) -> QuerySet[Customer]:
    """The customers that the role itself reaches, also in the trash: for throwing away, restoring, erasing.

    To be in the team of a customer is not enough for that.
    """
    return _reached(viewer.by_reach()).filter(merged_into=None)


def _reached(viewer: Viewer, kind: str = CUSTOMERS.code) -> QuerySet[Customer]:
    viewer.require(Permission.READ)
    reach = viewer.reach_of(kind)
    if reach is Reach.ALL:
        return Customer.objects.all()
    if reach is Reach.DEPARTMENTS and viewer.department_ids:
        reached = Q(department_id__in=viewer.department_ids)
    elif reach is Reach.TEAM:
        reached = Q(owner_id__in=viewer.team_ids)
    else:
        reached = Q(owner_id=viewer.user_id)
    # By their keys, not by a join: both sides of the "or" have an index then.
    return Customer.objects.filter(reached | Q(pk__in=viewer.joined_ids) if viewer.joined_ids else reached)


def in_reach(viewer: Viewer, customer_ids: Iterable[int]) -> set[int]:
    """Those of the ids within the viewer's reach, in the trash or merged as they may be."""
    homes = dict(
        Customer.objects.filter(pk__in=set(customer_ids)).values_list("pk", Coalesce("merged_into_id", "pk"))
    )
    seen = set(_reached(viewer).filter(pk__in=set(homes.values())).values_list("pk", flat=True))
    return {given for given, home in homes.items() if home in seen}


def present_ids(viewer: Viewer, customer_ids: Iterable[int]) -> dict[int, int]:
    """Where each of these customers is found now: itself, or whom it was merged into; hidden ones are left
    out.
    """
    homes = dict(
        Customer.objects.filter(pk__in=set(customer_ids)).values_list("pk", Coalesce("merged_into_id", "pk"))
    )
    seen = visible_ids(viewer, list(homes.values()))
    return {given: home for given, home in homes.items() if home in seen}


def present_id(viewer: Viewer, customer_id: int) -> int:
    """Where a customer is found now. Raises NotFound."""
    home = present_ids(viewer, [customer_id]).get(customer_id)
    if home is None:
        raise NotFound(f"There is no customer {customer_id}.")
    return home


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


def require_visible(viewer: Viewer, customer_id: int, kind: str = CUSTOMERS.code) -> None:
    """Raise NotFound unless the viewer may know of this customer, Moved when it was merged into another, and
    Forbidden when the role does not reach this customer's records of `kind`."""
    if visible_to(viewer, kind).filter(pk=customer_id).exists():
        return
    if kind == CUSTOMERS.code or not visible_to(viewer).filter(pk=customer_id).exists():
        raise Moved("customers", customer_id, present_id(viewer, customer_id))
    raise Forbidden(f"Your role does not reach the {kind} of this customer; an administrator can grant it.")


def require_reached(viewer: Viewer, *customer_ids: int) -> None:
    """Raise Forbidden for a customer that the viewer sees by being in its team alone: such a one is worked
    on, not given away, merged or thrown away.
    """
    joined = viewer.joined_ids.intersection(customer_ids)
    if joined and within_reach(viewer).filter(pk__in=joined).count() < len(joined):
        raise Forbidden(
            "You see this customer by being in its team; its owner, or who leads the owner, can do this.",
            code="by_team_only",
        )


def of_visible(viewer: Viewer, facts: QuerySet[Fact], kind: str = CUSTOMERS.code) -> QuerySet[Fact]:
    """The facts, of this kind, whose customer the viewer may know of."""
    viewer.require(Permission.READ)
    if viewer.reach_of(kind) is Reach.ALL:
        return facts.filter(customer__trashed_at=None)
    return facts.filter(customer__in=visible_to(viewer, kind))


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
    return listing.ordered(rows, fields_named(sort, viewer), default_sort=CUSTOMERS.default_sort, sort=sort)


def count(viewer: Viewer, *, filter: str | None = None, q: str | None = None) -> int:
    """How many customers fit."""
    if not filter and not (q and q.strip()):
        # The trash and the merged are few and have an index; so has the whole table, of its keys alone.
        reached = _reached(viewer)
        trashed = reached.filter(trashed_at__isnull=False).count()
        return reached.count() - trashed - reached.filter(merged_into__isnull=False, trashed_at=None).count()
    return matching(viewer, filter=filter, q=q).count()


def found_by(q: str, prefix: str = "", *, kept: frozenset[str] = frozenset()) -> Q:
    """The condition that every word of `q` is part of what a customer is found by, or that `q` is its key.

    `prefix` is the path to the customer from another table, such as ``customer__``. What is
    `kept` from the viewer (phone, email) finds nobody. Raises Invalid.
    """
    values.plain_text(q, "q", longest=LONGEST_QUERY)
    condition = Q(pk__in=[])
    for way in ways_of(q):
        condition |= every_term(way, prefix, frequent=is_frequent(way)) & in_what_is_shown(
            way, f"{prefix}search_key__text", kept
        )
    if keyed := keyed_as(q):
        condition |= Q(**{f"{prefix}search_key__in": keyed})
    return condition


def keyed_as(q: str) -> list[int]:
    """Ids of the customers whose key at some source is exactly this, in any case; of all, seen or not."""
    key = q.strip()
    found = Customer.objects.filter(source_key__in={key, key.upper(), key.lower()})
    return list(found.values_list("pk", flat=True)[:MOST_KEYED])


def is_frequent(way: Sequence[Term]) -> bool:
    """Whether so many customers have these words that the best are found by walking down the scores."""

    def some() -> int:
        rows = SearchKey.objects.filter(every_term(way, "", frequent=False, key=""))
        return rows.values("pk")[:MOST_INDEXED].count()

    return is_common(way, frequency, some)


def is_common(way: Sequence[Term], share: Callable[[int], float], some: Callable[[], int]) -> bool:
    """Whether words stand in so many keys that walking the list's order finds them sooner than the index.

    Otherwise the index of n-grams finds them. PostgreSQL cannot tell by itself: it takes the n-grams of one
    word for independent. So their own frequencies are asked, and in doubt a bounded look is taken (`some`).
    """
    grams = {gram for term in way for gram in term.grams}
    shares = [share(gram) for gram in grams]
    if min(shares) <= FREQUENT:
        return False
    if 1 - sum(1 - one for one in shares) > FREQUENT:
        return True  # at least so many have them all
    return some() == MOST_INDEXED


def every_term(way: Sequence[Term], prefix: str, *, frequent: bool, key: str = "search_key__") -> Q:
    """The condition that every term of a way is found in the key."""
    every = Q()
    for term in way:
        fits = Q()
        for needle in term.needles:
            if frequent:  # strpos, since of LIKE the planner thinks that little fits
                fits |= Q(GreaterThan(StrIndex(F(f"{prefix}{key}text"), Value(needle)), 0))
            else:
                fits |= Q(**{f"{prefix}{key}text__contains": needle})
        leads = Q() if frequent else Q(**{f"{prefix}{key}grams__contains": list(term.grams)})
        every &= leads & fits
    return every


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


def visible_ids(viewer: Viewer, customer_ids: Sequence[int]) -> set[int]:
    """Those of the ids that are customers the viewer may know of."""
    return set(visible_to(viewer).filter(pk__in=set(customer_ids)).values_list("pk", flat=True))


def value_of(row: Any, field: Field) -> Any:
    """A customer's value of a declared field, for exports."""
    if field.in_attributes:
        return getattr(row, name_path(field)) if field.references else row.attributes.get(field.key)
    if field.belongs:
        return getattr(row, field.orm)
    if field.code == "owner":
        return row.owner.shown_name if row.owner else None
    if field.code == "department":
        return row.department.name if row.department else None
    value: Any = row
    for part in field.orm.split("__"):
        value = getattr(value, part)
    return value


def _show(viewer: Viewer, rows: Sequence[Customer]) -> None:
    if rows:
        show_attributes(viewer, rows, visible_to(viewer))
        show_classes(rows)
        show_team(rows)
        conceal(viewer, CUSTOMERS, rows)


def _shown(rows: QuerySet[Customer]) -> QuerySet[Customer]:
    return rows.select_related("standing", "lifecycle", "owner", "department").only(*_SHOWN)


__all__ = [
    "attribute_definitions",
    "class_counts",
    "count",
    "customer",
    "customer_or_survivor",
    "fields_named",
    "formula_inputs",
    "found_by",
    "ids_by_key",
    "in_reach",
    "matching",
    "of_visible",
    "ordered",
    "page",
    "present_id",
    "present_ids",
    "require_reached",
    "require_visible",
    "several",
    "value_of",
    "visible_ids",
    "visible_to",
    "within_reach",
]
