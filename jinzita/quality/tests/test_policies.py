"""The policy: drafted, tried, published, kept by version; what it asks and when a record grows old by it."""

import json
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from jinzita.customers import services as customers
from jinzita.customers.services import lifecycle
from jinzita.customers.tests.world import BOSS, Company, get, made, make_company, post
from jinzita.kernel.errors import Invalid
from jinzita.quality.fields import READY, read
from jinzita.quality.models import PolicyVersion, Score
from jinzita.quality.selectors.policies import in_force
from jinzita.quality.services import scores
from jinzita.quality.tests.world import document, judge

NOW = datetime(2026, 5, 6, 2, tzinfo=UTC)
TODAY = date(2026, 5, 6)
PHONE = [{"code": "phone"}]


@pytest.fixture
def company(db: None) -> Company:
    return make_company()


def put(client: Client, path: str, body: Any) -> Any:
    return client.put(f"/api/v1{path}", json.dumps(body), content_type="application/json")


def quality(company: Company, pk: int) -> dict:
    return get(company.administrator, f"/customers/{pk}/quality").json()


def test_until_somebody_says_otherwise_the_proposal_holds(company: Company):
    found = get(company.seller, "/quality/policy").json()
    assert found["current"] is None
    assert found["document"] == READY.document()
    assert in_force().document() == READY.document()


def test_a_draft_changes_nothing_until_it_is_published(company: Company):
    body = document(completeness=40, validity=30, important=PHONE)
    assert put(company.administrator, "/quality/policy/draft", body).json()["is_draft"]
    assert len(quality(company, company.mine)["missing"]) > 1
    answer = post(company.administrator, "/quality/policy/publish", {"note": "fewer"}).json()
    assert (answer["current"]["number"], answer["is_draft"]) == (1, False)
    assert [one["code"] for one in quality(company, company.mine)["missing"]] == ["phone"]
    assert quality(company, company.mine)["score"] == 60
    assert post(company.administrator, "/quality/policy/publish", {}).json()["code"] == "no_draft"
    judge()
    versions = get(company.seller, "/quality/policy/versions").json()
    assert [(one["number"], one["note"]) for one in versions] == [(2, ""), (1, "fewer")]
    assert versions[1]["document"]["completeness"] == 40


def test_a_draft_can_be_thrown_away(company: Company):
    put(company.administrator, "/quality/policy/draft", document(important=PHONE))
    answer = company.administrator.delete("/api/v1/quality/policy/draft").json()
    assert (answer["is_draft"], answer["document"]) == (False, READY.document())


def test_who_may_not(company: Company):
    for client in (company.manager, company.seller, company.reader):
        assert put(client, "/quality/policy/draft", document()).status_code == 403
        assert post(client, "/quality/policy/try", {"document": document()}).status_code == 403
        assert post(client, "/quality/policy/publish", {}).status_code == 403


@pytest.mark.parametrize(
    ("changes", "where"),
    [
        ({"completeness": 60}, "completeness"),
        ({"stale_days": 180}, "stale_days"),
        ({"fresh_of": {"vip": {"fresh_days": 9, "stale_days": 9}}}, "fresh_of.vip.stale_days"),
        ({"important": [{"code": "attributes.nothing"}]}, "important[0].code"),
        ({"important": [{"code": "phone", "weight": 11}]}, "important[0].weight"),
    ],
)
def test_what_cannot_be(changes: dict, where: str):
    with pytest.raises(Invalid) as caught:
        read(document(**changes), known=frozenset(["phone"]))
    assert caught.value.problems[0].where == where


def test_fields_are_asked_by_kind_grade_and_stage(company: Company):
    judge(important=[
        {"code": "phone", "kind": "organisation", "grades": ["vip"]},
        {"code": "email", "stages": ["prospect"]},
    ])  # fmt: skip
    assert quality(company, company.mine)["score"] == 100
    customers.record_standing(customer_id=company.mine, score=9, grade="vip", as_of=TODAY)
    assert [one["code"] for one in quality(company, company.mine)["missing"]] == ["phone"]
    lifecycle.set_stage(
        by=BOSS, customer_id=company.mine, stage="prospect", reason="met", now=NOW, today=TODAY
    )
    assert {one["code"] for one in quality(company, company.mine)["missing"]} == {"phone", "email"}


def test_a_grade_may_grow_old_sooner(company: Company):
    judge(important=[], fresh_of={"vip": {"fresh_days": 0, "stale_days": 10}})
    customers.record_standing(customer_id=company.mine, score=9, grade="vip", as_of=TODAY)
    later = datetime.now(UTC).date() + timedelta(days=30)
    scores.rate(customer_ids=[company.mine, company.theirs], now=NOW, today=later)
    found = dict(Score.objects.values_list("customer_id", "score"))
    assert found == {company.mine: 80, company.theirs: 100}


def test_what_other_numbers_would_mean(company: Company):
    judge(important=[])
    made("With", owner_id=company.users["seller"].pk, phone="13800138001")
    body = {"document": document(important=PHONE), "bound": 60}
    found = post(company.administrator, "/quality/policy/try", body).json()
    assert found["total"] == {
        "customers": 3, "before": 100.0, "after": 66.7, "below_before": 0, "below_after": 2
    }  # fmt: skip
    assert found["sampled"] is None
    assert [(one["name"], one["after"]) for one in found["departments"]] == [("South", 50.0), ("North", 75.0)]
    assert PolicyVersion.objects.count() == 1


def test_the_fields_to_choose_from_have_words(company: Company):
    found = {
        one["code"]: one["label"]["zh"] for one in get(company.administrator, "/quality/policy/fields").json()
    }
    assert found["phone"] == "电话"
    assert found["address"] == "地址"
    assert found["class.industry"]
