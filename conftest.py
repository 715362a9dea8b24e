"""Tests run on a real PostgreSQL: the one of DATABASE_URL, or an embedded one of their own."""

import os
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.db import connection, transaction
from django.test import TransactionTestCase
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

from jinzita.kernel import postgres

# What migrations laid down; a test that commits sweeps up everything else behind itself.
SEEDED = {
    "django_migrations", "django_content_type", "auth_permission", "customers_attributedefinition",
    "people_role",
    "customers_dimension", "customers_category", "customers_stagerule", "privacy_consentpurpose",
    "privacy_contacthours",
}  # fmt: skip
_STARTED = pytest.StashKey[bool]()


def pytest_configure(config: pytest.Config) -> None:
    """The embedded server is started by the first process and stopped by it alone, not by xdist's workers."""
    if django_settings.DATABASE_EMBEDDED and not hasattr(config, "workerinput"):
        config.stash[_STARTED] = postgres.start(django_settings.DATA_FOLDER / "postgres")


def pytest_unconfigure(config: pytest.Config) -> None:
    if config.stash.get(_STARTED, False):
        postgres.stop(django_settings.DATA_FOLDER / "postgres")


# Tests that share something slow to make, such as an installation or Spark: one process runs those of a line.
_TOGETHER = (
    "tests/e2e/", "tests/test_killed_database.py", "tests/test_from_first_version.py",
    "tests/test_privacy_moved.py", "tests/test_notes_moved.py",
    "jinzita/analytics/tests/test_spark.py",
)  # fmt: skip


class _Dealing(LoadScopeScheduling):  # type: ignore[misc]
    """Deals the tests out one by one, but for those that belong together."""

    def _split_scope(self, nodeid: str) -> str:
        return next((one for one in _TOGETHER if nodeid.startswith(one)), nodeid)


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> _Dealing:
    return _Dealing(config, log)


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of test data beside the checkout; a test that needs it fails without it."""
    root = Path(__file__).parent
    for folder in (root.parent / "shared" / "data", root.parent.parent / "shared" / "data"):
        if folder.is_dir():
            return folder
    if "CI" not in os.environ:
        pytest.skip("the data sets lie beside the checkout on the project's own machines only")
    pytest.fail("../shared/data is missing beside the checkout")


@pytest.fixture(autouse=True)
def _own_folders(tmp_path: Path, settings) -> None:
    """Each test writes its lake and uploads into a folder of its own."""
    settings.LAKE_FOLDER = tmp_path / "lake"
    settings.UPLOAD_FOLDER = tmp_path / "uploads"
    settings.PHOTO_FOLDER = tmp_path / "photos"


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker) -> None:
    """The database as migrations left it, and a copy of the seeds for a test that commits to them."""
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute("DROP SCHEMA IF EXISTS seeds CASCADE; CREATE SCHEMA seeds")
        for table in SEEDED:
            cursor.execute(f"CREATE TABLE seeds.{table} AS TABLE {table}")


def _sweep(case: TransactionTestCase) -> None:
    """Empty the tables that a committing test wrote, and only these: Django's flush takes the seeds too."""
    tables = [name for name in connection.introspection.table_names() if name not in SEEDED]
    asked = " UNION ALL ".join(f"SELECT '{name}' WHERE EXISTS (SELECT FROM {name})" for name in tables)
    touched = " UNION ALL ".join(
        f"SELECT '{name}' WHERE EXISTS (TABLE {name} EXCEPT TABLE seeds.{name})"
        f" OR EXISTS (TABLE seeds.{name} EXCEPT TABLE {name})"
        for name in SEEDED
    )
    with connection.cursor() as cursor:
        cursor.execute(asked)
        if written := [name for (name,) in cursor.fetchall()]:
            cursor.execute(f"TRUNCATE {', '.join(written)} CASCADE")
        cursor.execute(touched)
        changed = [name for (name,) in cursor.fetchall()]
    # In one transaction: seeds name each other, which is looked at when all of them are back.
    with transaction.atomic(), connection.cursor() as cursor:
        for name in changed:
            cursor.execute(f"DELETE FROM {name}")
            cursor.execute(f"INSERT INTO {name} OVERRIDING SYSTEM VALUE TABLE seeds.{name}")


TransactionTestCase._fixture_teardown = _sweep  # type: ignore[method-assign]
