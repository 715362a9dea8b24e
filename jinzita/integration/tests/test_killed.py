"""An import whose process is killed in the middle goes on, and nothing is doubled or lost."""

import os
import signal
import subprocess
import sys
import time
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from jinzita.integration.models import Import
from jinzita.integration.services import imports, uploads
from jinzita.integration.tests.desk import counts, query
from jinzita.kernel.access import system
from jinzita.kernel.errors import Conflict
from jinzita.kernel.models import Job

ROWS = 4_000
# The same import in a process of its own, in small batches, slowed so that it can be met half-way.
CHILD = """
import sys, time
import django
django.setup()
from django.conf import settings
settings.DATABASES["default"]["NAME"] = sys.argv[1]
from django.db import connections
connections["default"].settings_dict["NAME"] = sys.argv[1]
from jinzita.integration.reading import delimited
delimited.BLOCK = 2000
from jinzita.integration.services import imports, running
take = running._Run.take
def slowly(self, batch):
    take(self, batch)
    time.sleep(0.05)
running._Run.take = slowly
imports.run_import(int(sys.argv[2]))
"""


@pytest.mark.django_db(transaction=True)
def test_a_killed_import_goes_on_where_it_stopped(tmp_path, monkeypatch):
    path = tmp_path / "sales.csv"
    rows = [f"T{i:05d},C{i % 50},2024-01-{i % 28 + 1:02d},{'x' if i % 100 == 7 else i}" for i in range(ROWS)]
    path.write_text("key,customer,date,amount\n" + "\n".join(rows) + "\n")
    upload = uploads.take_in_place(by=system("test"), path=path)
    one = imports.start_import(by=system("test"), upload=upload, kind="transactions", source="crm", here=True)
    child = subprocess.Popen(
        [sys.executable, "-c", CHILD, connection.settings_dict["NAME"], str(one.pk)],
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings"},
    )
    deadline = time.monotonic() + 60
    while (
        not (read := Import.objects.get(pk=one.pk).read)
        and time.monotonic() < deadline
        and child.poll() is None
    ):
        time.sleep(0.02)
    assert child.poll() is None, "the import ended before it could be killed"
    child.send_signal(signal.SIGKILL)
    child.wait(20)

    half = Import.objects.get(pk=one.pk)
    assert 0 < read <= half.read < ROWS
    assert query("SELECT count(*) FROM agreements_transaction") == [(half.created,)]
    with pytest.raises(Conflict):  # its worker was heard of a moment ago
        imports.resume(by=system("test"), import_id=one.pk, now=timezone.now(), here=True)

    later = timezone.now() + timedelta(minutes=2)
    assert imports.fail_silent(now=later) == 1
    job = Job.objects.get(pk=one.job_id)
    assert (job.state, job.failure["code"]) == ("failed", "worker_gone_resumable")
    imports.resume(by=system("test"), import_id=one.pk, now=later, here=True)
    job.refresh_from_db()
    assert (job.error, job.failure) == ("", None)
    imports.run_import(one.pk)

    whole = Import.objects.select_related("job").get(pk=one.pk)
    assert counts(whole) == (ROWS - 40, 0, 0, 40)
    assert query("SELECT count(*), count(DISTINCT source_key) FROM agreements_transaction") == [(3960, 3960)]
    assert query("SELECT count(*) FROM integration_badrow") == [(40,)]


@pytest.mark.django_db
def test_a_worker_taken_for_dead_does_not_load_a_batch_again(desk):
    from jinzita.integration.services import running

    one = desk.begin("transactions", "key,customer,date,amount\nT,C,2024-01-01,1\n")
    original = running._Run.take

    def other_was_faster(self, batch):
        Import.objects.filter(pk=one.pk).update(last_row=2, read=1, created=1)
        original(self, batch)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(running._Run, "take", other_was_faster)
        assert imports.run_import(one.pk).state == "failed"
    assert query("SELECT count(*) FROM agreements_transaction") == [(0,)]


@pytest.mark.django_db
def test_an_import_that_falls_in_its_very_first_batch_leaves_nothing_and_can_go_on(desk):
    """The fall comes at the last moment: rows and customers are written, but not yet committed."""
    from jinzita.integration.services import running

    one = desk.begin("transactions", "key,customer,date,amount\nT,C,2024-01-01,1\nU,C,2024-01-01,x\n")

    def falls(*_):
        raise OSError("no space left")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(running, "keep_bad_rows", falls)
        with pytest.raises(OSError, match="no space left"):
            imports.run_import(one.pk)
    assert Job.objects.get(pk=one.job_id).state == "failed"
    for table in ("agreements_transaction", "customers_customer", "customers_standing", "integration_badrow"):
        assert query(f"SELECT count(*) FROM {table}") == [(0,)]
    fallen = Import.objects.get(pk=one.pk)
    assert (fallen.read, fallen.created, fallen.bad, fallen.last_row) == (0, 0, 0, 0)

    imports.resume(by=desk.viewer, import_id=one.pk, now=timezone.now(), here=True)
    imports.run_import(one.pk)
    assert counts(Import.objects.select_related("job").get(pk=one.pk)) == (1, 0, 0, 1)
