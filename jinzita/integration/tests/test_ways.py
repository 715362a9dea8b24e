"""Files of addresses, and of further telephones, e-mails and so on: added to those there are."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from django.apps import apps

from jinzita.customers.selectors.customers import matching
from jinzita.customers.services import create_customer
from jinzita.customers.services.addresses import replace_addresses
from jinzita.customers.services.taking_back import request_undo, run_undo
from jinzita.integration.services import imports, uploads
from jinzita.integration.tests.desk import counts, query, reasons
from jinzita.kernel.access import FieldAccess
from jinzita.kernel.errors import Invalid

NOW = datetime.now(UTC)
Address, Channel, Customer = (
    apps.get_model("customers", name) for name in ("Address", "Channel", "Customer")
)
ADDRESSES = (
    "客户,地址类型,省份,城市,详细地址,邮编\n"
    "恒远,注册地址,江苏省,苏州市,工业园区星湖街 1 号,215000\n"
    "恒远,收货地址,江苏省,昆山市,前进路 9 号,\n"
    "恒远,收货地址,江苏省,昆山市,前进路 9 号,\n"
    "恒远,,,,,\n"
)
WAYS = (
    "客户,号码\n恒远,138 0013 8000\n恒远,sales@hengyuan.cn\n恒远,www.hengyuan.cn\n"
    "恒远,13800138000\n恒远,abc\n"
)  # fmt: skip


@pytest.fixture
def known(desk):
    desk.customer = create_customer(by=desk.viewer, name="恒远")
    return desk


def by_name(desk, kind, text):
    return desk.run(kind, text, match_by="name", unknown_customers="refuse")


def take_back(desk, one):
    request_undo(by=desk.viewer, change_set_id=one.change_set_id, now=NOW)
    run_undo(one.change_set_id)


def test_addresses_are_added_once_and_taken_back(known):
    place = {"kind": "office", "country": "CN", "city": "上海", "street": "淮海路 1 号"}
    replace_addresses(by=known.viewer, customer_id=known.customer.pk, items=[place], version=None)
    one = by_name(known, "addresses", ADDRESSES)
    assert counts(one) == (2, 0, 1, 1)
    assert reasons(one) == {5: ["required street"]}
    assert query("SELECT kind, country, city, postcode FROM customers_address ORDER BY position") == [
        ("office", "CN", "上海", ""), ("registered", "CN", "苏州市", "215000"),
        ("delivery", "CN", "昆山市", ""),
    ]  # fmt: skip
    assert counts(by_name(known, "addresses", ADDRESSES)) == (0, 0, 3, 1), "the same file changes nothing"
    take_back(known, one)
    assert query("SELECT city FROM customers_address") == [("上海",)]


def test_channels_are_known_by_their_look_and_find_the_customer(known):
    one = by_name(known, "channels", WAYS)
    assert counts(one) == (3, 0, 1, 1)
    assert reasons(one) == {6: ["wrong_form value"]}
    kinds = query("SELECT kind, normal FROM customers_channel ORDER BY position")
    assert kinds == [
        ("phone", "+8613800138000"), ("email", "sales@hengyuan.cn"), ("web", "hengyuan.cn"),
    ]  # fmt: skip
    customer = Customer.objects.get()
    assert (customer.phone, customer.email) == ("138 0013 8000", "sales@hengyuan.cn"), (
        "it had none of its own"
    )
    assert [one.name for one in matching(known.viewer, q="0013800")] == ["恒远"]
    take_back(known, one)
    assert not Channel.objects.exists()
    customer.refresh_from_db()
    assert (customer.phone, customer.email) == ("", "")
    assert not matching(known.viewer, q="0013800").exists(), "it is no longer found by them"


def test_a_telephone_of_its_own_stays_the_first(known):
    Customer.objects.update(phone="021-5555 6666")
    by_name(known, "channels", WAYS)
    assert Customer.objects.get().phone == "021-5555 6666"


def test_a_customer_has_only_so_many(known):
    rows = "".join(f"恒远,1380013{number:04}\n" for number in range(60))
    one = by_name(known, "channels", "客户,号码\n" + rows)
    assert counts(one) == (50, 0, 0, 10)
    assert reasons(one)[61] == ["too_many_of_customer customer"]
    assert Channel.objects.count() == 50


def test_customers_that_nobody_knows_are_refused_or_made(known):
    text = "customer id,street\nX1,Main Street 1\n"
    assert reasons(known.run("addresses", text, unknown_customers="refuse")) == {
        2: ["unknown_customer customer"]
    }
    assert counts(known.run("addresses", text)) == (1, 0, 0, 0)
    assert Address.objects.get().customer_id == Customer.objects.get(source_key="X1").pk


def test_they_are_only_added(known):
    with pytest.raises(Invalid, match="added"):
        known.run("addresses", ADDRESSES, match_by="name", mode="update")


def test_who_may_not_change_telephones_brings_none_in(known):
    known.viewer = replace(known.viewer, fields={"customers.phone": FieldAccess.SEE})
    with pytest.raises(Invalid, match="matched"):
        known.run("channels", WAYS, match_by="name", mapping={"客户": "customer", "号码": "value"})
    assert not Channel.objects.exists()


def test_their_columns_are_matched_by_usual_headings(known):
    path = known.folder / "a.csv"
    path.write_text("Account Name,Billing Street,Billing City,Billing State,Billing Zip\n恒远,a,b,c,d\n")
    upload = uploads.take_in_place(by=known.viewer, path=path)
    found = imports.preview(by=known.viewer, upload_id=upload.pk, kind="addresses", source="crm")
    assert set(found["mapping"].values()) == {"customer", "street", "city", "province", "postcode"}
