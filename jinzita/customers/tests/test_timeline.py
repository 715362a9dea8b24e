"""The timeline page by page: nothing twice, nothing lost, in order, whatever its parts are read by."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext

from jinzita.customers import services
from jinzita.customers.tests.world import BOSS, get, post

pytestmark = pytest.mark.django_db


@pytest.fixture
def busy(company):
    """Several entries of every kind, many of them on the same few days and at the same instants."""
    bill, pay = apps.get_model("receivables", "Invoice"), apps.get_model("receivables", "Receipt")
    deal = apps.get_model("sales", "Opportunity")
    noon = datetime(2026, 3, 5, 4, tzinfo=UTC)
    for n in range(12):
        day = date(2026, 3, 4) + timedelta(days=n % 3)
        own = {"customer_id": company.mine, "source": "test", "source_key": str(n)}
        bill.objects.create(issued_on=day, due_on=day, amount=1, **own)
        pay.objects.create(received_on=day, amount=1, **own)
        closed = {"closed_on": day, "status": "won"} if n % 2 else {}
        made = deal.objects.create(
            name=f"deal {n}", amount=1, probability="0.5", expected_on=day, **own, **closed
        )
        deal.objects.filter(pk=made.pk).update(created_at=noon + timedelta(days=n % 3 - 1))
        services.write_note(by=BOSS, customer_id=company.mine, text=f"Note {n}", now=noon)
        fact = {"customer_id": company.mine, "kind": "call", "occurred_at": "2026-03-05T00:00:00+08:00"}
        assert post(company.seller, "/interactions", {**fact, "subject": "Überraschung"}).status_code == 201
    return company


def walked(company, limit, **query):
    """Every page after the other."""
    door, found, cursor = f"/customers/{company.mine}/timeline", [], None
    while True:
        more = {"cursor": cursor} if cursor else {}
        page = get(company.seller, door, limit=limit, **query, **more).json()
        found += page["items"]
        cursor = page["next"]
        if cursor is None:
            return found


def test_pages_follow_each_other_without_a_gap(busy):
    whole = walked(busy, 200)
    for kind, count in {
        "invoice": 12,
        "receipt": 12,
        "opportunity": 12,
        "note": 12,
        "interaction": 12,
    }.items():
        assert sum(one["kind"] == kind for one in whole) == count, kind
    keys = [(one["kind"], one["id"]) for one in whole]
    assert len(set(keys)) == len(keys)
    assert [one["at"] for one in whole] == sorted((one["at"] for one in whole), reverse=True)
    for limit in (1, 7):
        assert [(one["kind"], one["id"]) for one in walked(busy, limit)] == keys
    deals = [key for key in keys if key[0] == "opportunity"]
    assert [(one["kind"], one["id"]) for one in walked(busy, 5, kinds="opportunity")] == deals


def test_a_period_holds_the_days_that_begin_in_it(busy):
    def of(since, until, kinds="invoice,receipt,opportunity"):
        return walked(busy, 50, since=since, until=until, kinds=kinds)

    begins, ends = "2026-03-05T00:00:00+08:00", "2026-03-06T00:00:00+08:00"
    assert len(of(begins, ends, "invoice")) == 4
    assert len(of("2026-03-05T00:00:01+08:00", ends, "invoice")) == 0
    assert len(of("2026-03-04T23:00:00+08:00", "2026-03-05T00:00:01+08:00", "receipt")) == 4
    assert len(of(begins, ends, "opportunity")) == 4


def test_words_are_found_however_they_are_written(busy):
    def found(q):
        return sorted({one["kind"] for one in walked(busy, 50, q=q)})

    assert found("NOTE") == ["note"]
    assert found("überraschung") == ["interaction"]
    assert found("ÜBER") == ["interaction"]
    assert found("deal 3") == ["opportunity"]
    assert found("50%") == []
    assert found("n_te") == []


def test_a_full_timeline_asks_few_queries(busy):
    busy.seller.get("/api/v1/me")
    for query in ({}, {"by_id": busy.users["seller"].pk}, {"q": "deal"}, {"kinds": "opportunity,invoice"}):
        with CaptureQueriesContext(connection) as asked:
            assert get(busy.seller, f"/customers/{busy.mine}/timeline", **query).status_code == 200
        assert len(asked) <= 8, [one["sql"] for one in asked]
