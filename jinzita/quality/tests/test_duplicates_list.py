"""The list of duplicates: filtered, searched, sorted and counted like every list, kept as views."""

import json
from datetime import UTC, datetime

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext

from jinzita.customers.tests.world import BOSS, Company, get, made, make_company, post
from jinzita.people.services import update_role
from jinzita.quality.models import Match
from jinzita.quality.services import duplicates

pytestmark = pytest.mark.django_db
PATH = "/quality/duplicates"


@pytest.fixture
def company(db: None) -> Company:
    return make_company()


@pytest.fixture
def pairs(company: Company) -> dict[str, Match]:
    """Three pairs: of one seller, of another, and one with a customer of each."""
    seller, other = company.users["seller"].pk, company.users["other_seller"].pk

    def pair(name: str, owners: tuple[int, int], probability: float, **values: str) -> Match:
        left = made(f"{name}有限公司", owner_id=owners[0], **values)
        right = made(f"{name}公司", owner_id=owners[1])
        verdict = "same" if probability >= 0.95 else "look"
        return Match.objects.create(
            left=left, right=right, probability=probability, verdict=verdict, group=left, leading=True
        )

    return {
        "mine": pair("北京华宇", (seller, seller), 0.99, phone="010-62345678"),
        "theirs": pair("上海远航", (other, other), 0.9),
        "between": pair("广州天河", (seller, other), 0.5),
    }


def asked(client, *conditions, **query):
    query = {**query, "filter": json.dumps({"all": list(conditions)})} if conditions else query
    return [one["matches"][0]["id"] for one in get(client, PATH, **query).json()["items"]]


def condition(field, op, value):
    return {"field": field, "op": op, "value": value}


def ids(pairs, *names):
    return [pairs[one].pk for one in names]


def test_a_filter_asks_the_pair_and_either_customer(company, pairs):
    boss, other = company.administrator, company.users["other_seller"].pk
    assert asked(boss) == ids(pairs, "mine", "theirs", "between")
    assert asked(boss, condition("verdict", "in", ["look"])) == ids(pairs, "theirs", "between")
    assert asked(boss, condition("probability", "ge", 0.9)) == ids(pairs, "mine", "theirs")
    assert asked(boss, condition("owner", "eq", other)) == ids(pairs, "theirs", "between")
    assert asked(boss, condition("owner", "ne", other)) == ids(pairs, "mine")
    assert asked(boss, condition("phone", "contains", "6234")) == ids(pairs, "mine")
    assert asked(boss, condition("kind", "in", ["person"])) == []
    assert asked(boss, condition("owned_since", "lt", "2001-01-01")) == []
    assert asked(boss, condition("owned_since", "ge", "2001-01-01")) == ids(pairs, *pairs)
    either = {"any": [condition("owner", "ne", other), condition("name", "starts", "广州")]}
    assert asked(boss, either, condition("verdict", "eq", "look")) == ids(pairs, "between")


def test_what_neither_customer_has_is_turned_round(company, pairs):
    customers = apps.get_model("customers", "Customer").objects
    customers.filter(pk=pairs["theirs"].right).update(tags=["key account"])
    tagged = condition("tags", "has_any", ["key account"])
    assert asked(company.administrator, tagged) == ids(pairs, "theirs")
    assert asked(company.administrator, {"not": tagged}) == ids(pairs, "mine", "between")


def test_words_find_either_customer(company, pairs):
    assert asked(company.administrator, q="远航") == ids(pairs, "theirs")
    assert asked(company.administrator, q="62345678") == ids(pairs, "mine")
    assert get(company.administrator, f"{PATH}/count", q="远航").json() == {"count": 1}


def test_a_group_is_found_by_each_of_its_pairs(company, pairs):
    third = made("北京市华宇", email="li@huayu.example")
    lead = pairs["mine"]
    Match.objects.create(left=lead.left, right=third, probability=0.6, verdict="look", group=lead.group)
    (group,) = get(company.administrator, PATH, q="li@huayu.example").json()["items"]
    assert {one["id"] for one in group["customers"]} == {lead.left, lead.right, third}
    assert group["probability"] == 0.99


def test_what_is_decided_is_told_where_it_is_asked_for(company, pairs):
    boss = company.administrator
    post(boss, f"{PATH}/decide", {"matches": [pairs["mine"].pk], "state": "different"})
    assert asked(boss) == ids(pairs, "theirs", "between")
    assert asked(boss, condition("state", "in", ["different"])) == ids(pairs, "mine")
    me = company.users["administrator"].pk
    mine = json.dumps(condition("decided_by", "eq", me))
    (found,) = get(boss, PATH, filter=mine, state="different").json()["items"]
    assert found["matches"][0]["decided_by"] == company.users["administrator"].shown_name
    assert found["matches"][0]["decided_at"]


def test_it_is_sorted_paged_and_counted(company, pairs):
    boss = company.administrator
    assert asked(boss, sort="probability") == ids(pairs, "between", "theirs", "mine")
    first = get(boss, PATH, limit=2).json()
    rest = get(boss, PATH, limit=2, cursor=first["next"]).json()
    assert [one["matches"][0]["id"] for one in rest["items"]] == ids(pairs, "between")
    assert rest["next"] is None
    assert get(boss, f"{PATH}/count").json() == {"count": 3}
    Match.objects.filter(pk=pairs["between"].pk).update(found_at=datetime(2020, 1, 1, tzinfo=UTC))
    assert asked(boss, condition("found_at", "lt", "2021-01-01")) == ids(pairs, "between")
    assert asked(boss, sort="found_at")[0] == pairs["between"].pk


def test_when_it_was_found_stays_when_it_is_found_again(company):
    one, _ = made("北京华宇科技有限公司"), made("北京市华宇科技有限公司")
    duplicates.check(by=BOSS, customer_ids=[one])
    long_ago = datetime(2020, 1, 1, tzinfo=UTC)
    Match.objects.update(found_at=long_ago)
    duplicates.check(by=BOSS, customer_ids=[one])
    job = duplicates.begin(by=BOSS)
    duplicates.find_all(by=BOSS, job_id=job.pk)
    assert set(Match.objects.values_list("found_at", flat=True)) == {long_ago}


def test_nobody_learns_of_customers_one_does_not_see(company, pairs):
    other = company.users["other_seller"].pk
    assert asked(company.seller) == ids(pairs, "mine")
    assert asked(company.seller, condition("owner", "eq", other)) == []
    assert asked(company.seller, q="远航") == []
    assert get(company.seller, f"{PATH}/count").json() == {"count": 1}


def test_what_a_role_keeps_back_finds_nobody(company, pairs):
    update_role(by=BOSS, code="reader", changes={"fields": {"customers.phone": "masked"}})
    by_phone = json.dumps(condition("phone", "contains", "6234"))
    assert get(company.reader, PATH, filter=by_phone).status_code == 422
    assert asked(company.reader, q="62345678") == []
    (shown,) = [one for one in get(company.reader, PATH).json()["items"] if one["probability"] == 0.99]
    assert "62345678" not in json.dumps(shown)


@pytest.mark.parametrize(
    ("query", "where"),
    [
        ({"filter": "{"}, "filter"),
        ({"filter": json.dumps(condition("wings", "eq", 1))}, "filter.field"),
        ({"filter": json.dumps({"related": "orders"})}, "filter.related"),
        ({"filter": json.dumps(condition("probability", "ge", "x"))}, "filter.value"),
        ({"filter": json.dumps(condition("probability", "ge", 90))}, "filter.value"),
        ({"sort": "name"}, "sort"),
        ({"state": "gone"}, "state"),
        ({"cursor": "0.9_1"}, "cursor"),
    ],
)
def test_what_cannot_be_asked_is_said(company, query, where):
    answer = get(company.administrator, PATH, **query)
    assert answer.status_code == 422
    assert answer.json()["details"][0]["where"] == where


def test_a_page_asks_the_same_number_of_queries_however_many_it_shows(company, pairs):
    def queries() -> int:
        with CaptureQueriesContext(connection) as counted:
            get(company.administrator, PATH, filter=json.dumps(condition("verdict", "in", ["same", "look"])))
        return len(counted)

    queries()
    before = queries()
    for number in range(5):
        left, right = made(f"天津{number}有限公司"), made(f"天津{number}公司")
        Match.objects.create(
            left=left, right=right, probability=0.7, verdict="look", group=left, leading=True
        )
    assert queries() == before


def test_a_view_of_it_is_kept(company, pairs):
    def keep(**content):
        return post(company.seller, "/views", {"kind": "duplicates", "name": "VIP", "content": content})

    vip = condition("grade", "in", ["vip"])
    assert keep(filter=vip, sort="-found_at", columns=[{"code": "phone"}]).status_code == 201
    assert keep(filter=condition("wings", "eq", 1)).status_code == 422
    assert keep(sort="name").status_code == 422
