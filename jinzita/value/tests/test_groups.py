"""A group's value: member by member, and all of them taken for one customer."""

import pytest

from jinzita.kernel.access import system
from jinzita.value.models import CustomerScore
from jinzita.value.selectors.groups import group_value
from jinzita.value.tests import world
from jinzita.value.tests.conftest import TODAY, run_now

pytestmark = pytest.mark.django_db(transaction=True)
BOSS = system("test")


def test_a_customer_alone_has_no_group_value(company, model):
    run_now(model)
    alone = group_value(BOSS, company[5].pk)
    assert [one["id"] for one in alone["members"]] == [company[5].pk]
    assert alone["together"] is None


def test_nothing_was_run_yet(company):
    world.table("customers.Customer").objects.filter(pk=company[4].pk).update(parent=company[5])
    found = group_value(BOSS, company[5].pk)
    assert (found["together"], found["revenue"]) == (None, None)


def test_a_group_counts_as_the_customer_that_did_it_all(company, model):
    """The same sales on one customer instead of three give the score of the three together."""
    top, *others = company[3], company[6], company[9]
    whole = world.customer("全部", attributes={"industry": "银行" if 3 % 3 else "物流"})
    for one in (top, *others):
        for sale in world.table("agreements.Transaction").objects.filter(customer=one):
            world.sale(whole, sale.occurred_at.date(), str(sale.amount), cost="1")
        for paid in world.table("receivables.Receipt").objects.filter(customer=one):
            bill = world.invoice(whole, "2026-01-05", "100")
            world.receipt(whole, "2026-02-05", str(paid.amount), bill)
    run_now(model)
    for one in others:
        world.table("customers.Customer").objects.filter(pk=one.pk).update(parent=top)
    found = group_value(BOSS, others[0].pk)
    row = CustomerScore.objects.get(customer=whole)
    assert found["together"]["score"] == pytest.approx(row.score, abs=1e-9)
    assert found["together"]["grade"] == row.grade
    assert found["together"]["as_of"] == TODAY
    assert float(found["revenue"]) == pytest.approx(row.revenue)
    own = {one["id"]: float(one["revenue"]) for one in found["members"]}
    assert own[top.pk] == pytest.approx(CustomerScore.objects.get(customer=top).revenue)
