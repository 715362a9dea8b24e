"""Writes of the classification: its dimensions and categories, and which customers belong where."""

import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db import IntegrityError, connection, transaction
from django.db.models import Case, IntegerField, Q, QuerySet, Value, When
from django.db.models.functions import TruncMonth

from jinzita.customers.events import ClassesChanged, ClassificationChanged
from jinzita.customers.fields import CUSTOMERS
from jinzita.customers.models import Category, Classified, Customer, Dimension, Kind
from jinzita.customers.selectors import classification as reads
from jinzita.customers.selectors.visible import require_visible
from jinzita.customers.services.channels import require_unchanged
from jinzita.kernel import audit, events, warehouse
from jinzita.kernel.access import Permission, Viewer
from jinzita.kernel.errors import Conflict, Invalid
from jinzita.kernel.loading import MOST_CUSTOMERS_NAMED
from jinzita.kernel.records import filters

MOST_CATEGORIES, DEEPEST = 5_000, 8


@transaction.atomic
def create_dimension(*, by: Viewer, code: str, **values: Any) -> Dimension:
    """A new way to look at customers. Raises Forbidden, Invalid, Conflict."""
    by.require(Permission.MANAGE_SETUP)
    made = Dimension(code=code, **values)
    _check_dimension(made)
    try:
        with transaction.atomic():
            made.save(force_insert=True)
    except IntegrityError:
        raise Conflict(f"There already is a dimension {code}.", code="taken") from None
    audit.record(
        by=by, action="create", subject_type="dimension", subject_id=made.pk, changes={"code": code, **values}
    )
    return made


@transaction.atomic
def update_dimension(*, by: Viewer, code: str, changes: Mapping[str, Any]) -> Dimension:
    """Change a dimension's words, order, or how its customers are chosen. Raises NotFound, Conflict."""
    by.require(Permission.MANAGE_SETUP)
    one = reads.dimension(by, code)
    before = {name: getattr(one, name) for name in changes}
    for name, value in changes.items():
        setattr(one, name, value)
    _check_dimension(one)
    one.save()
    if one.exclusive != before.get("exclusive", one.exclusive):
        try:
            with transaction.atomic():
                Classified.objects.filter(dimension=one).update(exclusive=one.exclusive)
        except IntegrityError:
            raise Conflict(
                "Customers have several categories of this dimension.", code="not_exclusive"
            ) from None
    audit.record(
        by=by, action="update", subject_type="dimension", subject_id=one.pk,
        changes=audit.difference(before, dict(changes)),
    )  # fmt: skip
    if one.by_rule:
        events.publish(ClassificationChanged(one.pk))
    return one


@transaction.atomic
def delete_dimension(*, by: Viewer, code: str) -> None:
    """Delete a dimension that classifies nobody. Raises NotFound, Conflict."""
    by.require(Permission.MANAGE_SETUP)
    one = reads.dimension(by, code)
    if Classified.objects.filter(dimension=one).exists():
        raise Conflict("Customers are classified by this dimension.", code="in_use")
    audit.record(by=by, action="delete", subject_type="dimension", subject_id=one.pk, changes={"code": code})
    one.categories.update(parent=None)
    one.delete()


@transaction.atomic
def create_category(*, by: Viewer, dimension: str, parent_id: int | None = None, **values: Any) -> Category:
    """A new category. Raises NotFound, Invalid, Conflict."""
    by.require(Permission.MANAGE_SETUP)
    of = reads.dimension(by, dimension)
    if of.categories.count() >= MOST_CATEGORIES:
        raise Conflict(f"A dimension has at most {MOST_CATEGORIES} categories.", code="too_many")
    made = Category(dimension=of, parent=_parent(of, parent_id), **values)
    _check_rule(made)
    if "position" not in values:
        made.position = of.categories.count() + 1
    try:
        with transaction.atomic():
            made.save(force_insert=True)
    except IntegrityError:
        raise Conflict(f"There already is a category {made.code}.", code="taken") from None
    _place(made)
    _tell(by, "create", made, values)
    return made


@transaction.atomic
def update_category(*, by: Viewer, category_id: int, changes: Mapping[str, Any]) -> Category:
    """Change a category, or move it with all below it. Raises NotFound, Invalid, Conflict."""
    by.require(Permission.MANAGE_SETUP)
    one = reads.category_of(by, category_id)
    before = {name: getattr(one, name) for name in changes}
    for name, value in changes.items():
        setattr(one, name, value)
    if "parent_id" in changes:
        parent = _parent(one.dimension, changes["parent_id"])
        if parent and parent.path.startswith(one.path):
            raise Invalid.at("parent_id", "circle", "A category cannot stand below itself.")
        one.parent = parent
    _check_rule(one)
    try:
        with transaction.atomic():
            one.save()
    except IntegrityError:
        raise Conflict(f"There already is a category {one.code}.", code="taken") from None
    if _place(one):
        _publish_of(Classified.objects.filter(category__path__startswith=one.path))
    _tell(by, "update", one, audit.difference(before, {name: getattr(one, name) for name in changes}))
    return one


@transaction.atomic
def delete_category(*, by: Viewer, category_id: int) -> None:
    """Delete a category that is empty and has none below it. Raises NotFound, Conflict."""
    by.require(Permission.MANAGE_SETUP)
    one = reads.category_of(by, category_id)
    if one.children.exists() or Classified.objects.filter(category=one, by_rule=False).exists():
        raise Conflict("There are customers or categories in this category.", code="in_use")
    rows = Classified.objects.filter(category=one)
    _touch(rows)
    _publish_of(rows)
    rows.delete()
    _tell(by, "delete", one, {"code": one.code})
    one.delete()


@transaction.atomic
def set_classes(
    *, by: Viewer, customer_id: int, dimension: str, category_ids: Sequence[int], today: date,
    seen: Sequence[int] | None = None,
) -> None:  # fmt: skip
    """Put a customer into these categories of a dimension, by hand. Raises NotFound, Forbidden, Invalid, and
    Conflict (changed_meanwhile) when it is in others by now than those `seen`.
    """
    by.require(Permission.EDIT_CUSTOMERS)
    require_visible(by, customer_id)
    of = reads.dimension(by, dimension)
    if of.by_rule:
        raise Conflict("The rules of this dimension decide; change the rules.", code="by_rule")
    one = Customer.objects.select_for_update().get(pk=customer_id)
    if of.applies_to and of.applies_to != one.kind:
        raise Invalid.at("categories", "does_not_apply", "This dimension is for the other kind of customer.")
    known = {each.pk: each for each in of.categories.filter(pk__in=set(category_ids))}
    for place, pk in enumerate(category_ids):
        if pk not in known:
            raise Invalid.at(f"categories[{place}]", "unknown_category", f"There is no category {pk} here.")
    if of.exclusive and len(known) > 1:
        raise Invalid.at("categories", "exclusive", "A customer has one category of this dimension.")
    present = Classified.objects.filter(customer=one, dimension=of)
    if seen is not None:
        require_unchanged(set(seen), set(present.values_list("category_id", flat=True)))
    before = sorted(present.values_list("category__code", flat=True))
    gone = present.exclude(category__in=known)
    _touch(gone)
    gone.delete()
    there = set(present.values_list("category_id", flat=True))
    Classified.objects.bulk_create(
        Classified(customer=one, dimension=of, category=each, exclusive=of.exclusive, since=today)
        for pk, each in known.items()
        if pk not in there
    )
    after = sorted(each.code for each in known.values())
    if before != after:
        warehouse.touch("classes", [today])
        audit.record(
            by=by, action="update", subject_type="customer", subject_id=one.pk,
            changes={f"class.{of.code}": [before, after]},
        )  # fmt: skip
        _publish([one.pk])


def classify(*, customer_ids: Sequence[int] | None, today: date, dimension_id: int | None = None) -> int:
    """Ask the rules again, for these customers or for all; answers how many memberships came or went.

    Of an exclusive dimension the first category whose rule fits is taken: what stands further down its
    tree is asked first, since it says more, and of those side by side the one that is listed first.
    """
    ruled = Dimension.objects.filter(by_rule=True).order_by("pk")
    if dimension_id is not None:
        ruled = ruled.filter(pk=dimension_id)
    return sum(_classify(one, customer_ids, today) for one in ruled)


@transaction.atomic
def _classify(of: Dimension, customer_ids: Sequence[int] | None, today: date) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"classify {of.pk}"])
        cursor.execute("DROP TABLE IF EXISTS pg_temp.classes, pg_temp.reclassified")
        cursor.execute("CREATE TEMP TABLE classes (customer_id bigint, category_id bigint) ON COMMIT DROP")
        cursor.execute("CREATE TEMP TABLE reclassified (customer_id bigint) ON COMMIT DROP")
        for query in _fitting(of, customer_ids, today):
            statement, parameters = query.query.sql_with_params()
            cursor.execute(f"INSERT INTO classes {statement}", parameters)
        cursor.execute("ANALYZE pg_temp.classes")
        some = "" if customer_ids is None else " AND k.customer_id = ANY(%s)"
        cursor.execute(
            f"WITH gone AS (DELETE FROM customers_classified k WHERE k.dimension_id = %s{some} AND NOT EXISTS"
            " (SELECT FROM classes n WHERE n.customer_id = k.customer_id AND n.category_id = k.category_id)"
            " RETURNING customer_id, since),"
            " noted AS (INSERT INTO reclassified SELECT customer_id FROM gone)"
            " SELECT date_trunc('month', since)::date, count(*) FROM gone GROUP BY 1",
            [of.pk, *([] if customer_ids is None else [list(customer_ids)])],
        )
        gone = dict(cursor.fetchall())
        cursor.execute(
            "WITH came AS (INSERT INTO customers_classified"
            " (customer_id, dimension_id, category_id, exclusive, by_rule, since)"
            " SELECT customer_id, %s, category_id, %s, true, %s FROM classes ON CONFLICT DO NOTHING"
            " RETURNING customer_id) INSERT INTO reclassified SELECT customer_id FROM came",
            [of.pk, of.exclusive, today],
        )
        came = int(cursor.rowcount)
        cursor.execute("SELECT DISTINCT customer_id FROM reclassified LIMIT %s", [MOST_CUSTOMERS_NAMED + 1])
        _publish([customer_id for (customer_id,) in cursor.fetchall()])
    if gone or came:
        warehouse.touch("classes", [*gone, *([today] if came else [])])
    return sum(gone.values()) + came


def _publish_of(rows: QuerySet[Classified]) -> None:
    _publish(list(rows.values_list("customer_id", flat=True).distinct()[: MOST_CUSTOMERS_NAMED + 1]))


def _publish(ids: Sequence[int]) -> None:
    """Tell whose classes changed; of more than are named, that they are many."""
    if ids:
        many = len(ids) > MOST_CUSTOMERS_NAMED
        events.publish(ClassesChanged([] if many else sorted(ids), many=many))


def _touch(rows: QuerySet[Classified]) -> None:
    """Let the lake take these again, which are about to go."""
    if months := list(rows.annotate(month=TruncMonth("since")).values_list("month", flat=True).distinct()):
        warehouse.touch("classes", months)


def _fitting(of: Dimension, customer_ids: Sequence[int] | None, today: date) -> list[Any]:
    """Queries of (customer, category) by the rules: one for all when only one category is had."""
    fields = {one.code: one for one in CUSTOMERS.read_fields()}
    rows = Customer.objects.order_by()
    if of.applies_to:
        rows = rows.filter(kind=of.applies_to)
    if customer_ids is not None:
        rows = rows.filter(pk__in=list(customer_ids))
    deepest_first = sorted(reads.in_order(of), key=lambda one: -one.path.count("/"))
    rules = [
        (one.pk, filters.where(fields, json.dumps(one.rule), kind="customers", today=today))
        for one in deepest_first
        if one.rule
    ]
    if not rules:
        return []
    if not of.exclusive:
        return [rows.filter(rule).values_list("pk", Value(pk, IntegerField())) for pk, rule in rules]
    first = Case(
        *(When(rule or Q(pk__isnull=False), then=Value(pk)) for pk, rule in rules),
        default=None, output_field=IntegerField(),
    )  # fmt: skip
    return [rows.annotate(fits=first).filter(fits__isnull=False).values_list("pk", "fits")]


def _check_dimension(one: Dimension) -> None:
    if one.form not in Dimension.Form.values:
        raise Invalid.at("form", "unknown_choice", "form is list or tree.")
    if one.applies_to not in ("", *Kind.values):
        raise Invalid.at("applies_to", "unknown_choice", "applies_to is organisation, person or empty.")


def _check_rule(one: Category) -> None:
    if one.rule is not None:
        fields = {each.code: each for each in CUSTOMERS.read_fields()}
        filters.where(fields, json.dumps(one.rule), kind="customers")


def _parent(of: Dimension, parent_id: int | None) -> Category | None:
    if parent_id is None:
        return None
    if of.form == Dimension.Form.LIST:
        raise Invalid.at("parent_id", "not_a_tree", "The categories of a list stand side by side.")
    found = of.categories.filter(pk=parent_id).first()
    if found is None:
        raise Invalid.at("parent_id", "unknown_category", f"There is no category {parent_id} here.")
    if found.path.count("/") > DEEPEST:
        raise Invalid.at("parent_id", "too_deep", f"A tree has at most {DEEPEST} levels.")
    return found


def _place(one: Category) -> bool:
    """Write the path of a category, and of all below it when it moved; whether it did."""
    old, new = one.path, f"{one.parent.path if one.parent else '/'}{one.pk}/"
    if old == new:
        return False
    one.path = new
    one.save(update_fields=["path"])
    if old:
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE customers_category SET path = %s || substr(path, %s)"
                " WHERE dimension_id = %s AND path LIKE %s AND id <> %s",
                [new, len(old) + 1, one.dimension_id, f"{old}%", one.pk],
            )
    return True


def _tell(by: Viewer, action: str, one: Category, changes: Mapping[str, Any]) -> None:
    audit.record(by=by, action=action, subject_type="category", subject_id=one.pk, changes=changes)
    if one.dimension.by_rule:
        events.publish(ClassificationChanged(one.dimension_id))
