"""Bad rows corrected and imported again; a file like the last one is matched like it."""

import json

import pytest

from jinzita.integration.selectors import get_import, some_bad_rows
from jinzita.integration.services import bad_rows, imports, uploads
from jinzita.integration.services.bad_rows import Replacement
from jinzita.integration.tests.desk import counts, query, reasons
from jinzita.kernel.errors import Conflict, Invalid, NotFound

FILE = (
    "key,customer,date,kind,amount,note\n"
    'T1,C1,2024-01-05,sale,10,"fine, so far"\n'
    "T2,C1,2024-01-05,gift,20,\n"
    'T3,C1,2024-01-05,gift,30,"a, b"\n'
    "T4,C1,yesterday,sale,40,\n"
)


@pytest.mark.django_db
def test_only_the_bad_rows_come_again_with_what_was_corrected(desk):
    first = desk.run("transactions", FILE, mapping=None)
    assert counts(first) == (1, 0, 0, 3)
    assert reasons(first) == {
        3: ["unknown_choice kind"],
        4: ["unknown_choice kind"],
        5: ["not_a_date occurred_at"],
    }
    again = bad_rows.retry(
        by=desk.viewer, import_id=first.pk,
        rows={5: ["T4", "C1", "2024-01-06", "sale", "40", ""]},
        replace=[Replacement("kind", "gift", "sale")],
    )  # fmt: skip
    imports.run_import(again.pk)
    assert counts(get_import(desk.viewer, again.pk)) == (3, 0, 0, 0)
    found = query("SELECT source_key, amount::int, note FROM agreements_transaction ORDER BY 1")
    assert found == [("T1", 10, "fine, so far"), ("T2", 20, ""), ("T3", 30, "a, b"), ("T4", 40, "")]


@pytest.mark.django_db
def test_what_was_not_corrected_stays_bad(desk):
    first = desk.run("transactions", FILE)
    again = bad_rows.retry(by=desk.viewer, import_id=first.pk, rows={}, replace=[])
    imports.run_import(again.pk)
    assert counts(get_import(desk.viewer, again.pk)) == (0, 0, 0, 3)
    with pytest.raises(Invalid):
        bad_rows.retry(by=desk.viewer, import_id=first.pk, rows={}, replace=[Replacement("x", "a", "b")])
    with pytest.raises(NotFound):
        bad_rows.retry(by=desk.viewer, import_id=10**9, rows={})


@pytest.mark.django_db
def test_an_import_without_bad_rows_has_none_to_come_again(desk):
    one = desk.run("customers", "key,name\nC1,One\n")
    with pytest.raises(Conflict):
        bad_rows.retry(by=desk.viewer, import_id=one.pk, rows={})


@pytest.mark.django_db
def test_bad_rows_by_reason_in_pages(desk):
    one = desk.run("transactions", FILE)
    _, found = some_bad_rows(desk.viewer, one.pk, code="unknown_choice", field="kind", limit=1)
    assert [row.number for row in found] == [3]
    _, found = some_bad_rows(desk.viewer, one.pk, after=3)
    assert [row.number for row in found] == [4, 5]


@pytest.mark.django_db
def test_a_file_with_the_same_columns_is_remembered(desk):
    mapping = {"key": "source_key", "customer": "customer", "date": "occurred_at", "amount": "amount"}
    desk.run("transactions", FILE, source="billing", mapping=mapping, unknown_customers="refuse")
    path = desk.folder / "next.csv"
    path.write_text(FILE)
    found = uploads.look_into(uploads.take_in_place(by=desk.viewer, path=path), by=desk.viewer)["remembered"]
    assert (found["kind"], found["source"], found["mapping"]) == ("transactions", "billing", mapping)
    assert found["own"]
    assert found["unknown_customers"] == "refuse"
    path.write_text(FILE.replace("note", "remark"))
    other = uploads.look_into(uploads.take_in_place(by=desk.viewer, path=path), by=desk.viewer)
    assert other["remembered"] is None
    assert json.dumps(other["columns"])
