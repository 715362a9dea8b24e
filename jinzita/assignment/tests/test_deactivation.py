"""Somebody leaves: account, sessions, keys, and customers given to a colleague."""

from datetime import UTC, datetime

import pytest

from jinzita.assignment import services
from jinzita.assignment.models import HandOver
from jinzita.customers import services as customers
from jinzita.customers.selectors import visible_to
from jinzita.customers.tests.world import BOSS, get, post

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 1, 5, tzinfo=UTC)


def leave(client, user, to, **more):
    return post(client, f"/users/{user.pk}/deactivate", {"hand_over_to": to, **more})


def test_a_leavers_customers_go_to_a_colleague_and_can_come_back(company):
    seller, other = company.users["seller"], company.users["other_seller"]
    answer = leave(company.administrator, seller, other.pk, reason="Moves to Xi'an")
    assert answer.status_code == 200, answer.content
    assert answer.json()["customers"] == 1
    one = HandOver.objects.get(job=answer.json()["job"]["id"])
    result = services.handing_over.run(one.pk, now=NOW).result
    assert (result["changed"], one.reason) == (1, "Moves to Xi'an")
    one = visible_to(BOSS).get(pk=company.mine)
    assert (one.owner_id, one.department_id) == (other.pk, other.department_id)
    told = get(company.other_seller, "/notifications").json()["items"]
    assert [one["event"] for one in told] == ["customers_handed_to_me"]
    assert "Moves to Xi'an" in told[0]["text"]["en"]
    assert get(company.seller, "/me").status_code == 401
    assert post(company.administrator, f"/change-sets/{result['change_set']}/undo", {}).status_code == 202
    customers.run_undo(result["change_set"])
    assert visible_to(BOSS).get(pk=company.mine).owner_id == seller.pk


def test_nobody_need_take_over(company):
    answer = leave(company.administrator, company.users["seller"], None)
    assert answer.json() == {"customers": 0, "job": None, "keys": 0}
    assert visible_to(BOSS).get(pk=company.mine).owner_id == company.users["seller"].pk


def test_an_account_is_closed_once(company):
    seller, other = company.users["seller"], company.users["other_seller"]
    assert leave(company.administrator, seller, other.pk).status_code == 200
    again = leave(company.administrator, seller, other.pk)
    assert (again.status_code, again.json()["code"]) == (409, "account_closed")
    assert HandOver.objects.count() == 1


def test_who_cannot_take_over(company):
    seller = company.users["seller"]
    for to in (seller.pk, 10**9):
        answer = leave(company.administrator, seller, to)
        assert (answer.status_code, answer.json()["details"][0]["where"]) == (422, "hand_over_to")
    seller.refresh_from_db()
    assert seller.is_active  # nothing of it happened
    assert leave(company.manager, seller, company.users["other_seller"].pk).status_code == 403
    assert leave(company.administrator, company.users["administrator"], None).status_code == 409
