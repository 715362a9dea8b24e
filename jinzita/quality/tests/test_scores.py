"""The quality score: what costs how much, at once and over all, and who sees which sums."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from django.apps import apps

from jinzita.customers import selectors
from jinzita.customers import services as customers
from jinzita.customers.selectors.nonsense import nonsense_pattern
from jinzita.customers.tests.world import BOSS, Company, get, made, make_company, post
from jinzita.kernel.access import FieldAccess
from jinzita.quality.fields import READY
from jinzita.quality.models import History, Match, Score
from jinzita.quality.selectors.rating import hidden
from jinzita.quality.services import scores
from jinzita.quality.tests.world import judge

NOW = datetime(2026, 5, 6, 2, tzinfo=UTC)
TODAY = date(2026, 5, 6)


@pytest.fixture
def company(db: None) -> Company:
    return make_company()


def asked(*codes: str, weight: int = 1) -> None:
    judge(important=[{"code": code, "weight": weight} for code in codes])


def quality(company: Company, pk: int) -> dict:
    return get(company.administrator, f"/customers/{pk}/quality").json()


@pytest.mark.parametrize(
    "text", ["无", "N/A", "test", "测试1", "111", "aaaa", "-", "...", "123456", "asdfgh", ""]
)
def test_what_says_nothing(text: str):
    assert re.search(nonsense_pattern(READY.nonsense), text.casefold())


@pytest.mark.parametrize("text", ["无锡", "A", "13800138000", "testing 公司", "10086", "abc公司", "新华"])
def test_what_says_something(text: str):
    assert not re.search(nonsense_pattern(READY.nonsense), text.casefold())


def test_a_missing_field_costs_its_share(company: Company):
    asked("phone", "email")
    found = quality(company, company.mine)
    assert found["score"] == 50
    assert [(one["code"], one["points"]) for one in found["missing"]] == [("phone", 25.0), ("email", 25.0)]
    customers.update_customer(by=BOSS, customer_id=company.mine, changes={"phone": "13800138001"})
    assert quality(company, company.mine)["score"] == 75
    customers.update_customer(by=BOSS, customer_id=company.mine, changes={"phone": "111111"})
    found = quality(company, company.mine)
    assert "phone" in [one["code"] for one in found["missing"]]
    assert [one["code"] for one in found["faults"]] == ["phone"]


def test_faults_cost_half_each(company: Company):
    asked("phone")
    customers.update_customer(
        by=BOSS, customer_id=company.mine, changes={"name": "测试", "phone": "12012345678"}
    )
    found = quality(company, company.mine)
    assert {one["code"] for one in found["faults"]} == {"name", "phone"}
    assert next(one for one in found["parts"] if one["code"] == "validity")["cost"] == 20


def test_a_record_grows_old_until_somebody_looks_it_through(company: Company):
    asked("owner")
    later = TODAY + timedelta(days=4000)
    scores.rate(customer_ids=[company.mine], now=NOW, today=later)
    assert Score.objects.get(pk=company.mine).score == 80
    scores.verify(by=BOSS, customer_id=company.mine, now=NOW, today=later)
    assert Score.objects.get(pk=company.mine).score == 100
    answer = post(company.seller, f"/customers/{company.mine}/verified", {})
    assert answer.status_code == 200
    assert answer.json()["verified_by"] == "seller"


def test_an_open_doubt_costs(company: Company):
    asked("owner")
    left, right = sorted((company.mine, company.theirs))
    Match.objects.create(left=left, right=right, probability=0.9, verdict="look", group=left)
    assert quality(company, company.mine)["score"] == 95


def test_all_records_are_scored_and_summed_up_by_week(company: Company):
    asked("phone")
    made("Third", owner_id=company.users["seller"].pk, phone="13800138001")
    for today in (TODAY, TODAY + timedelta(days=7)):
        job = scores.begin_unasked(by=BOSS)
        assert job is not None
        scores.rate_all(by=BOSS, job_id=job, now=NOW, today=today)
    assert set(Score.objects.values_list("score", flat=True)) == {50, 100}
    assert selectors.customer(BOSS, company.mine).standing.quality == 50
    assert History.objects.filter(week=date(2026, 5, 4)).count() == 2
    whole = get(company.administrator, "/quality/summary").json()
    assert whole["customers"] == 3
    assert whole["score"] == 66.7
    assert [one["week"] for one in whole["trend"]] == ["2026-05-04", "2026-05-11"]
    assert whole["missing"][0]["code"] == "phone"
    assert whole["missing"][0]["customers"] == 2
    assert {one["name"] for one in whole["owners"]} == {"seller", "other_seller"}
    own = get(company.manager, "/quality/summary").json()
    assert own["customers"] == 2
    assert [one["name"] for one in own["departments"]] == ["North"]
    mine = get(company.seller, "/quality/summary").json()
    assert [one["name"] for one in mine["owners"]] == ["seller"]


def test_lists_filter_and_sort_by_it(company: Company):
    asked("phone")
    good = made("Good", owner_id=company.users["seller"].pk, phone="13800138001")
    scores.rate(customer_ids=[company.mine, company.theirs, good], now=NOW, today=TODAY)
    rows = get(company.administrator, "/customers?sort=-quality").json()["items"]
    assert rows[0]["id"] == good
    assert rows[0]["quality"] == 100
    low = '{"field":"quality","op":"lt","value":60}'
    found = get(company.administrator, f"/customers?filter={low}").json()["items"]
    assert {one["id"] for one in found} == {company.mine, company.theirs}


def test_what_was_typed_to_get_past_a_field_is_told_in_words(company: Company):
    asked("phone", "email")
    body = {"code": "founded", "label": {"en": "Founded", "zh": "成立日期"}, "type": "date"}
    assert post(company.administrator, "/attributes", body).status_code == 201
    customers.update_customer(
        by=BOSS, customer_id=company.mine,
        changes={
            "phone": "+86 138 0013 8000", "email": "test@test.com", "attributes": {"founded": "1900-01-01"},
        },
    )  # fmt: skip
    found = quality(company, company.mine)
    assert {one["code"] for one in found["missing"]} == {"phone", "email"}
    why = {one["code"]: one["why"]["zh"] for one in found["faults"]}
    assert set(why) == {"phone_fake", "email_fake", "attributes.founded"}
    assert why["phone_fake"] == "是常见示例号码、重复数字或连续数字。"
    scores.rate(customer_ids=[company.mine], now=NOW, today=TODAY)
    assert set(Score.objects.get(pk=company.mine).faults) == {"phone_fake", "email_fake", "days"}


@pytest.mark.parametrize(
    ("day", "odd"),
    [
        ("1900-01-01", True), ("1970-01-01", True), ("9999-12-31", True), ("2026-05-07", True),
        ("1896-05-05", True), ("1896-05-06", False), ("2026-05-06", False), ("1970-01-02", False),
        (None, False),
    ],
)  # fmt: skip
def test_a_birthday_that_cannot_be_is_a_fault(company: Company, day: str | None, odd: bool):
    Contact, Position = (apps.get_model("customers", name) for name in ("Contact", "Position"))
    one = Contact.objects.create(source="crm", source_key="1", name="王建国", birthday=day)
    seat = Position.objects.create(contact=one, customer_id=company.mine)

    def faults() -> list[str]:
        scores.rate(customer_ids=[company.mine], now=NOW, today=TODAY)
        return list(Score.objects.get(pk=company.mine).faults)

    assert faults() == (["contact_birthday"] if odd else [])
    if odd:
        seat.until = TODAY
        seat.save()
        assert faults() == []


def test_why_a_birthday_is_a_fault_is_told_to_whom_may_see_it(company: Company):
    customers.create_contact(
        by=BOSS, name="王建国", birthday=date(1900, 1, 1), positions=[{"customer_id": company.mine}],
        today=TODAY,
    )  # fmt: skip
    (found,) = quality(company, company.mine)["faults"]
    assert (found["code"], found["label"]["zh"]) == ("contact_birthday", "联系人生日有误")
    assert found["why"]["zh"] == "有联系人的生日疑似占位值、晚于今天，或早于 130 年前。"
    seller = company.viewer("seller")
    assert not hidden(seller, "contact_birthday")
    assert hidden(replace(seller, fields={"contacts.birthday": FieldAccess.HIDDEN}), "contact_birthday")
