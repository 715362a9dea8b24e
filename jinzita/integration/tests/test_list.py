"""The list of imports: filter, words, order, number, what is refused, and whose imports are in it."""

import json

import pytest
from django.apps import apps
from django.test import Client

from jinzita.integration.fields import KINDS, STATES, UNDONE
from jinzita.integration.tests.desk import Desk
from jinzita.kernel.access import system
from jinzita.kernel.models import ChangeSet, Job
from jinzita.kernel.records import kinds
from jinzita.people import selectors, services

pytestmark = pytest.mark.django_db
Customer, User = apps.get_model("customers", "Customer"), apps.get_model("people", "User")
API = "/api/v1"
CUSTOMERS = "编号,名称\nC1,北方公司\nC2,南方公司\n"
PRODUCTS = "编号,名称\nP1,快递\n"


@pytest.fixture
def three(desk, tmp_path) -> list[int]:
    """Customers, products with a bad row, and a dry run of customers; oldest first."""
    files = {"north.csv": CUSTOMERS, "goods.csv": PRODUCTS + "P2,\n"}
    for name, content in files.items():
        (tmp_path / name).write_text(content)
    return [
        desk.run("customers", tmp_path / "north.csv").pk,
        desk.run("products", tmp_path / "goods.csv", source="shop").pk,
        desk.run("customers", tmp_path / "north.csv", dry_run=True).pk,
    ]


@pytest.fixture
def root(desk) -> Client:
    client = Client()
    client.force_login(selectors.user(desk.viewer, desk.viewer.user_id))
    return client


def ids(client: Client, *conditions, **query) -> list[int]:
    tree = {"all": [dict(zip(("field", "op", "value"), one, strict=True)) for one in conditions]}
    asked = {"filter": json.dumps(tree), **query}
    answer = client.get(f"{API}/imports", asked)
    assert answer.status_code == 200, answer.content
    number = client.get(f"{API}/imports/count", {k: v for k, v in asked.items() if k in ("filter", "q")})
    found = [one["id"] for one in answer.json()["items"]]
    assert number.json()["count"] == len(found)
    return found


def test_the_list_is_filtered_by_what_it_shows(root, three, desk):
    customers, products, dry = three
    assert ids(root) == [dry, products, customers]
    assert ids(root, sort="asked_at") == [customers, products, dry]
    assert ids(root, ("kind", "eq", "products")) == [products]
    assert ids(root, ("bad", "gt", 0)) == [products]
    assert ids(root, ("dry_run", "eq", True)) == [dry]
    assert ids(root, ("state", "in", ["failed", "waiting"])) == []
    assert ids(root, ("state", "eq", "done"), ("source", "eq", "crm")) == [dry, customers]
    assert ids(root, ("by", "eq", desk.viewer.user_id)) == [dry, products, customers]
    assert ids(root, ("name", "contains", "goods")) == [products]
    assert ids(root, ("undo", "eq", "done")) == [products, customers]
    assert ids(root, q="NORTH") == [dry, customers]
    assert ids(root, q="shop") == [products]


def test_pages_follow_each_other(root, three):
    seen, cursor = [], None
    while True:
        asked = {"limit": 1, **({"cursor": cursor} if cursor else {})}
        page = root.get(f"{API}/imports", asked).json()
        seen += [one["id"] for one in page["items"]]
        cursor = page["next"]
        if cursor is None:
            break
    assert seen == [*reversed(three)]


@pytest.mark.parametrize(
    "asked",
    [
        {"sort": "bad"},
        {"sort": "colour"},
        {"filter": "{"},
        {"filter": '{"field": "colour", "op": "eq", "value": "red"}'},
        {"filter": '{"field": "kind", "op": "eq", "value": "ships"}'},
        {"filter": '{"field": "bad", "op": "gt", "value": "many"}'},
        {"cursor": "5"},
    ],
)
def test_what_the_list_cannot_do_is_refused(root, three, asked):
    assert root.get(f"{API}/imports", asked).status_code == 422


def test_somebody_finds_the_own_imports_alone(root, three, tmp_path):
    user, _ = services.create_user(by=system("test"), username="lee", role="manager")
    colleague, viewer = Client(), selectors.viewer_for(user)
    colleague.force_login(user)
    assert ids(colleague) == []
    assert ids(colleague, q="north") == []
    assert ids(colleague, ("by", "ne", user.pk)) == []
    (tmp_path / "own.csv").write_text(PRODUCTS)
    own = Desk(viewer, tmp_path).run("products", tmp_path / "own.csv").pk
    assert ids(colleague) == [own]
    assert ids(root, ("by", "eq", user.pk)) == [own]


def test_a_view_of_imports_is_checked_and_kept_from_those_without_them(root, three):
    view = {"kind": "imports", "name": "Faulty", "shared": "everybody"}
    faulty = {"filter": '{"field":"bad","op":"gt","value":0}', "columns": [{"code": "name"}, {"code": "bad"}]}

    def kept(content):
        return root.post(f"{API}/views", {**view, "content": content}, content_type="application/json")

    assert kept({"sort": "bad"}).status_code == 422
    assert kept(faulty).status_code == 201
    reader = Client()
    reader.force_login(services.create_user(by=system("test"), username="reader", role="reader")[0])
    assert reader.get(f"{API}/views", {"kind": "imports"}).json()["items"] == []
    assert reader.get(f"{API}/fields/imports").status_code == 403
    assert reader.get(f"{API}/imports/count").status_code == 403


def test_the_list_asks_a_fixed_number_of_questions(root, three, django_assert_max_num_queries):
    with django_assert_max_num_queries(9):
        assert len(root.get(f"{API}/imports").json()["items"]) == 3


def test_the_choices_are_those_there_are():
    assert {one.value for one in KINDS} <= kinds().keys()
    assert [one.value for one in STATES] == list(Job.State.values)
    assert [one.value for one in UNDONE] == list(ChangeSet.State.values)
