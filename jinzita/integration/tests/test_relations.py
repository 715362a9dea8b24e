"""Files that say how customers stand to each other: added once, undone with their import."""

from datetime import UTC, date, datetime

import pytest
from django.apps import apps

from jinzita.customers.services import create_customer
from jinzita.customers.services.relations import add_relation
from jinzita.customers.services.taking_back import request_undo, run_undo
from jinzita.integration.parsing.wording import codes
from jinzita.integration.services import imports, uploads
from jinzita.integration.tests.desk import counts, query, reasons
from jinzita.kernel.errors import Invalid

NOW = datetime.now(UTC)
Relation = apps.get_model("customers", "Relation")
FILE = (
    "客户,关系,对方客户,开始日期,备注\n"
    "甲,推荐人,乙,2025-05-01,展会上介绍\n"
    "甲,合作伙伴,丙,,\n"
    "丙,合作,甲,,\n"
    "乙,代理,13800138000,,\n"
    "甲,合作伙伴,甲,,\n"
    "甲,合作伙伴,无此客户,,\n"
    "甲,亲戚,乙,,\n"
)


@pytest.fixture
def known(desk):
    desk.ids = {
        name: create_customer(by=desk.viewer, name=name, phone=phone).pk
        for name, phone in (("甲", ""), ("乙", ""), ("丙", "138 0013 8000"))
    }
    return desk


def by_name(desk, text, **choices):
    return desk.run("relations", text, match_by="name", unknown_customers="refuse", **choices)


def there() -> list[tuple]:
    return query(
        "SELECT c.name, r.kind, o.name, r.since, r.note FROM customers_relation r"
        " JOIN customers_customer c ON c.id = r.customer_id JOIN customers_customer o ON o.id = r.other_id"
        " ORDER BY r.id"
    )


def test_relations_are_added_once_and_taken_back(known):
    add_relation(by=known.viewer, customer_id=known.ids["丙"], other_id=known.ids["乙"], kind="competitor_of")
    one = by_name(known, FILE + "乙,竞争对手,丙,2020-01-01,\n")
    assert counts(one) == (3, 0, 2, 3), "partners and competitors are it from both sides"
    assert reasons(one) == {
        6: ["itself other"], 7: ["unknown_reference other"], 8: ["unknown_choice kind"],
    }  # fmt: skip
    assert there() == [
        ("丙", "competitor_of", "乙", None, ""),
        ("甲", "referred_by", "乙", date(2025, 5, 1), "展会上介绍"),
        ("甲", "partner_of", "丙", None, ""),
        ("乙", "agent_of", "丙", None, ""),
    ]
    assert counts(by_name(known, FILE)) == (0, 0, 4, 3), "the same file changes nothing"
    request_undo(by=known.viewer, change_set_id=one.change_set_id, now=NOW)
    run_undo(one.change_set_id)
    assert [kind for _, kind, *_ in there()] == ["competitor_of"]


def test_customers_are_known_by_their_keys_at_the_source(desk):
    desk.run("customers", "编号,名称\nC1,甲公司\nC2,乙公司\n")
    text = "customer id,relation type,related customer\nC1,supplier to,C2\n"
    assert counts(desk.run("relations", text)) == (1, 0, 0, 0)
    elsewhere = desk.run("relations", text, source="other", customer_source="crm")
    assert counts(elsewhere) == (0, 0, 1, 0)


def test_they_are_only_added(known):
    with pytest.raises(Invalid, match="added"):
        by_name(known, FILE, mode="update")


def test_usual_headings_are_matched(known):
    path = known.folder / "a.csv"
    path.write_text("Account Name,Relationship,Related Account,Start Date,Remarks\n甲,Partner,乙,,\n")
    upload = uploads.take_in_place(by=known.viewer, path=path)
    found = imports.preview(by=known.viewer, upload_id=upload.pk, kind="relations", source="crm")
    assert list(found["mapping"].values()) == ["customer", "kind", "other", "since", "note"]


def test_every_refusal_has_words():
    assert {"itself", "group_circle", "not_an_organisation", "group_too_deep", "group_too_large"} < {*codes()}


def seen(known, text: str, **choices) -> list[tuple]:
    """What the check says of the rows: what they mean, and what is wrong with them."""
    path = known.folder / "seen.csv"
    path.write_text(text)
    upload = uploads.take_in_place(by=known.viewer, path=path)
    answer = imports.preview(
        by=known.viewer, upload_id=upload.pk, kind="relations", source="crm", match_by="name", **choices
    )
    assert answer["bad"] == sum(bool(row["errors"]) for row in answer["rows"])
    return [
        (row["values"]["other"], [f"{one['code']} {one['field']}" for one in row["errors"]])
        for row in answer["rows"]
    ]


def test_the_check_calls_the_other_customer_by_name(known):
    assert seen(known, "客户,关系,对方客户\n乙,代理,13800138000\n乙,代理,无此客户\n") == [
        ("丙", []), (None, ["unknown_reference other"]),
    ]  # fmt: skip


def test_the_check_refuses_a_relation_of_a_customer_with_itself(known):
    text = "客户,关系,对方客户\n甲,合作伙伴,甲\n丙,代理,13800138000\n无此客户,代理,乙\n甲,合作伙伴,乙\n"
    itself = ["itself other"]
    assert [why for _, why in seen(known, text, unknown_customers="create")] == [itself, itself, [], []]


def test_the_check_refuses_customers_that_the_import_will_refuse(known):
    create_customer(by=known.viewer, name="丙")
    text = "客户,关系,对方客户\n甲,合作伙伴,乙\n无此客户,合作伙伴,乙\n丙,合作伙伴,乙\n"
    unknown, several = ["unknown_customer customer"], ["ambiguous_customer customer"]
    assert [why for _, why in seen(known, text, unknown_customers="refuse")] == [[], unknown, several]
    assert [why for _, why in seen(known, text, unknown_customers="create")] == [[], [], several]
    assert query("SELECT count(*) FROM customers_customer") == [(4,)], "nobody was made by looking"
