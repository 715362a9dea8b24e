"""The list of customers through its door: filter, sort, paging, count."""

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from jinzita.customers import services
from jinzita.customers.tests.world import BOSS, get, made


@pytest.fixture
def five(company):
    """Five customers beside the company's two prospects, by name."""
    services.update_customer(by=BOSS, customer_id=company.mine, changes={"attributes": {"region": "Harbin"}})
    return {
        "gold": made(
            "Gold", score=90.5, grade="vip", attributes={"region": "Beijing", "registered_capital": 5000}
        ),
        "blue": made(
            "Blue", score=70.0, grade="important", attributes={"region": "Shanghai", "listed": True}
        ),
        "teal": made("Teal", score=50.0, grade="ordinary", attributes={"region": "Beijing", "listed": False}),
        "slate": made("Slate", score=50.0, grade="small", kind="person", attributes={"age": 31}),
        "gray": made("Gray 50% off_", score=3.25, grade="small", phone="+86 138-0013-8000"),
    }


def names(answer) -> list[str]:
    assert answer.status_code == 200, answer.json()
    return [one["name"] for one in answer.json()["items"]]


def condition(field, op, value):
    return json.dumps({"field": field, "op": op, "value": value})


FILTERS = [
    ({"field": "grade", "op": "in", "value": ["vip", "important"]}, "Gold Blue"),
    ({"field": "grade", "op": "ne", "value": "small"}, "Gold Blue Teal North South"),
    ({"field": "score", "op": "ge", "value": 50}, "Gold Blue Teal Slate"),
    ({"field": "score", "op": "between", "value": [3.25, 50]}, "Teal Slate Gray"),
    ({"field": "score", "op": "is_null", "value": True}, "North South"),
    ({"field": "name", "op": "contains", "value": "50% off_"}, "Gray"),
    ({"field": "name", "op": "contains", "value": "%"}, "Gray"),
    ({"field": "name", "op": "starts", "value": "g"}, "Gold Gray"),
    ({"field": "phone", "op": "is_null", "value": False}, "Gray"),
    ({"field": "kind", "op": "eq", "value": "person"}, "Slate"),
    ({"field": "attributes.region", "op": "eq", "value": "Beijing"}, "Gold Teal"),
    ({"field": "attributes.region", "op": "in", "value": ["Shanghai", "Harbin"]}, "Blue North"),
    ({"field": "attributes.region", "op": "ne", "value": "Beijing"}, "Blue Slate Gray North South"),
    ({"field": "attributes.region", "op": "contains", "value": "HAI"}, "Blue"),
    ({"field": "attributes.region", "op": "is_null", "value": True}, "Slate Gray South"),
    ({"field": "attributes.registered_capital", "op": "gt", "value": "4999.5"}, "Gold"),
    ({"field": "attributes.age", "op": "le", "value": 31}, "Slate"),
    ({"field": "attributes.listed", "op": "eq", "value": False}, "Teal"),
    ({"field": "created_at", "op": "gt", "value": "2020-01-01"}, "Gold Blue Teal Slate Gray North South"),
    ({"field": "created_at", "op": "le", "value": "2020-01-01"}, ""),
    ({"all": []}, "Gold Blue Teal Slate Gray North South"),
    ({"any": []}, ""),
    ({"not": {"field": "score", "op": "is_null", "value": True}}, "Gold Blue Teal Slate Gray"),
    (
        {
            "any": [
                {"field": "grade", "op": "eq", "value": "vip"},
                {
                    "all": [
                        {"field": "grade", "op": "eq", "value": "small"},
                        {"not": {"field": "kind", "op": "eq", "value": "person"}},
                    ]
                },
            ]
        },
        "Gold Gray",
    ),
]


def test_filters(company, five):
    for tree, expected in FILTERS:
        found = names(get(company.administrator, "/customers", filter=json.dumps(tree)))
        assert [name.split()[0] for name in found] == expected.split(), tree
        count = get(company.administrator, "/customers/count", filter=json.dumps(tree)).json()
        assert count == {"count": len(found), "exact": True}, tree


IMPOSSIBLE_FILTERS = [
    ("{", "filter"),
    ("[]", "filter"),
    ("3", "filter"),
    ('{"all": 3}', "filter.all"),
    ('{"all": [{"any": [{"field": "nothing", "op": "eq", "value": 1}]}]}', "filter.all[0].any[0].field"),
    (condition("score", "contains", "5"), "filter.op"),
    (condition("score", "eq", "much"), "filter.value"),
    (condition("score", "eq", True), "filter.value"),
    ('{"field": "score", "op": "eq", "value": NaN}', "filter.value"),
    ('{"field": "score", "op": "eq", "value": 1e9999}', "filter.value"),
    (condition("score", "between", [1]), "filter.value"),
    (condition("grade", "in", ["vip", "gold"]), "filter.value[1]"),
    (condition("grade", "in", ["vip"] * 501), "filter.value"),
    (condition("name", "eq", "a\x00b"), "filter.value"),
    (condition("name", "contains", "x" * 201), "filter.value"),
    (condition("name", "eq", None), "filter.value"),
    (condition("owner", "eq", 2**63), "filter.value"),
    (condition("created_at", "ge", "2024-02-30"), "filter.value"),
    (condition("created_at", "ge", "0001-01-01T00:00:00"), "filter.value"),
    (condition("attributes.nothing", "eq", "x"), "filter.field"),
    (condition("attributes.age", "ge", "1e400"), "filter.value"),
    (condition("note", "eq", "x"), "filter.field"),
    ('{"field": "name", "op": "eq", "value": "x", "extra": 1}', "filter.extra"),
    ('{"field": ["name"], "op": {}, "value": "x"}', "filter.field"),
    ('{"not": ' * 10 + condition("name", "eq", "x") + "}" * 10, "filter" + ".not" * 6),
    ("[" * 5000 + "]" * 5000, "filter"),
    ('{"field": "name", "op": "eq", "value": "\\ud800"}', "filter.value"),
    ('{"field": "score", "op": "eq", "value": ' + "9" * 5000 + "}", "filter"),
    (json.dumps({"all": [{"all": []}] * 80}), "filter.all[59]"),
]


def test_a_filter_that_cannot_be_is_refused_with_its_place(company):
    for text, where in IMPOSSIBLE_FILTERS:
        answer = get(company.administrator, "/customers", filter=text)
        assert answer.status_code == 422, text
        assert answer.json()["code"] == "invalid"
        assert answer.json()["details"][0]["where"] == where, text


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        (None, "Gold Blue Teal Slate Gray North South"),
        ("-score", "Gold Blue Teal Slate Gray North South"),
        ("score", "Gray Slate Teal Blue Gold South North"),
        ("name", "Blue Gold Gray North Slate South Teal"),
        ("-name", "Teal South Slate North Gray Gold Blue"),
        ("-created_at", "Gray Slate Teal Blue Gold South North"),
        ("id", "North South Gold Blue Teal Slate Gray"),
        ("-attributes.region", "Blue North Teal Gold Gray Slate South"),
        ("grade,-name", "Blue Teal South North Slate Gray Gold"),
    ],
)
def test_every_page_together_is_the_list_in_order(company, five, sort, expected):
    for limit in (1, 2, 200):
        assert " ".join(_walk(company.administrator, sort, limit)) == expected


@pytest.mark.parametrize("sort", ["-score", "score"])
def test_several_grades_are_merged_in_order(company, five, sort):
    several = condition("grade", "in", ["small", "vip", "prospect", "small"])
    expected = [name for name in _walk(company.administrator, sort, 200) if name not in ("Blue", "Teal")]
    for limit in (1, 2, 200):
        assert _walk(company.administrator, sort, limit, filter=several) == expected


def _walk(client, sort, limit, **narrowed):
    found, cursor = [], None
    for _ in range(20):
        given = {"sort": sort, "cursor": cursor, "limit": limit}
        query = narrowed | {name: value for name, value in given.items() if value}
        answer = get(client, "/customers", **query)
        found += [name.split()[0] for name in names(answer)]
        cursor = answer.json()["next"]
        if cursor is None:
            return found
    raise AssertionError("the list does not end")


def test_a_page_by_number(company, five):
    assert names(get(company.administrator, "/customers", offset=1, limit=2)) == ["Blue", "Teal"]
    assert names(get(company.administrator, "/customers", offset=100)) == []


def test_chinese_names_sort_as_they_are_said(company):
    for name in ("重庆大江", "Chongde Ltd", "阿里山茶", "中铁", "Zebra", "长沙橘洲"):
        made(name)
    found = names(get(company.administrator, "/customers", sort="name", limit=200))
    ours = [name for name in found if not name.startswith(("North", "South"))]
    assert ours == ["阿里山茶", "长沙橘洲", "Chongde Ltd", "重庆大江", "Zebra", "中铁"]


IMPOSSIBLE_LISTS = [
    {"sort": "password"},
    {"sort": "owner"},
    {"sort": "score,name,id,grade"},
    {"sort": ","},
    {"cursor": "nonsense"},
    {"cursor": "é"},
    {"cursor": "eyJzIjoiLXNjb3JlLGlkIn0"},
    {"cursor": "W10"},
    {"limit": 0},
    {"limit": 201},
    {"offset": -1},
    {"offset": 10**9},
    {"q": "x" * 101},
    {"q": "a\x00b"},
]


def test_a_list_that_cannot_be_is_refused(company):
    for query in IMPOSSIBLE_LISTS:
        answer = get(company.administrator, "/customers", **query)
        assert answer.status_code == 422, query
        assert answer.json()["details"][0]["where"] == next(iter(query)), query


def test_a_cursor_of_another_sort_is_refused(company, five):
    cursor = get(company.administrator, "/customers", limit=1).json()["next"]
    assert get(company.administrator, "/customers", limit=1, cursor=cursor, sort="name").status_code == 422


def test_who_sees_what(company):
    expected = {
        "administrator": {"North Light Ltd", "South Sea Ltd"},
        "reader": {"North Light Ltd", "South Sea Ltd"},
        "manager": {"North Light Ltd"},
        "seller": {"North Light Ltd"},
        "other_seller": {"South Sea Ltd"},
    }
    for role, seen in expected.items():
        client = getattr(company, role)
        assert set(names(get(client, "/customers"))) == seen
        assert get(client, "/customers/count").json()["count"] == len(seen)
        assert {one["name"] for one in get(client, "/search", q="ltd").json()} == seen


@pytest.mark.parametrize("role", ["administrator", "manager", "seller"])
def test_a_page_asks_a_fixed_number_of_queries(company, five, role):
    for number in range(30):
        made(f"Customer {number}", owner_id=company.users["seller"].pk, attributes={"region": "Beijing"})
    client = getattr(company, role)
    tree = condition("attributes.region", "eq", "Beijing")

    for query in ({}, {"q": "customer"}, {"sort": "-name"}, {"filter": tree}):
        with CaptureQueriesContext(connection) as asked:
            assert len(names(get(client, "/customers", **query))) >= 2
        # Everybody is asked which formulas are kept back; who does not see all, in whose team he is. Of a
        # narrowed list the keys of the page are asked for first.
        most = (11 if role == "administrator" else 12) + bool({"q", "filter"} & query.keys())
        assert len(asked) <= most, [one["sql"] for one in asked]
