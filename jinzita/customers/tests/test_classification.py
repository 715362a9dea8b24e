"""Classification: trees, by hand and by rule, filtered with what stands below."""

import json
from datetime import date

import pytest
from django.db import connection
from django.test import Client

from jinzita.customers.models import Classified
from jinzita.customers.services import classification
from jinzita.customers.tests.world import get, made, patch, post

pytestmark = pytest.mark.django_db
DAY = date(2026, 5, 5)


def label(text):
    return {"en": text, "zh": text}


def put(client: Client, path, body):
    return client.put(f"/api/v1{path}", json.dumps(body), content_type="application/json")


def category(company, dimension, code, **more):
    answer = post(
        company.administrator,
        f"/dimensions/{dimension}/categories",
        {"code": code, "label": label(code), **more},
    )
    assert answer.status_code == 201, answer.content
    return answer.json()["id"]


def found(client, dimension, op, value):
    filter = json.dumps({"field": f"class.{dimension}", "op": op, "value": value})
    return sorted(one["id"] for one in get(client, "/customers", filter=filter).json()["items"])


def root(company, dimension, code):
    dimensions = {one["code"]: one for one in get(company.reader, "/dimensions").json()}
    return next(one["id"] for one in dimensions[dimension]["categories"] if one["code"] == code)


def codes(customer_id):
    return sorted(Classified.objects.filter(customer=customer_id).values_list("category__code", flat=True))


def told_of():
    """Whose classes changed, as the house was told (None: many)."""
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM procrastinate_jobs WHERE task_name = 'value.choose_models'"
            " AND args ->> 'fact' = 'classes' RETURNING args -> 'customer_ids'"
        )
        return sorted(json.loads(ids) for (ids,) in cursor.fetchall())


def test_ready_dimensions(company):
    found = {one["code"]: len(one["categories"]) for one in get(company.reader, "/dimensions").json()}
    assert found == {"industry": 20, "region": 34, "cooperation": 5, "contact_cycle": 6}


def test_by_hand_in_a_tree(company):
    manufacturing = root(company, "industry", "C")
    cars = category(company, "industry", "C36", parent_id=manufacturing)
    path = f"/customers/{company.mine}/classes/industry"
    answer = put(company.seller, path, {"categories": [cars]})
    assert answer.json()["classes"] == {"industry": [{"id": cars, "code": "C36", "label": label("C36")}]}
    assert told_of() == [[company.mine]]
    assert put(company.seller, path, {"categories": [cars]}).status_code == 200
    assert told_of() == []
    assert found(company.seller, "industry", "has", "C") == [company.mine]
    assert found(company.seller, "industry", "has_any", ["C36", "A"]) == [company.mine]
    assert found(company.reader, "industry", "has_none", ["C"]) == [company.theirs]
    assert found(company.reader, "industry", "is_null", True) == [company.theirs]
    groups = get(company.reader, "/customers/groups", by="class.industry").json()
    # Who is in a category is found by those above it: so are they counted.
    assert groups == [
        {"value": "C", "label": {"en": "Manufacturing", "zh": "制造业"}, "count": 1},
        {"value": "C36", "label": label("C36"), "count": 1},
        {"value": None, "label": None, "count": 1},
    ]
    none = get(company.other_seller, "/customers/groups", by="class.industry").json()
    assert none == [{"value": None, "label": None, "count": 1}]
    counts = get(company.seller, "/dimensions/industry/counts").json()
    assert counts == [{"category_id": cars, "customers": 1}]
    assert get(company.other_seller, "/dimensions/industry/counts").json() == []
    refused = put(company.seller, path, {"categories": [cars, manufacturing]})
    assert refused.json()["details"][0]["code"] == "exclusive"
    answer = company.administrator.delete(f"/api/v1/categories/{cars}")
    assert (answer.status_code, answer.json()["code"]) == (409, "in_use")
    answer = get(company.administrator, "/customers/export", fields="name,class.industry", bom=False)
    text = b"".join(answer.streaming_content).decode()
    assert "North Light Ltd,C36" in text
    assert put(company.seller, path, {"categories": []}).json()["classes"] == {}
    hidden = f"/customers/{company.theirs}/classes/industry"
    assert put(company.seller, hidden, {"categories": []}).status_code == 404


def test_a_moved_branch_takes_what_is_below_along(company):
    manufacturing, mining = root(company, "industry", "C"), root(company, "industry", "B")
    cars = category(company, "industry", "C36", parent_id=manufacturing)
    parts = category(company, "industry", "C367", parent_id=cars)
    put(company.seller, f"/customers/{company.mine}/classes/industry", {"categories": [parts]})
    circle = patch(company.administrator, f"/categories/{cars}", {"parent_id": parts})
    assert circle.json()["details"][0]["code"] == "circle"
    assert patch(company.administrator, f"/categories/{cars}", {"parent_id": mining}).status_code == 200
    assert found(company.seller, "industry", "has", "B") == [company.mine]
    assert found(company.seller, "industry", "has", "C") == []
    assert told_of() == [[company.mine], [company.mine]]


def test_classes_somebody_changed_meanwhile_are_not_overwritten(company):
    body = {"code": "needs", "label": label("needs"), "exclusive": False}
    assert post(company.administrator, "/dimensions", body).status_code == 201
    cloud, voice = (category(company, "needs", code) for code in ("cloud", "voice"))
    path = f"/customers/{company.mine}/classes/needs"
    assert put(company.seller, path, {"categories": [cloud], "seen": []}).status_code == 200
    late = put(company.manager, path, {"categories": [voice], "seen": []})
    assert (late.status_code, late.json()["code"]) == (409, "changed_meanwhile")
    assert codes(company.mine) == ["cloud"]
    assert put(company.manager, path, {"categories": [cloud, voice], "seen": [cloud]}).status_code == 200
    assert codes(company.mine) == ["cloud", "voice"]


def test_of_a_tree_what_stands_below_is_asked_first(company):
    body = {"code": "size", "label": label("size"), "by_rule": True, "exclusive": True, "form": "tree"}
    assert post(company.administrator, "/dimensions", body).status_code == 201
    big = category(
        company, "size", "big", rule={"field": "attributes.annual_sales", "op": "ge", "value": 100}
    )
    category(
        company, "size", "huge", parent_id=big,
        rule={"field": "attributes.annual_sales", "op": "ge", "value": 1000},
    )  # fmt: skip
    ids = [made(f"C{n}", attributes={"annual_sales": n}) for n in (500, 5000)]
    classification.classify(customer_ids=None, today=DAY)
    assert [codes(one) for one in ids] == [["big"], ["huge"]]


@pytest.mark.parametrize("exclusive", [True, False])
def test_by_rule(company, exclusive):
    body = {"code": "size", "label": label("size"), "by_rule": True, "exclusive": exclusive}
    assert post(company.administrator, "/dimensions", body).status_code == 201
    for code, least in (("big", 100), ("some", 10)):
        category(company, "size", code, rule={"field": "attributes.annual_sales", "op": "ge", "value": least})
    category(company, "size", "rest", rule={"all": []})
    ids = [made(f"C{n}", attributes={"annual_sales": n}) for n in (5, 50, 500)]
    classification.classify(customer_ids=None, today=DAY)
    more = [] if exclusive else ["rest"]
    assert codes(ids[0]) == ["rest"]
    assert codes(ids[1]) == sorted(["some", *more])
    assert codes(ids[2]) == sorted(["big", *([] if exclusive else ["some", "rest"])])
    patch(company.administrator, f"/customers/{ids[0]}", {"attributes": {"annual_sales": 200}})
    told_of()
    assert classification.classify(customer_ids=[ids[0]], today=DAY) == 2
    assert told_of() == [[ids[0]]]
    assert codes(ids[0]) == codes(ids[2])
    assert classification.classify(customer_ids=None, today=DAY) == 0
    refused = put(company.seller, f"/customers/{company.mine}/classes/size", {"categories": []})
    assert (refused.status_code, refused.json()["code"]) == (409, "by_rule")
    wrong = post(
        company.administrator, "/dimensions/size/categories",
        {"code": "x", "label": label("x"), "rule": {"field": "nothing", "op": "eq", "value": 1}},
    )  # fmt: skip
    assert wrong.json()["details"][0]["code"] == "unknown_field"
