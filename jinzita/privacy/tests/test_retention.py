"""Customers kept long enough: found, erased by a job, or kept for longer."""

from datetime import UTC, date, datetime

import pytest

from jinzita.customers.selectors import visible_to
from jinzita.customers.tests.world import BOSS, get, made, post
from jinzita.kernel.models import AuditEntry, Job
from jinzita.privacy.models import ErasureWork, Overdue
from jinzita.privacy.services import retention

NOW, TODAY = datetime(2026, 3, 1, tzinfo=UTC), date(2026, 3, 1)


@pytest.fixture
def old(company) -> list[int]:
    """Two persons since 2015: with the second something happened last year."""
    ids = [made("Old One", kind="person"), made("Not So Old", kind="person"), made("Old Ltd")]
    visible_to(BOSS).filter(pk__in=ids).update(created_at=datetime(2015, 1, 1, tzinfo=UTC))
    fact = {"customer_id": ids[1], "amount": "1", "occurred_at": "2025-06-01T00:00:00Z"}
    assert post(company.administrator, "/transactions", fact).status_code == 201
    retention.set_rules(by=BOSS, years={"person": 5, "organisation": None})
    retention.look(today=TODAY)
    return ids


def test_only_those_with_whom_nothing_happened_are_found(company, old):
    page = get(company.administrator, "/retention/overdue").json()
    assert [(one["name"], one["last_on"]) for one in page["items"]] == [("Old One", "2015-01-01")]
    assert get(company.administrator, "/retention").json()["counts"] == {"organisation": 0, "person": 1}
    retention.set_rules(by=BOSS, years={"organisation": 5})
    assert retention.look(today=TODAY) == 2
    first = get(company.administrator, "/retention/overdue", limit=1).json()
    second = get(company.administrator, "/retention/overdue", limit=1, cursor=first["next"]).json()
    assert [first["items"][0]["name"], second["items"][0]["name"]] == ["Old One", "Old Ltd"]
    assert second["next"] is None
    assert get(company.manager, "/retention/overdue").status_code == 403


def test_the_list_asks_a_fixed_number_of_queries(company, old, django_assert_max_num_queries):
    for number in range(10):
        made(f"Person {number}", kind="person", owner_id=company.users["seller"].pk)
    visible_to(BOSS).filter(name__startswith="Person").update(created_at=datetime(2015, 1, 1, tzinfo=UTC))
    retention.look(today=TODAY)
    with django_assert_max_num_queries(8):
        assert len(get(company.administrator, "/retention/overdue").json()["items"]) == 11


def test_the_chosen_are_erased_unless_something_happened_meanwhile(company, old):
    retention.set_rules(by=BOSS, years={"organisation": 5})
    retention.look(today=TODAY)
    body = {"ids": [old[0], old[2]], "reason": "kept ten years"}
    job = post(company.administrator, "/retention/erase", body)
    assert job.status_code == 202, job.content
    fact = {"customer_id": old[2], "amount": "1", "occurred_at": "2026-02-01T00:00:00Z"}
    assert post(company.administrator, "/transactions", fact).status_code == 201
    done = retention.run_erasure(ErasureWork.objects.get(job=job.json()["id"]).pk, now=NOW)
    assert (done.state, done.result) == (Job.State.DONE, {"erased": 1, "kept": 1})
    assert visible_to(BOSS).get(pk=old[0]).erased_at == NOW
    assert visible_to(BOSS).get(pk=old[2]).name == "Old Ltd"
    line = AuditEntry.objects.get(action="erase", subject_id=old[0])
    assert line.changes["reason"] == "kept ten years"
    assert not Overdue.objects.exists()


def test_all_are_erased_only_when_as_many_are_there_as_were_seen(company, old):
    path, body = "/retention/erase", {"kind": "person", "reason": "x", "expected": 7}
    answer = post(company.administrator, path, body)
    assert (answer.status_code, answer.json()["code"]) == (409, "selection_changed")
    assert post(company.administrator, path, {**body, "expected": 1}).json()["total"] == 1


def test_somebody_can_be_kept_for_longer(company, old):
    body = {"ids": [old[0]], "until": "2027-01-01", "reason": "a lawsuit"}
    assert post(company.administrator, "/retention/postpone", body).json() == {"count": 1}
    assert retention.look(today=TODAY) == 0
    assert retention.look(today=date(2027, 1, 2)) == 1
    body["until"] = "2020-01-01"
    assert post(company.administrator, "/retention/postpone", body).status_code == 422
