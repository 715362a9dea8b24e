"""The weekly lists: whose customers stand on them, when a field is done, who sees which, how it went."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext

from jinzita.customers import services as customers
from jinzita.customers.tests.world import BOSS, Company, get, made, make_company, post
from jinzita.kernel.models import Job
from jinzita.people import selectors as people_selectors
from jinzita.people import services as people
from jinzita.people.selectors.notifications import own_notices
from jinzita.quality.models import WeeklyItem, WeeklyList
from jinzita.quality.services import scores, weekly
from jinzita.quality.tests.world import judge

NOW = datetime(2026, 5, 5, 2, tzinfo=UTC)
TODAY = date(2026, 5, 5)
WEEK = date(2026, 5, 4)


@pytest.fixture
def company(db: None) -> Company:
    found = make_company()
    judge(important=[{"code": "phone", "weight": 5}, {"code": "email", "weight": 2}, {"code": "owner"}])
    lead(found, "North", "manager")
    return found


def place_of(department: str) -> int:
    return people_selectors.departments(BOSS).get(name=department).pk


def lead(company: Company, department: str, who: str | None) -> int:
    head = company.users[who].pk if who else None
    people.update_department(by=BOSS, department_id=place_of(department), changes={"head_id": head})
    return place_of(department)


def make(today: date = TODAY) -> int:
    job = scores.begin_unasked(by=BOSS)
    assert job is not None
    scores.rate_all(by=BOSS, job_id=job, now=NOW, today=today)
    return weekly.make(by=BOSS, now=NOW, today=today)


def shown(client: Any, **query: Any) -> dict[str, Any]:
    answer = get(client, "/quality/weekly", **query)
    assert answer.status_code == 200, answer.content
    return answer.json()


def test_a_leader_gets_the_customers_worth_most(company: Company):
    seller = company.users["seller"].pk
    best = made("Best", score=90.0, grade="vip", owner_id=seller)
    good = made("Good", score=95.0, grade="important", owner_id=seller, email="ann@light.cn")
    made("Whole", score=99.0, grade="vip", owner_id=seller, phone="13800138001", email="bo@light.cn")
    assert make() == 1
    found = shown(company.manager)
    assert found["week"] == "2026-05-04"
    assert [one["customer"]["id"] for one in found["lines"]] == [best, good, company.mine]
    assert [one["code"] for one in found["lines"][0]["wishes"]] == ["phone", "email"]
    assert found["lines"][0]["wishes"][0]["points"] == 31.2
    assert [one["code"] for one in found["lines"][1]["wishes"]] == ["phone"]
    assert (found["asked"], found["done"]) == (5, 0)
    assert found["people"] == [{"id": seller, "name": "seller", "asked": 5, "done": 0}]


def test_a_grade_set_by_hand_shows_as_such(company: Company):
    why = {"id": 1, "reason": "strategic", "until": "2030-01-01", "asked_by": "a", "approved_by": "b"}
    standings = apps.get_model("customers", "Standing").objects
    standings.filter(pk=company.mine).update(grade="vip", computed_grade="small", override=why)
    make()
    (line,) = shown(company.manager)["lines"]
    told = line["customer"]
    assert (told["grade"], told["computed_grade"], told["override"]) == ("vip", "small", why)


def test_what_is_filled_in_is_done_at_once(company: Company):
    make()
    customers.update_customer(by=BOSS, customer_id=company.mine, changes={"phone": "13800138001"})
    found = shown(company.manager)
    assert [(one["code"], one["problem"]) for one in found["lines"][0]["wishes"]] == [
        ("phone", ""), ("email", "missing")
    ]  # fmt: skip
    assert (found["asked"], found["done"]) == (2, 1)
    assert found["weeks"] == [{"week": "2026-05-04", "asked": 2, "done": 1}]


def test_an_old_record_wants_looking_through(company: Company):
    later = TODAY + timedelta(days=728)
    customers.update_customer(
        by=BOSS, customer_id=company.mine, changes={"phone": "13800138001", "email": "ann@light.cn"}
    )
    make(later)
    assert WeeklyItem.objects.get().codes == ["stale"]
    scores.verify(by=BOSS, customer_id=company.mine, now=NOW, today=later)
    weekly.close(before=later + timedelta(days=7), now=NOW, today=later)
    assert WeeklyItem.objects.get().done == ["stale"]


def test_the_next_week_closes_the_last_and_keeps_what_was_done(company: Company):
    make()
    assert weekly.make_due(by=BOSS, now=NOW, today=TODAY) == 0
    customers.update_customer(by=BOSS, customer_id=company.mine, changes={"phone": "13800138001"})
    assert weekly.make_due(by=BOSS, now=NOW, today=TODAY + timedelta(days=7)) == 1
    customers.update_customer(by=BOSS, customer_id=company.mine, changes={"phone": ""})
    found = shown(company.manager, week="2026-05-06")
    assert found["closed"]
    assert (found["asked"], found["done"]) == (2, 1)
    newest = shown(company.manager)
    assert [(one["week"], one["done"]) for one in newest["weeks"]] == [("2026-05-04", 1), ("2026-05-11", 0)]


def test_who_sees_which_list(company: Company):
    south = lead(company, "South", "other_seller")
    north = place_of("North")
    assert make() == 2
    assert [one["customer"]["id"] for one in shown(company.seller)["lines"]] == [company.mine]
    assert shown(company.seller)["departments"] == []
    assert [one["customer"]["id"] for one in shown(company.other_seller)["lines"]] == [company.theirs]
    assert get(company.seller, "/quality/weekly", department_id=north).status_code == 404
    own = shown(company.manager)
    assert own["department_id"] == north
    assert [one["id"] for one in own["departments"]] == [north]
    assert get(company.manager, "/quality/weekly", department_id=south).status_code == 404
    whole = shown(company.administrator, department_id=south)
    assert [one["name"] for one in whole["departments"]] == ["North", "South"]
    assert [one["customer"]["id"] for one in whole["lines"]] == [company.theirs]


def test_customers_of_a_department_nobody_leads_stand_on_the_list_above(company: Company):
    above = people.create_department(by=BOSS, name="Country")
    people.update_department(
        by=BOSS, department_id=above.pk, changes={"head_id": company.users["administrator"].pk}
    )
    people.update_department(by=BOSS, department_id=place_of("South"), changes={"parent_id": above.pk})
    make()
    rows = WeeklyItem.objects.filter(weekly__department_id=above.pk)
    assert [one.customer_id for one in rows] == [company.theirs]


def test_leaders_and_owners_are_told(company: Company):
    make()
    told = own_notices(company.viewer("manager")).get()
    assert (told.event, told.words["fields"]) == ("weekly_list", 2)
    part = own_notices(company.viewer("seller")).get()
    assert part.event == "weekly_part"
    assert part.words == {"customers": 1, "fields": 2, "what": ["North Light Ltd"]}


def test_what_is_erased_or_thrown_away_is_on_no_list(company: Company):
    make()
    customers.trash_customer(by=BOSS, customer_id=company.mine, now=NOW)
    assert shown(company.manager)["lines"] == []
    WeeklyList.objects.all().delete()
    assert make() == 0


def test_it_is_made_at_once_when_asked_for(company: Company):
    assert post(company.administrator, "/quality/weekly", {}).json()["code"] == "not_scored"
    scores.rate(customer_ids=[company.mine], now=NOW, today=TODAY)
    answer = post(company.administrator, "/quality/weekly", {})
    assert answer.status_code == 202
    weekly.make_asked(by=BOSS, job_id=answer.json()["id"], now=NOW, today=TODAY)
    assert Job.objects.get(pk=answer.json()["id"]).result == {"lists": 1}
    lead(company, "North", None)
    assert post(company.administrator, "/quality/weekly", {}).json()["code"] == "no_leaders"
    assert post(company.manager, "/quality/weekly", {}).status_code == 403


def test_the_list_as_a_file(company: Company):
    make()
    customers.update_customer(by=BOSS, customer_id=company.mine, changes={"email": "ann@light.cn"})
    answer = get(company.manager, "/quality/weekly/export", format="csv", language="zh")
    lines = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()
    assert lines[0] == "客户,等级,价值得分,负责人,待完善,已完善"
    assert lines[1] == "North Light Ltd,潜在客户,,seller,电话,电子邮箱"


def test_a_long_list_takes_no_more_queries(company: Company):
    make()

    def asked() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            shown(company.manager)
        return len(queries)

    few = asked()
    for number in range(20):
        made(f"More {number}", owner_id=company.users["seller"].pk)
    WeeklyList.objects.all().delete()
    make()
    assert len(shown(company.manager)["lines"]) == 21
    assert asked() <= few
    assert few <= 25
