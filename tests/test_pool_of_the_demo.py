"""Rules of the public pool that come and go with the demo."""

from datetime import UTC, datetime, timedelta

import pytest

from jinzita.assignment.models import PoolRule, PoolWarning
from jinzita.assignment.services import demo, rules
from jinzita.customers.models import Customer, Ownership, Pooled
from jinzita.customers.services.demo import spread_ownerships
from jinzita.customers.tests.world import BOSS, Company, made, make_company

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 6, 30, 2, tzinfo=UTC)
TODAY = NOW.date()


@pytest.fixture
def company(db: None) -> Company:
    return make_company()


def test_some_customers_fall_back_and_others_are_warned_of(company):
    owner = company.users["seller"].pk
    due, soon, safe = [made(name, owner_id=owner) for name in ("Due", "Soon", "Safe")]
    for one, days in ((due, 400), (soon, 360), (safe, 100)):
        Ownership.objects.filter(customer_id=one).update(since=NOW - timedelta(days=days))
    assert demo.add_demo_rules(by=BOSS)
    demo.rehearse(by=BOSS, today=TODAY)
    assert list(Pooled.objects.values_list("customer_id", flat=True)) == [due]
    warned = PoolWarning.objects.get()
    assert (warned.customer_id, warned.due_on) == (soon, TODAY + timedelta(days=14))


def test_a_company_with_rules_is_given_none_and_keeps_those_it_changed(company):
    assert demo.add_demo_rules(by=BOSS)
    assert not demo.add_demo_rules(by=BOSS)
    rules.save_rule(by=BOSS, grade="small", department_id=None, changes={"warn_days": 3})
    demo.remove_demo_rules(by=BOSS)
    assert list(PoolRule.objects.values_list("grade", flat=True)) == ["small"]


def test_owners_of_a_demo_did_not_begin_on_one_morning(company):
    ids = [made(f"One {n}", owner_id=company.users["seller"].pk) for n in range(5)]
    Customer.objects.filter(pk__in=ids).update(source="demo-carrier")
    mine = Ownership.objects.get(customer_id=company.mine).since
    spread_ownerships(by=BOSS, source="demo-carrier", until=NOW, days=700)
    began = Ownership.objects.filter(customer_id__in=ids).values_list("since", flat=True)
    assert len(set(began)) == len(ids)
    assert all(NOW - timedelta(days=700) < since <= NOW for since in began)
    assert Ownership.objects.get(customer_id=company.mine).since == mine
