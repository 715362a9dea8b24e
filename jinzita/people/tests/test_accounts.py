"""The list of accounts: filter, words, order, number, what is refused, and how many questions it asks."""

import json

import pytest
from django.test import Client

from jinzita.kernel.access import system
from jinzita.people import services
from jinzita.people.models import User

pytestmark = pytest.mark.django_db
API, BOSS = "/api/v1", system("test")


@pytest.fixture
def company() -> dict[str, int]:
    """East with Shanghai below it, people in both, and one who left."""
    east = services.create_department(by=BOSS, name="East").pk
    shanghai = services.create_department(by=BOSS, name="Shanghai", parent_id=east).pk
    people = {
        "wang": {"name": "王丽", "role": "manager", "department_id": east, "title": "Head"},
        "ann": {"email": "ann@example.com", "role": "salesperson", "department_id": shanghai},
        "bob": {"name": "Bob"},
    }
    found = {"east": east, "shanghai": shanghai}
    for username, values in people.items():
        found[username] = services.create_user(by=BOSS, username=username, **values)[0].pk
    User.objects.filter(username="ann").update(manager_id=found["wang"])
    User.objects.filter(username="bob").update(is_active=False)
    return found


@pytest.fixture
def reader(company) -> Client:
    client = Client()
    client.force_login(services.create_user(by=BOSS, username="zoe", role="reader")[0])
    return client


def names(client: Client, *conditions, **query) -> list[str]:
    tree = {"all": [dict(zip(("field", "op", "value"), one, strict=True)) for one in conditions]}
    asked = {"filter": json.dumps(tree), **query}
    answer = client.get(f"{API}/accounts", asked)
    assert answer.status_code == 200, answer.content
    found = [one["username"] for one in answer.json()["items"]]
    asked.pop("sort", None)
    assert client.get(f"{API}/accounts/count", asked).json()["count"] == len(found)
    return found


def test_the_list_is_filtered_by_what_it_shows(reader, company):
    assert names(reader) == ["ann", "bob", "wang", "zoe"]
    assert names(reader, sort="-username") == ["zoe", "wang", "bob", "ann"]
    by_name = names(reader, sort="name")
    assert names(reader, sort="-name") == by_name[::-1] != by_name
    assert names(reader, ("role", "in", ["reader"])) == ["bob", "zoe"]
    assert names(reader, ("active", "eq", False)) == ["bob"]
    assert names(reader, ("manager", "eq", company["wang"])) == ["ann"]
    assert names(reader, ("title", "contains", "hea")) == ["wang"]
    assert names(reader, ("last_login", "is_null", False)) == ["zoe"]
    assert names(reader, q="AN") == ["ann", "wang"]
    assert names(reader, q="丽") == ["wang"]
    assert names(reader, q="example.com") == ["ann"]


def test_a_department_is_asked_with_those_below_it(reader, company):
    assert names(reader, ("department", "eq", company["east"])) == ["ann", "wang"]
    assert names(reader, ("department", "in", [company["shanghai"]])) == ["ann"]
    assert names(reader, ("department", "is_null", True)) == ["bob", "zoe"]
    assert names(reader, ("department", "eq", 4711)) == []


def test_pages_follow_each_other(reader):
    seen, cursor = [], None
    while True:
        page = reader.get(f"{API}/accounts", {"limit": 2, **({"cursor": cursor} if cursor else {})}).json()
        seen += [one["username"] for one in page["items"]]
        cursor = page["next"]
        if cursor is None:
            break
    assert seen == ["ann", "bob", "wang", "zoe"]


@pytest.mark.parametrize(
    "asked",
    [
        {"sort": "last_login"},
        {"sort": "password"},
        {"filter": '{"field": "password", "op": "starts", "value": "argon"}'},
        {"filter": '{"field": "role", "op": "eq", "value": "king"}'},
        {"filter": '{"field": "department", "op": "eq", "value": "East"}'},
        {"cursor": "x"},
    ],
)
def test_what_the_list_cannot_do_is_refused(reader, asked):
    assert reader.get(f"{API}/accounts", asked).status_code == 422


def test_nobody_who_is_not_signed_in_learns_who_is_there(company):
    for path in ("/accounts", "/accounts/count", "/fields/users"):
        assert Client().get(f"{API}{path}").status_code == 401


def test_a_view_of_users_is_checked(reader):
    def kept(content):
        view = {"kind": "users", "name": "Readers", "content": content}
        return reader.post(f"{API}/views", view, content_type="application/json").status_code

    assert kept({"sort": "last_login"}) == 422
    assert kept({"filter": '{"field":"role","op":"in","value":["reader"]}', "sort": "-username"}) == 201


def test_the_list_asks_a_fixed_number_of_questions(reader, django_assert_max_num_queries):
    with django_assert_max_num_queries(8):
        assert len(reader.get(f"{API}/accounts").json()["items"]) == 4


def test_a_colleague_says_how_the_name_may_be_typed(reader, company):
    said = {one["username"]: one["said"] for one in reader.get(f"{API}/users").json()}
    assert said["wang"] == ["王丽", "wangli", "wl"]
    assert said["ann"] == ["ann"]
