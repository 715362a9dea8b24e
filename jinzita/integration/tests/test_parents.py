"""A file says under whom its customers stand: earlier rows, later ones, those known; and is taken back."""

import csv
import io
import json
from dataclasses import replace
from datetime import UTC, datetime

import pyarrow as pa
import pytest
from django.apps import apps

from jinzita.customers.selectors.customers import matching
from jinzita.customers.selectors.grouping import grouped
from jinzita.customers.selectors.referring import referred
from jinzita.customers.services import create_customer
from jinzita.customers.services.groups import set_parent
from jinzita.customers.services.loading.customers import load_customers
from jinzita.customers.services.taking_back import request_undo, run_undo
from jinzita.integration.reading import delimited
from jinzita.integration.services import imports, uploads
from jinzita.integration.tests.desk import counts, query, reasons
from jinzita.kernel.access import Reach
from jinzita.kernel.loading import Manner
from jinzita.kernel.undo import taking_back

NOW = datetime.now(UTC)
Customer = apps.get_model("customers", "Customer")
GROUP = (
    "编号,名称,统一社会信用代码,上级客户\n"
    "A1,华东分公司,,A9\n"
    "A2,苏州办事处,,华东分公司\n"
    "A3,昆山门店,,91350100M000100Y43\n"
    "A4,老客户的子公司,,老客户\n"
    "A5,无上级,,\n"
    "A9,集团总部,91350100M000100Y43,\n"
)
TREE = {
    "华东分公司": "集团总部", "苏州办事处": "华东分公司", "昆山门店": "集团总部", "老客户的子公司": "老客户",
}  # fmt: skip


def above() -> dict[str, str]:
    """Who stands under whom, by name."""
    return dict(query("SELECT c.name, p.name FROM customers_customer c"
                      " JOIN customers_customer p ON p.id = c.parent_id"))  # fmt: skip


def take_back(desk, one):
    request_undo(by=desk.viewer, change_set_id=one.change_set_id, now=NOW)
    run_undo(one.change_set_id)
    one.change_set.refresh_from_db()
    return one.change_set.state


@pytest.fixture
def known(desk):
    desk.customer = create_customer(by=desk.viewer, name="老客户", phone="021-5555 6666")
    return desk


@pytest.mark.parametrize("block", [1 << 20, 60])  # the whole file in one batch, or a row or two in each
def test_a_group_comes_in_whatever_the_order_of_its_rows(known, monkeypatch, block):
    monkeypatch.setattr(delimited, "BLOCK", block)
    one = known.run("customers", GROUP)
    assert counts(one) == (6, 0, 0, 0)
    assert above() == TREE
    assert counts(known.run("customers", GROUP)) == (0, 0, 6, 0), "the same file changes nothing"
    assert take_back(known, one) == "undone"
    assert [name for (name,) in query("SELECT name FROM customers_customer")] == ["老客户"]


def test_a_parent_is_known_by_its_telephone_too(known):
    assert counts(known.run("customers", "编号,名称,母公司\nB1,子公司,(021) 55556666\n")) == (1, 0, 0, 0)
    assert above() == {"子公司": "老客户"}


def test_an_overwritten_parent_comes_back(known):
    other = create_customer(by=known.viewer, name="新上级")
    child = create_customer(by=known.viewer, name="子公司")
    set_parent(by=known.viewer, customer_id=child.pk, parent_id=known.customer.pk)
    one = known.run("customers", "名称,上级客户\n子公司,新上级\n", match_by="name")
    assert counts(one) == (0, 1, 0, 0)
    assert above() == {"子公司": "新上级"}
    assert take_back(known, one) == "undone"
    assert above() == {"子公司": "老客户"}
    assert Customer.objects.get(pk=other.pk).parent_id is None


def test_a_blank_cell_keeps_the_parent_or_takes_it_away(known):
    known.run("customers", "编号,名称,上级客户\nB1,子公司,老客户\n")
    blank = "编号,名称,上级客户\nB1,子公司,\n"
    assert counts(known.run("customers", blank)) == (0, 0, 1, 0)
    assert counts(known.run("customers", blank, empty_cells="clear")) == (0, 1, 0, 0)
    assert above() == {}


def test_who_does_not_see_the_parent_does_not_take_it_away(known):
    named = "编号,名称,上级客户\nB1,子公司,老客户\n"
    known.run("customers", named)
    Customer.objects.filter(name="子公司").update(owner_id=known.viewer.user_id)
    own = replace(known.viewer, reach=Reach.OWN)
    rows = {"number": [2], "source_key": ["B1"], "name": ["子公司"], "parent_id": pa.nulls(1, pa.int64())}
    loaded = load_customers(by=own, source="crm", rows=pa.table(rows), manner=Manner(blanks="clear"))
    assert (loaded.updated, loaded.unchanged) == (0, 1)
    assert above() == {"子公司": "老客户"}
    assert referred(own, "customers", ["老客户"], source="crm") == {}, "nor is it found"


def test_nobody_stands_under_itself_or_its_subsidiary(known):
    text = "编号,名称,上级客户\nC1,甲,乙\nC2,乙,丙\nC3,丙,甲\nC4,丁,丁\n"
    one = known.run("customers", text)
    assert counts(one) == (2, 0, 0, 2)
    # Of a circle the last row is given back.
    assert reasons(one) == {4: ["group_circle parent"], 5: ["group_circle parent"]}
    assert above() == {"甲": "乙", "乙": "丙"}
    assert reasons(known.run("customers", "编号,名称,上级客户\nC3,丙,甲\n")) == {2: ["group_circle parent"]}
    dry = known.run("customers", "编号,名称,上级客户\nC3,丙,甲\n", dry_run=True)
    assert reasons(dry) == {2: ["group_circle parent"]}


def test_what_is_taken_back_is_held_by_those_that_stay(known, monkeypatch):
    monkeypatch.setattr(taking_back, "BATCH", 2)
    one = known.run("customers", GROUP)
    Customer.objects.filter(name="苏州办事处").update(phone="0512-1234 5678")
    assert take_back(known, one) == "partly_undone"
    assert above() == {"苏州办事处": "华东分公司", "华东分公司": "集团总部"}, "with all those it stands under"


def test_a_large_group_is_taken_back_in_steps(known, monkeypatch):
    monkeypatch.setattr(taking_back, "BATCH", 2)
    assert take_back(known, known.run("customers", GROUP)) == "undone"
    assert Customer.objects.count() == 1


def test_a_parent_and_its_subsidiary_change_places(known):
    known.run("customers", "编号,名称,上级客户\nC1,甲,乙\nC2,乙,老客户\n")
    one = known.run("customers", "编号,名称,上级客户\nC2,乙,甲\nC1,甲,老客户\n")
    assert counts(one) == (0, 2, 0, 0)
    assert above() == {"乙": "甲", "甲": "老客户"}
    assert take_back(known, one) == "undone"
    assert above() == {"甲": "乙", "乙": "老客户"}


def test_a_group_is_made_of_organisations_and_not_too_deep(known):
    Customer.objects.update(kind="person")
    rows = "".join(f"D{n},级{n},{f'级{n - 1}' if n > 1 else '老客户'}\n" for n in range(1, 33))
    one = known.run("customers", "编号,名称,上级客户\n" + rows)
    assert reasons(one) == {
        2: ["not_an_organisation parent"], 32: ["group_too_deep parent"],
    }  # fmt: skip
    assert counts(one) == (30, 0, 0, 2)


def test_a_name_of_several_is_told_with_them(known):
    create_customer(by=known.viewer, name="老客户")
    one = known.run("customers", "编号,名称,上级客户\nB1,子公司,老客户\n")
    assert reasons(one) == {2: ["ambiguous_reference parent"]}


def test_headings_of_other_systems_are_matched(known):
    for number, heading in enumerate(("Parent Account", "上级客户", "上级公司", "母公司")):
        path = known.folder / f"{number}.csv"
        path.write_text(f"编号,名称,{heading}\nB1,子公司,老客户\n")
        upload = uploads.take_in_place(by=known.viewer, path=path)
        found = imports.preview(by=known.viewer, upload_id=upload.pk, kind="customers", source="crm")
        assert found["mapping"].get(heading) == "parent", heading


def test_customers_are_grouped_and_filtered_by_their_parent(known):
    known.run("customers", GROUP)
    found = {one["label"]["zh"] if one["label"] else None: one for one in grouped(known.viewer, by="parent")}
    assert {name: one["count"] for name, one in found.items()} == {
        None: 3,
        "集团总部": 2,
        "华东分公司": 1,
        "老客户": 1,
    }
    top = json.dumps({"field": "parent", "op": "eq", "value": found["集团总部"]["value"]})
    assert {one.name for one in matching(known.viewer, filter=top)} == {"华东分公司", "昆山门店"}


@pytest.mark.parametrize("language", ["zh", "en"])
def test_an_exported_parent_comes_in_again_unchanged(known, client, language):
    known.run("customers", GROUP)
    client.force_login(apps.get_model("people", "User").objects.get(username="root"))
    answer = client.post(
        "/api/v1/customers/export",
        {"fields": "source_key,name,parent", "language": language},
        content_type="application/json",
    )
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))
    assert rows[0][2] == {"zh": "上级客户", "en": "Parent account"}[language]
    assert {row[1]: row[2] for row in rows[1:] if row[2]} == TREE
    ours = "\n".join(line for line in text.splitlines() if "老客户," not in line)
    assert counts(known.run("customers", ours)) == (0, 0, 6, 0)
