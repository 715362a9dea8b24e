"""A customer's sheet as a PDF, read back out of it."""

import io
from datetime import date

import pytest
from pypdf import PdfReader

from jinzita.customers import services
from jinzita.customers.selectors import sheet as selector
from jinzita.customers.tests.world import BOSS, get, post
from jinzita.kernel.models import AuditEntry
from jinzita.people import services as people

pytestmark = pytest.mark.django_db


@pytest.fixture
def known(company):
    """A customer of whom there is something to print."""
    services.update_customer(
        by=BOSS,
        customer_id=company.mine,
        changes={"name": "北京华宇科技有限公司", "phone": "+86 13877651234"},
    )
    services.create_contact(
        by=BOSS, name="欧阳娜娜",
        positions=[{"customer_id": company.mine, "title": "采购总监", "role": "decision_maker"}],
        today=date(2026, 1, 1),
    )  # fmt: skip
    services.record_standing(customer_id=company.mine, score=87.5, grade="vip", as_of=date(2026, 6, 1))
    post(company.seller, f"/customers/{company.mine}/notes", {"text": "<b>报价</b>已发 & 等回复"})
    talk = {"customer_id": company.mine, "kind": "call", "occurred_at": "2026-05-01T08:00:00Z"}
    post(company.seller, "/interactions", {**talk, "subject": "Régime de prix"})
    sale = {"customer_id": company.mine, "amount": "1234.5", "occurred_at": "2026-05-02T08:00:00Z"}
    post(company.seller, "/transactions", sale)
    return company


def read(answer):
    assert answer.status_code == 200, answer.content
    assert answer["Content-Type"] == "application/pdf"
    pages = PdfReader(io.BytesIO(answer.content)).pages
    return "\n".join(page.extract_text() for page in pages)


def door(company):
    return f"/customers/{company.mine}/sheet.pdf"


def test_the_text_comes_back_in_both_languages(known):
    zh = read(get(known.seller, door(known), language="zh"))
    for words in (
        "北京华宇科技有限公司", "VIP客户 · 87.5 分 (2026-06-01)", "负责人：seller", "+86 13877651234",
        "欧阳娜娜", "采购总监 · 决策人", "<b>报价</b>已发 & 等回复", "电话 · Régime de prix",
        "销售 · 1,234.50 CNY", "seller 打印于", "第 1 页",
    ):  # fmt: skip
        assert words in zh, words
    en = read(get(known.seller, door(known), language="en"))
    for words in ("VIP · score 87.5", "Decision maker", "Latest", "Call", "Page 1"):
        assert words in en, words


def test_its_fonts_are_inside_and_small(known):
    content = get(known.seller, door(known), language="zh").content
    assert len(content) < 200_000
    fonts = PdfReader(io.BytesIO(content)).pages[0]["/Resources"]["/Font"]
    embedded = [
        one.get_object()["/FontDescriptor"] for one in fonts.values() if "/FontDescriptor" in one.get_object()
    ]
    assert embedded
    assert all("/FontFile2" in one for one in embedded)


def test_what_the_role_keeps_back_is_not_printed(known):
    fields = {"customers.phone": "masked", "contacts.title": "hidden", "transactions.amount": "hidden"}
    role = people.create_role(
        by=BOSS,
        given={"label_en": "Narrow", "permissions": ["read", "export"], "reach": "all", "fields": fields},
    )
    someone, _ = people.create_user(by=BOSS, username="narrow", role=role.code)
    known.reader.force_login(someone)
    text = read(get(known.reader, door(known), language="zh"))
    assert "138****1234" in text
    for kept in ("7765", "采购总监", "1,234"):
        assert kept not in text, kept


def test_it_is_an_export_and_noted_as_one_and_so_is_printing(known):
    assert get(known.other_seller, door(known)).status_code == 404
    assert post(known.other_seller, f"/customers/{known.mine}/sheet/printed", {}).status_code == 404
    viewer = people.create_role(by=BOSS, given={"label_en": "Look", "permissions": ["read"], "reach": "all"})
    someone, _ = people.create_user(by=BOSS, username="looker", role=viewer.code)
    known.reader.force_login(someone)
    assert get(known.reader, door(known)).status_code == 403
    assert get(known.seller, door(known), language="fr").status_code == 422
    read(get(known.seller, door(known)))
    assert post(known.reader, f"/customers/{known.mine}/sheet/printed", {}).status_code == 204
    lines = AuditEntry.objects.filter(
        subject_type="customer", subject_id=known.mine, action__in=["export", "sheet"]
    )
    assert [(line.action, line.actor_name) for line in lines.order_by("id")] == [
        ("export", "seller"), ("sheet", "looker"),
    ]  # fmt: skip
    assert lines.order_by("id")[0].changes["format"] == "pdf"


def test_a_customer_of_whom_nothing_is_known_has_a_sheet_too(company):
    text = read(get(company.seller, door(company), language="zh"))
    assert "North Light Ltd" in text
    assert "潜在客户" in text


def test_much_runs_over_pages_and_long_texts_are_cut(known):
    for _ in range(20):
        post(known.seller, f"/customers/{known.mine}/notes", {"text": "很长的备注。\n" * 900})
    answer = get(known.seller, door(known), language="zh")
    assert len(PdfReader(io.BytesIO(answer.content)).pages) > 1


def test_amounts_and_numbers_are_printed_as_they_were_entered(company):
    for code, kind in (("deposit", "money"), ("share", "number")):
        given = {"code": code, "label": {"en": code, "zh": code}, "type": kind}
        assert post(company.administrator, "/attributes", given).status_code == 201
    services.update_customer(
        by=BOSS, customer_id=company.mine,
        changes={"attributes": {"deposit": "1234567.89", "share": 3.1416}},
    )  # fmt: skip
    text = read(get(company.seller, door(company), language="en"))
    assert "1,234,567.89 CNY" in text
    assert "3.1416" in text


def test_what_was_entered_by_hand_shows_no_key_of_another_system(company):
    assert "manual" not in read(get(company.seller, door(company), language="en"))


def test_who_left_is_not_printed_and_who_does_not_fit_is_counted(company, monkeypatch):
    monkeypatch.setattr(selector, "MOST_PEOPLE", 1)
    for name, until in (("Ann", None), ("Bob", None), ("Cid", None), ("Gone", date(2026, 1, 1))):
        services.create_contact(
            by=BOSS, name=name, today=date(2026, 6, 1),
            positions=[{"customer_id": company.mine, "title": "", "role": "", "until": until}],
        )  # fmt: skip
    text = read(get(company.seller, door(company), language="en"))
    assert "Ann" in text
    assert "and 2 more" in text
    assert "Gone" not in text
