"""New rows of an import, many in one line: what becomes of them is what becomes of rows kept singly."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import connection, transaction

from jinzita.agreements.models import Transaction
from jinzita.customers.models import Customer
from jinzita.kernel import undo
from jinzita.kernel.access import system
from jinzita.kernel.models import ChangedRow, ChangeSet, PackedRows
from jinzita.kernel.undo import packing

pytestmark = pytest.mark.django_db
BOSS = system("test")
TABLE = Transaction._meta.db_table


@pytest.fixture
def customer() -> Customer:
    return Customer.objects.create(source="t", source_key="c", name="北京光纤")


@pytest.fixture
def change_set() -> ChangeSet:
    return undo.begin(by=BOSS, kind="import")


def sales(customer: Customer, notes: list[str]) -> list[int]:
    made = Transaction.objects.bulk_create(
        Transaction(
            source="t", source_key=f"s{number}", customer=customer, note=note, amount=Decimal("10.5"),
            occurred_at=datetime(2026, 1, 5, tzinfo=UTC),
        )
        for number, note in enumerate(notes)
    )  # fmt: skip
    return [one.pk for one in made]


def packed(change_set: ChangeSet, ids: list[int]) -> None:
    with transaction.atomic(), undo.gathering(change_set):
        undo.made(TABLE, ids)
    change_set.refresh_from_db()


AWKWARD = ['a "b", (c)', "", "换行\n,", "back\\slash", "{x}", "O'Neil\t"]


def test_rows_come_out_of_a_pack_as_rows_kept_singly(customer, change_set, monkeypatch):
    monkeypatch.setattr(packing, "ROWS", 4)
    ids = sales(customer, AWKWARD)
    packed(change_set, ids)
    assert change_set.rows == len(ids)
    assert [one.ids for one in PackedRows.objects.order_by("pk")] == [ids[:4], ids[4:]]
    singly = undo.begin(by=BOSS, kind="import")
    with undo.recording(singly, Transaction) as recording:
        recording.inserted(ids)

    packing.unpack(change_set.pk)

    assert not PackedRows.objects.exists()
    out, kept = (
        {
            one.row_id: (one.before, one.after, one.version)
            for one in ChangedRow.objects.filter(change_set=each)
        }
        for each in (change_set, singly)
    )
    assert out == kept
    assert [out[pk][1]["note"] for pk in ids] == AWKWARD


def test_all_of_them_go_but_for_one_that_was_changed_since(customer, change_set):
    ids = sales(customer, ["a", "b", "c"])
    packed(change_set, ids)
    Transaction.objects.filter(pk=ids[1]).update(note="by hand")
    done = undo.take_back(change_set_id=change_set.pk, by=BOSS)
    assert done == {"undone": 2, "conflicts": 1}
    assert list(Transaction.objects.values_list("pk", flat=True)) == [ids[1]]
    change_set.refresh_from_db()
    (conflict,) = undo.conflicts_of(change_set)
    assert (conflict["field"], conflict["row"].after["note"], conflict["now"]["note"]) == (
        "note",
        "b",
        "by hand",
    )
    again = ChangeSet.objects.get(pk=change_set.pk).undone_by_id
    assert undo.take_back(change_set_id=again, by=BOSS)["conflicts"] == 0
    assert Transaction.objects.count() == 3


def test_a_row_the_set_changed_after_it_made_it_is_kept_as_it_was_at_last(customer, change_set):
    ids = sales(customer, ["first", "gone again"])
    packed(change_set, ids)
    with transaction.atomic(), undo.gathering(change_set):
        undo.changing(TABLE, ids)
        Transaction.objects.filter(pk=ids[0]).update(note="last", amount=Decimal(7))
        Transaction.objects.filter(pk=ids[1]).delete()
    assert undo.take_back(change_set_id=change_set.pk, by=BOSS) == {"undone": 1, "conflicts": 0}
    assert not Transaction.objects.exists()


def test_a_killed_laying_out_goes_on_with_the_packs_that_are_left(customer, change_set, monkeypatch):
    monkeypatch.setattr(packing, "ROWS", 2)
    ids = sales(customer, list("abcdef"))
    packed(change_set, ids)
    lay_out, seen = packing._lay_out, []

    def fall(pk, table, columns):
        if len(seen) == 1:
            raise KeyboardInterrupt
        seen.append(pk)
        lay_out(pk, table, columns)

    monkeypatch.setattr(packing, "_lay_out", fall)
    with pytest.raises(KeyboardInterrupt):
        packing.unpack(change_set.pk)
    assert (ChangedRow.objects.count(), PackedRows.objects.count()) == (2, 2)
    monkeypatch.setattr(packing, "_lay_out", lay_out)
    assert undo.take_back(change_set_id=change_set.pk, by=BOSS) == {"undone": 6, "conflicts": 0}
    assert not Transaction.objects.exists()


def test_what_must_be_forgotten_leaves_its_pack(customer, change_set):
    ids = sales(customer, ["a", "secret", "c"])
    others = sales(Customer.objects.create(source="t", source_key="d", name="x"), [])
    packed(change_set, [*ids, *others])
    undo.forget_rows(TABLE, f"SELECT id FROM {TABLE} WHERE note = 'secret'")
    (pack,) = PackedRows.objects.all()
    assert pack.ids == [ids[0], ids[2]]
    assert "secret" not in "".join(pack.images)
    undo.forget(Transaction, [ids[0]])
    assert undo.take_back(change_set_id=change_set.pk, by=BOSS) == {"undone": 1, "conflicts": 0}
    assert set(Transaction.objects.values_list("pk", flat=True)) == {ids[0], ids[1]}


def test_a_column_that_an_upgrade_took_away_is_no_hindrance(customer, change_set):
    ids = sales(customer, ["a"])
    packed(change_set, ids)
    with connection.cursor() as cursor:  # as if the row had been kept with one column more
        cursor.execute(
            "UPDATE kernel_packedrows SET columns = columns || 'former'::varchar,"
            " images = ARRAY[left(images[1], -1) || ',old)']"
        )
    packing.unpack(change_set.pk)
    assert ChangedRow.objects.get().after["former"] == "old"


def test_packs_are_let_go_after_a_while(customer, change_set, settings):
    packed(change_set, sales(customer, ["a"]))
    now = datetime.now(UTC)
    assert undo.tidy(now=now) == 0
    assert undo.tidy(now=now + timedelta(days=settings.UNDO_DAYS + 1)) == 1
    assert not PackedRows.objects.exists()
