"""The database killed without warning in the middle of long work: nothing is half done, nothing is lost.

On a server of the test's own. The work runs in processes of its own, in small batches and slowed, so that it
can be met half-way. (The worker killed: test_killed.py.)
"""

import json
import signal
import socket
import subprocess
import tempfile
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.installed import PAUSES, Installation, until

MANY, ROWS = 1_500, 3_000
WORDS = f"""
import json, sys, time
from datetime import UTC, date, datetime, timedelta
from jinzita.kernel.access import system
numbers = [int(one) for one in sys.argv[1:]]
BOSS, TODAY = system("test"), date(2026, 6, 30)

{PAUSES}"""
SET_UP = """
import io
from rich.console import Console
from jinzita.cli.setup import prepare
prepare(Console(file=io.StringIO()))
"""
CUSTOMERS = """
from jinzita.customers.models import Customer
Customer.objects.bulk_create(
    Customer(source="test", source_key=str(n), name=f"客户 {n}") for n in range(numbers[0])
)
"""
REQUEST_BULK = """
from jinzita.customers import services
from jinzita.customers.models import BulkAction
everybody = {"filter": None, "q": None, "expected": numbers[0]}
services.request_bulk(by=BOSS, action="tag", selection=everybody, tags=["x"])
print(BulkAction.objects.get().pk)
"""
BULK = """
from jinzita.customers import services
from jinzita.customers.services.bulk import running as bulk
bulk.BATCH, bulk._Run._batch = 100, slowly(bulk._Run._batch)
services.run_bulk(numbers[0], now=datetime.now(UTC))
"""
RESUME_BULK = """
from jinzita.customers import services
later = datetime.now(UTC) + timedelta(minutes=2)
assert services.resume_silent(now=later) == 1
print(services.run_bulk(numbers[0], now=later).state)
"""
START_IMPORT = """
from pathlib import Path
from django.conf import settings
from jinzita.integration.services import imports, uploads
path = Path(settings.DATA_FOLDER) / "sales.csv"
rows = [f"T{i},C{i % 50},2024-01-{i % 28 + 1:02d},{'x' if i % 100 == 7 else i}" for i in range(numbers[0])]
path.write_text("key,customer,date,amount\\n" + "\\n".join(rows) + "\\n")
upload = uploads.take_in_place(by=BOSS, path=path)
print(imports.start_import(by=BOSS, upload=upload, kind="transactions", source="crm", here=True).pk)
"""
IMPORT = """
from jinzita.integration.reading import delimited
from jinzita.integration.services import imports, running
delimited.BLOCK, running._Run.take = 2000, slowly(running._Run.take)
imports.run_import(numbers[0])
"""
RESUME_IMPORT = """
from django.utils import timezone
from jinzita.integration.services import imports
later = timezone.now() + timedelta(minutes=2)
assert imports.fail_silent(now=later) == 1
imports.resume(by=BOSS, import_id=numbers[0], now=later, here=True)
print(imports.run_import(numbers[0]).state)
"""
TWO = """
from jinzita.customers.tests.world import made
print(json.dumps([made("北京恒远贸易有限公司"), made("北京恒远贸易", phone="010-6234 5678")]))
"""
MERGE = """
from jinzita.customers.services import merging
if stopping := len(numbers) == 3:
    from jinzita.kernel import audit
    audit.record = stops(audit.record)
merging.merge(by=BOSS, what="customer", survivor_id=numbers[0], ids=numbers[:2])
"""
SCORED = """
from jinzita.value import services as value
from jinzita.value.tests.conftest import make_company, make_model
make_company()
model = make_model()
one = value.start_run(by=BOSS, model_id=model.pk, today=TODAY, here=True)
print(json.dumps([model.pk, value.perform_run(one.pk, today=TODAY).pk]))
"""
SCORING = """
from jinzita.value import services as value
from jinzita.value.services import runs
one = value.start_run(by=BOSS, model_id=numbers[0], today=TODAY, here=True)
runs.put_in_force = stops(runs.put_in_force)
value.perform_run(one.pk, today=TODAY)
"""
SCORE_AGAIN = """
from jinzita.value import services as value
value.fail_silent_runs(now=datetime.now(UTC) + timedelta(minutes=2))
one = value.start_run(by=BOSS, model_id=numbers[0], today=TODAY, here=True)
print(value.perform_run(one.pk, today=TODAY).state)
"""
EMPTY = "TRUNCATE customers_customer, kernel_job, kernel_changeset CASCADE"


@pytest.fixture(scope="module")
def place() -> Iterator[Installation]:
    # Not below pytest's own folder, which every session closes to the database's account.
    one = Installation(Path(tempfile.mkdtemp(prefix="jinzita-killed-")))
    try:
        one.start_database()
        one.python(SET_UP)
        yield one
    finally:
        one.close()


def answer(place: Installation, code: str, *numbers: int) -> str:
    return place.python(WORDS + code, *numbers)


def fall(place: Installation, child: subprocess.Popen[str]) -> None:
    """Kill the database under the child, let the child end of it, and start the database again."""
    place.kill_database()
    child.kill()
    child.wait(30)
    place.start_database()


def stands_at_its_last_step(child: subprocess.Popen[str]) -> None:
    assert child.stdout is not None
    assert child.stdout.readline().strip() == "here"


def test_a_bulk_edit_goes_on_where_the_database_was_killed(place):
    answer(place, CUSTOMERS, MANY)
    number = int(answer(place, REQUEST_BULK, MANY))
    child = place.begin(WORDS + BULK, number)
    until(lambda: place.ask("SELECT done FROM customers_bulkaction") > 0, "the first batch")
    place.kill_database()
    said, _ = child.communicate(timeout=60)
    assert child.returncode, said  # it fell with its database, of itself
    place.start_database()

    done = place.ask("SELECT done FROM customers_bulkaction")
    assert 0 < done < MANY
    assert place.ask("SELECT count(*) FROM customers_customer WHERE tags = '{x}'") == done
    assert place.ask("SELECT count(*) FROM kernel_changedrow") == done
    assert place.ask("SELECT state FROM kernel_job WHERE kind = 'bulk'") == "running"  # not called failed
    assert answer(place, RESUME_BULK, number) == "done"
    assert place.ask("SELECT count(*) FROM customers_customer WHERE tags = '{x}' AND version = 2") == MANY


def test_an_import_goes_on_where_the_database_was_killed(place):
    number = int(answer(place, START_IMPORT, ROWS))
    child = place.begin(WORDS + IMPORT, number)
    until(lambda: place.ask("SELECT read FROM integration_import") > 0, "the first rows")
    fall(place, child)

    created = place.ask("SELECT created FROM integration_import")
    assert 0 < created < ROWS
    assert place.ask("SELECT count(*) FROM agreements_transaction") == created
    assert answer(place, RESUME_IMPORT, number) == "done"
    figures = "SELECT count(*) || ' ' || count(DISTINCT source_key) FROM agreements_transaction"
    assert place.ask(figures) == f"{ROWS - 30} {ROWS - 30}"


def test_a_merge_never_was_when_the_database_is_killed_at_its_last_step(place):
    stays, goes = json.loads(answer(place, TWO))
    entries = place.ask("SELECT count(*) FROM kernel_auditentry")
    child = place.begin(WORDS + MERGE, stays, goes, 1)
    stands_at_its_last_step(child)
    fall(place, child)
    pair = [stays, goes]
    untouched = "SELECT count(*) FROM customers_customer WHERE id = ANY(%s) AND version = 1"
    assert place.ask(f"{untouched} AND merged_into_id IS NULL", pair) == 2
    assert place.ask("SELECT count(*) FROM kernel_auditentry") == entries
    answer(place, MERGE, stays, goes)
    assert place.ask("SELECT merged_into_id FROM customers_customer WHERE id = %s", goes) == stays


def test_a_scoring_leaves_the_former_results_in_force_when_the_database_is_killed(place):
    place.ask(EMPTY)
    model, first = json.loads(answer(place, SCORED))
    in_force = "SELECT count(*) FROM value_customerscore WHERE run_id = %s"
    scores = place.ask(in_force, first)
    child = place.begin(WORDS + SCORING, model)
    stands_at_its_last_step(child)
    fall(place, child)
    assert place.ask("SELECT id FROM value_run WHERE in_force AND model_id = %s", model) == first
    assert place.ask(in_force, first) == scores > 0
    assert answer(place, SCORE_AGAIN, model) == "done"
    assert place.ask("SELECT id FROM value_run WHERE in_force AND model_id = %s", model) > first


def test_the_application_brings_its_killed_database_back_and_goes_on(place):
    """`jinzita serve`, its database killed under a bulk edit: both come back by themselves."""
    count = 25_000
    place.ask(EMPTY)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    serve = place.run("-m", "jinzita.cli", "serve", PORT=str(port))
    until(lambda: serve.poll() is not None or answers(port), "the application")
    answer(place, CUSTOMERS, count)
    answer(place, REQUEST_BULK, count)
    until(lambda: place.ask("SELECT done FROM customers_bulkaction") > 0, "the first batch")
    place.kill_database()

    until(lambda: is_up(place), "the database")
    until(lambda: answers(port), "the application")
    until(lambda: place.ask("SELECT state FROM kernel_job WHERE kind = 'bulk'") == "done", "the bulk edit")
    assert place.ask("SELECT count(*) FROM customers_customer WHERE tags = '{x}' AND version = 2") == count
    assert serve.poll() is None
    serve.send_signal(signal.SIGTERM)
    said, _ = serve.communicate(timeout=180)
    assert "The database is back" in said
    place.start_database()  # `serve` had begun it anew, so it ended it


def answers(port: int) -> bool:
    try:
        with urllib.request.urlopen(
            f"http://127.0.0.1:{port}/_allauth/browser/v1/config", timeout=30
        ) as page:
            return page.status == 200
    except (urllib.error.URLError, OSError):
        return False


def is_up(place: Installation) -> bool:
    try:
        return place.ask("SELECT 1") == 1
    except Exception:
        return False
