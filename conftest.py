"""Tests run on a real PostgreSQL: the one of DATABASE_URL, or an embedded one of their own."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings as django_settings

from jinzita.kernel import postgres

_STARTED = pytest.StashKey[bool]()


def pytest_configure(config: pytest.Config) -> None:
    """The embedded server is started by the first process and stopped by it alone, not by xdist's workers."""
    if django_settings.DATABASE_EMBEDDED and not hasattr(config, "workerinput"):
        config.stash[_STARTED] = postgres.start(django_settings.DATA_FOLDER / "postgres")


def pytest_unconfigure(config: pytest.Config) -> None:
    if config.stash.get(_STARTED, False):
        postgres.stop(django_settings.DATA_FOLDER / "postgres")


@pytest.fixture(autouse=True)
def _own_folders(tmp_path: Path, settings) -> Iterator[None]:
    """Each test writes its lake and uploads into a folder of its own."""
    settings.LAKE_FOLDER = tmp_path / "lake"
    settings.UPLOAD_FOLDER = tmp_path / "uploads"
    yield
