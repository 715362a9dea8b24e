"""Killed without warning in the middle of long work: nothing is half done, nothing is lost, it goes on.

The work runs in a process of its own, in small batches and slowed, so that it can be met half-way.
(The import is in jinzita/integration/tests/test_killed.py.)
"""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

from jinzita.customers import services
from jinzita.customers.models import BulkAction, Customer, Merge
from jinzita.customers.tests.world import made
from jinzita.kernel.access import system
from jinzita.kernel.models import AuditEntry, ChangedRow, ChangeSet, Job
from jinzita.privacy.models import ErasureWork, Overdue
from jinzita.privacy.services import retention
from jinzita.value import services as value
from jinzita.value.models import CustomerScore, Run
from jinzita.value.tests.conftest import TODAY, make_company, make_model
from tests.installed import PAUSES

MANY, BATCH = 1_500, 100
BOSS = system("test")
CHILD = f"""
import sys, time
from datetime import UTC, date, datetime
from pathlib import Path
import django
from django.conf import settings
settings.DATABASES["default"]["NAME"] = sys.argv[1]
settings.LAKE_FOLDER = Path(sys.argv[2])
django.setup()
number = int(sys.argv[3])

{PAUSES}
BATCH = {BATCH}
"""
BULK = """
from jinzita.customers import services
from jinzita.customers.services.bulk import running as bulk
bulk.BATCH, bulk._Run._batch = BATCH, slowly(bulk._Run._batch)
services.run_bulk(number, now=datetime.now(UTC))
"""
UNDO = """
from jinzita.customers import services
from jinzita.kernel.undo import taking_back
taking_back.BATCH, taking_back._Taking._batch = BATCH, slowly(taking_back._Taking._batch)
services.run_undo(number)
"""
MERGE = """
from jinzita.customers.services import merging
from jinzita.kernel import audit
from jinzita.kernel.access import system
audit.record = stops(audit.record)
merging.merge(by=system("test"), what="customer", survivor_id=number, ids=[number, int(sys.argv[4])])
"""
ERASURE = """
from jinzita.privacy.services import retention
retention.BATCH, retention._batch = 5, slowly(retention._batch)
retention.run_erasure(number, now=datetime(2026, 3, 1, tzinfo=UTC))
"""
SCORING = """
from jinzita.value.services import runs
runs.put_in_force = stops(runs.put_in_force)
runs.perform_run(number, today=date.fromisoformat(sys.argv[4]))
"""


@pytest.fixture
def child(settings):
    """Starts a piece of work beside the test; whatever is left of it ends with the test."""
    begun: list[subprocess.Popen[str]] = []

    def start(work: str, *numbers: object) -> subprocess.Popen[str]:
        place = [connection.settings_dict["NAME"], str(settings.LAKE_FOLDER)]
        begun.append(
            subprocess.Popen(
                [sys.executable, "-c", CHILD + work, *place, *map(str, numbers)],
                env={**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings"},
                stdout=subprocess.PIPE,
                text=True,
            )
        )
        return begun[-1]

    yield start
    for one in begun:
        one.kill()
        one.wait(20)


def kill_when(child: subprocess.Popen[str], reached: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 120
    while not reached() and child.poll() is None and time.monotonic() < deadline:
        time.sleep(0.02)
    assert child.poll() is None, "the work ended before it could be killed"
    child.send_signal(signal.SIGKILL)
    child.wait(20)


def kill_at_its_last_step(child: subprocess.Popen[str]) -> None:
    """The work stands where everything is written and nothing committed."""
    assert child.stdout is not None
    assert child.stdout.readline().strip() == "here"
    child.send_signal(signal.SIGKILL)
    child.wait(20)


def tagged() -> int:
    return Customer.objects.filter(tags=["x"]).count()


@pytest.mark.django_db(transaction=True)
def test_a_killed_bulk_edit_and_its_killed_undo_go_on_where_they_stopped(child):
    Customer.objects.bulk_create(
        Customer(source="test", source_key=str(n), name=f"客户 {n}") for n in range(MANY)
    )
    everybody = {"filter": None, "q": None, "expected": MANY}
    services.request_bulk(by=BOSS, action="tag", selection=everybody, tags=["x"])
    one = BulkAction.objects.get()
    kill_when(child(BULK, one.pk), lambda: tagged() > 0)

    half = BulkAction.objects.get()
    assert 0 < half.done < MANY
    assert (half.done, half.done) == (half.changed, tagged())
    assert ChangedRow.objects.count() == half.done  # each can be undone, and nothing else
    later = datetime.now(UTC) + timedelta(minutes=10)
    assert services.resume_silent(now=later) == 1
    done = services.run_bulk(one.pk, now=later)
    assert (done.state, done.result["changed"]) == ("done", MANY)
    assert (tagged(), set(Customer.objects.values_list("version", flat=True))) == (MANY, {2})

    taken = ChangeSet.objects.get(kind="bulk_tag")
    services.request_undo(by=BOSS, change_set_id=taken.pk, now=later)
    kill_when(child(UNDO, taken.pk), lambda: tagged() < MANY)
    assert 0 < tagged() < MANY
    assert tagged() == MANY - ChangeSet.objects.get(pk=taken.pk).taken_back["undone"]
    assert services.resume_undo(now=datetime.now(UTC) + timedelta(minutes=10)) == 1
    assert services.run_undo(taken.pk).result["undone"] == MANY
    assert Customer.objects.filter(tags=[], version=3).count() == MANY


@pytest.mark.django_db(transaction=True)
def test_a_merge_killed_at_its_last_step_never_was(child):
    stays, goes = made("北京恒远贸易有限公司"), made("北京恒远贸易", phone="010-6234 5678")
    entries = AuditEntry.objects.count()
    kill_at_its_last_step(child(MERGE, stays, goes))
    _wait_until_released()
    assert (Merge.objects.count(), AuditEntry.objects.count()) == (0, entries)
    assert Customer.objects.filter(merged_into=None, version=1).count() == 2
    assert Customer.objects.get(pk=stays).phone == ""
    services.merging.merge(by=BOSS, what="customer", survivor_id=stays, ids=[stays, goes])
    assert Customer.objects.get(pk=goes).merged_into_id == stays
    assert Customer.objects.get(pk=stays).phone == "010-6234 5678"


@pytest.mark.django_db(transaction=True)
def test_a_scoring_killed_at_its_last_step_leaves_the_former_results_in_force(child):
    make_company()
    model = make_model()
    first = value.start_run(by=BOSS, model_id=model.pk, today=TODAY, here=True)
    value.perform_run(first.pk, today=TODAY)
    before = _scores()
    second = value.start_run(by=BOSS, model_id=model.pk, today=TODAY, here=True)
    kill_at_its_last_step(child(SCORING, second.pk, TODAY))
    _wait_until_released()
    assert (Run.objects.get(in_force=True).pk, _scores()) == (first.pk, before)

    value.fail_silent_runs(now=datetime.now(UTC) + timedelta(minutes=30))
    assert Run.objects.get(pk=second.pk).state == "failed"
    assert Job.objects.get(pk=second.job_id).state == "failed"
    third = value.start_run(by=BOSS, model_id=model.pk, today=TODAY, here=True)
    value.perform_run(third.pk, today=TODAY)
    assert Run.objects.get(in_force=True).pk == third.pk
    assert [one[0::2] for one in _scores()] == [one[0::2] for one in before]


def _scores() -> list[tuple[int, int, float | None]]:
    """Of each customer: its id, the run, the score in force."""
    rows = CustomerScore.objects.filter(run__in_force=True).order_by("customer_id")
    return list(rows.values_list("customer_id", "run_id", "score"))


def _wait_until_released() -> None:
    """PostgreSQL notices that its client is gone a moment later."""
    for _ in range(200):
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
                " AND pid <> pg_backend_pid() AND state LIKE 'idle in transaction%'"
            )
            if cursor.fetchone() == (0,):
                return
        time.sleep(0.05)
    raise AssertionError("the killed process still holds a transaction")


@pytest.mark.django_db(transaction=True)
def test_a_killed_erasure_goes_on_and_erases_nobody_twice(child):
    now = datetime(2026, 3, 1, tzinfo=UTC)
    ids = [made(f"客户 {number}", kind="person") for number in range(60)]
    Customer.objects.filter(pk__in=ids).update(created_at=datetime(2015, 1, 1, tzinfo=UTC))
    retention.set_rules(by=BOSS, years={"person": 5})
    assert retention.look(today=now.date()) == len(ids)
    retention.request_erasure(by=BOSS, reason="kept ten years", ids=ids)
    one = ErasureWork.objects.get()
    erased = Customer.objects.filter(erased_at__isnull=False)
    kill_when(child(ERASURE, one.pk), erased.exists)

    one.refresh_from_db()
    assert 0 < one.done < len(ids)
    assert one.done == one.erased == erased.count()
    assert Overdue.objects.count() == len(ids) - one.done  # of whom nothing is erased yet
    Job.objects.filter(pk=one.job_id).update(heartbeat_at=now)
    retention.resume_silent(now=datetime.now(UTC))
    done = retention.run_erasure(one.pk, now=now)
    assert (done.state, done.result) == ("done", {"erased": len(ids), "kept": 0})
    lines = AuditEntry.objects.filter(action="erase", subject_type="customer")
    assert sorted(lines.values_list("subject_id", flat=True)) == sorted(ids)
