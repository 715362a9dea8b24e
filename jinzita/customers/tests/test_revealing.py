"""A masked telephone or e-mail of a customer or contact, shown for a reason."""

from datetime import date

import pytest

from jinzita.customers import services
from jinzita.customers.tests.world import Company, get, post
from jinzita.kernel.access import Permission, system
from jinzita.kernel.models import AuditEntry
from jinzita.people import services as people

BOSS = system("test")
PHONE, SECOND, WECHAT, EMAIL = "13877651234", "13966541234", "zhang_wx", "zhang@kept.example"
CHANNELS = [
    {"kind": "phone", "value": PHONE}, {"kind": "phone", "value": SECOND},
    {"kind": "wechat", "value": WECHAT}, {"kind": "email", "value": EMAIL},
]  # fmt: skip


@pytest.fixture
def contact(company: Company) -> int:
    """Of the seller's customer; the reader, who sees all, sees telephones and e-mails masked, titles not."""
    kept = {f"contacts.{code}": "masked" for code in ("phone", "email")} | {"contacts.title": "hidden"}
    role = people.create_role(
        by=BOSS,
        given={
            "label_en": "Calls", "reach": "all", "fields": {**kept, "customers.phone": "masked"},
            "permissions": [Permission.REVEAL],
        },
    )  # fmt: skip
    people.update_user(by=BOSS, user_id=company.users["reader"].pk, changes={"role": role.code})
    made = services.create_contact(
        by=BOSS, name="Zhang", title="Director", positions=[{"customer_id": company.mine}],
        channels=CHANNELS, today=date(2026, 1, 5),
    )  # fmt: skip
    return int(made.pk)


def asked(client, path: str, field: str, reason: str = "a call back"):
    return post(client, f"{path}/reveal", {"field": field, "reason": reason})


def test_a_contacts_telephone_is_shown_with_its_other_channels(company, contact):
    path = f"/contacts/{contact}"
    before = get(company.reader, path).json()
    assert PHONE not in str(before)
    assert SECOND not in str(before)
    shown = asked(company.reader, path, "phone").json()
    assert shown["value"] == PHONE
    assert [one["value"] for one in shown["channels"]] == [PHONE, SECOND, WECHAT]
    assert [one["value"] for one in asked(company.reader, path, "email").json()["channels"]] == [EMAIL]
    lines = AuditEntry.objects.filter(action="reveal", subject_type="contact", subject_id=contact)
    assert [one.changes for one in lines.order_by("pk")] == [
        {"field": "phone", "reason": "a call back"}, {"field": "email", "reason": "a call back"}
    ]  # fmt: skip


def test_so_are_the_channels_of_a_customer(company, contact):
    services.replace_channels(
        by=BOSS, customer_id=company.mine, items=CHANNELS, version=None, today=date(2026, 1, 5)
    )
    shown = asked(company.reader, f"/customers/{company.mine}", "phone").json()
    assert [one["value"] for one in shown["channels"]] == [PHONE, SECOND, WECHAT]


def test_what_is_hidden_does_not_exist_and_a_reason_is_needed(company, contact):
    path = f"/contacts/{contact}"
    assert asked(company.reader, path, "title").json()["details"][0]["code"] == "unknown_field"
    assert asked(company.reader, path, "name").status_code == 422
    assert asked(company.reader, path, "phone", " x").status_code == 422
    assert not AuditEntry.objects.filter(action="reveal").exists()


def test_not_to_who_may_not_or_does_not_see_the_contact(company, contact):
    assert asked(company.seller, f"/contacts/{contact}", "phone").status_code == 403
    theirs = services.create_contact(
        by=BOSS, name="Li", positions=[{"customer_id": company.theirs}], phone=PHONE, today=date(2026, 1, 5)
    )
    assert asked(company.manager, f"/contacts/{theirs.pk}", "phone").status_code == 404
    assert asked(company.manager, f"/contacts/{contact}", "phone").status_code == 200
    assert asked(company.reader, "/contacts/999999", "phone").status_code == 404
    assert AuditEntry.objects.filter(action="reveal").count() == 1
