"""The timeline page by page: nothing twice, nothing lost, in order, whatever its parts are read by."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext

from jinzita.customers import services
from jinzita.customers.fields.owners import Reason
from jinzita.customers.selectors import timeline
from jinzita.customers.services import lifecycle
from jinzita.customers.tests.world import BOSS, get, made, post
from jinzita.kernel.access import FieldAccess

pytestmark = pytest.mark.django_db


@pytest.fixture
def busy(company):
    """Several entries of every kind, many of them on the same few days and at the same instants."""
    bill, pay = apps.get_model("receivables", "Invoice"), apps.get_model("receivables", "Receipt")
    deal, note = apps.get_model("sales", "Opportunity"), apps.get_model("activities", "Note")
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
        note.objects.create(customer_id=company.mine, text=f"Note {n}", by_name="Boss", written_at=noon)
        fact = {"customer_id": company.mine, "kind": "call", "occurred_at": "2026-03-05T00:00:00+08:00"}
        assert post(company.seller, "/interactions", {**fact, "subject": "Überraschung"}).status_code == 201
        said = {
            "channel": "call",
            "purpose": "marketing",
            "state": "given",
            "origin": "phone",
            "proof": "tape",
        }
        door = f"/customers/{company.mine}"
        assert post(company.seller, f"{door}/consents", {**said, "at": noon.isoformat()}).status_code == 201
        for name in ("other_seller", "seller"):
            owner = company.users[name].pk
            services.update_customer(by=BOSS, customer_id=company.mine, changes={"owner_id": owner})
        stage = ("suspect", "prospect")[n % 2]
        at = noon + timedelta(hours=n)
        lifecycle.set_stage(
            by=BOSS, customer_id=company.mine, stage=stage, reason="heard", now=at, today=at.date()
        )  # fmt: skip
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
        "ownership": 25,
        "stage": 12,
        "consent": 12,
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
        assert len(asked) <= 9, [one["sql"] for one in asked]


def test_owners_stages_and_consents_tell_what_happened(company):
    def told(kind):
        (one, *_) = walked(company, 50, kinds=kind)
        return one

    noon = datetime(2026, 3, 5, 4, tzinfo=UTC)
    lifecycle.set_stage(
        by=company.viewer("seller"), customer_id=company.mine, stage="prospect", reason="asked for a price",
        now=noon, today=noon.date(),
    )  # fmt: skip
    said = {"channel": "call", "purpose": "marketing", "state": "denied", "origin": "letter", "proof": "L-7"}
    assert post(company.seller, f"/customers/{company.mine}/consents", said).status_code == 201
    stage, consent, owner = told("stage"), told("consent"), told("ownership")
    assert (stage["title"], stage["by_id"]) == ("asked for a price", company.users["seller"].pk)
    assert stage["detail"] == {"was": "suspect", "now": "prospect", "by_rule": False}
    assert (consent["title"], consent["by"]) == ("L-7", "seller")
    assert consent["detail"]["state"] == "denied"
    assert owner["detail"] == {"owner": "seller", "reason": "given"}
    # What these tell is not told a second time as a change.
    changes = walked(company, 50, kinds="change,bulk_change")
    assert [one["title"] for one in changes] == ["create"], changes
    services.owners.give(by=BOSS, to={company.mine: None}, reason=Reason.RELEASED, note="moved away")
    door = f"/customers/{company.mine}/timeline"
    found = get(company.administrator, door, kinds="ownership_end,change").json()["items"]
    assert {(one["kind"], one["detail"].get("reason")) for one in found} == {
        ("ownership_end", "released"), ("change", None)
    }  # fmt: skip


def test_who_does_not_see_the_stage_does_not_see_it_there(company):
    noon = datetime(2026, 3, 5, 4, tzinfo=UTC)
    lifecycle.set_stage(
        by=BOSS, customer_id=company.mine, stage="prospect", reason="x", now=noon, today=noon.date()
    )
    blind = replace(company.viewer("seller"), fields={
        "customers.stage": FieldAccess.HIDDEN, "customers.owner": FieldAccess.HIDDEN,
    })  # fmt: skip
    found, _ = timeline.entries(blind, company.mine, kinds=["stage", "ownership"])
    assert [one.detail for one in found] == [
        {"reason": "given"}, {"was": "", "now": "", "by_rule": False}
    ]  # fmt: skip


def test_relations_and_groups_are_told_by_name_where_the_other_is_seen(company):
    second = made("North Light Shanghai", owner_id=company.users["seller"].pk)
    path = f"/customers/{company.mine}"
    assert company.seller.put(
        f"/api/v1{path}/parent", {"parent_id": second}, "application/json"
    ).status_code == 200  # fmt: skip
    for client, kind, other in (
        (company.seller, "agent_of", second),
        (company.administrator, "partner_of", company.theirs),
    ):
        assert post(client, f"{path}/relations", {"kind": kind, "other_id": other}).status_code == 201
    entries = get(company.seller, f"{path}/timeline", kinds="change").json()["items"]
    told = [{one["field"]: one["after"] for one in entry["detail"]["changes"]} for entry in entries]
    assert told[:3] == [
        {"relation": "partner_of", "other_id": {"id": company.theirs, "name": ""}},
        {"relation": "agent_of", "other_id": {"id": second, "name": "North Light Shanghai"}},
        {"parent_id": {"id": second, "name": "North Light Shanghai"}},
    ]
