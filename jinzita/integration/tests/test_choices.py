"""Chosen before an import: what words stand for, corrected cells, templates; doubles told after it."""

import pytest
from django.apps import apps

from jinzita.integration.models import ImportTemplate
from jinzita.integration.selectors import templates
from jinzita.integration.services import imports, uploads
from jinzita.integration.services.templates import delete_template, save_template
from jinzita.integration.tests.desk import counts, query, reasons
from jinzita.kernel.access import system
from jinzita.kernel.errors import Forbidden, Invalid, NotFound
from jinzita.people import selectors, services
from jinzita.quality.selectors.duplicates import groups
from jinzita.quality.services.duplicates import check

AttributeDefinition = apps.get_model("customers", "AttributeDefinition")
FILE = "编号,名称,地区,兴趣\nC1,甲,北京市,宽带；专线\nC2,乙,沪,专线、云\nC3,丙,火星,宽带|未知\n"


@pytest.fixture
def chosen(desk):
    def choices(*pairs):
        return [{"value": value, "en": value, "zh": zh} for value, zh in pairs]

    AttributeDefinition.objects.create(
        code="place", type="choice", label_en="Place", label_zh="地区",
        choices=choices(("beijing", "北京"), ("shanghai", "上海")),
    )  # fmt: skip
    AttributeDefinition.objects.create(
        code="interests", type="choices", label_en="Interests", label_zh="兴趣",
        choices=choices(("broadband", "宽带"), ("line", "专线"), ("cloud", "云")),
    )  # fmt: skip
    return desk


def preview(desk, text, **choices):
    path = desk.folder / "preview.csv"
    path.write_text(text)
    upload = uploads.take_in_place(by=desk.viewer, path=path)
    return imports.preview(by=desk.viewer, upload_id=upload.pk, kind="customers", source="crm", **choices)


def test_words_are_mapped_and_remembered(chosen):
    seen = preview(chosen, FILE)
    place, interests = "attributes.place", "attributes.interests"
    assert seen["unknown_words"] == {place: ["北京市", "沪", "火星"], interests: ["未知"]}
    words = {place: {"北京市": "beijing", "沪": "shanghai"}, interests: {"未知": "cloud"}}
    one = chosen.run("customers", FILE, words=words)
    assert counts(one) == (2, 0, 0, 1)
    assert reasons(one) == {4: ["unknown_choice attributes.place"]}
    assert query("SELECT attributes ->> 'place' FROM customers_customer ORDER BY source_key") == [
        ("beijing",), ("shanghai",),
    ]  # fmt: skip
    assert query("SELECT attributes -> 'interests' FROM customers_customer ORDER BY source_key") == [
        ('["broadband", "line"]',), ('["line", "cloud"]',),
    ]  # fmt: skip
    again = preview(chosen, "编号,名称,地区,备注\nC9,丁,沪,x\n")
    assert again["words"] == {place: words[place]}
    assert again["unknown_words"] == {}
    with pytest.raises(Invalid):
        preview(chosen, FILE, words={place: {"沪": "nowhere"}})


def test_cells_are_corrected_before_the_import(chosen):
    text = "key,customer,date,amount\nT1,C1,bad,1\nT2,C1,2024-01-01,ten\nT3,C1,2024-01-02,ten\n"
    corrections = {
        "cells": [[2, "date", "2024-01-05"], [4, "amount", "7"]],
        "replace": [["amount", "ten", "10"]],
    }
    one = chosen.run("transactions", text, corrections=corrections)
    assert counts(one) == (3, 0, 0, 0)
    assert query("SELECT source_key, amount::int FROM agreements_transaction ORDER BY 1") == [
        ("T1", 1), ("T2", 10), ("T3", 7),
    ]  # fmt: skip
    with pytest.raises(Invalid):
        chosen.run("transactions", text, corrections={"cells": [[2, "gone", "1"]]})


def test_templates_are_kept_shared_replaced_and_forgotten(chosen):

    user, _ = services.create_user(by=system("test"), username="other", role="manager")
    other = selectors.viewer_for(user)
    mine = save_template(by=chosen.viewer, name=" 月报 ", kind="customers", choices={"source": "erp"})
    assert mine.name == "月报"

    assert list(templates(other)) == []
    save_template(by=chosen.viewer, name="月报", kind="customers", choices={"source": "erp"}, shared=True)
    assert [one.pk for one in templates(other)] == [mine.pk]
    assert ImportTemplate.objects.count() == 1

    with pytest.raises(Forbidden):
        delete_template(by=other, template_id=mine.pk)
    delete_template(by=chosen.viewer, template_id=mine.pk)
    with pytest.raises(NotFound):
        delete_template(by=chosen.viewer, template_id=mine.pk)
    with pytest.raises(Invalid):
        save_template(by=other, name=" ", kind="customers", choices={})


def test_new_customers_that_may_be_there_are_told_by_the_import(chosen):

    chosen.run("customers", "编号,名称,电话\nC1,北京华宇科技有限公司,13800000001\n", source="old")
    one = chosen.run("customers", "编号,名称,电话\nC1,北京华宇科技公司,13800000001\nC2,别的,1\n")
    made = [pk for (pk,) in query("SELECT id FROM customers_customer WHERE source = 'crm' ORDER BY 1")]
    check(by=chosen.viewer, customer_ids=made)
    found = groups(chosen.viewer, change_set_id=one.change_set_id).items
    assert [sorted(each.name for each in pair.customers) for pair in found] == [
        ["北京华宇科技公司", "北京华宇科技有限公司"]
    ]
    assert groups(chosen.viewer, change_set_id=one.change_set_id + 1).items == []


def tags(table="customers_customer"):
    return dict(query(f"SELECT source_key, tags FROM {table} ORDER BY source_key"))


def test_tags_come_in_from_one_cell(desk):
    first = desk.run(
        "customers", '编号,名称,标签\nC1,甲,VIP；A/B 测试;VIP\nC2,乙,\nC3,丙,"说""好"", 反斜\\杠"\n'
    )
    assert counts(first) == (3, 0, 0, 0)
    assert tags() == {"C1": ["VIP", "A/B 测试"], "C2": [], "C3": ['说"好"', "反斜\\杠"]}
    again = desk.run(
        "customers", "编号,名称,标签\nC1,甲,VIP；A/B 测试\nC2,乙,新\nC3,丙,\n", empty_cells="keep"
    )
    assert counts(again) == (0, 1, 2, 0)
    assert tags() == {"C1": ["VIP", "A/B 测试"], "C2": ["新"], "C3": ['说"好"', "反斜\\杠"]}
    cleared = desk.run("customers", "编号,名称,标签\nC3,丙,\n", empty_cells="clear")
    assert (counts(cleared), tags()["C3"]) == ((0, 1, 0, 0), [])


def test_tags_that_are_too_long_or_too_many_are_given_back(desk):
    many = ";".join(f"t{number}" for number in range(51))
    one = desk.run("customers", f"编号,名称,标签\nC1,甲,{'长' * 41}\nC2,乙,{many}\nC3,丙,{many[:-4]}\n")
    assert counts(one) == (1, 0, 0, 2)
    assert reasons(one) == {2: ["too_long tags"], 3: ["too_many_values tags"]}


def test_tags_of_contacts_come_in(desk):
    desk.run("customers", "编号,名称\nC1,甲\n")
    one = desk.run("contacts", "编号,客户,姓名,标签\nP1,C1,王建国,关键人;老同学\n")
    assert counts(one) == (1, 0, 0, 0)
    assert tags("customers_contact") == {"P1": ["关键人", "老同学"]}
