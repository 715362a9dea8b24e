"""Files of contacts: further telephones and e-mails in columns, and people at several organisations."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from django.apps import apps

from jinzita.customers.selectors.contacts import matching
from jinzita.customers.services.taking_back import request_undo, run_undo
from jinzita.integration.reading import delimited
from jinzita.integration.services import imports, uploads
from jinzita.integration.tests.desk import counts, query, reasons
from jinzita.kernel.access import FieldAccess
from jinzita.kernel.errors import Invalid

NOW = datetime.now(UTC)
Channel, Contact = (apps.get_model("customers", name) for name in ("Channel", "Contact"))
FILE = (
    "联系人编号,姓名,客户,手机,座机,微信号,备用邮箱\n"
    "K1,张三,C1,13800138000,021-5555 6666,zhangsan,zs@home.cn\n"
    "K2,李四,C1,,021-5555 7777,,\n"
    "K3,王五,C1,,12,,不是邮箱\n"
)


def ways(name: str) -> list[tuple]:
    return query(
        "SELECT h.kind, h.normal, h.label FROM customers_channel h JOIN customers_contact t"
        " ON t.id = h.contact_id WHERE t.name = %s ORDER BY h.position",
        name,
    )


def test_further_telephones_are_added_once_and_taken_back(desk):
    one = desk.run("contacts", FILE)
    assert counts(one) == (2, 0, 0, 1)
    assert reasons(one) == {4: ["wrong_form further_work", "wrong_form further_email"]}
    assert sorted(ways("张三")) == [
        ("email", "zs@home.cn", ""), ("phone", "+862155556666", "work"), ("wechat", "zhangsan", ""),
    ]  # fmt: skip
    own = dict(query("SELECT name, phone || ' ' || email FROM customers_contact"))
    assert own["张三"] == "13800138000 zs@home.cn", "it had no e-mail of its own"
    assert own["李四"] == "021-5555 7777 ", "nor this one a telephone"
    assert [one.name for one in matching(desk.viewer, q="55556666")] == ["张三"]
    assert counts(desk.run("contacts", FILE)) == (0, 0, 2, 1), "the same file changes nothing"
    request_undo(by=desk.viewer, change_set_id=one.change_set_id, now=NOW)
    run_undo(one.change_set_id)
    assert not Channel.objects.exists()
    assert not Contact.objects.exists()


def test_known_contacts_get_further_ones_and_lose_them_again(desk):
    desk.run("contacts", "联系人编号,姓名,客户,电话\nK1,张三,C1,13800138000\n")
    one = desk.run("contacts", "联系人编号,姓名,客户,Home Phone\nK1,张三,C1,021-5555 8888\n")
    assert counts(one) == (0, 1, 0, 0)
    assert Contact.objects.get().phone == "13800138000"
    assert ways("张三") == [("phone", "+862155558888", "home")]
    request_undo(by=desk.viewer, change_set_id=one.change_set_id, now=NOW)
    run_undo(one.change_set_id)
    assert not Channel.objects.exists()
    assert not matching(desk.viewer, q="55558888").exists(), "and is no longer found by it"


@pytest.mark.parametrize(
    ("headings", "fields"),
    [
        ("手机", {"手机": "phone"}),
        ("Mobile Phone", {"Mobile Phone": "phone"}),
        ("电话,手机", {"电话": "phone", "手机": "further_mobile"}),
        ("手机,手机2", {"手机": "phone", "手机2": "further_mobile"}),
        (
            "Phone,Mobile Phone,Home Phone,Other Phone,Fax,Email,Secondary Email",
            {
                "Phone": "phone", "Mobile Phone": "further_mobile", "Home Phone": "further_home",
                "Other Phone": "further_phone", "Fax": "further_fax", "Email": "email",
                "Secondary Email": "further_email",
            },
        ),
    ],
)  # fmt: skip
def test_usual_headings_are_matched(desk, headings, fields):
    path = desk.folder / "a.csv"
    path.write_text(f"联系人编号,姓名,客户,{headings}\nK1,张三,C1\n")
    upload = uploads.take_in_place(by=desk.viewer, path=path)
    found = imports.preview(by=desk.viewer, upload_id=upload.pk, kind="contacts", source="crm")["mapping"]
    assert {column: field for column, field in found.items() if column in fields} == fields


def test_who_may_not_change_telephones_brings_none_in(desk):
    desk.viewer = replace(desk.viewer, fields={"contacts.phone": FieldAccess.SEE})
    mapping = {"联系人编号": "source_key", "姓名": "name", "客户": "customer", "座机": "further_work"}
    with pytest.raises(Invalid, match="matched"):
        desk.run("contacts", FILE, mapping=mapping)


@pytest.mark.parametrize("block", [1 << 20, 40])  # the whole file in one batch, or a row in each
def test_somebody_is_at_several_organisations(desk, monkeypatch, block):
    monkeypatch.setattr(delimited, "BLOCK", block)
    text = (
        "联系人编号,姓名,客户,决策角色\n"
        "K1,张三,甲,决策人\nK1,张三,甲,决策人\nK1,张三,乙,使用人\nK2,李四,甲,\n"
    )  # fmt: skip
    at = (
        "SELECT c.source_key, p.role, p.is_primary FROM customers_position p"
        " JOIN customers_customer c ON c.id = p.customer_id JOIN customers_contact t ON t.id = p.contact_id"
        " WHERE t.name = '张三' ORDER BY p.id"
    )
    one = desk.run("contacts", text)
    assert counts(one) == (2, 1, 1, 0)
    assert one.superseded == 1, "one row stood there twice"
    assert query(at) == [("甲", "decision_maker", True), ("乙", "user", False)]
    assert counts(desk.run("contacts", text)) == (0, 0, 4, 0)
    assert counts(desk.run("contacts", "联系人编号,姓名,客户\nK1,张三,丙\n")) == (0, 1, 0, 0)
    assert len(query(at)) == 3
