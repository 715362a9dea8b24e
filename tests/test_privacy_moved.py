"""What `customers` knew of consent and retention is there, row by row, after it became `privacy`'s."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from jinzita.kernel import undo
from tests.test_from_first_version import new_database

pytestmark = pytest.mark.django_db
BEFORE_BOTH_LANGUAGES, BEFORE = "0028_contacts_apart", "0030_former_names"
OWN_BASIS = "与客户约定（《个人信息保护法》第十三条第二项）"
TABLES = (
    "consent", "consentpurpose", "contacthours", "contactpreference", "erasurework", "overdue",
    "postponement", "retentionrule",
)  # fmt: skip
# One row at least in each of them, and in whatever names one of them.
ROWS = """
INSERT INTO customers_customer (id, source, source_key, name, kind)
  VALUES (11, 'crm', 'C1', '恒远', 'organisation'), (12, 'crm', 'C2', '单小明', 'person');
INSERT INTO customers_contact (id, source, source_key, name) VALUES (21, 'crm', 'P1', '李雷');
INSERT INTO customers_consent (id, source, source_key, customer_id, contact_id, channel, purpose, state, at,
                               proof)
  VALUES (31, 'crm', 'K1', 11, NULL, 'email', 'marketing', 'given', '2026-01-05T10:00Z', 'A-1'),
         (32, 'crm', 'K2', 11, 21, 'all', 'all', 'denied', '2026-02-05T10:00Z', '');
INSERT INTO customers_contactpreference (id, customer_id, contact_id, quiet_from, quiet_until)
  VALUES (41, 11, NULL, '12:00', '14:00'), (42, NULL, 21, NULL, NULL);
INSERT INTO customers_retentionrule (kind, years) VALUES ('person', 5), ('organisation', NULL);
INSERT INTO customers_overdue (customer_id, last_on) VALUES (12, '2015-01-01');
INSERT INTO customers_postponement (customer_id, until, reason, by_name)
  VALUES (11, '2030-01-01', 'a lawsuit', 'Wang');
INSERT INTO kernel_job (id, kind, state, progress, message, result, error, cancel_requested)
  VALUES (51, 'erasure', 'running', 0, '', '{}', '', false);
INSERT INTO customers_erasurework (id, job_id, reason, ids, done, erased)
  VALUES (61, 51, 'kept ten years', '{12}', 0, 0);
INSERT INTO kernel_changeset (id, kind, words, by_name, state, rows, taken_back)
  VALUES (71, 'import', '{}', 'Wang', 'done', 2, '{}');
INSERT INTO kernel_changedrow (change_set_id, "table", row_id, after)
  VALUES (71, 'customers_consent', 31, '{"state": "given"}'), (71, 'customers_customer', 11, '{}');
INSERT INTO kernel_packedrows (change_set_id, "table", first_id, last_id, ids, columns, images)
  VALUES (71, 'customers_consent', 32, 32, '{32}', '{id}', '{(32)}');
INSERT INTO customers_merge (id, what, survivor_id, member_ids, names, before, after, counts, by_name,
                             undone_by_name, undone)
  VALUES (81, 'customer', 11, '{12}', '{"12": "customers_consent"}', '{}', '{}',
          '{"customers_consent": 2, "customers_note": 1}', 'Wang', '', '{"back": {"customers_consent": 2}}');
INSERT INTO customers_mergepart (merge_id, position, what, "table", "column", ids, rows)
  VALUES (81, 1, 'moved', 'customers_consent', 'customer_id', '{31}', '[]');
INSERT INTO customers_namedas ("table", row_id, meant_id) VALUES ('customers_consent', 31, 12);
INSERT INTO django_content_type (app_label, model) VALUES ('customers', 'consent');
"""

Rows = dict[str, list[dict[str, Any]]]


def asked(statement: str) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return [value for (value,) in cursor.fetchall()]


def everything(owner: str) -> Rows:
    written = "SELECT row_to_json(t)::text FROM {}_{} t ORDER BY 1"
    return {name: [json.loads(row) for row in asked(written.format(owner, name))] for name in TABLES}


@pytest.fixture(scope="module")
def moved(django_db_setup: None, django_db_blocker: Any) -> Iterator[tuple[Rows, Rows]]:
    """What was in the tables of customers, and what is in those of privacy."""
    with django_db_blocker.unblock(), new_database():
        MigrationExecutor(connection).migrate([("customers", BEFORE_BOTH_LANGUAGES)])
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE customers_consentpurpose SET legal_basis = %s WHERE code = 'service'", [OWN_BASIS]
            )
        MigrationExecutor(connection).migrate(
            [
                ("customers", BEFORE), ("kernel", "0008_packed_rows"),
                ("contenttypes", "0002_remove_content_type_name"),
            ]
        )  # fmt: skip
        with connection.cursor() as cursor:
            cursor.execute(ROWS)
        before = everything("customers")
        call_command("migrate", verbosity=0, interactive=False)
        yield before, everything("privacy")


def test_every_row_is_there(moved):
    before, now = moved
    assert all(before.values())
    assert now == before


def test_nothing_is_left_under_the_former_names(moved):
    there = set(asked("SELECT relname::text FROM pg_class WHERE relkind = 'r'"))
    assert there.isdisjoint(f"customers_{name}" for name in TABLES)


def test_what_names_a_table_names_it_as_it_is_called_now(moved):
    for table in ("kernel_packedrows", "customers_mergepart", "customers_namedas"):
        assert asked(f'SELECT "table" FROM {table}') == ["privacy_consent"]
    changed = asked('SELECT "table" FROM kernel_changedrow ORDER BY row_id')
    assert changed == ["customers_customer", "privacy_consent"]
    assert [one.label for one in undo.tables.tables_named(changed)][-1] == "privacy.Consent"
    assert [json.loads(one) for one in asked("SELECT counts::text FROM customers_merge")] == [
        {"privacy_consent": 2, "activities_note": 1}
    ]
    assert [json.loads(one) for one in asked("SELECT undone::text FROM customers_merge")] == [
        {"back": {"privacy_consent": 2}}
    ]
    assert asked("SELECT app_label FROM django_content_type WHERE model = 'consent'") == ["privacy"]


def test_the_count_of_ids_goes_on(moved):
    with connection.cursor() as cursor:
        cursor.execute("SELECT setval(pg_get_serial_sequence('privacy_consent', 'id'), 32)")
        cursor.execute(
            "INSERT INTO privacy_consent (source, source_key, customer_id, channel, purpose, state, at)"
            " VALUES ('crm', 'K3', 11, 'call', 'survey', 'given', now()) RETURNING id"
        )
        assert cursor.fetchone() == (33,)


def test_a_legal_basis_of_the_companys_own_is_left_as_it_is(moved):
    _, now = moved
    bases = {one["code"]: one["legal_basis"] for one in now["consentpurpose"]}
    assert bases.pop("service") == OWN_BASIS
    assert all("第十三条" in one and "PIPL Art. 13" in one for one in bases.values())
