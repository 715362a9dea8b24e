"""Notes and files that `customers` kept are there, and can be taken back, after they became `activities`'."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from procrastinate.contrib.django import app

from jinzita.activities.models import File, FileContent, Note
from jinzita.activities.selectors import files, notes
from jinzita.activities.services import notes as writing
from jinzita.customers import services
from jinzita.customers.models import Merge
from jinzita.customers.selectors import timeline
from jinzita.customers.services import merging
from jinzita.kernel import undo
from jinzita.kernel.access import system
from jinzita.kernel.models import ChangedRow
from tests.test_from_first_version import new_database

pytestmark = pytest.mark.django_db
BEFORE = [("customers", "0037_everyday_headings")]
TABLES = ("note", "filecontent", "file")
BOSS, NOW = system("test"), datetime(2026, 1, 5, tzinfo=UTC)

Rows = dict[str, list[dict[str, Any]]]


def asked(statement: str) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return [value for (value,) in cursor.fetchall()]


def everything(owner: str) -> Rows:
    written = "SELECT row_to_json(t)::text FROM {}_{} t ORDER BY 1"
    return {name: [json.loads(row) for row in asked(written.format(owner, name))] for name in TABLES}


def names_of_tables() -> dict[str, list[str]]:
    """The tables named by what can be taken back, and by what merges did."""
    return {
        "merges": sorted(set(asked('SELECT "table" FROM customers_mergepart'))),
        "counted": sorted(asked("SELECT jsonb_object_keys(counts) FROM customers_merge")),
        "changes": asked('SELECT "table" FROM kernel_changedrow'),
        "types": sorted(asked("SELECT app_label FROM django_content_type WHERE model IN ('note', 'file')")),
    }


def fill() -> None:
    """Two customers, one merged into the other with all that was written and kept about it."""
    survivor, member = (services.create_customer(by=BOSS, name=name) for name in ("恒远", "恒远贸易"))
    at = {"by": BOSS, "customer_id": member.pk, "now": NOW}
    written = writing.write_note(**at, text="首次拜访", pinned=True).note
    writing.change_note(by=BOSS, note_id=written.pk, text="第二次拜访", version=1, now=NOW)
    gone = writing.write_note(**at, text="写错了").note
    writing.trash_note(by=BOSS, note_id=gone.pk, now=NOW)
    content = FileContent.objects.create(sha256="0" * 64, size=1, kind="txt", kept_at=NOW)
    kept = {"customer_id": member.pk, "content": content, "by_name": "王丽", "added_at": NOW}
    File.objects.create(**kept, name="合同.txt")
    File.objects.create(**kept, name="附件.txt", note=written)
    ChangedRow.objects.create(
        change_set=undo.begin(by=BOSS, kind="bulk"), table=Note._meta.db_table, row_id=written.pk, after={}
    )
    merging.merge(by=BOSS, what="customer", survivor_id=survivor.pk, ids=[survivor.pk, member.pk])


@pytest.fixture(scope="module")
def moved(django_db_setup: None, django_db_blocker: Any) -> Iterator[tuple[Rows, dict[str, list[str]]]]:
    """What was in the tables of customers, and what named these, before they were moved."""
    with django_db_blocker.unblock(), new_database():
        call_command("migrate", verbosity=0, interactive=False)
        fill()
        MigrationExecutor(connection).migrate(BEFORE)
        before = everything("customers"), names_of_tables()
        call_command("migrate", verbosity=0, interactive=False)
        yield before


def test_every_row_is_there_under_the_new_name(moved):
    before, _ = moved
    assert [len(rows) for rows in before.values()] == [2, 1, 2]
    assert everything("activities") == before
    there = set(asked("SELECT relname::text FROM pg_class WHERE relkind = 'r'"))
    assert there.isdisjoint(f"customers_{name}" for name in TABLES)


def test_what_names_a_table_names_it_as_it_is_called_now(moved):
    _, named = moved
    now = names_of_tables()
    for names, owner in ((named, "customers"), (now, "activities")):
        assert {f"{owner}_note", f"{owner}_file"} <= set(names["merges"])
        assert {f"{owner}_note", f"{owner}_file"} <= set(names["counted"])
        assert names["changes"] == [f"{owner}_note"]
        assert names["types"] == [owner, owner]


def test_a_merge_of_before_comes_apart_with_its_notes_and_files(moved):
    one = Merge.objects.get()
    (member,) = one.member_ids
    assert set(Note.objects.values_list("customer_id", flat=True)) == {one.survivor_id}
    merging.unmerge(by=BOSS, merge_id=one.pk, now=NOW)
    for model in (Note, File):
        assert set(model.objects.values_list("customer_id", flat=True)) == {member}
    assert [row.name for row in files.files(BOSS, member)] == ["附件.txt", "合同.txt"]
    entries, _ = timeline.entries(BOSS, member, kinds=["note", "file"], limit=10)
    assert {entry.title for entry in entries} == {"第二次拜访", "合同.txt"}


def test_texts_of_before_and_the_trash_are_read(moved):
    written = Note.objects.get(trashed_at=None)
    assert [one.changes["text"] for one in notes.versions(BOSS, written.pk)] == [
        ["首次拜访", "第二次拜访"], "首次拜访",
    ]  # fmt: skip
    gone = Note.objects.get(trashed_at=NOW)
    assert writing.restore_note(by=BOSS, note_id=gone.pk).text == "写错了"


def test_the_count_of_ids_goes_on(moved):
    customer = Merge.objects.get().survivor_id
    last = max(Note.objects.values_list("pk", flat=True))
    assert writing.write_note(by=BOSS, customer_id=customer, text="x", now=NOW).note.pk > last


def test_a_job_that_waited_under_its_former_name_is_done():
    assert app.tasks["customers.clean_files"] is app.tasks["activities.clean_files"]
