"""Rows written for a merged record by somebody who had looked it up just before the merge.

Whoever records facts waits for merges; this gathers what was written past that, by whichever capability.
"""

from collections.abc import Sequence

from django.db import connection, transaction
from psycopg import sql

from jinzita.customers.models import Merge
from jinzita.customers.selectors.catalog import Catalog
from jinzita.customers.selectors.references import treatment
from jinzita.customers.services.merging.folding import Folding
from jinzita.customers.services.merging.locks import alone
from jinzita.customers.services.merging.mergeable import mergeable
from jinzita.kernel.access import Viewer


@transaction.atomic
def gather_strays(*, by: Viewer, what: str, ids: Sequence[int]) -> int:
    """Lead what still names these merged records to their survivors; answers how many rows. Part of the merge
    of each: they come apart with it.
    """
    kind = mergeable(what)
    alone()
    rows = kind.model._default_manager.filter(pk__in=ids, merged_into__isnull=False)
    homes: dict[int, int] = dict(rows.values_list("pk", "merged_into_id"))
    if not homes or not _any(kind.table, list(homes)):
        return 0
    kind.before([*homes, *homes.values()])
    count = 0
    for one in Merge.objects.filter(what=what, undone_at=None, member_ids__overlap=list(homes)).order_by(
        "-pk"
    ):
        mine = {member: homes.pop(member) for member in one.member_ids if member in homes}
        if not mine:
            continue
        folding = Folding(one.pk, after=True)
        folding.fold(kind.table, mine)
        count += sum(folding.counts.values())
        for home in set(mine.values()):
            kind.merged(by, home, [], set())
    return count


def _any(table: str, ids: list[int]) -> bool:
    with connection.cursor() as cursor:
        for one in Catalog().references_to(table):
            if treatment(one.table) == "stays":
                continue
            cursor.execute(
                sql.SQL("SELECT EXISTS (SELECT FROM {} WHERE {} = ANY(%s))").format(
                    sql.Identifier(one.table), sql.Identifier(one.column)
                ),
                [ids],
            )
            if cursor.fetchone()[0]:
                return True
    return False
