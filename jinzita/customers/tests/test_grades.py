"""A grade that was set by hand shows as such wherever a customer's grade is shown."""

from datetime import UTC, datetime

import pytest

from jinzita.customers import services
from jinzita.customers.fields.owners import Reason
from jinzita.customers.models import Standing
from jinzita.customers.tests.world import BOSS, get, post

pytestmark = pytest.mark.django_db
WHY = {"id": 1, "reason": "strategic", "until": "2030-01-01", "asked_by": "a", "approved_by": "b"}


def test_a_grade_set_by_hand_shows_as_such_everywhere(company):
    pk = company.mine
    Standing.objects.filter(pk=pk).update(grade="vip", computed_grade="small", override=WHY)
    person = {"name": "Wang Fang", "positions": [{"customer_id": pk}]}
    assert post(company.seller, "/contacts", person).status_code == 201
    relation = {"kind": "partner_of", "other_id": pk}
    assert post(company.administrator, f"/customers/{company.theirs}/relations", relation).status_code == 201
    shown = [
        next(one for one in get(company.seller, "/search", q="north light").json() if one["id"] == pk),
        next(one for one in get(company.seller, "/search", q="wang").json() if one["type"] == "contact"),
        get(company.seller, "/contacts").json()["items"][0]["positions"][0]["customer"],
        get(company.seller, f"/customers/{pk}/group").json()["members"][0],
        get(company.administrator, f"/customers/{company.theirs}/relations").json()[0]["customer"],
    ]
    services.owners.give(by=BOSS, to={pk: None}, reason=Reason.RELEASED)
    shown.append(get(company.seller, "/pool").json()["items"][0])
    pair = f"{pk},{company.theirs}"
    records = get(company.administrator, "/customers/merge-preview", ids=pair).json()["records"]
    shown.append(next(one for one in records if one["id"] == pk))
    services.trash_customer(by=BOSS, customer_id=pk, now=datetime(2026, 6, 30, tzinfo=UTC))
    shown.append(get(company.administrator, "/trash").json()["items"][0])
    for one in shown:
        assert (one["grade"], one["computed_grade"], one["override"]) == ("vip", "small", WHY), one
    without = get(company.other_seller, "/search", q="south").json()[0]
    assert (without["grade"], without["computed_grade"], without["override"]) == (
        "prospect", "prospect", None,
    )  # fmt: skip
