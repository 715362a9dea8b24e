"""Filters by contacts and by classes, and the lake that answers them beside the database."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime

import ibis
import pytest

from jinzita.analytics.value_model import Population
from jinzita.customers import selectors, services
from jinzita.customers.models import Category, Classified, Dimension
from jinzita.customers.services.classification import set_classes
from jinzita.customers.tests.world import BOSS, get, made, make_company
from jinzita.kernel import warehouse
from jinzita.kernel.access import FieldAccess
from jinzita.kernel.errors import Invalid
from jinzita.value.selectors.populations import check_filter
from tests.test_merging import merge

TODAY = date(2026, 5, 15)
NOON = datetime(2026, 5, 1, 4, tzinfo=UTC)


@pytest.mark.django_db(transaction=True)
def test_the_lake_follows_contacts_and_classes():
    def held() -> tuple[list, list]:
        warehouse.bring_up_to_date()
        tables = warehouse.tables(ibis.duckdb.connect())
        found = tables["contacts"].select("customer_id", "name", "role").to_pyarrow().to_pylist()
        return [tuple(one.values()) for one in found], tables["classes"].choice_id.to_pyarrow().to_pylist()

    of = Dimension.objects.create(
        code="trade", label_en="Trade", label_zh="行业", form="list", exclusive=True
    )
    kinds = [
        Category.objects.create(dimension=of, code=one, label_en=one, label_zh=one)
        for one in ("goods", "care")
    ]
    for one in kinds:
        Category.objects.filter(pk=one.pk).update(path=f"/{one.pk}/")
    try:
        a, b = made("Acme"), made("Bolt")
        seat = {"customer_id": a, "role": "finance"}
        who = services.create_contact(by=BOSS, name="Ann", positions=[seat], today=TODAY)
        for kind in kinds:
            set_classes(by=BOSS, customer_id=a, dimension="trade", category_ids=[kind.pk], today=TODAY)
            assert held() == ([(a, "Ann", "finance")], [kind.pk])
        services.add_position(by=BOSS, contact_id=who.pk, item={"customer_id": b})
        services.update_contact(
            by=BOSS, contact_id=who.pk, changes={"name": "Anne"}, version=None, today=TODAY
        )
        merge(b, a)
        assert held() == ([(b, "Anne", "finance")], [kinds[1].pk])
        services.trash_contact(by=BOSS, contact_id=who.pk, now=NOON)
        set_classes(by=BOSS, customer_id=b, dimension="trade", category_ids=[], today=TODAY)
        assert held() == ([], [])
    finally:
        Classified.objects.all().delete()
        Category.objects.filter(dimension=of).delete()
        of.delete()


@pytest.mark.django_db
def test_lists_and_populations_ask_for_contacts_and_classes():
    company = make_company()
    seat = {"customer_id": company.mine, "role": "finance"}
    services.create_contact(by=BOSS, name="Ann", phone="13800138000", positions=[seat], today=TODAY)
    related = {one["code"]: one for one in get(company.administrator, "/related/customers").json()}
    assert {"role", "name", "phone", "email"} <= {one["code"] for one in related["contacts"]["fields"]}
    for having, found in (
        ({"field": "role", "op": "eq", "value": "finance"}, [company.mine]),
        ({"field": "phone", "op": "is_null", "value": True}, []),
        ({"all": []}, [company.mine]),
    ):
        text = json.dumps({"related": "contacts", "having": having})
        page = get(company.administrator, "/customers", filter=text).json()
        assert [one["id"] for one in page["items"]] == found
        check_filter(Population(filter=text))
    # What a mere place at a customer is tied to further on, is not asked.
    deeper = json.dumps({"related": "contacts", "having": {"related": "consents"}})
    assert get(company.administrator, "/customers", filter=deeper).status_code == 422
    masked = replace(company.viewer("administrator"), fields={"contacts.phone": FieldAccess.MASKED})
    phone = {"related": "contacts", "having": {"field": "phone", "op": "starts", "value": "138"}}
    assert selectors.count(company.viewer("administrator"), filter=json.dumps(phone)) == 1
    with pytest.raises(Invalid):
        selectors.count(masked, filter=json.dumps(phone))
