"""Identifiers, addresses, groups and relations of customers."""

import pytest

from jinzita.customers.fields.numbers import credit_check_digit
from jinzita.customers.models import Customer
from jinzita.customers.selectors import groups
from jinzita.customers.tests.world import get, made, post

# Published examples of the standard's form.
GOOD = "91350100M000100Y43"


def put(client, path, body):
    return client.put(f"/api/v1{path}", body, content_type="application/json")


@pytest.mark.parametrize(
    ("kind", "value", "code", "params"),
    [
        ("credit_code", "91350100M000100Y4I", "credit_code_character", {"position": 18, "character": "I"}),
        ("credit_code", "91350100M000100Y4", "credit_code_length", {"length": 17}),
        ("credit_code", "91350100M000100Y44", "credit_code_check", {"expected": "3", "found": "4"}),
        ("credit_code", "91350100M00010OY43", "credit_code_character", {"position": 15, "character": "O"}),
        ("vat", "ZZ123", "vat_country", {}),
        ("vat", "DE12345678", "vat_shape", {"country": "DE"}),
        ("duns", "12-34", "duns_shape", {}),
        ("tax", "?", "tax_shape", {}),
        ("external", "x", "required", {}),
    ],
)
def test_a_wrong_number_says_what_is_wrong(company, kind, value, code, params):
    answer = put(
        company.seller, f"/customers/{company.mine}/identifiers", {"items": [{"kind": kind, "value": value}]}
    )
    assert answer.status_code == 422
    detail = answer.json()["details"][0]
    assert (detail["code"], detail["params"]) == (code, params)
    assert detail["where"].startswith("identifiers[0].")


def test_identifiers_are_kept_in_one_form_found_and_nobody_elses(company):
    path = f"/customers/{company.mine}/identifiers"
    items = [
        {"kind": "credit_code", "value": " 9135 0100 m000100y43 "},
        {"kind": "vat", "value": "de 123 456 789"},
        {"kind": "duns", "value": "12-345-6789"},
        {"kind": "external", "source": "sap", "value": "K-77"},
    ]
    written = put(company.seller, path, {"items": items})
    assert [one["value"] for one in written.json()["items"]] == [GOOD, "DE123456789", "123456789", "K-77"]
    for q in ("91350100M0001", "m000100y43", "k-77"):
        found = get(company.seller, "/search", q=q).json()
        assert [(one["id"], one["matched"]) for one in found] == [(company.mine, "id")], q
    theirs = f"/customers/{company.theirs}/identifiers"
    same = {"items": [{"kind": "credit_code", "value": GOOD}]}
    assert put(company.seller, theirs, same).status_code == 404
    refused = put(company.other_seller, theirs, same).json()["details"][0]
    assert (refused["code"], refused["params"]) == ("taken", {})
    refused = put(company.administrator, theirs, same).json()["details"][0]
    assert (refused["code"], refused["params"]["customer"]) == ("taken_by", "North Light Ltd")
    elsewhere = {"items": [{"kind": "external", "source": "crm", "value": "K-77"}]}
    assert put(company.other_seller, theirs, elsewhere).status_code == 200
    assert credit_check_digit(GOOD[:-1]) == "3"


def test_addresses_are_written_both_ways(company):
    path = f"/customers/{company.mine}/addresses"
    items = [
        {"kind": "office", "province": "广东省", "city": "深圳市", "district": "南山区",
         "street": "科技园路 1 号", "postcode": "518057"},
        {"kind": "billing", "province": "北京市", "city": "北京市", "district": "海淀区",
         "street": "中关村大街 1 号"},
        {"kind": "delivery", "country": "GB", "city": "London", "street": "10 Downing Street",
         "postcode": "SW1A 2AA"},
    ]  # fmt: skip
    written = put(company.seller, path, {"items": items}).json()
    assert [one["line"] for one in written["items"]] == [
        {"zh": "广东省深圳市南山区科技园路 1 号 518057",
         "en": "科技园路 1 号, 南山区, 深圳市 518057, Guangdong, CN"},
        {"zh": "北京市海淀区中关村大街 1 号", "en": "中关村大街 1 号, 海淀区, 北京市, CN"},
        {"zh": "London 10 Downing Street SW1A 2AA", "en": "10 Downing Street, London SW1A 2AA, GB"},
    ]  # fmt: skip
    assert put(company.seller, path, {"items": [], "version": "old"}).json()["code"] == "changed_meanwhile"
    assert (
        put(company.seller, path, {"items": [{"kind": "office"}]}).json()["details"][0]["code"] == "required"
    )
    late = {"kind": "office", "city": "x", "valid_from": "2026-02-01", "until": "2026-01-01"}
    assert put(company.seller, path, {"items": [late]}).json()["details"][0]["code"] == "until_before_since"
    assert len(get(company.seller, "/provinces").json()) == 34


def parent(client, child, above):
    return put(client, f"/customers/{child}/parent", {"parent_id": above})


def test_a_group_is_a_tree_without_circles(company, monkeypatch):
    top, middle, leaf = made("Top"), made("Middle"), made("Leaf")
    client = company.administrator
    assert parent(client, middle, top).status_code == 200
    tree = parent(client, leaf, middle).json()
    assert tree["root_id"] == top
    assert {one["name"]: one["parent_id"] for one in tree["members"]} == {
        "Top": None, "Middle": top, "Leaf": middle,
    }  # fmt: skip
    for child, above in [(top, leaf), (top, top), (middle, leaf)]:
        assert parent(client, child, above).json()["details"][0]["code"] == "group_circle"
    person = made("Wang", kind="person")
    assert parent(client, leaf, person).json()["details"][0]["code"] == "not_an_organisation"
    assert parent(client, leaf, 999_999).json()["details"][0]["code"] == "unknown_customer"
    monkeypatch.setattr(groups, "DEEPEST", 3)
    assert parent(client, made("Deeper"), leaf).json()["details"][0]["code"] == "group_too_deep"
    assert parent(client, leaf, None).json()["members"][0]["id"] == leaf
    assert Customer.objects.get(pk=leaf).version == 3


def test_members_that_are_hidden_are_only_counted(company):
    Customer.objects.filter(pk=company.theirs).update(parent_id=company.mine)
    below = made("Below", owner_id=company.users["seller"].pk)
    Customer.objects.filter(pk=below).update(parent_id=company.theirs)
    tree = get(company.seller, f"/customers/{below}/group").json()
    assert tree["hidden"] == 1
    assert {one["id"]: one["parent_id"] for one in tree["members"]} == {
        company.mine: None, below: company.mine,
    }  # fmt: skip
    assert get(company.other_seller, f"/customers/{below}/group").status_code == 404


def test_relations_are_seen_from_both_sides(company):
    client = company.administrator
    path = f"/customers/{company.mine}/relations"
    body = {"kind": "referred_by", "other_id": company.theirs, "since": "2025-05-01", "note": "fair"}
    seen = post(client, path, body)
    assert seen.status_code == 201
    assert (seen.json()[0]["word"], seen.json()[0]["customer"]["name"]) == ("referred_by", "South Sea Ltd")
    other = get(client, f"/customers/{company.theirs}/relations").json()
    assert (other[0]["word"], other[0]["customer"]["id"]) == ("referred_by_inverse", company.mine)
    assert get(company.seller, path).json() == []  # the other one is not theirs to see
    post(client, path, {"kind": "partner_of", "other_id": company.theirs})
    back = post(
        client, f"/customers/{company.theirs}/relations", {"kind": "partner_of", "other_id": company.mine}
    )
    assert back.json()["details"][0]["code"] == "already_exists"
    itself = post(client, path, {"kind": "agent_of", "other_id": company.mine})
    assert itself.json()["details"][0]["code"] == "itself"
    hidden = post(company.seller, path, {"kind": "agent_of", "other_id": company.theirs})
    assert hidden.json()["details"][0]["code"] == "unknown_customer"
    assert company.seller.delete(f"/api/v1/relations/{other[0]['id']}").status_code == 404
    assert client.delete(f"/api/v1/relations/{other[0]['id']}").status_code == 204
    assert [one["word"] for one in get(client, path).json()] == ["partner_of"]
