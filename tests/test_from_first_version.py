"""A database that the first version made and filled becomes one of this version, and nothing is lost."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.test import Client

from jinzita.customers.services import run_undo
from jinzita.people.models import User

HERE = Path(__file__).parent
# The last migration of each capability in the first version.
FIRST_VERSION = {
    "activities": "0003_export_by_month",
    "agreements": "0002_export_by_month",
    "customers": "0006_attribute_statistics",
    "integration": "0001_initial",
    "kernel": "0004_touched",
    "people": "0001_initial",
    "products": "0001_initial",
    "receivables": "0002_export_by_month",
    "sales": "0001_initial",
    "value": "0002_rules_of_the_tables",
}
# What versions on the way wrote into tables that changed their owner since: the last migrations before that.
BEFORE_ASSIGNMENT = [("customers", "0030_former_names")]
MOVED = {
    f"customers_{name}": f"assignment_{name}"
    for name in ("handover", "handoverpart", "poollimits", "poolrule", "poolwarning")
}
# A warning's owner is that of the ownership it belongs to.
SAID_ELSEWHERE = {("customers_poolwarning", "owner_id")}
# Not the company's data: what programs lay down and pass through.
OTHERS = ("account_", "auth_", "django_", "mfa_", "procrastinate_", "socialaccount_", "usersessions_")


Rows = dict[str, dict[str, dict[str, Any]]]


@contextmanager
def new_database() -> Iterator[None]:
    """An empty database beside that of the tests; the connection leads to it inside this block."""
    usual = connection.settings_dict["NAME"]
    own = f"{usual}_own"
    connection.close()
    _run_beside(f'DROP DATABASE IF EXISTS "{own}"', f'CREATE DATABASE "{own}"')
    connection.settings_dict["NAME"] = own
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = usual
        _run_beside(f'DROP DATABASE "{own}" WITH (FORCE)')


def _run_beside(*statements: str) -> None:
    with connection._nodb_cursor() as cursor:  # type: ignore[attr-defined]
        for one in statements:
            cursor.execute(one)


@pytest.fixture(scope="module")
def grown(django_db_setup: None, django_db_blocker: Any) -> Iterator[tuple[Rows, Rows]]:
    """The first version's database, brought to this version; answers what was in it before and is now."""
    with django_db_blocker.unblock(), new_database():
        executor = MigrationExecutor(connection)
        own = {one.label for one in apps.get_app_configs() if one.name.startswith("jinzita.")}
        others = [node for node in executor.loader.graph.leaf_nodes() if node[0] not in own]
        executor.migrate([*others, *FIRST_VERSION.items()])
        fill("first_version.sql")
        before = everything()
        MigrationExecutor(connection).migrate(BEFORE_ASSIGNMENT)
        fill("before_assignment.sql")
        before |= {table: rows for table, rows in everything().items() if table in MOVED}
        call_command("migrate", verbosity=0, interactive=False)
        yield before, everything()


def fill(name: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute((HERE / name).read_text(encoding="utf-8"))


def everything() -> Rows:
    """Each row of each table of the house, by table and key."""
    kept: Rows = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if table.startswith(OTHERS):
                continue
            key = connection.introspection.get_primary_key_columns(cursor, table) or []
            cursor.execute(f'SELECT row_to_json(t)::text FROM "{table}" t')
            rows = [json.loads(text, parse_float=str) for (text,) in cursor.fetchall()]
            kept[table] = {json.dumps([row[column] for column in key]): row for row in rows}
    return kept


def test_nothing_of_the_first_version_is_lost(grown):
    before, now = grown
    assert [table for table, rows in before.items() if not rows] == []
    lost, changed = [], []
    for table, rows in before.items():
        for key, row in rows.items():
            found = now.get(MOVED.get(table, table), {}).get(key)
            if found is None:
                lost.append((table, key))
                continue
            changed += [
                (table, key, column, value, found.get(column))
                for column, value in row.items()
                if found.get(column) != value and (table, column) not in SAID_ELSEWHERE
            ]
    assert lost == []
    # A search key may grow: more is found by it. So may the headings by which an attribute is known in files.
    headings = [one for one in changed if one[2] == "synonyms"]
    assert [one for one in headings if one[4][: len(one[3])] != one[3]] == []
    assert [one for one in changed if one[0] != "customers_searchkey" and one not in headings] == []


def test_warnings_belong_to_the_ownership_of_whoever_was_warned(grown):
    before, now = grown
    ownerships = now["customers_ownership"].values()
    for key, row in before["customers_poolwarning"].items():
        belongs = now["assignment_poolwarning"][key]["ownership_id"]
        (ownership,) = [one for one in ownerships if one["id"] == belongs]
        assert (ownership["customer_id"], ownership["owner_id"], ownership["until"]) == (
            row["customer_id"], row["owner_id"], None
        )  # fmt: skip
    (part,) = [one for one in now["customers_mergepart"].values() if one["merge_id"] == 91]
    (open_one,) = [one["id"] for one in ownerships if one["customer_id"] == 44 and one["until"] is None]
    assert (part["table"], part["rows"][0]["ownership_id"]) == ("assignment_poolwarning", open_one)


def test_the_grown_database_is_that_of_a_new_installation(grown):
    """Columns, indexes, constraints and triggers are the same as those of a database made from nothing."""
    own = shape()
    with new_database():
        call_command("migrate", verbosity=0, interactive=False)
        assert own == shape()
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def shape() -> set[tuple[str, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name, column_name, data_type, is_nullable, coalesce(column_default, '')"
            " FROM information_schema.columns WHERE table_schema = 'public'"
            " UNION ALL SELECT tablename, indexname, indexdef, '', '' FROM pg_indexes"
            " WHERE schemaname = 'public'"
            " UNION ALL SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid), '', ''"
            " FROM pg_constraint WHERE connamespace = 'public'::regnamespace"
            " UNION ALL SELECT tgrelid::regclass::text, tgname, pg_get_triggerdef(oid), '', ''"
            " FROM pg_trigger WHERE NOT tgisinternal"
        )
        return set(cursor.fetchall())


@pytest.fixture
def client(grown) -> Client:
    client = Client()
    client.force_login(User.objects.get(username="admin"))
    return client


def test_the_company_goes_on_working(client):
    page = client.get("/api/v1/customers?sort=-score").json()
    assert [one["name"] for one in page["items"]] == [
        "北京恒远贸易有限公司", "Siemens Ltd. 西门子", "单小明", "Acme Trading",
    ]  # fmt: skip
    assert [one["grade"] for one in page["items"]] == ["vip", "important", "small", "prospect"]
    for words, found in (("hymy", 11), ("shanxiaom", 33), ("8400", 22), ("info@hengyuan", 11)):
        answer = client.get("/api/v1/search", {"q": words}).json()
        assert found in [one["id"] for one in answer], (words, answer)


def test_an_old_customer_is_changed_as_a_new_one(client):
    one = client.get("/api/v1/customers/11").json()
    assert one["attributes"]["registered_capital"] == "5000000.0001"
    done = client.patch(
        "/api/v1/customers/11",
        json.dumps({"attributes": {"fleet": 13}, "version": one["version"]}),
        content_type="application/json",
    )
    assert done.status_code == 200, done.content
    assert done.json()["attributes"] == one["attributes"] | {"fleet": 13}


def test_everybody_keeps_role_and_reach(client):
    for name, may_see in (("wang", {11, 22, 44}), ("li", {11}), ("zhao", {22})):
        other = Client()
        other.force_login(User.objects.get(username=name))
        assert {one["id"] for one in other.get("/api/v1/customers").json()["items"]} == may_see, name


def test_what_was_handed_over_is_taken_back_as_before(client):
    asked = client.post("/api/v1/change-sets/51/undo", "{}", content_type="application/json")
    assert asked.status_code == 202
    done = run_undo(51).result
    assert (done["undone"], done["conflicts"]) == (1, 0)
    assert client.get("/api/v1/customers/44").json()["owner"]["id"] == 5
    shown = client.get("/api/v1/hand-overs").json()["items"]
    assert [(one["id"], one["state"], one["undone"]) for one in shown] == [
        (72, "waiting", ""), (71, "done", "undone"),
    ]  # fmt: skip
