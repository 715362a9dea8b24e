"""Who may be contacted: consents, refusals, quiet hours, contacts and their customers."""

import json
import re
from datetime import UTC, date, datetime, time

import pytest

from jinzita.customers import selectors, services
from jinzita.customers.selectors.sheet import sheet
from jinzita.customers.tests.world import BOSS, get, made, post
from jinzita.privacy.models import Consent, ConsentPurpose, ContactHours
from jinzita.privacy.selectors.consent import preference
from jinzita.privacy.services import consent

NOON = datetime(2026, 3, 10, 4, tzinfo=UTC)  # 12:00 in Shanghai
EVENING = datetime(2026, 3, 10, 12, tzinfo=UTC)  # 20:00
NIGHT = datetime(2026, 3, 10, 15, tzinfo=UTC)  # 23:00 in Shanghai
EARLY = datetime(2026, 3, 10, 22, tzinfo=UTC)  # 06:00 of the 11th
BEFORE = datetime(2026, 3, 1, tzinfo=UTC)


def said(customer_id, channel, purpose, state, **values):
    at = values.pop("at", BEFORE)
    consent.record_consent(
        by=BOSS, customer_id=customer_id, now=NOON, at=at, channel=channel, purpose=purpose, state=state,
        **values,
    )  # fmt: skip


# What was said (channel, purpose, state, more), the question (channel, purpose, when), the answer.
CASES = [
    ([], ("email", "marketing", NOON), "no_consent"),
    ([], ("email", "service", NOON), "not_refused"),
    ([], ("email", "survey", NOON), "no_consent"),
    ([], ("post", "contract", NOON), "not_refused"),
    ([("email", "marketing", "given", {})], ("email", "marketing", NOON), "given"),
    ([("email", "marketing", "given", {})], ("sms", "marketing", NOON), "no_consent"),
    ([("email", "marketing", "given", {})], ("email", "survey", NOON), "no_consent"),
    ([("email", "marketing", "denied", {})], ("email", "marketing", NOON), "refused"),
    ([("call", "service", "denied", {})], ("call", "service", NOON), "refused"),
    ([("call", "service", "denied", {})], ("email", "service", NOON), "not_refused"),
    (
        [("email", "marketing", "given", {}), ("email", "marketing", "withdrawn", {"at": NOON})],
        ("email", "marketing", NOON),
        "refused",
    ),
    (  # entered later, but said before
        [
            ("email", "marketing", "withdrawn", {"at": NOON}),
            ("email", "marketing", "given", {"at": BEFORE}),
        ],
        ("email", "marketing", NOON),
        "refused",
    ),
    (
        [("email", "marketing", "denied", {}), ("email", "marketing", "given", {"at": NOON})],
        ("email", "marketing", NOON),
        "given",
    ),
    ([("email", "marketing", "given", {"at": NOON})], ("email", "marketing", BEFORE), "no_consent"),
    (
        [("email", "marketing", "given", {"until": date(2026, 3, 10)})],
        ("email", "marketing", NOON),
        "given",
    ),
    (
        [("email", "marketing", "given", {"until": date(2026, 3, 9)})],
        ("email", "marketing", NOON),
        "expired",
    ),
    (
        [("email", "marketing", "given", {}), ("all", "all", "denied", {})],
        ("email", "marketing", NOON),
        "do_not_contact",
    ),
    ([("all", "all", "denied", {})], ("post", "contract", NOON), "do_not_contact"),
    (
        [("all", "all", "denied", {"until": date(2026, 3, 10)})],
        ("post", "contract", NIGHT),
        "do_not_contact",
    ),
    ([("all", "all", "denied", {"until": date(2026, 3, 10)})], ("post", "contract", EARLY), "not_refused"),
    (
        [("all", "all", "denied", {}), ("all", "all", "unknown", {"at": NOON})],
        ("email", "service", NOON),
        "not_refused",
    ),
    ([("call", "all", "denied", {})], ("call", "service", NOON), "refused"),
    ([("all", "marketing", "denied", {})], ("email", "service", NOON), "not_refused"),
    (
        [("email", "marketing", "given", {}), ("all", "marketing", "denied", {})],
        ("email", "marketing", NOON),
        "refused",
    ),
    ([], ("call", "service", NIGHT), "quiet_hours"),
    ([], ("call", "service", EARLY), "quiet_hours"),
    ([], ("call", "service", datetime(2026, 3, 11, 0, tzinfo=UTC)), "not_refused"),
    ([], ("call", "service", datetime(2026, 3, 10, 13, tzinfo=UTC)), "quiet_hours"),
    ([], ("call", "service", datetime(2026, 3, 10, 12, 59, 59, tzinfo=UTC)), "not_refused"),
    ([], ("email", "service", NIGHT), "not_refused"),
    ([("call", "marketing", "given", {})], ("call", "marketing", NIGHT), "quiet_hours"),
]


@pytest.mark.parametrize(("words", "question", "reason"), CASES)
def test_one_and_many_get_the_same_answer(db, words, question, reason):
    one, other = made("Asked Ltd"), made("Other Ltd")
    for channel, purpose, state, more in words:
        said(one, channel, purpose, state, **more)
    channel, purpose, at = question
    answer = consent.may_contact(customer_id=one, channel=channel, purpose=purpose, at=at)
    assert (answer.reason, answer.allowed) == (reason, reason in consent.ALLOWED)
    for customers in ([one], selectors.visible_to(BOSS).filter(name="Asked Ltd")):
        many = consent.may_contact_many(customers=customers, channel=channel, purpose=purpose, at=at)
        assert many.reasons == {reason: 1}
        assert many.allowed == ([one] if answer.allowed else [])
    assert other not in many.allowed


@pytest.mark.parametrize(
    ("hours", "zone", "at", "not_before"),
    [
        (None, "", NIGHT, datetime(2026, 3, 11, 0, tzinfo=UTC)),
        (None, "", EARLY, datetime(2026, 3, 11, 0, tzinfo=UTC)),
        (None, "Europe/London", NOON, datetime(2026, 3, 10, 8, tzinfo=UTC)),
        (None, "Europe/London", NIGHT, None),
        ((time(12), time(14)), "", NOON, datetime(2026, 3, 10, 6, tzinfo=UTC)),
        # Hours of its own are added to the company's: a break at noon lets nobody call at night.
        ((time(12), time(14)), "", NIGHT, datetime(2026, 3, 11, 0, tzinfo=UTC)),
        ((time(7), time(10)), "", EARLY, datetime(2026, 3, 11, 2, tzinfo=UTC)),
        ((time(19), time(22)), "", EVENING, datetime(2026, 3, 11, 0, tzinfo=UTC)),
        ((time(22), time(7)), "America/New_York", NOON, datetime(2026, 3, 10, 12, tzinfo=UTC)),
    ],
)
def test_quiet_hours_follow_the_customers_clock(db, hours, zone, at, not_before):
    one = made("Asked Ltd")
    begin, end = hours or (None, None)
    consent.set_preference(
        by=BOSS, customer_id=one, quiet_from=begin, quiet_until=end, time_zone=zone, channel="call"
    )
    answer = consent.may_contact(customer_id=one, channel="call", purpose="service", at=at)
    assert (answer.allowed, answer.not_before) == (not_before is None, not_before)
    many = consent.may_contact_many(customers=[one], channel="call", purpose="service", at=at)
    assert many.reasons == {answer.reason: 1}


def test_hours_that_leave_no_moment_of_the_day_name_none(db):
    one = made("Asked Ltd")
    consent.set_preference(by=BOSS, customer_id=one, quiet_from=time(8), quiet_until=time(21))
    for at in (NOON, NIGHT):
        answer = consent.may_contact(customer_id=one, channel="call", purpose="service", at=at)
        assert (answer.reason, answer.not_before) == ("quiet_hours", None)


def test_a_refusal_that_ends_says_when_and_minds_the_night(db):
    one = made("Asked Ltd")
    said(one, "all", "all", "denied", until=date(2026, 3, 20))
    by_mail = consent.may_contact(customer_id=one, channel="email", purpose="service", at=NOON)
    assert by_mail.not_before == datetime(2026, 3, 20, 16, tzinfo=UTC)
    by_phone = consent.may_contact(customer_id=one, channel="call", purpose="service", at=NOON)
    assert by_phone.not_before == datetime(2026, 3, 21, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("of_customer", "of_contact", "reason"),
    [
        (None, None, "no_consent"),
        ("given", None, "given"),
        (None, "given", "given"),
        ("given", "withdrawn", "refused"),
        ("denied", "given", "refused"),
        ("given", "unknown", "given"),
    ],
)
def test_a_contact_speaks_for_itself_and_its_customer_for_all(db, of_customer, of_contact, reason):
    one, elsewhere = made("Asked Ltd"), made("Elsewhere Ltd")
    person = services.create_contact(
        by=BOSS, name="Li", positions=[{"customer_id": one}], today=date(2026, 1, 1)
    )
    if of_customer:
        said(one, "email", "marketing", of_customer)
    if of_contact:
        said(one, "email", "marketing", of_contact, contact_id=person.pk)
    question = {"channel": "email", "purpose": "marketing", "at": NOON}
    answer = consent.may_contact(customer_id=one, contact_id=person.pk, **question)
    assert answer.reason == reason
    # What a contact says binds nobody else.
    own = {None: "no_consent", "given": "given"}.get(of_customer, "refused")
    assert consent.may_contact(customer_id=one, **question).reason == own
    assert (
        consent.may_contact(customer_id=elsewhere, contact_id=person.pk, **question).reason
        == "unknown_contact"
    )


def test_nobody_in_the_trash_or_unknown_is_contacted_and_the_merged_are_asked_as_one(db):
    one, gone = made("Asked Ltd"), made("Gone Ltd")
    question = {"channel": "email", "purpose": "service", "at": NOON}
    services.trash_customer(by=BOSS, customer_id=gone, now=NOON)
    assert consent.may_contact(customer_id=gone, **question).reason == "unknown_customer"
    assert consent.may_contact(customer_id=10**9, **question).reason == "unknown_customer"
    many = consent.may_contact_many(customers=[one, gone, 10**9], **question)
    assert (many.allowed, many.reasons["unknown_customer"]) == ([one], 2)


def test_a_matrix_is_shown_changed_kept_and_found(company):
    path = f"/customers/{company.mine}/consents"
    body = {"channel": "email", "purpose": "marketing", "state": "given", "origin": "form", "proof": "A-1"}
    answer = post(company.seller, path, body)
    assert answer.status_code == 201, answer.content
    cells = {(one["channel"], one["purpose"]): one for one in answer.json()["cells"]}
    assert len(cells) == 24
    cell = cells["email", "marketing"]
    assert (cell["latest"]["state"], cell["latest"]["proof"], cell["decision"]["allowed"]) == (
        "given", "A-1", True,
    )  # fmt: skip
    assert cells["sms", "marketing"]["decision"]["reason"] == "no_consent"
    wanted = '{"field":"may_contact","op":"has_any","value":["email.marketing"]}'
    assert [one["id"] for one in get(company.seller, "/customers", filter=wanted).json()["items"]] == [
        company.mine
    ]
    post(company.seller, path, body | {"state": "withdrawn"})
    assert get(company.seller, "/customers", filter=wanted).json()["items"] == []
    history = get(company.seller, f"{path}/history", channel="email").json()
    assert [one["state"] for one in history] == ["withdrawn", "given"]
    assert Consent.objects.count() == 2
    may = get(
        company.seller, f"/customers/{company.mine}/may-contact", channel="email", purpose="marketing"
    ).json()
    assert (may["allowed"], may["reason"]) == (False, "refused")


def test_who_is_not_to_be_contacted_is_seen_found_counted_and_given_out(company):
    path = f"/customers/{company.mine}/consents"
    never = {"channel": "all", "purpose": "all", "state": "denied", "origin": "phone"}

    def known():
        items = get(company.administrator, "/customers").json()["items"]
        return {one["id"] for one in items if one["added"]["do_not_contact"]}, len(items)

    def found(value):
        asked = json.dumps({"field": "do_not_contact", "op": "eq", "value": value})
        return {one["id"] for one in get(company.administrator, "/customers", filter=asked).json()["items"]}

    assert known() == (set(), 2)
    assert post(company.seller, path, {**never, "channel": "call", "purpose": "survey"}).status_code == 201
    assert known()[0] == found(True) == set(), "one refusal is not all"
    assert post(company.seller, path, never).status_code == 201
    assert known()[0] == found(True) == {company.mine}
    assert get(company.seller, f"/customers/{company.mine}").json()["added"] == {"do_not_contact": True}
    assert company.mine not in found(False)
    printed = sheet(company.viewer("seller"), company.mine, "zh").fields
    assert ("勿扰", "是") in printed
    assert ("记录号", str(company.mine)) in printed
    groups = get(company.administrator, "/customers/groups", by="do_not_contact").json()
    assert {one["value"]: one["count"] for one in groups} == {True: 1, False: 1}
    wanted = {"fields": "name,do_not_contact", "format": "csv", "filter": None}
    answer = post(company.administrator, "/customers/export", wanted)
    rows = b"".join(answer.streaming_content).decode().splitlines()
    assert sum(row.endswith(",yes") for row in rows) == 1, rows
    assert post(company.seller, path, {**never, "state": "unknown"}).status_code == 201
    assert known()[0] == found(True) == set()
    assert "勿扰" not in dict(sheet(company.viewer("seller"), company.mine, "zh").fields)
    Consent.objects.filter(state="unknown").delete()
    Consent.objects.filter(channel="all").update(until=date(2020, 1, 1))
    assert known()[0] == found(True) == set(), "what no longer counts"


def test_contacts_who_are_not_to_be_contacted_are_seen_found_counted_and_given_out(company):
    path = f"/customers/{company.mine}/consents"
    never = {"channel": "all", "purpose": "all", "state": "denied", "origin": "phone"}
    by = company.viewer("administrator")
    seat = [{"customer_id": company.mine}]
    li, wang = (
        services.create_contact(by=by, name=name, positions=seat, today=NOON.date()).pk for name in "李王"
    )

    def known():
        items = get(company.administrator, "/contacts").json()["items"]
        return {one["id"] for one in items if one["added"]["do_not_contact"]}

    def found(value):
        asked = json.dumps({"field": "do_not_contact", "op": "eq", "value": value})
        return {one["id"] for one in get(company.administrator, "/contacts", filter=asked).json()["items"]}

    assert (known(), found(False)) == (set(), {li, wang})
    assert post(company.seller, path, {**never, "contact_id": li}).status_code == 201
    assert known() == found(True) == {li}
    assert found(False) == {wang}
    assert get(company.seller, f"/contacts/{li}").json()["added"] == {"do_not_contact": True}
    groups = get(company.administrator, "/contacts/groups", by="do_not_contact").json()
    assert {one["value"]: one["count"] for one in groups} == {True: 1, False: 1}
    wanted = {"fields": "name,do_not_contact", "format": "csv", "filter": None}
    answer = post(company.administrator, "/contacts/export", wanted)
    rows = b"".join(answer.streaming_content).decode().splitlines()
    assert sorted(row.split(",")[1] for row in rows[1:]) == ["no", "yes"], rows
    assert post(company.seller, path, {**never, "contact_id": li, "state": "unknown"}).status_code == 201
    assert known() == found(True) == set()
    assert post(company.seller, path, never).status_code == 201
    assert known() == found(True) == {li, wang}, "nor are the people of such a customer"
    assert found(False) == set()


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"channel": "all", "purpose": "all", "state": "given"}, "too_wide"),
        ({"channel": "email", "purpose": "nothing", "state": "given"}, "unknown_choice"),
        ({"channel": "email", "purpose": "survey", "state": "given", "at": "2199-01-01"}, "in_the_future"),
        ({"channel": "email", "purpose": "survey", "state": "given", "until": "2020-01-01"}, "before_start"),
        ({"channel": "fax", "purpose": "survey", "state": "given"}, "literal_error"),
    ],
)
def test_what_cannot_be_said_is_refused(company, body, code):
    answer = post(company.seller, f"/customers/{company.mine}/consents", body)
    assert answer.status_code == 422, answer.content
    assert answer.json()["details"][0]["code"] == code


def test_only_who_may_edit_writes_and_only_the_setup_changes_rules(company):
    body = {"channel": "email", "purpose": "marketing", "state": "given"}
    assert post(company.reader, f"/customers/{company.mine}/consents", body).status_code == 403
    assert post(company.seller, f"/customers/{company.theirs}/consents", body).status_code == 404
    rules = get(company.seller, "/consent-rules").json()
    assert rules["quiet_from"] == "21:00:00"
    rules["purposes"][0]["rule"] = "consent"
    rules["quiet_from"] = rules["quiet_until"] = None

    def put(client):
        return client.put("/api/v1/consent-rules", rules, content_type="application/json")

    assert put(company.seller).status_code == 403
    assert put(company.administrator).json()["purposes"][0]["rule"] == "consent"
    question = {"channel": "call", "purpose": "service", "at": NIGHT}
    assert consent.may_contact(customer_id=company.mine, **question).reason == "no_consent"
    said(company.mine, "call", "service", "given")
    assert consent.may_contact(customer_id=company.mine, **question).reason == "given"


def test_a_survivor_keeps_what_the_merged_said(db):
    one, other = made("Asked Ltd"), made("Asked Limited")
    said(other, "email", "marketing", "withdrawn")
    services.merging.merge(by=BOSS, what="customer", survivor_id=one, ids=[one, other], choices={})
    for asked in (one, other):
        answer = consent.may_contact(customer_id=asked, channel="email", purpose="marketing", at=NOON)
        assert answer.reason == "refused"
    assert preference(one, None).channel == ""
    assert ContactHours.objects.count() == 1


def test_ready_legal_bases_are_said_in_both_languages(db):
    ready = dict(ConsentPurpose.objects.values_list("code", "legal_basis"))
    assert all("第十三条" in one and re.search(r"PIPL Art\. 13.*GDPR Art\. 6", one) for one in ready.values())


def test_a_purpose_of_the_companys_own_is_asked_as_the_ready_ones(db):
    one = made("Asked Ltd")
    ConsentPurpose.objects.create(code="referral", rule="consent", position=9)
    question = {"channel": "email", "purpose": "referral", "at": NOON}
    assert consent.may_contact(customer_id=one, **question).reason == "no_consent"
    said(one, "email", "referral", "given")
    assert consent.may_contact(customer_id=one, **question).reason == "given"


def test_customers_are_found_by_a_purpose_of_the_companys_own(db):
    asked, _ = made("Asked Ltd"), made("Never Asked Ltd")
    ConsentPurpose.objects.create(code="referral", rule="consent", position=9)
    said(asked, "email", "referral", "given")
    wanted = '{"field":"may_contact","op":"has_any","value":["email.referral"]}'
    assert [one.pk for one in selectors.matching(BOSS, filter=wanted)] == [asked]
