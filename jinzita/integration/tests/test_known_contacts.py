"""Files of contacts find their people by record number, telephone, e-mail, or name at the customer."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from django.apps import apps

from jinzita.customers.services import create_contact, create_customer, trash_contact
from jinzita.customers.services.erasure.people import erase_contact
from jinzita.customers.services.merging.merge import merge
from jinzita.customers.services.taking_back import request_undo, run_undo
from jinzita.integration.services import imports, uploads
from jinzita.integration.tests.desk import counts, query, reasons
from jinzita.integration.tests.test_record_numbers import exported, written
from jinzita.kernel.access import FieldAccess
from jinzita.kernel.errors import Invalid
from jinzita.people import services as people
from jinzita.people.selectors import viewer_for

NOW = datetime.now(UTC)
Contact, Customer, Position = (
    apps.get_model("customers", name) for name in ("Contact", "Customer", "Position")
)  # fmt: skip


@pytest.fixture
def known(desk):
    """张三, made here, at one customer; 李四 and 王五, from a file, share a telephone at another."""
    by = desk.viewer
    desk.first, desk.second = (create_customer(by=by, name=name) for name in ("甲公司", "乙公司"))
    desk.zhang = create_contact(
        by=by, today=NOW.date(), name="张三", phone="138 0013 8000", email="Zhang@San.cn",
        positions=[{"customer_id": desk.first.pk, "role": "user"}],
    )  # fmt: skip
    text = "联系人编号,姓名,客户,电话\nL1,李四,乙公司,021-5555 6666\nL2,王五,乙公司,021-5555 6666\n"
    assert counts(desk.run("contacts", text, source="crm", match_by="name")) == (2, 0, 0, 0)
    return desk


def seats(contact) -> list[tuple]:
    return query(
        "SELECT c.name, p.role FROM customers_position p JOIN customers_customer c ON c.id = p.customer_id"
        " WHERE p.contact_id = %s ORDER BY p.id",
        contact.pk,
    )


@pytest.mark.parametrize("language", ["zh", "en"])
def test_an_exported_list_comes_back_unchanged_and_what_was_changed_in_it_alone_changes(
    known, client, language
):
    rows = exported(client, "record,name,customer,role,phone", language, of="contacts")
    assert rows[0][0] == {"zh": "记录号", "en": "Record number"}[language]
    assert counts(known.run("contacts", written(rows), source="elsewhere")) == (0, 0, 3, 0)
    for row in rows:
        if row[1] == "李四":
            row[4] = "021-5555 7777"
    one = known.run("contacts", written(rows), source="elsewhere")
    assert counts(one) == (0, 1, 2, 0)
    assert query("SELECT name, phone FROM customers_contact ORDER BY name") == [
        ("张三", "138 0013 8000"), ("李四", "021-5555 7777"), ("王五", "021-5555 6666"),
    ]  # fmt: skip
    assert Customer.objects.count() == 2
    request_undo(by=known.viewer, change_set_id=one.change_set_id, now=NOW)
    run_undo(one.change_set_id)
    assert Contact.objects.get(name="李四").phone == "021-5555 6666"


def test_a_record_needs_neither_name_nor_customer(known):
    one = known.run("contacts", f"记录号,职务,决策角色\n{known.zhang.pk},总经理,决策人\n")
    assert counts(one) == (0, 1, 0, 0)
    known.zhang.refresh_from_db()
    assert (known.zhang.name, known.zhang.title) == ("张三", "总经理")
    assert seats(known.zhang) == [("甲公司", "decision_maker")], "where that person mainly is"


def test_a_record_that_is_at_another_customer_too_is_there_from_now_on(known):
    one = known.run("contacts", f"记录号,客户\n{known.zhang.pk},乙公司\n")
    assert counts(one) == (0, 1, 0, 0)
    assert seats(known.zhang) == [("甲公司", "user"), ("乙公司", "")]


def test_a_number_that_nobody_has_is_said_and_makes_no_customer(known):
    text = f"记录号,姓名,客户\n999999999,无此人,新公司\n,没有号码,甲公司\n{'9' * 40},太大,甲公司\n"
    one = known.run("contacts", text)
    assert reasons(one) == {
        2: ["no_such_contact record"], 3: ["required record"], 4: ["too_long record"],
    }  # fmt: skip
    assert Customer.objects.count() == 2
    upload = uploads.take_in_place(by=known.viewer, path=known.folder / "file.csv")
    seen = imports.preview(by=known.viewer, upload_id=upload.pk, kind="contacts", source="crm")
    assert seen["bad"] == 3, "and it is said beforehand"


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("phone", "姓名,客户,电话\n张三丰,甲公司,+86 13800138000\n赵六,甲公司,13900139000\n"),
        ("email", "姓名,客户,邮箱\n张三丰,甲公司,ZHANG@san.cn\n赵六,甲公司,zhao@liu.cn\n"),
        ("name", "姓名,客户,职务\n 张三 ,甲公司,经理\n赵六,甲公司,经理\n"),
    ],
)
def test_people_are_known_by_each_key_and_new_ones_made_once(known, key, text):
    one = known.run("contacts", text, contact_by=key, match_by="name", source="list")
    assert counts(one) == (1, 1, 0, 0)
    assert Contact.objects.count() == 4
    again = known.run("contacts", text, contact_by=key, match_by="name", source="other")
    assert counts(again) == (0, 0, 2, 0)


def test_a_name_means_somebody_at_that_customer_only(known):
    one = known.run("contacts", "姓名,客户\n张三,乙公司\n", contact_by="name", match_by="name")
    assert counts(one) == (1, 0, 0, 0)
    assert seats(known.zhang) == [("甲公司", "user")]


def test_of_several_with_one_telephone_the_one_called_so_is_meant_and_else_nobody(known):
    text = "姓名,客户,电话,职务\n王五,乙公司,02155556666,出纳\n钱七,乙公司,02155556666,出纳\n"
    one = known.run("contacts", text, contact_by="phone", match_by="name")
    # Of rows with one key the last that can be read counts.
    assert one.superseded == 1
    assert reasons(one) == {3: ["ambiguous_contact phone"]}
    one = known.run("contacts", "\n".join(text.splitlines()[:2]), contact_by="phone", match_by="name")
    assert counts(one) == (0, 1, 0, 0)
    assert Contact.objects.get(name="王五").title == "出纳"


def test_a_merged_contact_leads_to_its_survivor(known):
    li, wang = (Contact.objects.get(name=name) for name in ("李四", "王五"))
    merge(by=known.viewer, what="contact", survivor_id=li.pk, ids=[li.pk, wang.pk])
    one = known.run("contacts", f"记录号,职务\n{wang.pk},主任\n")
    assert counts(one) == (0, 1, 0, 0)
    li.refresh_from_db()
    assert li.title == "主任"


def test_who_lies_in_the_trash_is_not_changed(known):
    trash_contact(by=known.viewer, contact_id=known.zhang.pk, now=NOW)
    one = known.run("contacts", f"记录号,职务\n{known.zhang.pk},主任\n")
    assert reasons(one) == {2: ["contact_in_trash record"]}


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("record", "记录号,职务\n{id},主任\n"),
        ("phone", "姓名,客户,电话\n张三,甲公司,+86 138-0013-8000\n"),
        ("email", "姓名,客户,邮箱\n张三,甲公司,zhang@san.cn\n"),
    ],
)
def test_who_was_erased_does_not_come_back(known, key, text):
    erase_contact(by=known.viewer, contact_id=known.zhang.pk, reason="asked", now=NOW)
    one = known.run("contacts", text.format(id=known.zhang.pk), contact_by=key, match_by="name")
    assert [bad[0].split()[0] for bad in reasons(one).values()] == ["erased_customer"]
    assert Contact.objects.count() == 3


def test_who_is_out_of_sight_is_not_changed(known):
    north = people.create_department(by=known.viewer, name="北方")
    user, _ = people.create_user(
        by=known.viewer, username="north", role="manager", department_id=north.pk
    )  # fmt: skip
    known.viewer = viewer_for(user)
    one = known.run("contacts", f"记录号,职务\n{known.zhang.pk},主任\n")
    assert reasons(one) == {2: ["hidden_customer customer"]}


def test_keys_that_a_role_does_not_see_are_not_offered(known):
    known.viewer = replace(known.viewer, fields={"contacts.phone": FieldAccess.MASKED})
    path = known.folder / "a.csv"
    path.write_text("姓名,客户\n张三,甲公司\n")
    upload = uploads.take_in_place(by=known.viewer, path=path)
    asked = {"upload_id": upload.pk, "kind": "contacts", "source": "crm"}
    found = imports.preview(by=known.viewer, **asked)
    assert [one.code for one in found["contact_keys"]] == ["source_key", "record", "email", "name"]
    with pytest.raises(Invalid, match="cannot be matched"):
        imports.preview(by=known.viewer, **asked, contact_by="phone")


def test_many_at_once_take_as_many_queries_as_few(known, django_assert_max_num_queries):
    lines = "".join(f"某人{n},甲公司,139{n:08}\n" for n in range(300))
    known.run("contacts", "姓名,客户,电话\n" + lines, contact_by="phone", match_by="name")
    again = "姓名,客户,电话\n" + lines.replace("某人", "某某")
    with django_assert_max_num_queries(120):
        one = known.run("contacts", again, contact_by="phone", match_by="name")
    assert counts(one) == (0, 300, 0, 0)
