"""A formula tells nothing of what it is computed from to those who do not see that."""

import json

import pytest
from django.apps import apps

from jinzita.customers.tests.test_attributes import complaint, define
from jinzita.customers.tests.world import get, make_company, patch, post

pytestmark = pytest.mark.django_db
Role = apps.get_model("people", "Role")


@pytest.fixture
def computed(company):
    """`each` rests on `staff`, `rank` on `each`, `big` on neither."""
    define(company, "each", "number", formula="100 / attribute.staff")
    define(company, "rank", "number", formula="attribute.each * 2")
    define(company, "big", "number", formula="attribute.annual_sales * 2")
    given = {"staff": 4, "annual_sales": 9}
    patch(company.administrator, f"/customers/{company.mine}", {"attributes": given})
    return company


@pytest.fixture(params=["by the attribute", "by the role", "by the role, in part"])
def company(company, request):
    """Whose sellers do not see the staff."""
    if request.param == "by the attribute":
        define(company, visible_to=["administrator"])
    else:
        define(company)
        access = "masked" if "part" in request.param else "hidden"
        Role.objects.filter(code="salesperson").update(fields={"customers.attributes.staff": access})
    return company


def test_the_result_is_kept_back_wherever_attributes_are_told(computed):
    path = f"/customers/{computed.mine}"
    assert get(computed.administrator, path).json()["attributes"] == {
        "staff": 4, "annual_sales": 9, "each": 25, "rank": 50, "big": 18,
    }  # fmt: skip
    told = get(computed.seller, path).json()["attributes"]
    assert told == {"annual_sales": 9, "big": 18}
    listed = {one["id"]: one["attributes"] for one in get(computed.seller, "/customers").json()["items"]}
    assert listed[computed.mine] == told
    fields = {one["code"] for one in get(computed.seller, "/fields/customers").json()}
    assert {"attributes.big"} == fields & {f"attributes.{one}" for one in ("each", "rank", "big")}
    for code in ("attributes.each", "attributes.rank"):
        filter = json.dumps({"field": code, "op": "gt", "value": 20})
        assert complaint(get(computed.seller, "/customers", filter=filter)) == (
            "filter.field",
            "unknown_field",
        )
        assert get(computed.seller, "/customers", sort=code).status_code == 422
        assert get(computed.seller, "/customers/groups", by=code).status_code == 422
        assert get(computed.seller, "/customers/export", fields=code).status_code == 422
    assert get(computed.seller, "/customers", sort="attributes.big").status_code == 200


def test_the_history_does_not_tell_it_either(computed):
    patch(computed.administrator, f"/customers/{computed.mine}", {"attributes": {"staff": 5}})
    answer = get(computed.seller, f"/customers/{computed.mine}/changes")
    assert answer.status_code == 200
    text = answer.content.decode()
    assert "attributes.annual_sales" in text
    assert not any(f"attributes.{one}" in text for one in ("staff", "each", "rank"))


def test_who_sees_everything_it_names_sees_it(computed):
    computed_by = "/attributes/staff"
    Role.objects.filter(code="salesperson").update(fields={})
    patch(computed.administrator, computed_by, {"visible_to": []})
    told = get(computed.seller, f"/customers/{computed.mine}").json()["attributes"]
    assert (told["each"], told["rank"]) == (25, 50)


@pytest.mark.parametrize("access", ["hidden", "masked"])
def test_who_sets_attributes_up_tries_formulas_on_what_they_see(access):
    company = make_company()
    define(company)
    patch(company.administrator, f"/customers/{company.mine}", {"attributes": {"staff": 4}})
    apps.get_model("customers", "Standing").objects.filter(pk=company.mine).update(score=71)
    seller = Role.objects.get(code="salesperson")
    seller.permissions = [*seller.permissions, "manage_setup"]
    seller.fields = {"customers.attributes.staff": access, "customers.score": access}
    seller.save()
    for formula in ("attribute.staff * 2", "customer.score * 1"):
        asked = {"formula": formula, "code": "tried", "customer_id": company.mine}
        answer = post(company.seller, "/attributes/formula", asked)
        assert answer.status_code == 200
        assert answer.json()["value"] is None, formula
        assert not {4, 71} & {one for one in answer.json()["inputs"].values() if isinstance(one, int | float)}
