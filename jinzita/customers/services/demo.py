"""What customers of a demo have behind them already."""

from datetime import datetime

from django.db import connection, transaction

from jinzita.kernel.access import Permission, Viewer


@transaction.atomic
def spread_ownerships(*, by: Viewer, source: str, until: datetime, days: int) -> None:
    """Let the owners of customers of one source have had them for up to so many days, some longer, some less:
    in a company too they did not all begin on one morning.
    """
    by.require(Permission.MANAGE_DEMO)
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE customers_ownership o SET since = %s - make_interval(days => (c.id * 37 %% %s)::int)"
            " FROM customers_customer c WHERE c.id = o.customer_id AND c.source = %s AND o.until IS NULL",
            [until, days, source],
        )
