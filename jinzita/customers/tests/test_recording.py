"""Recording facts through their doors: by hand, by programs, one or a batch; who may; what is refused."""

from decimal import Decimal

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext

from jinzita.customers.tests.world import get, key_client, post
from jinzita.kernel.models import AuditEntry

MOMENT = "2024-05-31T23:30:00+08:00"
GOOD = {
    "transactions": {"occurred_at": MOMENT, "kind": "return", "amount": "12.5", "cost": "10", "note": "n"},
    "interactions": {"occurred_at": MOMENT, "kind": "complaint", "subject": "慢", "note": "n"},
    "invoices": {"issued_on": "2024-05-31", "due_on": "2024-06-30", "amount": "12.5"},
    "receipts": {"received_on": "2024-05-31", "amount": 12.5},
    "opportunities": {"name": "专线", "amount": "12.5", "probability": 0.25, "expected_on": "2024-07-01"},
}
MODELS = {
    "transactions": "agreements.Transaction",
    "interactions": "activities.Interaction",
    "invoices": "receivables.Invoice",
    "receipts": "receivables.Receipt",
    "opportunities": "sales.Opportunity",
}
every_kind = pytest.mark.parametrize("kind", list(GOOD))


def rows(kind):
    return apps.get_model(MODELS[kind]).objects.order_by("pk")


@pytest.fixture
def touched(monkeypatch):
    from jinzita.kernel import warehouse

    noted: list[tuple] = []
    monkeypatch.setattr(
        warehouse, "touch", lambda fact, months=(): noted.append((fact, {str(m) for m in months}))
    )
    return noted


@every_kind
def test_by_hand(company, news, touched, kind):
    answer = post(company.seller, f"/{kind}", {"customer_id": company.mine, **GOOD[kind]})
    assert answer.status_code == 201, answer.json()
    pk = rows(kind).get().pk
    assert answer.json() == {
        "created": 1, "updated": 0, "unchanged": 0, "items": [{"index": 0, "id": pk, "status": "created"}],
    }  # fmt: skip
    one = get(company.manager, f"/{kind}/{pk}").json()
    assert one["customer_id"] == company.mine
    assert one["source"] == "manual"
    assert len(one["source_key"]) == 32
    if kind != "interactions":
        assert one["amount"] == "12.5000"
    listed = get(company.seller, f"/customers/{company.mine}/{kind}").json()
    assert [each["id"] for each in listed["items"]] == [pk]
    assert get(company.seller, f"/customers/{company.mine}").json()["counts"][kind] == 1
    assert [one.customer_ids for one in news] == [[company.mine]]
    month = set() if kind == "opportunities" else {"2024-05-01"}
    assert touched == [(kind, month)]
    assert AuditEntry.objects.exclude(action="read").latest("id").action == "create"


@every_kind
def test_the_same_key_again_is_the_same_record(company, news, touched, kind):
    def send(**changes):
        body = {
            "customer": {"source": "crm", "key": "7"},
            "source": "billing",
            "source_key": "K1",
            **GOOD[kind],
        }
        return post(company.administrator, f"/{kind}", {"items": [{**body, **changes}]}).json()

    made = post(
        company.administrator, "/customers", {"name": "Seven", "source": "crm", "source_key": "7"}
    ).json()
    news.clear()
    touched.clear()
    assert send()["created"] == 1
    assert send()["unchanged"] == 1
    assert len(news) == 1
    changed = send(**({"note": "other"} if kind == "interactions" else {"amount": "99999999999999.9999"}))
    assert (changed["updated"], changed["items"][0]["status"]) == (1, "updated")
    row = rows(kind).get()
    assert row.customer_id == made["id"]
    if kind != "interactions":
        assert row.amount == Decimal("99999999999999.9999")
    assert row.updated_at > row.created_at
    assert [one.customer_ids for one in news] == [[made["id"]]] * 2


def test_a_record_that_moves_touches_both_months_and_both_customers(company, news, touched):
    body = {"source": "billing", "source_key": "K1", "amount": 1}
    first = {**body, "customer_id": company.mine, "occurred_at": "2024-01-31T23:59:59+08:00"}
    second = {**body, "customer_id": company.theirs, "occurred_at": "2024-01-31T16:00:00+00:00"}
    assert post(company.administrator, "/transactions", first).status_code == 201
    assert post(company.administrator, "/transactions", second).status_code == 201
    assert touched == [("transactions", {"2024-01-01"}), ("transactions", {"2024-01-01", "2024-02-01"})]
    assert news[1].customer_ids == sorted([company.mine, company.theirs])


@every_kind
def test_a_batch_is_all_or_nothing_and_names_every_bad_row(company, news, kind):
    good = {"customer_id": company.mine, **GOOD[kind]}
    items = [good, {**good, "customer_id": company.theirs}, {**good, "customer_id": 10**9}, good]
    answer = post(company.seller, f"/{kind}", {"items": items})
    assert answer.status_code == 422
    assert [one["where"] for one in answer.json()["details"]] == [
        "items[1].customer_id",
        "items[2].customer_id",
    ]
    assert {one["code"] for one in answer.json()["details"]} == {"unknown_customer"}
    assert not rows(kind).exists()
    assert news == []
    answer = post(company.seller, f"/{kind}", {"items": [good] * 3})
    assert answer.json()["created"] == 3
    assert [one["index"] for one in answer.json()["items"]] == [0, 1, 2]


FACT_WRONGS = [
    ({"customer_id": None}, "customer_id"),
    ({"customer_id": 0}, "customer_id"),
    ({"customer_id": 2**63}, "customer_id"),
    ({"customer_id": "x"}, "customer_id"),
    ({"customer": {"source": "a", "key": "b"}}, "customer_id"),
    ({"customer_id": None, "customer": {"source": "a", "key": "b"}}, "customer"),
    ({"customer_id": None, "customer": {"source": "a\x00", "key": "b"}}, "customer.source"),
    ({"source": "billing"}, "source_key"),
    ({"source": "x" * 51, "source_key": "k"}, "source"),
    ({"source": "", "source_key": "k"}, "source"),
    ({"source": "s", "source_key": "k\x00"}, "source_key"),
    ({"source": "s", "source_key": "k" * 121}, "source_key"),
    ({"surprise": 1}, "surprise"),
]
WRONGS = {
    "transactions": [
        *(
            ({"amount": bad}, "amount")
            for bad in ("-1", "x", "", None, "NaN", "Infinity", "1e30", "0.00001", True, [])
        ),
        *(
            ({"occurred_at": bad}, "occurred_at")
            for bad in ("1899-12-31", "2200-01-01T00:00:00Z", "x", None, 10**20)
        ),
        ({"kind": "gift"}, "kind"),
        ({"cost": "-1"}, "cost"),
        ({"note": "a\x00b"}, "note"),
        ({"note": "x" * 4001}, "note"),
    ],
    "interactions": [({"kind": "gossip"}, "kind"), ({"subject": "x" * 201}, "subject")],
    "invoices": [
        ({"due_on": "2024-05-30"}, "due_on"),
        ({"issued_on": "0001-01-01"}, "issued_on"),
        ({"due_on": "9999-12-31"}, "due_on"),
        ({"issued_on": "2024-02-30"}, "issued_on"),
    ],
    "receipts": [({"invoice_id": 10**9}, "invoice_id"), ({"received_on": "31.5.2024"}, "received_on")],
    "opportunities": [
        ({"probability": "1.01"}, "probability"),
        ({"probability": -1}, "probability"),
        ({"name": ""}, "name"),
        ({"status": "maybe"}, "status"),
    ],
}


@every_kind
def test_what_cannot_be_is_refused_with_its_place(company, kind):
    for wrong, where in FACT_WRONGS + WRONGS[kind]:
        body = {"customer_id": company.mine, **GOOD[kind], **wrong}
        for sent, place in ((body, where), ({"items": [body]}, f"items[0].{where}")):
            answer = post(company.administrator, f"/{kind}", sent)
            assert answer.status_code == 422, (wrong, answer.json())
            assert answer.json()["details"][0]["where"] == place, wrong
    assert not rows(kind).exists()
    for body in (
        [],
        {},
        None,
        "x",
        {"items": []},
        {"items": "x"},
        {"items": [None]},
        {"items": [GOOD[kind]] * 1001},
    ):
        assert post(company.administrator, f"/{kind}", body).status_code == 422, body


def test_a_key_comes_once_in_a_batch(company):
    one = {"customer_id": company.mine, "source": "s", "source_key": "k", **GOOD["transactions"]}
    answer = post(company.administrator, "/transactions", {"items": [one, one]})
    assert answer.status_code == 422
    assert answer.json()["details"][0]["where"] == "items[1].source_key"


def test_a_key_of_a_hidden_customer_is_not_taken_over(company):
    theirs = {"customer_id": company.theirs, "source": "s", "source_key": "k", **GOOD["transactions"]}
    assert post(company.administrator, "/transactions", theirs).status_code == 201
    answer = post(company.seller, "/transactions", {**theirs, "customer_id": company.mine})
    assert answer.status_code == 422
    assert rows("transactions").get().customer_id == company.theirs


def test_a_receipt_names_an_invoice_of_its_own_customer(company):
    invoice = post(company.administrator, "/invoices", {"customer_id": company.theirs, **GOOD["invoices"]})
    number = invoice.json()["items"][0]["id"]
    body = {**GOOD["receipts"], "invoice_id": number}
    assert post(company.administrator, "/receipts", {**body, "customer_id": company.mine}).status_code == 422
    assert post(company.seller, "/receipts", {**body, "customer_id": company.mine}).status_code == 422
    by_key = {**body, "customer": {"source": "manual", "key": "x"}}
    assert post(company.administrator, "/receipts", by_key).status_code == 422
    assert (
        post(company.administrator, "/receipts", {**body, "customer_id": company.theirs}).status_code == 201
    )


@every_kind
def test_who_may(company, client, kind):
    body = {"customer_id": company.mine, **GOOD[kind]}
    assert post(client, f"/{kind}", body).status_code == 401
    assert post(company.reader, f"/{kind}", body).status_code == 403
    assert post(company.other_seller, f"/{kind}", body).status_code == 422
    assert post(company.manager, f"/{kind}", body).status_code == 201
    pk = rows(kind).get().pk
    for person, status in (("seller", 200), ("manager", 200), ("reader", 200), ("other_seller", 404)):
        assert get(getattr(company, person), f"/{kind}/{pk}").status_code == status
        assert get(getattr(company, person), f"/customers/{company.mine}/{kind}").status_code == status
    assert get(client, f"/{kind}/{pk}").status_code == 401
    assert get(company.reader, f"/{kind}/{10**9}").status_code == 404
    assert get(company.reader, f"/{kind}/{2**63}").status_code == 422


@every_kind
def test_a_program_needs_the_scope_and_an_idempotency_key(company, client, kind):
    body = {"customer_id": company.mine, **GOOD[kind]}
    read = key_client(company.users["administrator"], ["read"])
    write = key_client(company.users["administrator"], ["read", "facts:write"])
    assert post(client, f"/{kind}", body, **read, HTTP_IDEMPOTENCY_KEY="a").status_code == 403
    assert post(client, f"/{kind}", body, **write).status_code == 422
    first = post(client, f"/{kind}", body, **write, HTTP_IDEMPOTENCY_KEY="b")
    again = post(client, f"/{kind}", body, **write, HTTP_IDEMPOTENCY_KEY="b")
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json() == again.json()
    assert rows(kind).count() == 1
    other = post(
        client, f"/{kind}", {**body, "customer_id": company.theirs}, **write, HTTP_IDEMPOTENCY_KEY="b"
    )
    assert other.status_code == 409


def test_lists_of_facts_page_in_order(company):
    items = [
        {"customer_id": company.mine, "occurred_at": f"2024-05-{day:02}T10:00:00Z", "amount": day % 3}
        for day in range(1, 8)
        for _ in range(2)
    ]
    assert post(company.seller, "/transactions", {"items": items}).status_code == 201
    for sort in ("-occurred_at", "occurred_at", "-amount", "amount", "-id", "amount,-occurred_at"):
        whole = get(company.seller, f"/customers/{company.mine}/transactions", sort=sort).json()["items"]
        found, cursor = [], None
        while True:
            query = {"limit": 3, "sort": sort} | ({"cursor": cursor} if cursor else {})
            page = get(company.seller, f"/customers/{company.mine}/transactions", **query).json()
            found += page["items"]
            if (cursor := page["next"]) is None:
                break
        assert found == whole
        assert len(found) == 14
    assert get(company.seller, f"/customers/{company.mine}/transactions", sort="note").status_code == 422


def test_a_batch_asks_few_queries(company, django_assert_max_num_queries):
    items = [{"customer_id": company.mine, **GOOD["transactions"]} for _ in range(500)]
    with django_assert_max_num_queries(27):
        assert post(company.seller, "/transactions", {"items": items}).json()["created"] == 500


def test_a_receipt_shows_the_number_of_its_invoice(company):
    bill = {"customer_id": company.mine, "source": "erp", "source_key": "INV-7", **GOOD["invoices"]}
    bill_id = post(company.manager, "/invoices", bill).json()["items"][0]["id"]
    for paid in (bill_id, bill_id, None):
        post(
            company.manager,
            "/receipts",
            {"customer_id": company.mine, "invoice_id": paid, **GOOD["receipts"]},
        )
    shown = {"id": bill_id, "source_key": "INV-7"}
    with CaptureQueriesContext(connection) as asked:
        listed = get(company.manager, f"/customers/{company.mine}/receipts").json()["items"]
    assert [one["invoice"] for one in listed] == [None, shown, shown]
    assert sum("receivables_invoice" in one["sql"] for one in asked.captured_queries) == 1
    assert get(company.manager, f"/receipts/{listed[1]['id']}").json()["invoice"] == shown
