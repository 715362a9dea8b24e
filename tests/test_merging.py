"""Merging customers: everything follows, and comes apart again."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db import connection

from jinzita.activities.models import Interaction
from jinzita.agreements.models import Transaction
from jinzita.customers import services
from jinzita.customers.models import Customer, Merge, MergePart, SearchKey, Standing
from jinzita.customers.selectors import visible_to
from jinzita.customers.services import merging
from jinzita.customers.services.team import replace_team
from jinzita.customers.tests.world import BOSS, get, made, make_company, patch, post
from jinzita.kernel.access import FieldAccess
from jinzita.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from jinzita.kernel.models import AuditEntry, Touched
from jinzita.receivables.models import Invoice

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 1, 5, 4, tzinfo=UTC)
NOW = datetime(2026, 2, 1, tzinfo=UTC)


@pytest.fixture
def company():
    return make_company()


def sale(customer: int, key: str, amount: str = "1.0001", at: datetime = NOON) -> int:
    return Transaction.objects.create(
        customer_id=customer, source="t", source_key=key, occurred_at=at, amount=Decimal(amount)
    ).pk


def merge(survivor: int, *others: int, **more):
    return merging.merge(by=BOSS, what="customer", survivor_id=survivor, ids=[survivor, *others], **more)


def unmerge(one: Merge, **more):
    return merging.unmerge(by=BOSS, merge_id=one.pk, now=NOW, **more)


def owner_of(transaction: int) -> int:
    return Transaction.objects.values_list("customer_id", flat=True).get(pk=transaction)


def everything() -> dict[str, list[str]]:
    """Every row that belongs to customers, as the database would print it."""
    tables = (
        "customers_customer", "customers_standing", "customers_searchkey", "agreements_transaction",
        "receivables_invoice", "activities_interaction",
    )  # fmt: skip
    found = {}
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"SELECT (to_jsonb(t) - 'updated_at' - 'version')::text FROM {table} t")
            found[table] = sorted(row for (row,) in cursor.fetchall())
    return found


def test_facts_follow_and_come_back_to_the_last_digit():
    a, b, c = made("Acme Ltd"), made("ACME Limited", phone="123"), made("Acme")
    own, theirs = sale(a, "1"), sale(b, "2", "99999999999999.1234")
    Invoice.objects.create(
        customer_id=c,
        source="t",
        source_key="1",
        issued_on=date(2026, 1, 5),
        due_on=date(2026, 1, 6),
        amount=1,
    )
    Interaction.objects.create(customer_id=b, source="t", source_key="1", occurred_at=NOON, kind="call")
    before = everything()

    one = merge(a, b, c)
    assert {owner_of(own), owner_of(theirs)} == {a}
    assert Invoice.objects.get().customer_id == Interaction.objects.get().customer_id == a
    assert one.counts == {
        "agreements_transaction": 1, "receivables_invoice": 1, "activities_interaction": 1,
    }  # fmt: skip
    assert list(visible_to(BOSS).values_list("pk", flat=True)) == [a]
    assert set(Customer.objects.filter(merged_into=a).values_list("pk", flat=True)) == {b, c}
    assert list(Standing.objects.values_list("pk", flat=True)) == [a]
    assert list(SearchKey.objects.values_list("pk", flat=True)) == [a]
    assert Customer.objects.get(pk=a).phone == "123"

    unmerge(one)
    assert everything() == before


def test_the_lake_learns_of_every_month():
    a, b = made("Acme Ltd"), made("ACME Limited")
    sale(b, "1", at=datetime(2025, 3, 5, tzinfo=UTC))
    sale(b, "2", at=datetime(2025, 7, 5, tzinfo=UTC))
    for act in (lambda: merge(a, b), lambda: unmerge(Merge.objects.get())):
        Touched.objects.all().delete()
        act()
        months = set(Touched.objects.filter(fact="transactions").values_list("month", flat=True))
        assert months == {date(2025, 3, 1), date(2025, 7, 1)}
        assert Touched.objects.filter(fact="customers").exists()


def test_choices_decide_field_by_field():
    a = made("Acme Ltd", phone="1", attributes={"region": "North"})
    b = made(
        "ACME Limited", phone="2", email="b@example.com", attributes={"region": "South", "industry": "Tea"}
    )
    one = merge(a, b, choices={"name": b, "attributes.region": {"value": "East"}})
    survivor = Customer.objects.get(pk=a)
    assert (survivor.name, survivor.phone, survivor.email) == ("ACME Limited", "1", "b@example.com")
    assert survivor.attributes == {"region": "East", "industry": "Tea"}
    assert "acmelimited" in SearchKey.objects.get(pk=a).text.replace(" ", "")
    assert one.before["name"] == "Acme Ltd"
    assert one.after["attributes.industry"] == "Tea"
    line = AuditEntry.objects.get(action="merge")
    assert line.subject_id == a
    assert line.changes["name"] == ["Acme Ltd", "ACME Limited"]
    unmerge(one)
    survivor.refresh_from_db()
    assert (survivor.name, survivor.email, survivor.attributes) == ("Acme Ltd", "", {"region": "North"})


@pytest.mark.parametrize(
    ("choices", "where"),
    [
        ({"colour": 1}, "choices.colour"),
        ({"name": 1}, "choices.name"),
        ({"email": {"value": "x"}}, "email"),
        ({"name": {"value": " "}}, "name"),
    ],
)
def test_choices_that_cannot_be_are_refused(choices, where):
    a, b = made("A"), made("B")
    with pytest.raises(Invalid) as error:
        merge(a, b, choices=choices)
    assert error.value.problems[0].where == where
    assert not Customer.objects.exclude(merged_into=None).exists()


def test_what_a_role_keeps_back_is_masked_before_a_merge_comes_apart():
    a, b = made("Acme Ltd", phone=""), made("ACME Limited", phone="13800138000")
    one = merge(a, b)
    services.update_customer(by=BOSS, customer_id=a, changes={"phone": "13800138999"})
    keeper = replace(BOSS, fields={"customers.phone": FieldAccess.MASKED})
    (phone,) = merging.preview(by=keeper, merge_id=one.pk).fields
    assert (phone.before, phone.after, phone.present) == ("", "138****8000", "138****8999")
    assert phone.conflict
    (told,) = merging.unmerge(by=keeper, merge_id=one.pk, now=NOW, choices={"phone": "restore"}).fields
    assert told.present == "138****8999"
    assert Customer.objects.get(pk=a).phone == ""


def test_fields_changed_since_stay_unless_chosen():
    a, b = made("Acme Ltd"), made("ACME Limited", phone="2", email="b@example.com")
    one = merge(a, b)
    services.update_customer(by=BOSS, customer_id=a, changes={"phone": "3", "name": "Acme"})
    fields = {field.column: field for field in merging.preview(by=BOSS, merge_id=one.pk).fields}
    assert fields["phone"].conflict
    assert (fields["phone"].before, fields["phone"].after, fields["phone"].present) == ("", "2", "3")
    assert not fields["email"].conflict
    unmerge(one)
    now = Customer.objects.get(pk=a)
    assert (now.name, now.phone, now.email) == ("Acme", "3", "")

    again = merge(a, b)
    assert again.before == {"email": ""}
    services.update_customer(by=BOSS, customer_id=a, changes={"email": "c@example.com"})
    unmerge(again, choices={"email": "restore"})
    assert Customer.objects.get(pk=a).email == ""


def test_what_came_after_stays_unless_it_named_the_other(company):
    a = made("Acme Ltd", source="crm", source_key="A")
    b = made("ACME Limited", source="crm", source_key="B")
    old = sale(b, "old")
    one = merge(a, b)
    admin = company.administrator
    fact = {"occurred_at": "2026-01-06T10:00:00+08:00", "amount": "1"}
    by_id = post(admin, "/transactions", {**fact, "customer_id": b}).json()["items"][0]["id"]
    by_key = post(
        admin,
        "/transactions",
        {**fact, "customer": {"source": "crm", "key": "B"}, "source": "s", "source_key": "1"},
    ).json()["items"][0]
    again = post(
        admin,
        "/transactions",
        {**fact, "customer": {"source": "crm", "key": "B"}, "source": "s", "source_key": "1"},
    ).json()["items"][0]
    own = post(admin, "/transactions", {**fact, "customer_id": a}).json()["items"][0]["id"]
    assert (by_key["status"], again["status"]) == ("created", "unchanged")
    assert {owner_of(pk) for pk in (old, by_id, by_key["id"], own)} == {a}
    table = "agreements_transaction"
    expected = ({table: 1}, {table: 2}, {table: 1})
    seen = merging.preview(by=BOSS, merge_id=one.pk).outcome
    assert (seen.back, seen.followed, seen.staying) == expected
    done = unmerge(one).outcome
    assert (done.back, done.followed, done.staying) == expected
    assert {owner_of(pk) for pk in (old, by_id, by_key["id"])} == {b}
    assert owner_of(own) == a


def test_what_was_given_away_or_deleted_since_stays_so():
    a, b, other = made("A"), made("B"), made("Other")
    given, gone, left = sale(b, "1"), sale(b, "2"), sale(b, "3")
    one = merge(a, b)
    Transaction.objects.filter(pk=given).update(customer=other)
    Transaction.objects.filter(pk=gone).delete()
    outcome = unmerge(one).outcome
    assert (owner_of(given), owner_of(left)) == (other, b)
    assert outcome.back == {"agreements_transaction": 1}
    assert outcome.elsewhere == {"agreements_transaction": 2}


def test_chains_are_short_and_come_apart_in_either_order():
    for first in (0, 1):
        a, b, c = made("A"), made("B"), made("C")
        fact = sale(b, f"chain {first}")
        merges = [merge(a, b), merge(c, a)]
        assert set(Customer.objects.filter(merged_into=c).values_list("pk", flat=True)) == {a, b}
        assert owner_of(fact) == c
        unmerge(merges[first])
        assert owner_of(fact) == (b if first == 0 else a)
        unmerge(merges[1 - first])
        assert owner_of(fact) == b
        assert not Customer.objects.exclude(merged_into=None).exists()


def test_a_merge_happens_once_and_comes_apart_once():
    a, b = made("A"), made("B")
    one = merge(a, b)
    for survivor, other in ((a, b), (b, a)):
        with pytest.raises(Conflict) as error:
            merge(survivor, other)
        assert error.value.problems[0].params == {"id": b, "name": "B", "into": a}
    unmerge(one)
    with pytest.raises(Conflict):
        unmerge(one)


def test_who_may_not(company):
    a, b = company.mine, made("B", owner_id=company.users["seller"].pk)
    with pytest.raises(Forbidden):
        merging.merge(by=company.viewer("seller"), what="customer", survivor_id=a, ids=[a, b])
    with pytest.raises(NotFound):
        merging.merge(by=company.viewer("manager"), what="customer", survivor_id=a, ids=[a, company.theirs])
    one = merging.merge(by=company.viewer("manager"), what="customer", survivor_id=a, ids=[a, b])
    assert get(company.other_seller, f"/merges/{one.pk}").status_code == 404
    assert get(company.reader, f"/merges/{one.pk}/undo-preview").status_code == 403
    with pytest.raises(Forbidden):
        merging.unmerge(by=company.viewer("seller"), merge_id=one.pk, now=NOW)
    assert get(company.seller, "/merges").json()["items"][0]["id"] == one.pk
    assert get(company.other_seller, "/merges").json()["items"] == []
    assert get(company.other_seller, f"/customers/{b}").status_code == 404


def test_who_does_not_reach_all_of_a_merge_does_not_take_it_apart(company):
    """A manager of one department, and a record of another; then one who is only in the survivor's team."""
    manager = {"user_id": company.users["manager"].pk, "part": ""}
    in_team = made("A")
    replace_team(by=BOSS, customer_id=in_team, items=[manager], version=None)
    for one in (merge(company.mine, company.theirs), merge(in_team, made("B"))):
        for refused in (
            get(company.manager, f"/merges/{one.pk}/undo-preview"),
            post(company.manager, f"/merges/{one.pk}/undo", {}),
        ):
            assert (refused.status_code, refused.json()["code"]) == (403, "merge_out_of_reach")
        assert post(company.administrator, f"/merges/{one.pk}/undo", {}).status_code == 200


def test_old_ids_lead_to_the_survivor(company):
    a, b = made("A"), made("B", source="crm", source_key="B")
    one = merge(a, b)
    admin = company.administrator
    found = get(admin, f"/customers/{b}").json()
    assert found["id"] == a
    assert [(part["id"], part["name"], part["merge_id"]) for part in found["merged_from"]] == [
        (b, "B", one.pk)
    ]
    for path in ("timeline", "transactions"):
        moved = get(admin, f"/customers/{b}/{path}", limit=5)
        assert (moved.status_code, moved["Location"]) == (308, f"/api/v1/customers/{a}/{path}?limit=5")
    moved = get(admin, f"/value/customers/{b}")
    assert (moved.status_code, moved["Location"]) == (308, f"/api/v1/value/customers/{a}")
    moved = patch(admin, f"/customers/{b}", {"name": "x"})
    assert (moved.status_code, moved["Location"]) == (308, f"/api/v1/customers/{a}")
    assert [(one["id"], one["matched"]) for one in get(admin, "/search", q="B").json()] == [(a, "former")]
    assert get(admin, "/customers/count").json()["count"] == 3
    unmerge(one)
    assert get(admin, f"/customers/{b}").json()["id"] == b


def test_a_page_of_the_api_from_preview_to_undo(company):
    a, b = made("Acme Ltd", phone="1"), made("ACME Limited", attributes={"region": "North"})
    sale(b, "1")
    admin = company.administrator
    seen = get(admin, "/customers/merge-preview", ids=f"{a},{b}").json()
    assert seen["survivor_id"] == b  # more is known of it
    assert [one["id"] for one in seen["records"]] == [a, b]
    rows = {one["field"]["code"]: one for one in seen["fields"]}
    assert (rows["name"]["values"], rows["name"]["proposed"], rows["name"]["differs"]) == (
        ["Acme Ltd", "ACME Limited"], b, True,
    )  # fmt: skip
    assert (rows["phone"]["proposed"], rows["phone"]["differs"]) == (a, False)
    assert [(one["kind"], one["counts"]) for one in seen["references"]] == [("transactions", [0, 1])]
    made_merge = post(admin, "/customers/merge", {"survivor_id": a, "ids": [a, b]}).json()
    assert made_merge["moved"] == [
        {"kind": "transactions", "label": {"en": "Transactions", "zh": "交易"}, "rows": 1}
    ]
    path = f"/merges/{made_merge['id']}"
    assert get(admin, path).json() == made_merge
    assert get(admin, "/merges", customer_id=b).json()["items"] == [made_merge]
    assert get(admin, f"{path}/undo-preview").json()["back"][0]["rows"] == 1
    assert post(admin, f"{path}/undo", {}).json()["merge"]["undone_at"]
    assert post(admin, f"{path}/undo", {}).json()["code"] == "already_undone"
    for wrong in ("", f"{a}", "x,y", f"{a},999999999", ",".join(map(str, range(1, 60)))):
        assert get(admin, "/customers/merge-preview", ids=wrong).status_code in (404, 422)


def test_twenty_thousand_facts_take_few_statements(django_assert_max_num_queries):
    a, b = made("A"), made("B")
    Transaction.objects.bulk_create(
        Transaction(customer_id=b, source="t", source_key=str(i), occurred_at=NOON, amount=1)
        for i in range(20_000)
    )
    # A few statements for each table that names customers, none for a fact.
    with django_assert_max_num_queries(180):
        one = merge(a, b)
    assert MergePart.objects.filter(merge=one, table="agreements_transaction").count() == 1
    with django_assert_max_num_queries(120):
        unmerge(one)
    assert Transaction.objects.filter(customer_id=b).count() == 20_000
