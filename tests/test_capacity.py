"""Nobody comes to hold more customers than one person may without somebody deciding it, by whichever way."""

import threading
from dataclasses import replace

import pyarrow as pa
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from jinzita.assignment.services.pool import release
from jinzita.assignment.services.rules import save_limits
from jinzita.customers import services
from jinzita.customers.models import BulkAction, Customer
from jinzita.customers.services.loading.customers import Naming, load_customers, settle_customers
from jinzita.customers.tests.changing import NOW, change, undo
from jinzita.customers.tests.world import BOSS, Company, made, make_company, patch, post
from jinzita.kernel.access import Permission
from jinzita.kernel.errors import Conflict, Forbidden

pytestmark = pytest.mark.django_db


@pytest.fixture
def company(db: None) -> Company:
    """Each seller holds one customer, which is as many as one may."""
    one = make_company()
    limit(1)
    return one


def limit(capacity):
    save_limits(by=BOSS, changes={"capacity": capacity})


def held(company, name):
    return Customer.objects.filter(owner=company.users[name], trashed_at=None).count()


def pooled(company, name="Pool Ltd"):
    one = made(name, owner_id=company.users["manager"].pk)
    release(by=BOSS, customer_id=one, why="moved away")
    return one


def create(company, client, to, **said):
    return post(client, "/customers", {"name": "New Ltd", "owner_id": to, **said})


def edit(company, client, to, **said):
    one = made("Edited Ltd", owner_id=company.users["manager"].pk)
    return patch(client, f"/customers/{one}", {"owner_id": to, **said})


def bulk(company, client, to, **said):
    ids = [made("Chosen Ltd", owner_id=company.users["manager"].pk)]
    answer = post(
        client, "/customers/bulk", {"action": "assign", "selection": {"ids": ids}, "owner_id": to, **said}
    )
    if answer.status_code == 202:
        services.run_bulk(BulkAction.objects.get(job=answer.json()["id"]).pk, now=NOW)
    return answer


def assign(company, client, to, **said):
    return post(client, "/pool/assign", {"customer_ids": [pooled(company)], "owner_id": to, **said})


def merge(company, client, to, **said):
    ids = [made(name, owner_id=company.users["manager"].pk) for name in ("Twin Ltd", "Twin Limited")]
    body = {"survivor_id": ids[0], "ids": ids, "choices": {"owner": {"value": to}}, **said}
    return post(client, "/customers/merge", body)


WAYS = (create, edit, bulk, assign, merge)


@pytest.mark.parametrize("way", WAYS)
def test_who_gives_to_others_is_asked_and_may_go_over(company, way):
    seller = company.users["seller"].pk
    refused = way(company, company.manager, seller)
    assert (refused.status_code, refused.json()["code"]) == (409, "receiver_full"), refused.content
    detail = refused.json()["details"][0]
    assert (detail["where"], detail["params"]) == ("owner_id", {"held": 1, "more": 1, "most": 1})
    assert held(company, "seller") == 1
    assert way(company, company.manager, seller, over_capacity=True).status_code in (200, 201, 202)
    assert held(company, "seller") == 2


@pytest.mark.parametrize("way", WAYS)
def test_nobody_goes_over_by_an_own_decision(company, way):
    """Also who may let others go over, by customers of a colleague."""
    chief, colleague = company.users["administrator"], company.users["manager"]
    made("The chief's Ltd", owner_id=chief.pk)
    for said in ({}, {"over_capacity": True}):
        refused = way(company, company.administrator, chief.pk, **said)
        assert (refused.status_code, refused.json()["code"]) == (409, "capacity_full"), refused.content
    assert Customer.objects.filter(owner=chief).count() == 1
    assert way(company, company.administrator, colleague.pk, over_capacity=True).status_code < 300


def test_a_salesperson_at_the_limit_makes_and_claims_no_more(company):
    claim = post(company.seller, f"/pool/{pooled(company)}/claim", {})
    for refused in (post(company.seller, "/customers", {"name": "New Ltd"}), claim):
        assert (refused.status_code, refused.json()["code"]) == (409, "capacity_full")
        assert refused.json()["details"][0]["params"] == {"held": 1, "more": 1, "most": 1}
    limit(2)
    assert post(company.seller, "/customers", {"name": "New Ltd"}).status_code == 201


def test_who_may_not_assign_cannot_go_over_for_others(company):
    manager = company.viewer("manager")
    helper = replace(manager, permissions=manager.permissions - {Permission.ASSIGN})
    given = {"name": "New Ltd", "owner_id": company.users["seller"].pk}
    with pytest.raises(Conflict):
        services.create_customer(by=helper, **given)
    with pytest.raises(Forbidden):
        services.create_customer(by=helper, over_capacity=True, **given)


def test_nobody_is_asked_where_no_owner_comes(company):
    limit(0)
    assert patch(company.seller, f"/customers/{company.mine}", {"phone": "0551 6552 8801"}).status_code == 200
    same = {"owner_id": company.users["seller"].pk}
    assert patch(company.manager, f"/customers/{company.mine}", same).status_code == 200
    assert post(company.administrator, "/customers", {"name": "Nobody's Ltd"}).status_code == 201
    chosen = {"selection": {"ids": [company.mine]}, "action": "assign"}
    assert change("customers", company.manager, owner_id=same["owner_id"], **chosen)["changed"] == 0
    given_up = change("customers", company.manager, owner_id=None, **chosen)
    assert held(company, "seller") == 0
    undo(company.manager, given_up["change_set"])
    assert held(company, "seller") == 1


def test_a_typed_owner_who_has_one_of_the_merged_customers_gets_no_more(company):
    seller, twin = company.users["seller"].pk, made("Twin Ltd", owner_id=company.users["manager"].pk)
    said = {"ids": [twin, company.mine], "choices": {"owner": {"value": seller}}}
    answer = post(company.manager, "/customers/merge", {"survivor_id": twin, **said})
    assert answer.status_code < 300, answer.content
    assert Customer.objects.get(pk=twin).owner_id == seller


def test_what_finds_no_room_any_more_is_left_and_named(company):
    limit(2)
    ids = [made(name, owner_id=company.users["manager"].pk) for name in ("One", "Two")]
    body = {"action": "assign", "selection": {"ids": ids[:1]}, "owner_id": company.users["seller"].pk}
    job = post(company.manager, "/customers/bulk", body).json()["id"]
    made("Meanwhile Ltd", owner_id=company.users["seller"].pk)
    result = services.run_bulk(BulkAction.objects.get(job=job).pk, now=NOW).result
    assert (result["changed"], [one["why"] for one in result["refused"]]) == (0, ["no_room"])
    assert held(company, "seller") == 2


def test_giving_many_asks_no_more_than_giving_few(company):
    limit(100)
    asked = []
    for count in (2, 9):
        ids = [made(f"P{count}-{n}", owner_id=company.users["manager"].pk) for n in range(count)]
        with CaptureQueriesContext(connection) as queries:
            chosen = {"selection": {"ids": ids}, "owner_id": company.users["seller"].pk}
            assert change("customers", company.manager, action="assign", **chosen)["changed"] == count
        asked.append(sum("customers_customer" in one["sql"] for one in queries))
    assert asked[0] == asked[1]


def importer(company):
    """Who imports and sees the own customers alone."""
    seller = company.viewer("seller")
    return replace(seller, permissions=seller.permissions | {Permission.IMPORT})


def test_rows_for_which_the_importer_has_no_room_are_bad(company):
    limit(3)
    keys = ["A", "B", "C", "D"]
    rows = pa.table({"number": pa.array(range(4), pa.int64()), "source_key": keys, "name": keys})
    loaded = load_customers(by=importer(company), source="crm", rows=rows)
    assert (loaded.created, sorted(loaded.refused)) == (2, [(2, "no room"), (3, "no room")])
    assert set(Customer.objects.filter(source="crm").values_list("name", flat=True)) == {"A", "B"}


def test_facts_of_customers_for_whom_there_is_no_room_are_bad_rows(company):
    limit(2)
    rows = pa.table({"number": pa.array(range(3), pa.int64()), "customer": ["A", "B", "A"]})
    kept, refusals = settle_customers(by=importer(company), naming=Naming("crm"), rows=rows)
    assert (kept["number"].to_pylist(), refusals.rows) == ([0, 2], [(1, "no room")])
    assert held(company, "seller") == 2


@pytest.mark.django_db(transaction=True)
def test_of_two_who_give_the_last_place_away_one_is_refused():
    company = make_company()
    limit(2)
    gate, results = threading.Barrier(2), []

    def attempt(name):
        try:
            by = company.viewer(name)
            gate.wait()
            services.create_customer(by=by, name=f"Of the {name}", owner_id=company.users["seller"].pk)
            results.append("made")
        except Conflict as error:
            results.append(error.code)
        finally:
            connection.close()

    threads = [threading.Thread(target=attempt, args=(name,)) for name in ("manager", "administrator")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(results) == ["made", "receiver_full"]
    assert held(company, "seller") == 2
