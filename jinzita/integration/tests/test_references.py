"""Attributes that refer to a customer or a colleague come in from a file, by key or by name."""

import json
from datetime import UTC, datetime

import pytest
from django.apps import apps

from jinzita.customers.services.taking_back import run_undo
from jinzita.integration.models import AwaitedReference, BadRow
from jinzita.integration.reading import delimited
from jinzita.integration.selectors import get_import
from jinzita.integration.services import imports, running, uploads
from jinzita.integration.services.imports import preview
from jinzita.integration.tests.desk import counts, query, reasons
from jinzita.kernel.access import system
from jinzita.people import services

KNOWN = "编号,名称\nC1,甲公司\nC2,丁公司\nC3,丁公司\n"
FILE = """编号,名称,介绍人,顾问
D1,乙公司,C1,anna
D2,丙公司, 甲公司 ,安娜
D3,戊公司,无此客户,
D4,己公司,丁公司,
D5,庚公司,,
"""


# Rows that name each other: backwards, forwards, in a circle, themselves; by key and by name.
EACH_OTHER = """编号,名称,介绍人,来源客户
A1,甲,B1,
A2,乙,A1,丁
A3,丙,A3,
A4,丁,A5,A1
A5,戊,A4,
A6,己,,无此客户
A7,庚,A6,
A8,辛,C1,
B1,壬,A1,癸
B2,癸, ,B1
"""


@pytest.fixture
def attributes(db):
    attribute = apps.get_model("customers", "AttributeDefinition")
    for code, zh, kind in (
        ("referrer", "介绍人", "customers"),
        ("origin", "来源客户", "customers"),
        ("adviser", "顾问", "users"),
    ):
        attribute.objects.create(code=code, type="reference", references=kind, label_en=code, label_zh=zh)


def test_references_are_known_by_key_or_name(desk, attributes):
    anna, _ = services.create_user(
        by=system("test"), username="anna", role="salesperson", name="安娜", department_id=None
    )
    desk.run("customers", KNOWN)
    ids = dict(query("SELECT source_key, id FROM customers_customer"))
    one = desk.run("customers", FILE)
    assert counts(one) == (3, 0, 0, 2)
    kept = dict(query("SELECT source_key, attributes FROM customers_customer WHERE source_key LIKE 'D%%'"))
    wanted = {"referrer": ids["C1"], "adviser": anna.pk}
    assert {key: json.loads(found) for key, found in kept.items()} == {"D1": wanted, "D2": wanted, "D5": {}}
    assert list(reasons(one).values()) == [
        ["unknown_reference attributes.referrer"], ["ambiguous_reference attributes.referrer"]
    ]  # fmt: skip
    (reason,) = BadRow.objects.filter(of=one).order_by("number")[1].reasons
    assert [each["id"] for each in reason["candidates"]] == [ids["C2"], ids["C3"]]


def named() -> dict[str, dict[str, str]]:
    """Whom each customer names, by keys."""
    rows = query("SELECT source_key, id, attributes FROM customers_customer ORDER BY 1")
    key_of = {pk: key for key, pk, _ in rows}
    found = {key: {code: key_of[pk] for code, pk in json.loads(given).items()} for key, _, given in rows}
    return {key: some for key, some in found.items() if some}


@pytest.mark.parametrize("block", [1 << 20, 40])  # the whole file in one batch, or two rows in each
def test_customers_of_one_file_name_each_other(desk, attributes, monkeypatch, block):
    monkeypatch.setattr(delimited, "BLOCK", block)
    desk.run("customers", "编号,名称\nC1,老客户\n")
    before = query("SELECT id, name, attributes FROM customers_customer")
    one = desk.run("customers", EACH_OTHER)
    # A6 names nobody and does not come, so A7 comes without it: that is told, too.
    assert counts(one) == (8, 0, 0, 2)
    assert reasons(one) == {
        7: ["unknown_reference attributes.origin"], 8: ["reference_left_out attributes.referrer"],
    }  # fmt: skip
    assert BadRow.objects.get(of=one, number=8).cells == ["A7", "庚", "A6", ""]
    assert named() == {
        "A1": {"referrer": "B1"}, "A2": {"referrer": "A1", "origin": "A4"}, "A3": {"referrer": "A3"},
        "A4": {"referrer": "A5", "origin": "A1"}, "A5": {"referrer": "A4"}, "A8": {"referrer": "C1"},
        "B1": {"referrer": "A1", "origin": "B2"}, "B2": {"origin": "B1"},
    }  # fmt: skip
    assert not AwaitedReference.objects.exists()
    again = desk.run("customers", EACH_OTHER)
    assert (again.created, again.updated, again.bad) == (0, 0, 2)
    imports.request_undo(by=desk.viewer, import_id=one.pk, now=datetime.now(UTC))
    assert run_undo(one.change_set_id).state == "done"
    one.change_set.refresh_from_db()
    assert one.change_set.state == "undone"
    assert query("SELECT id, name, attributes FROM customers_customer") == before


def test_known_customers_name_new_ones(desk, attributes, monkeypatch):
    monkeypatch.setattr(delimited, "BLOCK", 40)
    desk.run("customers", "电话,名称,介绍人\n13900000001,甲,\n13900000002,乙,\n", match_by="phone")
    text = "电话,名称,介绍人\n13900000001,甲,丁\n13900000002,乙,甲\n13900000003,丙,丁\n13900000004,丁,乙\n"
    assert counts(desk.run("customers", text, match_by="phone")) == (2, 2, 0, 0)
    rows = query("SELECT c.name, o.name FROM customers_customer c JOIN customers_customer o"
                 " ON o.id = (c.attributes ->> 'referrer')::bigint")  # fmt: skip
    assert dict(rows) == {"甲": "丁", "乙": "甲", "丙": "丁", "丁": "乙"}
    assert counts(desk.run("customers", text, match_by="phone")) == (0, 0, 4, 0)


def test_a_name_that_two_of_the_file_have_is_told_with_both(desk, attributes):
    one = desk.run("customers", "编号,名称,介绍人\nA1,甲,乙\nA2,乙,\nA3,乙,\n")
    assert counts(one) == (2, 0, 0, 1)
    (reason,) = BadRow.objects.get(of=one).reasons
    assert [each["name"] for each in reason["candidates"]] == ["乙", "乙"]
    assert len(query("SELECT FROM customers_customer")) == 3


def test_what_must_be_filled_is_given_back_until_the_other_is_there(desk, attributes):
    definitions = apps.get_model("customers", "AttributeDefinition").objects
    text = "编号,名称,介绍人\nA1,甲,乙\nA2,乙,丙\n"
    desk.run("customers", "编号,名称\nA3,丙\n")
    definitions.filter(code="referrer").update(mandatory="always")
    one = desk.run("customers", text)
    assert counts(one) == (1, 0, 0, 1)
    assert reasons(one) == {2: ["reference_comes_later attributes.referrer"]}
    assert counts(desk.run("customers", text)) == (1, 0, 1, 0)


def test_what_is_awaited_outlasts_a_fall_and_is_no_fault_of_a_dry_run(desk, attributes, monkeypatch):
    path = desk.folder / "file.csv"
    path.write_text(EACH_OTHER)
    shown = preview(
        by=desk.viewer, upload_id=uploads.take_in_place(by=desk.viewer, path=path).pk, kind="customers",
        source="crm",
    )  # fmt: skip
    assert [row["number"] for row in shown["rows"] if row["errors"]] == [7, 9]
    monkeypatch.setattr(delimited, "BLOCK", 40)
    assert counts(desk.run("customers", EACH_OTHER, dry_run=True))[3] == 2
    assert not AwaitedReference.objects.exists()
    take, taken = running._Run.take, []

    def fall_after_two(self, batch):
        taken.append(batch)
        take(self, batch)
        if len(taken) == 2:
            raise RuntimeError("fallen")

    monkeypatch.setattr(running._Run, "take", fall_after_two)
    one = desk.begin("customers", EACH_OTHER)
    with pytest.raises(RuntimeError):
        imports.run_import(one.pk)
    assert AwaitedReference.objects.filter(of=one).exists()
    monkeypatch.setattr(running._Run, "take", take)
    imports.resume(by=desk.viewer, import_id=one.pk, now=datetime.now(UTC), here=True)
    imports.run_import(one.pk)
    assert counts(get_import(desk.viewer, one.pk))[3] == 3
    assert named()["A1"] == {"referrer": "B1"}
