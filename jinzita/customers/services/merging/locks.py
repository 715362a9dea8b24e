"""Merges take turns with everything that writes references to records by id."""

from django.db import connection

MERGES = 0x6A7A_6D65_7267


def hold_still() -> None:
    """No merge happens until the caller's transaction ends; whoever writes facts calls it before it looks
    whose they are. Many hold it at once.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock_shared(%s)", [MERGES])


def alone() -> None:
    """The caller's transaction alone merges; it waits for those who hold still."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [MERGES])
