"""Which months of which facts were written since the lake last took them.

Writers only append, in the transaction that writes the facts; the exporter reads the ids it can see, exports
their months and deletes these ids alone. So a writer that commits later is never lost.
"""

from collections.abc import Iterable
from datetime import UTC, date, datetime

from django.conf import settings
from django.db import connection

from jinzita.kernel.warehouse.facts import FACTS


def month_of(moment: datetime | date) -> date:
    """First day of the month a fact lies in, in the company's time zone (a naive datetime counts as UTC)."""
    if isinstance(moment, datetime):
        aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        moment = aware.astimezone(settings.COMPANY_TIME_ZONE).date()
    return moment.replace(day=1)


def touch(fact: str, months: Iterable[date] = ()) -> None:
    """Note that rows of `fact` in these months (any day of each) were written, changed or removed.

    When a change moves a row to another month, touch both. A fact that is not kept by month (customers,
    products, opportunities) is touched without months. Call it in the transaction of the write.
    """
    if fact not in FACTS:
        raise ValueError(f"there is no fact table {fact!r}")
    firsts: list[date | None] = [*sorted({month.replace(day=1) for month in months})] or [None]
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO kernel_touched (fact, month) SELECT %s, month FROM unnest(%s::date[]) AS month",
            [fact, firsts],
        )
