"""The trash as a list: filter, words, order, number, and what somebody must not learn."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from jinzita.customers import services
from jinzita.customers.tests.world import BOSS, get

DAY = datetime(2026, 3, 1, 9, tzinfo=UTC)


def where(field, op, value):
    return json.dumps({"field": field, "op": op, "value": value})


@pytest.fixture
def thrown(company):
    """Three customers and two contacts, thrown away a day after the other."""
    made = [services.create_customer(by=BOSS, name=f"{name}公司").pk for name in ("甲", "乙", "丙")]
    services.record_standing(customer_id=made[0], score=90, grade="vip", as_of=DAY.date())
    people = [
        services.create_contact(
            by=BOSS, name=name, positions=[{"customer_id": one} for one in at], today=DAY.date()
        ).pk
        for name, at in (("王一", (company.mine, company.theirs)), ("王二", (company.theirs,)))
    ]
    for days, pk in enumerate(made):
        services.trash_customer(by=BOSS, customer_id=pk, now=DAY + timedelta(days=days))
    for days, pk in enumerate(people):
        services.trash_contact(by=BOSS, contact_id=pk, now=DAY + timedelta(days=days))
    company.made, company.people = made, people
    return company


def names(client, **query):
    answer = get(client, "/trash", **query)
    assert answer.status_code == 200, answer.content
    return [one["name"] for one in answer.json()["items"]]


def test_the_last_is_first_and_every_condition_of_lists_narrows(thrown):
    boss = thrown.administrator
    assert names(boss) == ["丙公司", "乙公司", "甲公司"]
    assert names(boss, sort="trashed_at") == ["甲公司", "乙公司", "丙公司"]
    assert names(boss, filter=where("grade", "eq", "vip")) == ["甲公司"]
    since = where("trashed_at", "ge", "2026-03-02T00:00:00Z")
    either = json.dumps({"any": [json.loads(since), json.loads(where("grade", "eq", "vip"))]})
    assert names(boss, filter=either) == ["丙公司", "乙公司", "甲公司"]
    assert names(boss, filter=since, q="乙") == ["乙公司"]
    assert get(boss, "/trash/count", filter=since).json()["count"] == 2
    first = get(boss, "/trash", limit=2).json()
    assert names(boss, limit=2, cursor=first["next"]) == ["甲公司"]


def test_contacts_are_found_by_where_they_were(thrown):
    boss = thrown.administrator
    assert names(boss, type="contact") == ["王二", "王一"]
    assert names(boss, type="contact", filter=where("customer", "eq", thrown.mine)) == ["王一"]
    assert names(boss, type="contact", filter=where("trashed_by", "is_null", True)) == ["王二", "王一"]


@pytest.mark.parametrize("query", [{"filter": where("phone", "eq", "1")}, {"sort": "name"}, {"cursor": "x"}])
def test_what_it_does_not_know_is_refused(thrown, query):
    assert get(thrown.administrator, "/trash", **query).status_code == 422


def test_nobody_learns_of_what_is_out_of_sight(thrown):
    assert get(thrown.reader, "/trash").status_code == 403
    assert get(thrown.reader, "/trash/count").status_code == 403
    assert names(thrown.manager) == [], "of no department"
    at = {one: where("customer", "eq", one) for one in (thrown.mine, thrown.theirs)}
    assert names(thrown.administrator, type="contact", filter=at[thrown.theirs]) == ["王二", "王一"]
    assert names(thrown.manager, type="contact") == ["王一"]
    assert names(thrown.manager, type="contact", filter=at[thrown.mine]) == ["王一"]
    assert names(thrown.manager, type="contact", filter=at[thrown.theirs]) == [], "that it is there too"


def test_a_page_asks_few_questions(thrown):
    for query in ({}, {"type": "contact"}):
        get(thrown.administrator, "/trash", **query)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            get(thrown.administrator, "/trash", **query)
        assert len(asked) <= 8, [one["sql"][:80] for one in asked]
