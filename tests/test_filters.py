# ruff: noqa: E501 (conditions are read more easily in one line)
"""The filter language: two compilers that choose the same customers, and what each word means."""

import json
import random
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import ibis
import pytest

from jinzita.agreements.models import Transaction
from jinzita.customers.fields import CUSTOMERS
from jinzita.customers.models import (
    AttributeDefinition,
    Category,
    Classified,
    Contact,
    Customer,
    Dimension,
    Position,
)
from jinzita.customers.services import complete_new
from jinzita.kernel import warehouse
from jinzita.kernel.errors import Invalid
from jinzita.kernel.records import filters
from jinzita.kernel.records.filters.dates import span

TODAY = date(2026, 5, 15)
NOON = datetime(2026, 5, 1, 4, tzinfo=UTC)
CHOICES = [{"value": one, "en": one, "zh": one} for one in ("speed", "price", "care")]
DEFINED = (
    ("word", "text", []), ("staff", "number", []), ("sum", "money", []), ("born", "date", []),
    ("plan", "choice", CHOICES), ("needs", "choices", CHOICES), ("open", "yes_no", []),
)  # fmt: skip
WORDS = ["North", "north wind", "South 100%", "南方_公司", "", "O'Neil"]


def fill(rows: int, seed: int) -> None:
    dice = random.Random(seed)
    for code, kind, choices in DEFINED:
        AttributeDefinition.objects.create(
            code=code, type=kind, choices=choices, label_en=code, label_zh=code,
            index_state=dice.choice(["none", "ready"]),
        )  # fmt: skip

    def attributes() -> dict:
        some = {
            "word": dice.choice(WORDS[:4]),
            "staff": dice.choice([0, 1, 5, 7.5, 100]),
            "sum": dice.choice([10, 19.99, 250000]),
            "born": str(TODAY - timedelta(days=dice.randint(0, 800))),
            "plan": dice.choice(["speed", "price"]),
            "needs": dice.sample(["speed", "price", "care"], dice.randint(1, 3)),
            "open": dice.random() < 0.5,
        }
        return {code: value for code, value in some.items() if dice.random() < 0.6}

    customers = Customer.objects.bulk_create(
        Customer(
            source=dice.choice(["a", "b"]), source_key=str(n), name=dice.choice(WORDS[:4]),
            kind=dice.choice(["organisation", "person"]), attributes=attributes(),
        )
        for n in range(rows)
    )  # fmt: skip
    complete_new([one.pk for one in customers])
    classified(customers, dice)
    people(customers[: rows // 2], dice)
    Transaction.objects.bulk_create(
        Transaction(
            source="a", source_key=str(n), customer=dice.choice(customers[: rows // 2]),
            occurred_at=NOON - timedelta(days=dice.randint(0, 400)), kind=dice.choice(["sale", "return"]),
            amount=dice.choice([Decimal("10"), Decimal("19.99"), Decimal("500")]),
        )
        for n in range(rows * 2)
    )  # fmt: skip


def classified(customers: list[Customer], dice: random.Random) -> None:
    """A tree with a leaf, a branch and an empty one."""
    of = Dimension.objects.create(
        code="trade", label_en="Trade", label_zh="行业", form="tree", exclusive=False
    )
    kept: dict[str, Category] = {}
    for code, parent in (("goods", None), ("steel", "goods"), ("care", None), ("none", None)):
        one = Category.objects.create(
            dimension=of, code=code, label_en=code, label_zh=code, parent=kept.get(parent)
        )
        one.path = f"{kept[parent].path if parent else '/'}{one.pk}/"
        one.save()
        kept[code] = one
    Classified.objects.bulk_create(
        Classified(customer=customer, dimension=of, category=kept[code], exclusive=False, since=TODAY)
        for customer in customers
        for code in dice.sample(["goods", "steel", "care"], dice.choice([0, 0, 1, 2]))
    )


def people(customers: list[Customer], dice: random.Random) -> None:
    found = Contact.objects.bulk_create(
        Contact(
            source="a",
            source_key=str(n),
            name=dice.choice(["Ann", "王建国"]),
            phone=dice.choice(["", "138"]),
            trashed_at=dice.choice([None, None, NOON]),
        )
        for n in range(len(customers))
    )
    Position.objects.bulk_create(
        Position(
            contact=one, customer=customer, role=dice.choice(["", "finance", "decision_maker"]),
            influence=dice.choice([None, 1, 3, 5]), until=dice.choice([None, TODAY - timedelta(days=400)]),
        )
        for one in found
        for customer in dice.sample(customers, 2)
    )  # fmt: skip


def of_contact(dice: random.Random) -> dict:
    return dice.choice([
        {"field": "role", "op": dice.choice(["eq", "ne"]), "value": "decision_maker"},
        {"field": "name", "op": dice.choice(["contains", "starts"]), "value": dice.choice(["AN", "建"])},
        {"field": "influence", "op": dice.choice(["eq", "ne", "lt", "ge"]), "value": 3},
        {"field": "until", "op": "ge", "value": {"period": "this_year"}},
        {"field": dice.choice(["role", "phone", "influence", "until"]), "op": "is_null", "value": dice.random() < 0.5},
    ])  # fmt: skip


def condition(dice: random.Random, *, related: str = "") -> dict:
    numbers, days = (
        [0, 1, 5, 7.5, "19.99", 100, 250000],
        ["2025-06-01", {"days_ago": 90}, {"period": "this_year"}],
    )
    compare = ["eq", "ne", "lt", "le", "gt", "ge"]
    if related == "contacts":
        return of_contact(dice)
    if related:
        return dice.choice([
            {"field": "amount", "op": dice.choice(compare), "value": dice.choice(["10", "19.99"])},
            {"field": "kind", "op": dice.choice(["eq", "ne"]), "value": "sale"},
            {"field": "occurred_at", "op": dice.choice(compare), "value": dice.choice([*days, NOON.isoformat()])},
        ])  # fmt: skip
    number = dice.choice(["attributes.staff", "attributes.sum"])
    return dice.choice([
        {"field": "kind", "op": dice.choice(["eq", "ne"]), "value": "person"},
        {"field": "source", "op": "in", "value": ["a", "c"]},
        {"field": "name", "op": dice.choice(["contains", "starts"]), "value": dice.choice(["NORTH", "%", "南", "_"])},
        {"field": "attributes.word", "op": dice.choice(["contains", "starts"]), "value": dice.choice(["nor", "0%"])},
        {"field": "attributes.word", "op": dice.choice(["eq", "ne"]), "value": "North"},
        {"field": number, "op": dice.choice(compare), "value": dice.choice(numbers)},
        {"field": number, "op": "between", "value": [1, 100]},
        {"field": number, "op": "in", "value": [1, 7.5, 10]},
        {"field": "attributes.born", "op": dice.choice(compare), "value": dice.choice(days)},
        {"field": "attributes.plan", "op": dice.choice(["eq", "ne"]), "value": "price"},
        {"field": "attributes.needs", "op": "has", "value": "care"},
        {"field": "attributes.needs", "op": dice.choice(["has_any", "has_none"]), "value": ["price", "speed"]},
        {"field": "class.trade", "op": dice.choice(["has", "eq", "ne"]), "value": dice.choice(["goods", "none"])},
        {"field": "class.trade", "op": dice.choice(["has_any", "has_none"]), "value": ["steel", "care"]},
        {"field": "class.trade", "op": "is_null", "value": dice.random() < 0.5},
        {"field": "attributes.open", "op": "eq", "value": dice.random() < 0.5},
        {"field": dice.choice(["attributes.plan", "attributes.needs", number]), "op": "is_null",
         "value": dice.random() < 0.5},
    ])  # fmt: skip


def tree(dice: random.Random, depth: int = 0, *, related: str = "") -> dict:
    roll = dice.random()
    if depth >= 4 or roll < 0.35:
        return condition(dice, related=related)
    if roll < 0.5:
        return {"not": tree(dice, depth + 1, related=related)}
    if roll < 0.65 and not related:
        count = {"op": dice.choice(["eq", "ne", "lt", "le", "gt", "ge"]), "value": dice.randint(0, 4)}
        kind = dice.choice(["transactions", "contacts"])
        having = tree(dice, depth + 1, related=kind)
        return {
            "related": kind,
            "having": having,
            **({"count": count} if dice.random() < 0.6 else {}),
        }
    word = dice.choice(["all", "any"])
    return {word: [tree(dice, depth + 1, related=related) for _ in range(dice.randint(0, 3))]}


@pytest.mark.django_db(transaction=True)
def test_both_compilers_choose_the_same_customers():
    try:
        fill(300, seed=1)
        warehouse.bring_up_to_date()
        tables = warehouse.tables(ibis.duckdb.connect())
        fields = {one.code: one for one in CUSTOMERS.read_fields()}
        sizes = set()
        for seed in range(250):
            text = json.dumps(tree(random.Random(seed)))
            where = filters.where(fields, text, kind="customers", today=TODAY)
            by_sql = set(Customer.objects.filter(where).values_list("pk", flat=True))
            node = filters.read(fields, text, kind="customers", today=TODAY)
            found = tables["customers"].filter(filters.lake.chosen(node, "customers", tables))
            by_lake = set(found.customer_id.to_pyarrow().to_pylist())
            assert by_sql == by_lake, (seed, text, by_sql ^ by_lake)
            sizes.add(len(by_sql))
        assert len(sizes) > 60
    finally:
        AttributeDefinition.objects.filter(code__in=[code for code, _, _ in DEFINED]).delete()
        Classified.objects.all().delete()
        for one in Category.objects.filter(dimension__code="trade").order_by("-path"):
            one.delete()
        Dimension.objects.filter(code="trade").delete()


@pytest.mark.parametrize(
    ("said", "first", "last"),
    [
        ({"days_ago": 30}, "2026-04-15", "2026-04-15"),
        ({"period": "today"}, "2026-05-15", "2026-05-15"),
        ({"period": "this_month"}, "2026-05-01", "2026-05-31"),
        ({"period": "last_month"}, "2026-04-01", "2026-04-30"),
        ({"period": "this_quarter"}, "2026-04-01", "2026-06-30"),
        ({"period": "last_quarter"}, "2026-01-01", "2026-03-31"),
        ({"period": "this_year"}, "2026-01-01", "2026-12-31"),
        ({"period": "last_year"}, "2025-01-01", "2025-12-31"),
    ],
)
def test_days_said_from_today(said, first, last):
    assert span(said, TODAY, "x") == (date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("wrong", "where", "code"),
    [
        ({"related": "wishes"}, "filter.related", "unknown_kind"),
        ({"related": "transactions", "having": {"field": "name", "op": "eq", "value": "x"}},
         "filter.having.field", "unknown_field"),
        ({"related": "transactions", "count": {"op": "ge", "value": -1}}, "filter.count.value", "not_a_count"),
        ({"related": "transactions", "having": {"related": "invoices"}}, "filter.having.related", "unknown_kind"),
        ({"field": "created_at", "op": "eq", "value": {"period": "soon"}}, "filter.value", "not_a_date"),
        ({"field": "class.industry", "op": "has", "value": "ZZ"}, "filter.value", "unknown_choice"),
    ],
)  # fmt: skip
def test_a_wrong_filter_says_where(wrong, where, code):
    fields = {one.code: one for one in CUSTOMERS.read_fields()}
    with pytest.raises(Invalid) as raised:
        filters.where(fields, json.dumps(wrong), kind="customers")
    assert (raised.value.problems[0].where, raised.value.problems[0].code) == (where, code)
