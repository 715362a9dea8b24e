"""Stages of life: by rule from what customers did, by hand for a while, and their key figures."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from jinzita.customers import services
from jinzita.customers.models import Lifecycle, StageChange
from jinzita.customers.selectors import lifecycle as selectors
from jinzita.customers.services import lifecycle
from jinzita.customers.services.relations import add_relation
from jinzita.customers.tests.world import BOSS, get, made, patch, post
from jinzita.kernel.access import FieldAccess

NOW = datetime(2026, 3, 10, 4, tzinfo=UTC)
TODAY = date(2026, 3, 10)


def stage(customer_id):
    return Lifecycle.objects.get(pk=customer_id).stage


def follow(*ids, today=TODAY):
    return lifecycle.follow_rules(customer_ids=list(ids) or None, now=NOW, today=today)


def bought(company, customer_id, *days):
    items = [{"customer_id": customer_id, "amount": "10", "occurred_at": f"{day}T12:00:00Z"} for day in days]
    assert post(company.administrator, "/transactions", {"items": items}).status_code == 201


@pytest.mark.parametrize("everybody", [True, False])
@pytest.mark.parametrize(
    ("days", "expected"),
    [
        ([], "suspect"),
        (["2026-02-01"], "customer"),
        (["2025-02-01"], "dormant"),
        (["2024-02-01"], "lost"),
        (["2024-02-01", "2026-02-01"], "customer"),
        ([f"2026-02-0{n}" for n in range(1, 7)], "member"),
    ],
)
def test_rules_say_the_stage_for_one_and_for_all(company, days, expected, everybody):
    if days:
        bought(company, company.mine, *days)
    follow(*([] if everybody else [company.mine]))
    assert stage(company.mine) == expected
    assert stage(company.theirs) == "suspect"
    assert StageChange.objects.filter(customer=company.mine).count() == (expected != "suspect")
    assert follow() == 0


def test_talking_makes_a_prospect_and_referring_a_fan(company):
    body = {"customer_id": company.mine, "kind": "call", "occurred_at": "2026-02-01T12:00:00Z"}
    assert post(company.administrator, "/interactions", body).status_code == 201
    follow()
    assert stage(company.mine) == "prospect"
    bought(company, company.theirs, "2026-02-01")
    add_relation(by=BOSS, customer_id=company.mine, kind="referred_by", other_id=company.theirs, note="")
    follow()
    assert stage(company.theirs) == "fan"


def test_by_hand_it_stays_until_its_day_and_only_where_it_can_lead(company):
    path = f"/api/v1/customers/{company.mine}/stage"

    def put(body, client=company.seller):
        return client.put(path, body, content_type="application/json")

    assert put({"stage": "fan", "reason": "x"}).json()["code"] == "not_reachable"
    assert put({"stage": "prospect", "reason": ""}).status_code == 422
    assert put({"stage": "prospect", "reason": "x"}, company.reader).status_code == 403
    answer = put({"stage": "prospect", "reason": "met at a fair", "until": "2199-01-01"})
    assert answer.status_code == 200, answer.content
    assert answer.json()["changes"][0]["reason"] == "met at a fair"
    follow()
    assert stage(company.mine) == "prospect"
    follow(today=date(2199, 1, 2))
    assert stage(company.mine) == "suspect"
    put({"stage": "prospect", "reason": "again"})
    assert company.seller.delete(path).json()["stage"] == "suspect"


def test_it_is_a_field_of_the_list(company):
    bought(company, company.mine, "2026-02-01")
    follow()
    wanted = '{"field":"stage","op":"eq","value":"customer"}'
    found = get(company.administrator, "/customers", filter=wanted).json()["items"]
    assert [(one["id"], one["stage"]) for one in found] == [(company.mine, "customer")]
    text = b"".join(get(company.administrator, "/customers/export", fields="name,stage").streaming_content)
    assert b"North Light Ltd,Customer" in text


def test_key_figures_count_what_is_seen(company):
    bought(company, company.mine, "2026-02-01", "2026-02-02")
    bought(company, company.theirs, "2026-02-01")
    lifecycle.set_stage(
        by=BOSS, customer_id=company.mine, stage="prospect", reason="x", now=NOW, today=TODAY,
        until=date(2026, 3, 10),
    )  # fmt: skip
    follow(today=date(2026, 3, 11))
    period = {"since": "2026-01-01", "until": "2026-12-31"}
    everything = get(company.administrator, "/lifecycle", **period).json()
    rows = {one["stage"]: one for one in everything["stages"]}
    assert (rows["customer"]["customers"], rows["customer"]["orders"], rows["customer"]["amount"]) == (
        2, 3, "30.0000",
    )  # fmt: skip
    assert {"was": "prospect", "now": "customer", "customers": 1} in everything["moves"]
    own = get(company.seller, "/lifecycle", **period).json()
    assert {one["stage"]: one["customers"] for one in own["stages"]} == {"customer": 1}
    blind = replace(company.viewer("seller"), fields={"transactions.amount": FieldAccess.MASKED})
    told, _ = selectors.figures(blind, date(2026, 1, 1), date(2026, 12, 31))
    assert [(one["stage"], one["orders"], one["amount"]) for one in told] == [("customer", 2, None)]


def test_rules_are_data(company):
    def put(client, rules):
        return client.put("/api/v1/lifecycle/rules", {"rules": rules}, content_type="application/json")

    assert put(company.seller, []).status_code == 403
    assert put(company.administrator, [{"stage": "nothing"}]).status_code == 422
    assert put(company.administrator, [{"stage": "fan", "purchases": 0}]).status_code == 200
    follow()
    assert stage(company.mine) == "fan"
    put(company.administrator, [])
    assert follow() == 0


def test_a_merged_customer_leaves_and_comes_back(company):
    other = made("Other Ltd")
    merge = services.merging.merge(
        by=BOSS, what="customer", survivor_id=company.mine, ids=[company.mine, other]
    )
    assert not Lifecycle.objects.filter(pk=other).exists()
    services.merging.unmerge(by=BOSS, merge_id=merge.pk, now=NOW)
    assert stage(other) == "suspect"


def test_what_is_needed_from_a_stage_on(company):
    words = {"en": "Staff", "zh": "员工数"}
    for code, since in (("staff", "customer"), ("site", "suspect")):
        body = {"code": code, "label": words, "type": "number", "mandatory": "from_stage"}
        answer = post(company.administrator, "/attributes", {**body, "mandatory_stage": since})
        assert answer.status_code == 201, answer.content
    refused = post(company.seller, "/customers", {"name": "New"})
    assert refused.json()["details"][0]["where"] == "attributes.site"
    address = f"/api/v1/customers/{company.mine}/stage"

    def put(stage):
        return company.seller.put(address, {"stage": stage, "reason": "x"}, content_type="application/json")

    refused = put("customer").json()["details"]
    assert [(one["where"], one["code"]) for one in refused] == [
        ("attributes.staff", "needed_at_stage"), ("attributes.site", "needed_at_stage"),
    ]  # fmt: skip
    path = f"/customers/{company.mine}"
    filled = {"staff": 5, "site": 1}
    assert patch(company.seller, path, {"attributes": filled}).status_code == 200
    # Not yet a customer: the number of staff may go again.
    assert patch(company.seller, path, {"attributes": {"staff": None}}).status_code == 200
    assert patch(company.seller, path, {"attributes": filled}).status_code == 200
    assert put("customer").status_code < 300
    refused = patch(company.seller, path, {"attributes": {"staff": None}})
    assert refused.json()["details"][0] | {"message": "", "params": {}} == {
        "where": "attributes.staff", "code": "required", "message": "", "params": {},
    }  # fmt: skip
    bought(company, company.theirs, "2026-02-01")
    follow()
    assert stage(company.theirs) == "customer"
