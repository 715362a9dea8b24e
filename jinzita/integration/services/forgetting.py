"""What came in about somebody who is erased: rows that could not be used, and the files themselves."""

from collections import defaultdict
from datetime import UTC, datetime

from django.db import connection
from django.db.models import Q

from jinzita.integration.models import AwaitedReference, BadRow, Import, Upload
from jinzita.kernel.personal import Erased

# Older than anything that is kept.
LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


def forget(erased: Erased) -> None:
    by_source: dict[str, list[str]] = defaultdict(list)
    for source, key in erased.keys:
        by_source[source].append(key)
    _empty_rows(erased, by_source)
    _let_files_go(list(by_source))


def _empty_rows(erased: Erased, by_source: dict[str, list[str]]) -> None:
    named = Q(cells__overlap=sorted(erased.named.texts))
    for source, keys in by_source.items():
        of_source = Q(of__source=source) | Q(of__plan__customer_source=source)
        named |= of_source & Q(cells__overlap=keys)
    AwaitedReference.objects.filter(named).delete()
    ids = list(BadRow.objects.filter(named).values_list("pk", flat=True))
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE integration_badrow SET cells = array_fill(''::text, ARRAY[cardinality(cells)]),"
            " reasons = (SELECT coalesce(jsonb_agg(r || '{\"value\": \"\"}'), '[]')"
            " FROM jsonb_array_elements(reasons) r) WHERE id = ANY(%s)",
            [ids],
        )


def _let_files_go(sources: list[str]) -> None:
    """Files of these sources are not kept for their week: the next tidying up deletes them, a minute later.

    One that is still being imported goes when it is done.
    """
    read = Import.objects.filter(Q(source__in=sources) | Q(plan__customer_source__in=sources))
    Upload.objects.filter(pk__in=read.values("upload"), own=True).update(created_at=LONG_AGO)
