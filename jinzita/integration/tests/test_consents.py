"""Consents from files: whose they are, what is refused and why, twice is once, and taken back whole."""

import pytest

from jinzita.customers import services as customers
from jinzita.integration.services import imports
from jinzita.integration.tests.desk import counts, query, reasons
from jinzita.integration.tests.test_undo import NOW

CHINESE = """许可编号,客户编号,渠道,目的,是否同意,表态时间,取得方式,凭证,有效期至
K1,C1,短信,营销,同意,2026-01-05 10:00,表单,A-1,2027-01-05
K2,C1,电话,全部,拒绝,2026/2/5,当面,,
K3,C9,邮件,调研,撤回,2026年3月5日,,,
"""
ENGLISH = """consent id,customer id,medium,purpose,status,date,how it was said,evidence,valid until
K1,C1,text message,Marketing,yes,2026-01-05 10:00,Form,A-1,2027-01-05
K2,C1,phone,all,opt-out,2026-02-05,conversation,,
K3,C9,E-mail,survey,unsubscribed,2026-03-05,,,
"""
WRITTEN = [
    ("K1", "C1", "sms", "marketing", "given", "form", "A-1", "2027-01-05"),
    ("K2", "C1", "call", "all", "denied", "conversation", "", None),
    ("K3", "C9", "email", "survey", "withdrawn", "other", "", None),
]


@pytest.fixture
def known(desk):
    """The desk, where one customer is known: C1."""
    desk.run("customers", "key,name\nC1,Known Ltd\n")
    return desk


def written() -> list[tuple]:
    return query(
        "SELECT s.source_key, c.source_key, s.channel, s.purpose, s.state, s.origin, s.proof, s.until::text"
        " FROM privacy_consent s JOIN customers_customer c ON c.id = s.customer_id ORDER BY 1"
    )


@pytest.mark.parametrize("file", [CHINESE, ENGLISH], ids=["zh", "en"])
def test_headers_and_words_of_both_languages_are_read(known, file):
    assert counts(known.run("consents", file)) == (3, 0, 0, 0)
    assert written() == WRITTEN
    # The clock of a file is the company's; who was unknown is a customer now.
    assert query("SELECT at::text FROM privacy_consent WHERE source_key = 'K1'") == [
        ("2026-01-05 02:00:00+00",)
    ]
    assert query("SELECT name FROM customers_customer ORDER BY 1") == [("C9",), ("Known Ltd",)]


def test_unknown_customers_are_refused_when_so_chosen(known):
    one = known.run("consents", ENGLISH, unknown_customers="refuse")
    assert counts(one) == (2, 0, 0, 1)
    assert reasons(one) == {4: ["unknown_customer customer"]}
    assert written() == WRITTEN[:2]


def test_what_cannot_be_said_is_given_back_with_its_reason(known):
    file = (
        "key,customer,channel,purpose,state,date\n"
        "K1,C1,fax,marketing,given,2026-01-05\n"
        "K2,C1,email,astrology,given,2026-01-05\n"
        "K3,C1,email,marketing,perhaps,2026-01-05\n"
        "K4,C1,email,marketing,given,\n"
        "K5,C1,email,marketing,given,2026-01-05\n"
    )
    one = known.run("consents", file)
    assert counts(one) == (1, 0, 0, 4)
    assert reasons(one) == {
        2: ["unknown_choice channel"],
        3: ["unknown_choice purpose"],
        4: ["unknown_choice state"],
        5: ["required at"],
    }
    assert [key for key, *_ in written()] == ["K5"]


def test_a_purpose_of_the_companys_own_is_imported_by_its_code(known):
    query("INSERT INTO privacy_consentpurpose VALUES ('referral', 'consent', '', 9) RETURNING code")
    file = "key,customer,channel,purpose,state,date\nK1,C1,email,referral,given,2026-01-05\n"
    assert counts(known.run("consents", file)) == (1, 0, 0, 0)
    assert [row[3] for row in written()] == ["referral"]


def test_the_same_file_twice_changes_nothing_and_a_changed_row_updates(known):
    known.run("consents", CHINESE)
    before = query("SELECT id, updated_at FROM privacy_consent ORDER BY 1")
    assert counts(known.run("consents", CHINESE)) == (0, 0, 3, 0)
    assert query("SELECT id, updated_at FROM privacy_consent ORDER BY 1") == before
    assert counts(known.run("consents", CHINESE.replace("A-1", "A-2"))) == (0, 1, 2, 0)
    assert [row[6] for row in written()] == ["A-2", "", ""]


def test_an_import_is_taken_back_with_what_it_overwrote_and_whom_it_made(known):
    known.run("consents", CHINESE.rsplit("K3", 1)[0])
    one = known.run("consents", CHINESE.replace("A-1", "A-2"))
    assert counts(one) == (1, 1, 1, 0)
    imports.request_undo(by=known.viewer, import_id=one.pk, now=NOW)
    job = customers.run_undo(one.change_set_id)
    assert (job.state, job.result["conflicts"]) == ("done", 0), job.error
    assert written() == WRITTEN[:2]
    assert query("SELECT source_key FROM customers_customer") == [("C1",)]
