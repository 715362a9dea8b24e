"""What reaches further than a role: undo, filters over related records, sums that tell what is kept back."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from django.db import transaction
from django.test import Client

from jinzita.agreements.models import Transaction, TransactionLine
from jinzita.agreements.services import record_transactions
from jinzita.customers import selectors as customers
from jinzita.customers import services
from jinzita.customers.models import AttributeDefinition, Customer
from jinzita.customers.tests.world import BOSS, Company, get, make_company, patch
from jinzita.kernel import undo
from jinzita.kernel.access import FieldAccess, Permission, Reach
from jinzita.kernel.errors import Forbidden, Invalid
from jinzita.people import services as people
from jinzita.products import selectors as products
from jinzita.products.models import Product
from jinzita.quality.selectors.duplicates import likely
from jinzita.value.models import Run
from jinzita.value.schemas.runs import run_detail
from jinzita.value.selectors import pyramid
from jinzita.value.selectors.customers import customer_value
from jinzita.value.selectors.groups import group_value
from jinzita.value.tests import world
from jinzita.value.tests.conftest import make_company as make_customers
from jinzita.value.tests.conftest import make_model, run_now

NOON = datetime(2026, 5, 1, 4, tzinfo=UTC)


@pytest.fixture
def company(db) -> Company:
    return make_company()


def sale(customer_id: int, amount: int) -> Transaction:
    return Transaction.objects.create(
        customer_id=customer_id, occurred_at=NOON, kind="sale", amount=amount, source="t",
        source_key=f"{customer_id}-{amount}",
    )  # fmt: skip


class TestUndo:
    def test_what_became_of_customers_handed_on_is_neither_undone_nor_shown(self, company):
        seller = company.viewer("seller")
        other = company.users["other_seller"].pk
        change = undo.begin(by=seller, kind="bulk_edit")
        with transaction.atomic(), undo.recording(change, Customer, [company.mine], columns=["name"]):
            Customer.objects.filter(pk=company.mine).update(name="Renamed")
        patch(company.administrator, f"/customers/{company.mine}", {"owner_id": other})

        assert undo.take_back(change_set_id=change.pk, by=seller) == {"undone": 0, "conflicts": 1}
        patch(company.administrator, f"/customers/{company.mine}", {"name": "A secret"})
        (shown,) = get(company.seller, f"/change-sets/{change.pk}/conflicts").json()["items"]
        assert shown == {
            "subject_type": "customer", "subject_id": company.mine, "name": str(company.mine), "field": "",
            "why": "hidden", "before": None, "after": None, "current": None,
        }  # fmt: skip

    def test_records_of_customers_handed_on_stay(self, company):
        """Of an import of sales those of one's own customers go, the others stay with their lines."""
        seller = company.viewer("seller")
        change = undo.begin(by=seller, kind="import")
        with transaction.atomic():
            sales = [sale(company.mine, 1), sale(company.theirs, 2)]
            product = Product.objects.create(source="t", source_key="1", name="Line")
            lines = [
                TransactionLine.objects.create(
                    transaction=one, product=product, quantity=1, amount=1, source="t", source_key=str(one.pk)
                )
                for one in sales
            ]
            for model, rows in ((Transaction, sales), (TransactionLine, lines)):
                with undo.recording(change, model) as recording:
                    recording.inserted([one.pk for one in rows])
        assert undo.take_back(change_set_id=change.pk, by=seller) == {"undone": 2, "conflicts": 2}
        assert list(Transaction.objects.values_list("customer_id", flat=True)) == [company.theirs]
        assert TransactionLine.objects.get().transaction_id == sales[1].pk

    def test_what_was_made_of_a_hidden_attribute_is_not_told(self, company):
        AttributeDefinition.objects.create(
            code="salary", type="number", label_en="Salary", label_zh="薪资", visible_to=["administrator"]
        )
        changes = {"attributes.salary": 5, "kind": "person", "attributes.region": "East"}
        undo.begin(by=company.viewer("administrator"), kind="bulk_edit", words={"changes": changes})
        steward = people.create_user(by=BOSS, username="steward", role="data_steward")[0]
        client = Client()
        client.force_login(steward)
        (told,) = get(client, "/change-sets").json()["items"]
        assert told["words"]["changes"] == {"kind": "person", "attributes.region": "East"}
        (whole,) = get(company.administrator, "/change-sets").json()["items"]
        assert whole["words"]["changes"] == changes

    def test_who_gave_customers_away_takes_them_back(self, company):
        manager = company.viewer("manager")
        other = company.users["other_seller"]
        change = undo.begin(by=manager, kind="hand_over")
        columns = ["owner_id", "department_id"]
        with transaction.atomic(), undo.recording(change, Customer, [company.mine], columns=columns):
            Customer.objects.filter(pk=company.mine).update(owner=other, department=other.department)
        assert get(company.manager, f"/customers/{company.mine}").status_code == 404
        assert undo.take_back(change_set_id=change.pk, by=manager) == {"undone": 1, "conflicts": 0}
        assert get(company.manager, f"/customers/{company.mine}").status_code == 200


def test_a_record_out_of_reach_is_not_written_over(company):
    """Nor does an unchanged one answer that it is there."""
    sale(company.theirs, 5)
    by = replace(
        company.viewer("administrator"),
        user_id=company.users["seller"].pk,
        reaches={"transactions": Reach.OWN},
    )
    item = {
        "customer_id": company.mine, "occurred_at": NOON, "kind": "sale", "amount": Decimal(1), "source": "t",
        "source_key": f"{company.theirs}-5",
    }  # fmt: skip
    with pytest.raises(Invalid) as refused:
        record_transactions(by=by, items=[item])
    assert refused.value.problems[0].code == "taken"
    assert Transaction.objects.get().amount == 5


class TestFilters:
    def asked(self, least: int, **more) -> dict:
        return {"related": "transactions", "having": {"field": "amount", "op": "ge", "value": least}, **more}

    def found(self, viewer, condition: dict) -> set[int]:
        return set(customers.matching(viewer, filter=json.dumps(condition)).values_list("pk", flat=True))

    def test_records_out_of_reach_are_as_if_there_were_none(self, company):
        for customer_id in (company.mine, company.theirs):
            sale(customer_id, 100)
        everybody = company.viewer("administrator")
        assert self.found(everybody, self.asked(50)) == {company.mine, company.theirs}
        narrow = replace(everybody, user_id=company.users["seller"].pk, reaches={"transactions": Reach.OWN})
        assert self.found(narrow, self.asked(50)) == {company.mine}
        assert self.found(narrow, {"not": self.asked(50)}) == {company.theirs}
        assert self.found(narrow, self.asked(50, count={"op": "eq", "value": 0})) == {company.theirs}
        assert self.found(narrow, {"any": [self.asked(50), self.asked(500)]}) == {company.mine}

    def test_products_tell_nothing_of_hidden_sales(self, company):
        product = Product.objects.create(source="t", source_key="1", name="Line")
        TransactionLine.objects.create(
            transaction=sale(company.theirs, 5),
            product=product,
            quantity=1,
            amount=5,
            source="t",
            source_key="1",
        )
        asked = json.dumps(
            {"related": "transaction_lines", "having": {"field": "amount", "op": "ge", "value": 5}}
        )
        assert products.products(company.viewer("administrator"), filter=asked).items == [product]
        with pytest.raises(Invalid):
            products.products(company.viewer("seller"), filter=asked)


@pytest.fixture
def run(transactional_db) -> Run:
    model = make_model(toml=COSTS)
    for number, one in enumerate(make_customers(6)):
        world.sale(one, "2026-03-01", str(100 + number), cost=str(40 + number))
    return run_now(model)


COSTS = """
name = "costs"
[bands]
by = "score"
vip = 80
important = 60
ordinary = 40
""" + "".join(f'[[indicator]]\ncode = "{code}"\nweight = 1\n' for code in (
    "revenue", "profit", "gross_margin", "transaction_count", "recency_days",
))  # fmt: skip


class TestCosts:
    """A role from which costs are kept cannot work them out: revenue less profit would tell."""

    def test_neither_profit_nor_margin_nor_their_spread_are_told(self, run):
        agent = replace(BOSS, user_id=1, fields={"transactions.cost": FieldAccess.HIDDEN})
        one, other = Customer.objects.order_by("pk")[:2]
        Customer.objects.filter(pk=one.pk).update(parent=other)
        lines = {line["key"]: line for line in customer_value(agent, one.pk)["indicators"]}
        assert {key for key, line in lines.items() if line["kept_back"]} == {"profit", "gross_margin"}
        assert lines["profit"]["value"] is None
        assert lines["revenue"]["value"] is not None
        spread = {line["key"] for line in pyramid.distributions(agent, run.model_id)}
        assert spread == {"revenue", "transaction_count", "recency_days"}
        assert pyramid.kept_in(agent, run) == {"profit", "gross_margin"}
        assert (
            set(run_detail(run, [], {"profit"})["scales"]) == set(run.fitted["scales"]) - {"profit"} != set()
        )
        assert {tier["profit"] for tier in pyramid.pyramid(agent)["grades"]} == {None}
        group = group_value(agent, one.pk)
        assert (group["profit"], group["together"]["profit"]) == (None, None)
        assert group["members"][0]["profit"] is None
        assert group["revenue"] > Decimal(0)

        narrow = replace(BOSS, user_id=1, reaches={"transactions": Reach.OWN})
        lines = {line["key"]: line for line in customer_value(narrow, one.pk)["indicators"]}
        assert all(line["kept_back"] and line["value"] is None for line in lines.values())
        assert group_value(narrow, one.pk)["revenue"] is None

        assert all(
            tier["profit"] is not None for tier in pyramid.pyramid(BOSS)["grades"] if tier["customers"]
        )
        assert group_value(BOSS, one.pk)["profit"] > Decimal(0)


class TestMakingAndChanging:
    """Two permissions: who corrects records need not be who adds them, and the other way round."""

    def test_who_may_change_only_makes_none(self, company):
        seller = company.viewer("seller")
        changes = replace(seller, permissions=seller.permissions - {Permission.CREATE_CUSTOMERS})
        services.update_customer(by=changes, customer_id=company.mine, changes={"name": "Corrected"})
        with pytest.raises(Forbidden):
            services.create_customer(by=changes, name="Added")
        with pytest.raises(Forbidden):
            services.create_contact(
                by=changes, name="Added", positions=[{"customer_id": company.mine}], today=NOON.date()
            )

    def test_who_may_make_only_changes_none(self, company):
        seller = company.viewer("seller")
        makes = replace(seller, permissions=seller.permissions - {Permission.EDIT_CUSTOMERS})
        made = services.create_customer(by=makes, name="Added")
        likely(makes, {"name": "Added"})  # is told of doubles while typing
        with pytest.raises(Forbidden):
            services.update_customer(by=makes, customer_id=made.pk, changes={"name": "Changed"})
