"""A merge loses nothing: what was not chosen stays beside the survivor, and all of it comes apart again."""

import pytest
from django.db import connection

from jinzita.customers import services
from jinzita.customers.models import Channel, Contact, Customer, Merge, Position
from jinzita.customers.services import merging
from jinzita.customers.tests.world import BOSS, get, made, make_company, post
from jinzita.kernel.errors import Invalid
from tests.test_merging import NOW, merge, unmerge

pytestmark = pytest.mark.django_db


def ways(customer: int) -> list[tuple[str, str, str, str]]:
    rows = Channel.objects.filter(customer=customer).order_by("kind", "position", "pk")
    return list(rows.values_list("kind", "value", "label", "validity"))


def everything() -> list[list[str]]:
    services.complete_new(list(Customer.objects.filter(merged_into=None).values_list("pk", flat=True)))
    found = []
    with connection.cursor() as cursor:
        for table in ("customers_customer", "customers_channel", "customers_searchkey", "customers_position"):
            cursor.execute(f"SELECT (to_jsonb(t) - 'updated_at' - 'version')::text FROM {table} t")
            found.append(sorted(row for (row,) in cursor.fetchall()))
    return found


def test_phones_and_mails_not_chosen_become_further_channels():
    a = made("Acme Ltd", phone="010-88881111", email="info@acme.cn")
    b = made("ACME Limited", phone="13800138000", email="INFO@acme.cn")
    c = made("Acme", phone="+86 138 0013 8000", email="sales@acme.cn")
    Channel.objects.create(
        customer_id=c, kind="email", value="old@acme.cn", normal="old@acme.cn", label="work", validity="valid"
    )
    before = everything()
    one = merge(a, b, c, choices={"phone": {"value": "400-810-1234"}})
    assert Customer.objects.get(pk=a).phone == "400-810-1234"
    assert ways(a) == [
        ("email", "old@acme.cn", "work", "valid"), ("email", "sales@acme.cn", "", "unknown"),
        ("phone", "010-88881111", "", "unknown"), ("phone", "13800138000", "", "unknown"),
    ]  # fmt: skip
    unmerge(one)
    assert everything() == before


def test_what_is_known_of_an_equal_channel_is_taken_over():
    a, b = made("Acme Ltd", phone="1"), made("ACME Limited")
    of_a, of_b = (
        Channel.objects.create(customer_id=one, kind="phone", value="13800138000", normal="+8613800138000")
        for one in (a, b)
    )
    Channel.objects.filter(pk=of_b.pk).update(label="mobile", validity="invalid", validity_reason="moved")
    before = everything()
    one = merge(a, b)
    row = Channel.objects.get(pk=of_a.pk)
    assert (row.label, row.validity, row.validity_reason) == ("mobile", "invalid", "moved")
    unmerge(one)
    assert everything() == before


def test_a_channel_looked_at_since_stays():
    a, b = made("Acme Ltd", phone="13800138000"), made("ACME Limited", phone="13900139000")
    one = merge(a, b)
    Channel.objects.filter(customer=a).update(validity="valid")
    assert merging.preview(by=BOSS, merge_id=one.pk).outcome.elsewhere == {"customers_channel": 1}
    unmerge(one)
    assert ways(a) == [("phone", "13900139000", "", "valid")]


def test_a_channel_the_merge_added_is_known_when_written_anew():
    a, b = made("Acme Ltd", phone="13800138000"), made("ACME Limited", phone="13900139000")
    one = merge(a, b)
    items = [{"kind": "phone", "value": value} for value in ("13800138000", "13900139000", "13700137000")]
    services.replace_channels(by=BOSS, customer_id=a, items=items, version=None, today=NOW.date())
    unmerge(one)
    assert [value for _, value, _, _ in ways(a)] == ["13800138000", "13700137000"]


def test_merges_on_merges_take_out_what_is_theirs():
    a, b, c = made("A", phone="13800138000"), made("B", phone="13900139000"), made("C", phone="13900139000")
    before = everything()
    first = merge(a, b)
    second = merge(c, a)
    unmerge(second)
    unmerge(first)
    assert everything() == before


def test_the_former_name_finds_the_survivor():
    company = make_company()
    admin = company.administrator
    a, b = made("北京华宇科技有限公司"), made("华宇软件")
    one = merge(a, b, choices={"name": {"value": "华宇集团"}})
    for q in ("华宇软件", "hyrj", "huayuruanjian", "北京华宇科技"):
        found = get(admin, "/search", q=q).json()
        assert [(each["id"], each["name"], each["matched"]) for each in found] == [
            (a, "华宇集团", "former")
        ], q
        assert [each["id"] for each in get(admin, "/customers", q=q).json()["items"]] == [a], q
    later = made("Holding")
    other = merge(later, a)
    assert [each["id"] for each in get(admin, "/search", q="华宇软件").json()] == [later]
    unmerge(other)
    likely = post(admin, "/customers/duplicate-check", {"name": "北京华宇科技有限公司"}).json()["items"]
    assert (likely[0]["id"], likely[0]["verdict"]) == (a, "same")
    unmerge(one)
    assert [each["id"] for each in get(admin, "/search", q="华宇软件").json()] == [b]
    assert get(admin, "/search", q="华宇集团").json() == []


def test_a_typed_value_keeps_to_the_rules_of_entry():
    company = make_company()
    admin = company.administrator
    rule = {"field": "phone", "check": "format", "pattern": "19{10}", "active": True}
    assert post(admin, "/quality/rules", rule).status_code == 201
    a, b = made("Acme Ltd", phone="1"), made("ACME Limited")
    by = company.viewer("administrator")
    asked = {"by": by, "what": "customer", "survivor_id": a, "ids": [a, b]}
    with pytest.raises(Invalid) as error:
        merging.merge(**asked, choices={"phone": {"value": "2"}})
    assert [(one.where, one.code) for one in error.value.problems] == [("phone", "entry_rule")]
    assert not Merge.objects.exists()
    merging.merge(**asked, choices={"phone": {"value": "13800138000"}})


def test_a_place_at_the_same_customer_takes_over_what_it_lacks():
    a, b = made("Acme Ltd"), made("ACME Limited")
    who = Contact.objects.create(source="t", source_key="1", name="Ann")
    Position.objects.create(contact=who, customer_id=a, is_primary=True)
    Position.objects.create(contact=who, customer_id=b, role="finance", title="CFO")
    before = everything()
    one = merge(a, b)
    seat = Position.objects.get(contact=who)
    assert (seat.customer_id, seat.role, seat.title) == (a, "finance", "CFO")
    unmerge(one)
    assert everything() == before
