"""Merging finds tables it was never told of, and leaves no collision, no circle, nothing half done."""

import os
import signal
import subprocess
import sys
import threading
import time

import pytest
from django.db import connection, connections

from jinzita.customers.models import Customer, Merge
from jinzita.customers.selectors.catalog import Catalog
from jinzita.customers.selectors.references import treatment, words_of
from jinzita.customers.tests.world import made
from jinzita.kernel.errors import Conflict
from tests.test_merging import NOON, merge, sale, unmerge

pytestmark = pytest.mark.django_db


def sql(statement: str, *parameters):
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return cursor.fetchall() if cursor.description else None


CUSTOMER = "bigint REFERENCES customers_customer"


@pytest.fixture
def pair():
    return made("Acme Ltd"), made("ACME Limited")


def test_a_table_nobody_declared_follows(pair):
    a, b = pair
    sql(f"CREATE TABLE future_plan (id bigserial PRIMARY KEY, customer_id {CUSTOMER} NOT NULL)")
    sql(f"CREATE TABLE future_note (code text PRIMARY KEY, of_id {CUSTOMER})")
    sql(f"CREATE TABLE future_seat (customer_id {CUSTOMER} PRIMARY KEY, figure numeric)")
    sql("INSERT INTO future_plan (customer_id) VALUES (%s), (%s), (%s)", a, b, b)
    sql("INSERT INTO future_note VALUES ('x', %s)", b)
    sql("INSERT INTO future_seat VALUES (%s, 12345678901234567890.12345)", b)
    tables = ("future_plan", "future_note", "future_seat")
    before = {table: sorted(sql(f"SELECT * FROM {table}")) for table in tables}
    one = merge(a, b)
    assert sql("SELECT DISTINCT customer_id FROM future_plan") == [(a,)]
    assert sql("SELECT of_id FROM future_note") == sql("SELECT customer_id FROM future_seat") == [(a,)]
    unmerge(one)
    assert {table: sorted(sql(f"SELECT * FROM {table}")) for table in tables} == before


@pytest.mark.parametrize("table", ["customers_customer", "customers_contact"])
def test_whatever_follows_has_a_name_in_both_languages(table):
    named = {one.table for one in Catalog().references_to(table) if not treatment(one.table)}
    assert [one for one in named if len(set(words_of(one))) == 1] == []


def test_unique_pairs_keep_the_survivors_and_what_names_the_other_follows(pair):
    a, b = pair
    sql(f"CREATE TABLE future_club (id bigserial PRIMARY KEY, customer_id {CUSTOMER}, club text,"
        " points numeric, UNIQUE (customer_id, club))")  # fmt: skip
    sql("CREATE TABLE future_visit (id bigserial PRIMARY KEY, club_id bigint REFERENCES future_club)")
    sql("INSERT INTO future_club (customer_id, club, points) VALUES"
        " (%s, 'tea', 1), (%s, 'tea', 0.10000000000000000001), (%s, 'golf', 3)", a, b, b)  # fmt: skip
    sql("INSERT INTO future_visit (club_id) SELECT id FROM future_club")
    tables = ("future_club", "future_visit")
    before = {table: sorted(sql(f"SELECT * FROM {table}")) for table in tables}
    one = merge(a, b)
    assert sorted(sql("SELECT customer_id, club, points FROM future_club")) == [(a, "golf", 3), (a, "tea", 1)]
    assert sql("SELECT club, count(*) FROM future_visit v JOIN future_club c ON c.id = club_id"
               " GROUP BY 1 ORDER BY 1") == [("golf", 1), ("tea", 2)]  # fmt: skip
    unmerge(one)
    assert {table: sorted(sql(f"SELECT * FROM {table}")) for table in tables} == before


def test_marks_expressions_and_ties_to_oneself(pair):
    a, b = pair
    sql(f"CREATE TABLE future_line (id bigserial PRIMARY KEY, customer_id {CUSTOMER}, is_main boolean)")
    sql("CREATE UNIQUE INDEX ON future_line (customer_id) WHERE is_main")
    sql(f"CREATE TABLE future_tie (id bigserial PRIMARY KEY, one_id {CUSTOMER}, two_id {CUSTOMER},"
        " CHECK (one_id <> two_id))")  # fmt: skip
    sql("CREATE UNIQUE INDEX ON future_tie (least(one_id, two_id), greatest(one_id, two_id))")
    other = made("Other")
    sql("INSERT INTO future_line (customer_id, is_main) VALUES (%s, true), (%s, true)", a, b)
    sql(
        "INSERT INTO future_tie (one_id, two_id) VALUES (%s, %s), (%s, %s), (%s, %s)",
        a,
        b,
        other,
        a,
        b,
        other,
    )
    tables = ("future_line", "future_tie")
    before = {table: sorted(sql(f"SELECT * FROM {table}")) for table in tables}
    one = merge(a, b)
    assert sorted(sql("SELECT customer_id, is_main FROM future_line")) == [(a, False), (a, True)]
    assert sql("SELECT one_id, two_id FROM future_tie") == [(other, a)]
    unmerge(one)
    assert {table: sorted(sql(f"SELECT * FROM {table}")) for table in tables} == before


def test_groups_get_no_circle():
    a, b, c = made("A"), made("B"), made("C")
    Customer.objects.filter(pk=a).update(parent=c)
    Customer.objects.filter(pk=c).update(parent=b)
    one = merge(a, b)
    parents = dict(Customer.objects.values_list("pk", "parent_id"))
    assert (parents[a], parents[c]) == (None, a)
    unmerge(one)
    assert dict(Customer.objects.values_list("pk", "parent_id")) == {a: c, b: None, c: b}


@pytest.mark.django_db(transaction=True)
def test_of_two_merges_at_once_one_wins():
    a, b = made("A"), made("B")
    sale(a, "1")
    results: list[object] = []

    def run(survivor: int, other: int) -> None:
        try:
            results.append(merge(survivor, other).survivor_id)
        except Conflict as error:
            results.append(error.code)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=pair) for pair in ((a, b), (b, a))]
    for one in threads:
        one.start()
    for one in threads:
        one.join(30)
    assert len(results) == 2
    assert "merged_meanwhile" in results
    assert Merge.objects.count() == 1


CHILD = """
import sys, time
import django
django.setup()
from django.db import connections
connections["default"].settings_dict["NAME"] = sys.argv[1]
from jinzita.customers.services import merging
from jinzita.customers.services.merging.customers import Customers
def wait(*_):
    print("half", flush=True)
    time.sleep(60)
Customers.merged = Customers.parted = wait
from tests.test_merging import BOSS, NOW
a, b, undo = map(int, sys.argv[2:])
if undo:
    merging.unmerge(by=BOSS, merge_id=undo, now=NOW)
else:
    merging.merge(by=BOSS, what="customer", survivor_id=a, ids=[a, b])
"""


@pytest.mark.django_db(transaction=True)
def test_a_killed_merge_leaves_nothing_half_done():
    a, b = made("A"), made("B", phone="1")
    fact = sale(b, "1", at=NOON)
    whole = state = _state(fact)
    for undo in (False, True):
        one = merge(a, b) if undo else None
        whole = _state(fact)
        which = [str(a), str(b), str(one.pk if one else 0)]
        child = subprocess.Popen(
            [sys.executable, "-c", CHILD, connection.settings_dict["NAME"], *which],
            env={**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings"}, stdout=subprocess.PIPE,
        )  # fmt: skip
        assert child.stdout
        assert child.stdout.readline() == b"half\n"
        child.send_signal(signal.SIGKILL)
        child.wait(20)
        deadline = time.monotonic() + 20
        while sql("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'") != [(0,)]:
            assert time.monotonic() < deadline
            time.sleep(0.05)
        assert _state(fact) == whole
        if one:
            unmerge(one)
    assert _state(fact) == state


def _state(fact: int) -> list[object]:
    return [
        sql("SELECT id, merged_into_id, phone FROM customers_customer ORDER BY id"),
        sql("SELECT customer_id FROM agreements_transaction WHERE id = %s", fact),
        sql("SELECT customer_id FROM customers_standing ORDER BY 1"),
    ]
