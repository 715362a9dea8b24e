"""Rules of entry: what they refuse and warn of, by whatever way a customer is written."""

import json
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, connections
from django.test import Client

from jinzita.customers import services as customers
from jinzita.customers.fields.forms import expression_of
from jinzita.customers.services import lifecycle
from jinzita.customers.tests.world import BOSS, Company, get, key_client, made, make_company, patch, post
from jinzita.kernel.errors import Invalid
from jinzita.quality.models import Rule
from jinzita.quality.selectors.rules import has_form

NOW, TODAY = datetime(2026, 5, 6, 2, tzinfo=UTC), date(2026, 5, 6)


@pytest.fixture
def company(db: None) -> Company:
    return make_company()


def put(client: Client, path: str, body: Any) -> Any:
    return client.put(f"/api/v1{path}", json.dumps(body), content_type="application/json")


def ruled(company: Company, check: str, field: str, **values: Any) -> int:
    body = {"check": check, "field": field, "active": True, **values}
    answer = post(company.administrator, "/quality/rules", body)
    assert answer.status_code == 201, answer.content
    return int(answer.json()["id"])


def problems(answer: Any) -> list[tuple[str, str]]:
    assert answer.status_code == 422, answer.content
    return [(one["where"], one["code"]) for one in answer.json()["details"]]


@pytest.mark.parametrize(
    ("form", "good", "bad"),
    [
        ("19{10}", ["13800138000"], ["1380013800", "23800138000", "138001380001", "1380013800a"]),
        ("AA-9999", ["AB-1234"], ["ab-1234", "AB1234", "AB-12345"]),
        ("0999[9]-9{7,8}", ["0571-12345678", "0755-1234567"], ["571-12345678"]),
        ("X{18}", ["91110000600037341L"], ["9111000060003734", "91110000600037341-"]),
        ("文{2,4}", ["张三", "欧阳娜娜"], ["张", "Zhang", "张三李四王"]),
        ("A|9", ["A", "7"], ["", "A7", "b"]),
        (r"\9\*?", ["9*x"], ["8*x", "9x"]),
        ("*有限公司", ["北京华宇有限公司"], ["北京华宇"]),
        ("?{3}.", ["abc."], ["abcd", "abc"]),
        ("(9)+", ["(3)+"], ["3", "(33)"]),
    ],
)
@pytest.mark.django_db
def test_a_text_has_a_form(form: str, good: list[str], bad: list[str]):
    for text in [*good, *bad]:
        assert has_form(BOSS, form, text) is (text in good), (form, text)


@pytest.mark.parametrize(
    "form",
    ["", "[9", "9]", "[[9]]", "{3}", "9{3", "9{5,2}", "9{999}", "A|", "\\", "[9|A]", "*" * 6, "9" * 201],
)
def test_a_form_that_cannot_be_read_is_refused(form: str):
    with pytest.raises(Invalid):
        expression_of(form)


@pytest.mark.django_db
def test_a_form_cannot_be_made_to_take_long():
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = '60s'")  # what tries every way would take days
    assert not has_form(BOSS, "*a*a*a*a*b", "a" * 20_000)
    assert not has_form(BOSS, "*9{1,20}*9{1,20}*9{1,20}*9{1,20}*x", "1" * 5_000)
    assert has_form(BOSS, "9{1,50}9{1,50}", "1" * 60)


def test_a_strict_rule_refuses_in_both_languages(company: Company):
    ruled(company, "required", "phone")
    answer = post(company.seller, "/customers", {"name": "East Wind"})
    assert problems(answer) == [("phone", "entry_rule")]
    params = answer.json()["details"][0]["params"]
    assert (params["en"], params["zh"]) == ("Phone is needed", "请填写电话")
    assert problems(post(company.seller, "/customers", {"name": "East Wind", "phone": "暂无"}))
    assert not apps.get_model("customers.Customer").objects.filter(name="East Wind").exists()
    assert (
        post(company.seller, "/customers", {"name": "East Wind", "phone": "13800138000"}).status_code == 201
    )


def test_what_was_wrong_before_does_not_stand_in_the_way(company: Company):
    customers.update_customer(by=BOSS, customer_id=company.mine, changes={"phone": "123"})
    ruled(company, "format", "phone", pattern="19{10}")
    assert patch(company.seller, f"/customers/{company.mine}", {"email": "a@b.cn"}).status_code == 200
    assert problems(patch(company.seller, f"/customers/{company.mine}", {"phone": "1234"}))
    assert patch(company.seller, f"/customers/{company.mine}", {"phone": "13800138000"}).status_code == 200
    assert patch(company.seller, f"/customers/{company.mine}", {"phone": ""}).status_code == 200


def test_a_warning_is_accepted_by_a_person_and_noted(company: Company):
    ruled(company, "required", "email", strict=False)
    answer = post(company.seller, "/customers", {"name": "East Wind"})
    assert problems(answer) == [("email", "entry_rule")]
    assert answer.json()["code"] == "entry_warnings"
    answer = post(company.seller, "/customers", {"name": "East Wind", "accept_warnings": True})
    assert answer.status_code == 201
    log = get(company.administrator, "/audit", action="accept_warnings").json()["items"]
    assert [one["subject_id"] for one in log] == [answer.json()["id"]]
    assert set(log[0]["changes"]["rules"]) == {"en", "zh"}
    told = get(company.seller, f"/customers/{answer.json()['id']}/timeline", kinds="change").json()["items"]
    [said] = [one for one in told if one["title"] == "accept_warnings"]
    assert said["detail"]["changes"] == [
        {"field": "rules", "before": None, "after": log[0]["changes"]["rules"]}
    ]


def test_a_warning_does_not_stop_a_program(company: Company):
    ruled(company, "required", "email", strict=False)
    key = key_client(company.users["administrator"], ["read", "customers:write"])
    answer = post(Client(), "/customers", {"name": "East Wind"}, **key, HTTP_IDEMPOTENCY_KEY="a")
    assert answer.status_code == 201, answer.content


def test_a_rule_is_about_the_customers_it_names(company: Company):
    ruled(company, "required", "phone", kind="person")
    ruled(company, "required", "attributes.industry", stages=["customer"])
    condition = {"field": "name", "op": "contains", "value": "Bank"}
    ruled(company, "required", "email", when={"all": [condition]})
    assert post(company.seller, "/customers", {"name": "East Wind"}).status_code == 201
    assert problems(post(company.seller, "/customers", {"name": "Li", "kind": "person"})) == [
        ("phone", "entry_rule")
    ]
    assert problems(post(company.seller, "/customers", {"name": "Bank of East"})) == [("email", "entry_rule")]
    with pytest.raises(Invalid):
        lifecycle.set_stage(
            by=company.viewer("seller"), customer_id=company.mine, stage="customer", reason="signed",
            now=NOW, today=TODAY,
        )  # fmt: skip
    customers.update_customer(by=BOSS, customer_id=company.mine, changes={"attributes": {"industry": "bank"}})
    lifecycle.set_stage(
        by=company.viewer("seller"), customer_id=company.mine, stage="customer", reason="signed",
        now=NOW, today=TODAY,
    )  # fmt: skip
    assert problems(patch(company.seller, f"/customers/{company.mine}", {"attributes": {"industry": None}}))


def test_nobody_is_asked_for_what_they_may_not_enter(company: Company):
    apps.get_model("people.Role").objects.filter(code="salesperson").update(fields={"customers.email": "see"})
    ruled(company, "required", "email")
    assert post(company.seller, "/customers", {"name": "East Wind"}).status_code == 201


def test_values_and_bounds(company: Company):
    ruled(company, "allowed", "attributes.size", choices=["large", "small"])
    ruled(company, "allowed", "attributes.registered_capital", minimum="1000", maximum="2000")
    mine = f"/customers/{company.mine}"
    assert problems(patch(company.seller, mine, {"attributes": {"size": "huge"}}))
    assert problems(patch(company.seller, mine, {"attributes": {"registered_capital": 10}}))
    assert problems(patch(company.seller, mine, {"attributes": {"registered_capital": 2001}}))
    answer = patch(company.seller, mine, {"attributes": {"registered_capital": 2000, "size": "large"}})
    assert answer.status_code == 200


def test_nobody_has_the_same(company: Company):
    ruled(company, "unique", "phone", kind="organisation")
    ruled(company, "unique", "attributes.region")
    post(
        company.seller, "/customers", {"name": "One", "phone": "138 0013 8000", "attributes": {"region": "x"}}
    )
    again = {"name": "Two", "phone": "+86 138-0013-8000"}
    assert problems(post(company.other_seller, "/customers", again)) == [("phone", "entry_rule")]
    assert post(company.seller, "/customers", {**again, "kind": "person"}).status_code == 201
    answer = post(company.seller, "/customers", {"name": "Three", "attributes": {"region": "x"}})
    assert problems(answer) == [("attributes.region", "entry_rule")]
    assert post(company.seller, "/customers", {"name": "Four"}).status_code == 201
    assert post(company.seller, "/customers", {"name": "Five"}).status_code == 201


def test_who_breaks_a_rule_is_counted_before_it_is_in_force_and_listed(company: Company):
    made("With", phone="13800138000")
    draft = {"check": "required", "field": "phone"}
    assert post(company.administrator, "/quality/rules/breaking", draft).json() == {"customers": 2}
    rule = ruled(company, "required", "phone", active=False)
    assert get(company.administrator, f"/quality/rules/{rule}/breaking").json() == {"customers": 2}
    condition = {"all": [{"field": "breaks", "op": "has", "value": str(rule)}]}
    answer = get(company.administrator, "/customers", filter=json.dumps(condition))
    assert {one["id"] for one in answer.json()["items"]} == {company.mine, company.theirs}, answer.content
    found = get(company.seller, "/customers", filter=json.dumps(condition)).json()["items"]
    assert {one["id"] for one in found} == {company.mine}
    any_rule = json.dumps({"all": [{"field": "breaks", "op": "is_null", "value": False}]})
    assert get(company.administrator, "/customers", filter=any_rule).json()["items"] == []
    assert post(company.seller, "/customers", {"name": "East Wind"}).status_code == 201


def test_a_rule_is_checked_when_it_is_made(company: Company):
    for body in (
        {"check": "format", "field": "phone", "pattern": "[9"},
        {"check": "unique", "field": "owner"},
        {"check": "required", "field": "grade"},
        {"check": "allowed", "field": "phone"},
        {"check": "allowed", "field": "attributes.registered_capital", "minimum": "5", "maximum": "4"},
        {"check": "allowed", "field": "attributes.registered_capital", "minimum": "NaN"},
        {"check": "required", "field": "phone", "when": {"field": "nothing", "op": "eq", "value": 1}},
        {
            "check": "required", "field": "phone",
            "when": {"field": "breaks", "op": "is_null", "value": True},
        },
    ):  # fmt: skip
        assert post(company.administrator, "/quality/rules", body).status_code == 422, body
    rule = ruled(company, "required", "phone")
    body = {"check": "format", "field": "phone", "pattern": "19{10}", "active": True}
    assert put(company.administrator, f"/quality/rules/{rule}", body).json()["words"]["zh"] == (
        "电话的格式应为 19{10}"
    )
    assert company.administrator.delete(f"/api/v1/quality/rules/{rule}").status_code == 204
    assert get(company.administrator, "/quality/rules").json() == []


def test_a_bulk_edit_leaves_out_who_would_break_a_rule(company: Company):
    Rule.objects.create(
        check_type="allowed", field="attributes.size", choices=["large"], kind="person", active=True,
        words_en="x", words_zh="y",
    )  # fmt: skip
    person = made("Li", kind="person")
    manager = company.viewer("administrator")
    job = customers.request_bulk(
        by=manager, action="edit", selection={"ids": [company.mine, person]},
        changes={"attributes.size": "small"},
    )  # fmt: skip
    customers.run_bulk(apps.get_model("customers.BulkAction").objects.get(job=job).pk, now=NOW)
    job.refresh_from_db()
    assert (job.result["changed"], job.result["refused_count"]) == (1, 1)
    assert job.result["refused"][0] == {
        "id": person, "name": "Li", "why": "entry_rule", "words": {"en": "x", "zh": "y"}
    }  # fmt: skip
    assert "size" not in apps.get_model("customers.Customer").objects.get(pk=person).attributes
    customers.request_undo(by=manager, change_set_id=job.result["change_set"], now=NOW)


def test_a_bulk_edit_tells_how_many_came_to_break_a_rule_that_only_warns(company: Company, monkeypatch):
    from jinzita.customers.services.bulk import running

    monkeypatch.setattr(running, "BATCH", 2)
    rule = Rule.objects.create(
        check_type="allowed", field="attributes.size", choices=["large"], strict=False, active=True,
        words_en="Usually large", words_zh="一般为大型",
    )  # fmt: skip
    others = [made(name) for name in ("Li", "Wang", "Zhao")]
    known = apps.get_model("customers.Customer").objects.filter(pk=others[0])
    known.update(attributes={"size": "small"})
    manager = company.viewer("administrator")
    for size, changed, warned in (("small", 3, 3), ("large", 4, 0)):
        job = customers.request_bulk(
            by=manager, action="edit", selection={"ids": [company.mine, *others]},
            changes={"attributes.size": size},
        )  # fmt: skip
        customers.run_bulk(apps.get_model("customers.BulkAction").objects.get(job=job).pk, now=NOW)
        job.refresh_from_db()
        assert (job.result["changed"], job.result["refused_count"]) == (changed, 0)
        words = {"en": "Usually large", "zh": "一般为大型"}
        line = {"rule": rule.pk, "words": words, "count": warned}
        assert job.result["warned"] == ([line] if warned else []), "who broke it before is not told again"


def test_few_questions_however_many_rules(company: Company, django_assert_num_queries):
    from jinzita.customers.selectors.entry_rules import faults

    for field in ("phone", "email", "owner", "attributes.size"):
        ruled(company, "required", field)
    with django_assert_num_queries(6):  # rules, policy, three of fields, one of faults
        faults([company.mine])


@pytest.mark.django_db(transaction=True)
def test_of_two_at_once_one_wins():
    from concurrent.futures import ThreadPoolExecutor
    from threading import Barrier

    company = make_company()
    ruled(company, "unique", "phone")
    by, start = company.viewer("administrator"), Barrier(4)

    def write(name: str) -> bool:
        start.wait(30)
        try:
            customers.create_customer(by=by, name=name, phone="13800138000")
        except Invalid:
            return False
        finally:
            connections.close_all()
        return True

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(write, ["One", "Two", "Three", "Four"])) == [False, False, False, True]
    assert apps.get_model("customers.Customer").objects.filter(phone="13800138000").count() == 1
