"""Contacts, their positions and channels."""

import json
from dataclasses import replace
from datetime import date

import pyarrow as pa
import pytest

from jinzita.customers import services
from jinzita.customers.fields.reach import email_normal, phone_normal, web_normal
from jinzita.customers.models import Channel, Contact, Position
from jinzita.customers.selectors import contact_duplicates, contacts, history
from jinzita.customers.selectors.subjects import CONTACT
from jinzita.customers.services.loading.contacts import load_contacts
from jinzita.customers.services.loading.customers import Naming
from jinzita.customers.services.removal import remove_customers
from jinzita.customers.tests.changing import change
from jinzita.customers.tests.world import BOSS, get, made, patch, post
from jinzita.kernel.access import FieldAccess, Permission
from jinzita.kernel.models import AuditEntry

PHONES = [
    ("138 0013 8000", "+8613800138000"),
    ("+86 138-0013-8000", "+8613800138000"),
    ("008613800138000", "+8613800138000"),
    ("8613800138000", "+8613800138000"),
    ("１３８００１３８０００", "+8613800138000"),
    ("(010) 8888 1234", "+861088881234"),
    ("010-88881234-801", "+861088881234;ext=801"),
    ("010-88881234转801", "+861088881234;ext=801"),
    ("0755-2345678", "+867552345678"),
    ("+86 (0)10 8888 1234", "+861088881234"),
    ("400-810-1234", "+864008101234"),
    ("+44 20 7946 0958", "+442079460958"),
    ("+1 (212) 555-0100 ext. 12", "+12125550100;ext=12"),
    ("88881234", "88881234"),
    ("10086", "10086"),
    ("12", None),
    ("see the website", None),
    ("138 0013 8000, 139 0013 9000", None),
    ("+123456789012345678", None),
]


@pytest.mark.parametrize(("text", "normal"), PHONES)
def test_phones_have_one_form(text, normal):
    assert phone_normal(text) == normal
    if normal and normal.startswith("+"):
        assert phone_normal(normal) == normal


def test_other_ways_have_one_form():
    assert email_normal(" Wang@Corp.COM ") == "wang@corp.com"
    assert email_normal("wang@corp") is None
    assert web_normal("https://www.Corp.com/About/") == "corp.com/About"
    assert web_normal("corp") is None


def put(client, path, body):
    return client.put(f"/api/v1{path}", body, content_type="application/json")


def new_contact(company, name="王建国", **body):
    answer = post(
        company.administrator, "/contacts",
        {"name": name, "positions": [{"customer_id": company.mine}], **body},
    )  # fmt: skip
    assert answer.status_code == 201, answer.json()
    return answer.json()


def test_a_contact_is_made_seen_and_changed(company):
    one = new_contact(
        company, title="采购总监", birthday="1980-02-03",
        positions=[{"customer_id": company.mine, "role": "purchaser", "influence": 4}],
        channels=[
            {"kind": "email", "value": "Wang@corp.com"},
            {"kind": "phone", "value": "010-88881234", "label": "work"},
            {"kind": "phone", "value": "138 0013 8000", "label": "mobile", "is_primary": True},
            {"kind": "wechat", "value": "wang_jg"},
        ],
    )  # fmt: skip
    assert (one["phone"], one["email"]) == ("138 0013 8000", "Wang@corp.com")
    assert [(each["value"], each["is_primary"]) for each in one["channels"]] == [
        ("138 0013 8000", True), ("010-88881234", False), ("Wang@corp.com", True), ("wang_jg", True),
    ]  # fmt: skip
    assert one["positions"][0]["customer"]["id"] == company.mine
    assert one["positions"][0]["is_primary"]
    changed = patch(company.seller, f"/contacts/{one['id']}", {"title": "总经理", "version": one["version"]})
    assert (changed.json()["title"], changed.json()["version"]) == ("总经理", 2)
    at = get(company.seller, f"/customers/{company.mine}/contacts").json()
    assert [each["name"] for each in at] == ["王建国"]
    assert len(at[0]["channels"]) == 4
    entry = AuditEntry.objects.filter(subject_type="contact").latest("pk")
    assert entry.changes["title"] == ["采购总监", "总经理"]


def test_a_stale_change_names_what_differs(company):
    one = new_contact(company)
    path = f"/contacts/{one['id']}"
    patch(company.seller, path, {"title": "A", "version": 1})
    refused = patch(company.administrator, path, {"title": "B", "notes": "", "version": 1})
    assert (refused.status_code, refused.json()["code"]) == (409, "changed_meanwhile")
    assert [(d["where"], d["params"]["current"]) for d in refused.json()["details"]] == [("title", "A")]
    assert patch(company.administrator, path, {"notes": "x", "version": 1}).status_code == 200
    assert patch(company.administrator, path, {"title": "B", "version": 3}).status_code == 200


def test_a_stale_change_says_who_changed_it_also_of_many_at_once(company):
    one = new_contact(company, title="采购总监")
    path = f"/contacts/{one['id']}"
    change("contacts", company.manager, action="edit", selection={"ids": [one["id"]]},
           changes={"title": "总监"})  # fmt: skip
    assert patch(company.seller, path, {"department": "财务部", "version": 1}).status_code == 200
    refused = patch(company.seller, path, {"title": "经理", "birthday": "1980-01-02", "version": 1}).json()
    assert [one["where"] for one in refused["details"]] == ["title"]
    told = refused["details"][0]["params"]
    assert [told[name] for name in ("mine", "current", "original", "by")] == [
        "经理", "总监", "采购总监", "manager",
    ]  # fmt: skip


def test_the_history_says_who_changed_what_and_sets_it_back(company):
    one = new_contact(company, title="采购总监", birthday="1980-01-02", tags=["a"])
    path = f"/contacts/{one['id']}"
    patch(company.seller, path, {"title": "总监", "birthday": "1981-01-02", "tags": []})
    change("contacts", company.manager, action="edit", selection={"ids": [one["id"]]},
           changes={"title": "总经理"})  # fmt: skip
    found = get(company.seller, f"{path}/changes").json()["items"]
    assert [(entry["by"]["name"], entry["action"]) for entry in found] == [
        ("manager", "bulk_edit"), ("seller", "update"), ("administrator", "create"),
    ]  # fmt: skip
    titles = get(company.seller, f"{path}/changes", field="title").json()["items"]
    assert [(e["changes"][0]["before"], e["changes"][0]["after"]) for e in titles] == [
        ("总监", "总经理"), ("采购总监", "总监"), (None, "采购总监"),
    ]  # fmt: skip
    for field, value in (("title", "采购总监"), ("birthday", "1980-01-02"), ("tags", ["a"])):
        back = post(company.seller, f"{path}/changes/{found[1]['id']}/restore", {"field": field})
        assert (back.status_code, back.json()[field]) == (200, value)
    entry = found[0]["id"]
    assert post(company.seller, f"{path}/changes/{entry}/restore", {"field": "role"}).status_code == 422
    assert post(company.reader, f"{path}/changes/{entry}/restore", {"field": "title"}).status_code == 403
    assert not get(company.reader, f"{path}/changes").json()["items"][0]["changes"][0]["can_restore"]
    assert get(company.other_seller, f"{path}/changes").status_code == 404


def test_the_history_tells_of_places_at_customers_that_are_seen(company):
    one = new_contact(company)
    path = f"/contacts/{one['id']}"
    post(company.administrator, f"{path}/positions", {"customer_id": company.theirs, "title": "顾问"})
    seat = Position.objects.get(contact=one["id"], customer=company.mine)
    patch(company.seller, f"/positions/{seat.pk}", {"title": "总监", "role": "sponsor"})

    def told(client, **query):
        return [
            (entry["action"], {each["field"]: each["after"] for each in entry["changes"]})
            for entry in get(client, f"{path}/changes", **query).json()["items"]
            if entry["action"] != "create"
        ]

    changed = (
        "change_position",
        {
            "customer_id": {"id": company.mine, "name": "North Light Ltd"},
            "position_title": "总监",
            "role": "sponsor",
        },
    )
    assert told(company.seller) == [changed]
    assert told(company.seller, field="role") == [("change_position", {"role": "sponsor"})]
    both = told(company.administrator)
    assert both[0] == changed
    assert (both[1][0], both[1][1]["position_title"]) == ("add_position", "顾问")


def test_the_history_keeps_back_what_the_role_does(company):
    one = new_contact(company, phone="13800138000")
    path = f"/contacts/{one['id']}"
    patch(company.seller, path, {"phone": "13900139000", "title": "总监"})
    masked = replace(company.viewer("seller"), fields={"contacts.phone": FieldAccess.MASKED})
    entries, _ = history.changes(masked, one["id"], of=CONTACT)
    assert [each.field for each in entries[0].changes] == ["title"]


def test_titles_at_customers_are_kept_back_too(company):
    seats = [{"customer_id": company.mine, "title": "采购总监", "role": "sponsor"}]
    one = new_contact(company, positions=seats, title="采购总监")
    new_contact(company, positions=seats, title="采购总监")
    viewer = replace(company.viewer("administrator"), fields={"contacts.title": FieldAccess.HIDDEN})
    listed = contacts.page(viewer).items
    at_customer = [person for person, _ in contacts.contacts_of(viewer, company.mine)]
    for person in (contacts.contact(viewer, one["id"]), *listed, *at_customer):
        assert (person.title, person.seen_positions[0].title) == ("", "")
    (alike,) = contact_duplicates.alike_at(viewer, company.mine)
    assert [person.title for person in alike.contacts] == ["", ""]


def test_a_contact_is_seen_through_any_of_its_customers(company):
    one = new_contact(company)
    assert get(company.other_seller, f"/contacts/{one['id']}").status_code == 404
    assert get(company.other_seller, "/contacts").json()["items"] == []
    assert patch(company.other_seller, f"/contacts/{one['id']}", {"title": "x"}).status_code == 404
    added = post(company.administrator, f"/contacts/{one['id']}/positions", {"customer_id": company.theirs})
    assert added.status_code == 201
    assert len(added.json()["positions"]) == 2
    seen = get(company.other_seller, f"/contacts/{one['id']}").json()
    assert [each["customer"]["id"] for each in seen["positions"]] == [company.theirs]
    foreign = next(p for p in added.json()["positions"] if p["customer"]["id"] == company.mine)
    assert patch(company.other_seller, f"/positions/{foreign['id']}", {"title": "x"}).status_code == 404
    hidden = {"name": "x", "positions": [{"customer_id": company.mine}]}
    assert post(company.other_seller, "/contacts", hidden).status_code == 422


def test_a_part_in_decisions_at_a_hidden_customer_is_not_found(company):
    seats = [{"customer_id": company.mine}, {"customer_id": company.theirs, "role": "sponsor"}]
    new_contact(company, positions=seats)
    for wanted in ({"role": "sponsor"}, {"filter": '{"field":"role","op":"eq","value":"sponsor"}'}):
        assert get(company.administrator, "/contacts/count", **wanted).json()["count"] == 1
        assert get(company.seller, "/contacts/count", **wanted).json()["count"] == 0


def test_groups_count_what_the_viewer_sees(company):
    new_contact(company, "王建国", department="采购部", positions=[
        {"customer_id": company.mine, "role": "user"}, {"customer_id": company.theirs, "role": "sponsor"},
    ])  # fmt: skip
    new_contact(company, "李明", department="采购部")

    def groups(client, **query):
        return [(one["value"], one["count"]) for one in get(client, "/contacts/groups", **query).json()]

    assert set(groups(company.administrator, by="role")) == {(None, 1), ("sponsor", 1), ("user", 1)}
    assert set(groups(company.seller, by="role")) == {(None, 1), ("user", 1)}
    assert groups(company.seller, by="department") == [("采购部", 2)]
    assert groups(company.seller, by="gender", q="李明") == [(None, 1)]
    shown = get(company.seller, "/contacts/groups", by="role").json()
    assert next(one for one in shown if one["value"])["label"]["zh"] == "使用人"
    for by in ("name", "phone", "customer", "x"):
        assert get(company.seller, "/contacts/groups", by=by).status_code == 422, by


def test_tags_are_kept_filtered_by_counted_and_exported(company):
    one = new_contact(company, "王建国", tags=[" 峰会 ", "峰会", "vip"])
    assert one["tags"] == ["峰会", "vip"]
    new_contact(company, "李明", tags=["vip"])
    path = f"/contacts/{one['id']}"
    assert patch(company.seller, path, {"tags": ["x" * 41]}).status_code == 422
    assert patch(company.seller, path, {"tags": [str(n) for n in range(51)]}).status_code == 422
    assert patch(company.seller, path, {"tags": ["vip", "a"]}).json()["tags"] == ["vip", "a"]
    assert AuditEntry.objects.latest("pk").changes["tags"] == [["峰会", "vip"], ["vip", "a"]]
    stale = patch(company.administrator, path, {"tags": [], "version": 1})
    assert stale.json()["details"][0]["params"]["current"] == ["vip", "a"]

    def count(op, value):
        wanted = json.dumps({"field": "tags", "op": op, "value": value})
        return get(company.seller, "/contacts/count", filter=wanted).json()["count"]

    found = [count("has", "vip"), count("has_any", ["a"]), count("has_none", ["a"]), count("is_null", False)]
    assert found == [2, 1, 1, 2]
    groups = get(company.seller, "/contacts/groups", by="tags").json()
    assert [(each["value"], each["count"]) for each in groups] == [("vip", 2), ("a", 1)]
    answer = company.administrator.get("/api/v1/contacts/export?fields=name,tags&bom=false")
    assert b"".join(answer.streaming_content).decode().splitlines()[1:] == ["李明,vip", '王建国,"vip, a"']


def test_the_fields_say_what_is_given_to_many_and_counted(company):
    found = get(company.seller, "/fields/contacts").json()
    assert {one["code"] for one in found if one["shared"]} == {
        "department", "title", "role", "salutation", "gender",
    }  # fmt: skip
    assert {one["code"] for one in found if one["groupable"]} == {
        "department", "title", "role", "salutation", "gender", "tags", "source", "do_not_contact",
    }  # fmt: skip
    customers = {one["code"]: one for one in get(company.administrator, "/fields/customers").json()}
    grouped = ("kind", "owner", "team", "tags", "name", "phone", "score", "change_set")
    assert [customers[code]["groupable"] for code in grouped] == [True] * 4 + [False] * 4
    assert [customers[code]["shared"] for code in ("kind", "owner", "tags", "name")] == [True] + [False] * 3


def test_one_position_is_primary(company):
    one = new_contact(company)
    second = made("Second Ltd")
    answer = post(
        company.administrator, f"/contacts/{one['id']}/positions",
        {"customer_id": second, "is_primary": True},
    ).json()  # fmt: skip
    assert [(p["customer"]["id"], p["is_primary"]) for p in answer["positions"]] == [
        (second, True), (company.mine, False),
    ]  # fmt: skip
    mine = answer["positions"][1]["id"]
    answer = patch(company.administrator, f"/positions/{mine}", {"is_primary": True}).json()
    assert [p["is_primary"] for p in answer["positions"]] == [True, False]
    assert answer["positions"][0]["id"] == mine
    assert company.administrator.delete(f"/api/v1/positions/{mine}").status_code == 204
    last = Position.objects.get(contact_id=one["id"])
    assert last.is_primary
    assert company.administrator.delete(f"/api/v1/positions/{last.pk}").json()["code"] == "last_one"
    twice = post(company.administrator, f"/contacts/{one['id']}/positions", {"customer_id": second})
    assert twice.json()["details"][0]["code"] == "twice"


def test_the_list_finds_by_name_pinyin_phone_mail_and_role(company):
    new_contact(company, "王建国", phone="138 0013 8000", email="wang@corp.com")
    new_contact(company, "李明", positions=[{"customer_id": company.mine, "role": "finance"}])
    new_contact(company, "Ann Smith", channels=[
        {"kind": "phone", "value": "010-1"}, {"kind": "phone", "value": "010-66667777"}
    ])  # fmt: skip
    client = company.administrator

    def names(**query):
        return [one["name"] for one in get(client, "/contacts", **query).json()["items"]]

    assert names() == ["Ann Smith", "李明", "王建国"]
    for q, name in [("王建", "王建国"), ("wangjian", "王建国"), ("wjg", "王建国"), ("0013 8000", "王建国"),
                    ("ang@cor", "王建国"), ("6666", "Ann Smith"), ("smith", "Ann Smith")]:  # fmt: skip
        assert names(q=q) == [name], q
        assert get(client, "/contacts/count", q=q).json()["count"] == 1
        found = get(client, "/search", q=q).json()
        assert [(one["type"], one["name"]) for one in found] == [("contact", name)], q
        assert found[0]["customer"]["id"] == company.mine
    assert get(client, "/search", q="ang@cor").json()[0]["matched"] == "email"
    assert get(client, "/search", q="6666").json()[0]["matched"] == "phone"
    assert get(company.other_seller, "/search", q="smith").json() == []
    assert names(role="finance") == ["李明"]
    assert names(filter='{"field":"role","op":"in","value":["finance","user"]}') == ["李明"]
    assert names(filter='{"field":"role","op":"ne","value":"finance"}') == ["Ann Smith", "王建国"]
    assert names(filter='{"field":"role","op":"is_null","value":false}') == ["李明"]
    assert names(filter='{"field":"email","op":"contains","value":"corp"}') == ["王建国"]
    first = get(client, "/contacts", limit=2).json()
    assert [o["name"] for o in get(client, "/contacts", limit=2, cursor=first["next"]).json()["items"]] == [
        "王建国"
    ]
    text = b"".join(client.get("/api/v1/contacts/export?format=csv").streaming_content).decode()
    assert "王建国" in text
    assert "North Light Ltd" in text


def test_chosen_contacts_are_exported_and_only_those_that_are_seen(company):
    wang, li = (new_contact(company, name)["id"] for name in ("王建国", "李明"))
    theirs = new_contact(company, "Ann Smith", positions=[{"customer_id": company.theirs}])["id"]

    def exported(client, ids):
        answer = post(client, "/contacts/export", {"fields": "name", "bom": False, "ids": ids})
        return b"".join(answer.streaming_content).decode().split()[1:]

    assert exported(company.administrator, [wang]) == ["王建国"]
    assert exported(company.seller, [li, theirs, wang]) == ["李明", "王建国"]
    assert post(company.seller, "/contacts/export", {"ids": ["1;2"]}).status_code == 422


def test_the_list_takes_a_bounded_number_of_queries(company, django_assert_max_num_queries):
    for number in range(12):
        new_contact(company, f"Person {number}", phone=f"1380013{number:04}")
    with django_assert_max_num_queries(8):
        assert len(get(company.administrator, "/contacts").json()["items"]) == 12
    with django_assert_max_num_queries(9):
        assert len(get(company.administrator, f"/customers/{company.mine}/contacts").json()) == 12


def test_the_trash_hides_and_gives_back(company):
    one = new_contact(company, phone="138 0013 8000")
    path = f"/contacts/{one['id']}"
    assert company.seller.delete(f"/api/v1{path}").status_code == 403
    assert company.manager.delete(f"/api/v1{path}").status_code == 204
    assert get(company.manager, path).status_code == 404
    assert get(company.manager, "/search", q="13800138").json() == []
    assert post(company.manager, f"{path}/restore", {}).json()["name"] == "王建国"
    assert get(company.manager, path).status_code == 200


def test_channels_of_a_customer_stay_in_step_with_its_columns(company):
    path = f"/customers/{company.mine}/channels"
    patch(company.administrator, f"/customers/{company.mine}", {"phone": "010-88881234"})
    seen = get(company.seller, path).json()
    assert [(one["value"], one["is_primary"]) for one in seen["items"]] == [("010-88881234", True)]
    items = [
        {"kind": "phone", "value": "010-88881234", "label": "reception", "validity": "invalid"},
        {"kind": "phone", "value": "400 810 1234"},
        {"kind": "email", "value": "info@north.com"},
    ]
    written = put(company.seller, path, {"items": items, "version": seen["version"]})
    assert written.status_code == 200, written.json()
    kept = written.json()["items"]
    assert [one["value"] for one in kept] == ["400 810 1234", "010-88881234", "info@north.com"]
    assert kept[1]["validity"] == "invalid"
    assert kept[1]["validity_on"]
    customer = get(company.seller, f"/customers/{company.mine}").json()
    assert (customer["phone"], customer["email"]) == ("400 810 1234", "info@north.com")
    for q, which in [("88881234", "phone"), ("info@nor", "email"), ("4008101234", "phone")]:
        found = get(company.seller, "/search", q=q).json()
        assert [(one["id"], one["matched"]) for one in found] == [(company.mine, which)], q
    stale = put(company.seller, path, {"items": [], "version": seen["version"]})
    assert (stale.status_code, stale.json()["code"]) == (409, "changed_meanwhile")
    # The column changed by itself: what was known of the former number goes with it.
    patch(company.seller, f"/customers/{company.mine}", {"phone": "139 0013 9000"})
    now = get(company.seller, path).json()["items"]
    assert [one["value"] for one in now] == ["139 0013 9000", "010-88881234", "info@north.com"]


@pytest.mark.parametrize(
    ("item", "code"),
    [
        ({"kind": "phone", "value": "call me"}, "not_a_phone"),
        ({"kind": "email", "value": "nobody"}, "not_an_email"),
        ({"kind": "web", "value": "nowhere"}, "not_a_web_address"),
        ({"kind": "wechat", "value": "  "}, "required"),
    ],
)
def test_a_wrong_channel_is_refused_where_it_stands(company, item, code):
    good = {"kind": "phone", "value": "13800138000"}
    answer = put(company.seller, f"/customers/{company.mine}/channels", {"items": [good, item]})
    assert answer.status_code == 422
    assert [(d["where"], d["code"]) for d in answer.json()["details"]] == [("channels[1].value", code)]
    twice = put(company.seller, f"/customers/{company.mine}/channels",
                {"items": [good, {"kind": "phone", "value": "+86 138 0013 8000"}]})  # fmt: skip
    assert twice.json()["details"][0]["code"] == "twice"
    assert not Channel.objects.exists()


def test_contacts_go_with_the_last_of_their_customers(company):
    demo = made("Demo Ltd", source="demo-x", source_key="1")
    other = made("Demo Two Ltd", source="demo-x", source_key="2")
    gone = services.create_contact(
        by=BOSS, name="Gone", positions=[{"customer_id": demo}, {"customer_id": other}],
        today=date(2026, 1, 5), channels=[{"kind": "phone", "value": "13800138000"}],
    )  # fmt: skip
    stays = services.create_contact(
        by=BOSS, name="Stays", positions=[{"customer_id": demo}, {"customer_id": company.mine}],
        today=date(2026, 1, 5),
    )  # fmt: skip
    remove_customers(by=BOSS, source="demo-x")
    assert not Contact.objects.filter(pk=gone.pk).exists()
    assert Contact.objects.filter(pk=stays.pk).exists()


def rows(*several):
    names = ("number", "source_key", "name", "customer", "phone", "role")
    columns = {name: [row[place] for row in several] for place, name in enumerate(names)}
    return pa.table({**columns, "number": pa.array(columns["number"], pa.int64())})


def test_contacts_are_loaded_with_their_customers(company):
    made("Known Ltd", source="erp", source_key="K1")
    given = rows(
        (1, "P1", "张三", "K1", "138 0000 0001", "finance"),
        (2, "P2", "李四", "K2", None, None),
        (3, "P1", "张三", "K2", "138 0000 0001", None),
    )
    loaded = load_contacts(by=BOSS, source="erp", rows=given)
    assert (loaded.created, loaded.refused) == (2, [])
    one = Contact.objects.get(source="erp", source_key="P1")
    assert sorted(one.positions.values_list("customer__source_key", "role", "is_primary")) == [
        ("K1", "finance", True), ("K2", "", False),
    ]  # fmt: skip
    assert get(company.administrator, "/search", q="zhangsan").json()[0]["id"] == one.pk
    again = load_contacts(by=BOSS, source="erp", rows=given)
    assert (again.created, again.updated, again.unchanged) == (0, 0, 3)
    unknown = load_contacts(
        by=BOSS, source="erp", rows=rows((1, "P3", "王五", "K9", None, None)),
        naming=Naming("erp", unknown="refuse"),
    )  # fmt: skip
    assert unknown.refused == [(1, "customer")]
    mine = rows((1, "P1", "改名", "K8", None, None))
    hidden = load_contacts(by=importer(company), source="erp", rows=mine)
    assert hidden.refused == [(1, "hidden customer")]


def importer(company):
    """A seller who may import."""
    seller = company.viewer("seller")
    return replace(seller, permissions=seller.permissions | {Permission.IMPORT})
