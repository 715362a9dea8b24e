"""The history of owners, kept up to date by whoever writes owners: one statement however many customers."""

from collections.abc import Sequence

from django.db import connection, transaction

from jinzita.customers.models import Cause, Reason
from jinzita.kernel.access import Viewer

_END = """
UPDATE customers_ownership o SET until = greatest(now(), o.since), ended_as = %(ended)s
FROM customers_customer c WHERE c.id = ANY(%(ids)s) AND o.customer_id = c.id AND o.until IS NULL
AND o.owner_id IS DISTINCT FROM c.owner_id"""
_BEGIN = """
INSERT INTO customers_ownership (customer_id, owner_id, department_id, since, by_id, by_name, reason, note)
SELECT c.id, c.owner_id, c.department_id, now(), %(by)s, %(by_name)s, %(reason)s, %(note)s
FROM customers_customer c WHERE c.id = ANY(%(ids)s) AND c.owner_id IS NOT NULL
AND NOT EXISTS (SELECT FROM customers_ownership o WHERE o.customer_id = c.id AND o.until IS NULL)"""
# Who had an owner and has none is free to claim; the pool keeps neither who has one nor what lies elsewhere.
_INTO_POOL = """
INSERT INTO customers_pooled (customer_id, pooled_at, cause, former_owner_id)
SELECT c.id, now(), %(cause)s, o.owner_id
FROM customers_customer c
JOIN LATERAL (SELECT owner_id FROM customers_ownership WHERE customer_id = c.id
              ORDER BY since DESC, id DESC LIMIT 1) o ON true
WHERE c.id = ANY(%(ids)s) AND c.owner_id IS NULL AND c.merged_into_id IS NULL
ON CONFLICT (customer_id) DO NOTHING"""
_OUT_OF_POOL = """
DELETE FROM customers_pooled p USING customers_customer c
WHERE c.id = ANY(%(ids)s) AND p.customer_id = c.id AND c.owner_id IS NOT NULL"""


@transaction.atomic
def settle_owners(
    *, by: Viewer | None, ids: Sequence[int], reason: str, note: str = "", cause: str = Cause.RELEASED,
) -> None:  # fmt: skip
    """Let history and pool follow the owners that these customers have now; what agrees already stays.

    `cause` says why those whom nobody owns any more are in the pool.
    """
    if not ids:
        return
    given = {
        "ids": list(ids), "by": by.user_id if by else None, "by_name": by.name if by else "system",
        "reason": reason, "note": note, "ended": reason, "cause": cause,
    }  # fmt: skip
    if reason in (Reason.ASSIGNED, Reason.GIVEN):
        given["ended"] = Reason.ASSIGNED
    with connection.cursor() as cursor:
        for statement in (_END, _BEGIN, _INTO_POOL, _OUT_OF_POOL):
            cursor.execute(statement, given)
