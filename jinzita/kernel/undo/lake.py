"""Facts that are taken back change the lake, too."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date

from django.conf import settings
from django.db import connection

from jinzita.kernel import warehouse
from jinzita.kernel.undo.tables import Table
from jinzita.kernel.warehouse import FactSource


@contextmanager
def touching(table: Table, changed_ids: Sequence[int]) -> Iterator[None]:
    """Note the months in which the rows of these changes stand before what happens inside, and after."""
    facts = [one for one in warehouse.sources().values() if one.table.split()[0] == table.name]
    ids = _rows_of(changed_ids) if any(one.month for one in facts) else []
    before = {one.fact: _months(one, table, ids) for one in facts}
    yield
    for one in facts:
        if one.month is None:
            warehouse.touch(one.fact)
        elif months := before[one.fact] | _months(one, table, ids):
            warehouse.touch(one.fact, months)


def _rows_of(changed_ids: Sequence[int]) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT row_id FROM kernel_changedrow WHERE id = ANY(%s)", [list(changed_ids)])
        return [row_id for (row_id,) in cursor.fetchall()]


def _months(fact: FactSource, table: Table, ids: list[int]) -> set[date]:
    if fact.month is None:
        return set()
    day = fact.month
    if fact.month_is == "moment":
        day = f"({day}) AT TIME ZONE '{settings.COMPANY_TIME_ZONE.key}'"
    words = fact.table.split()
    alias = words[1] if len(words) > 1 and words[1].isidentifier() and words[1] != "JOIN" else words[0]
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT DISTINCT date_trunc('month', {day})::date FROM {fact.table}"
            f' WHERE {alias}."{table.key}" = ANY(%s)',
            [ids],
        )
        return {month for (month,) in cursor.fetchall()}
