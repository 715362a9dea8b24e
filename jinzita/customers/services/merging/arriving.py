"""What a source says of a merged record, after the merge.

The source's row is kept with the merged record; only what it says differently from the last time goes on to
the survivor. So a file loaded every night does not undo the choices somebody made when merging.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from jinzita.customers.models import Contact, Customer
from jinzita.customers.services.merging.mergeable import put, save, snapshot
from jinzita.kernel import undo

# Whose a customer is was decided in the merge.
_DECIDED = {"owner_id", "department_id"}


def keep_former(
    model: type[Customer | Contact], source: str, keys: Sequence[str]
) -> dict[int, dict[str, Any]]:
    """The merged records among these keys, as they are before a load."""
    rows = model._default_manager.filter(source=source, source_key__in=keys, merged_into__isnull=False)
    return {row.pk: snapshot(row) for row in rows}


def pass_on(model: type[Customer | Contact], former: Mapping[int, Mapping[str, Any]]) -> list[int]:
    """Give the survivors what a load changed at their merged records; answers the survivors changed."""
    changed: dict[int, dict[str, Any]] = {}
    rows: Any = model._default_manager.filter(merged_into__isnull=False)
    for row in rows.filter(pk__in=former).order_by("pk"):
        now = snapshot(row)
        news = {
            name: value
            for name, value in now.items()
            if former[row.pk].get(name) != value and name not in _DECIDED
        }
        if news and row.merged_into_id:
            changed.setdefault(row.merged_into_id, {}).update(news)
    undo.changing(model._meta.db_table, list(changed))
    for survivor in (
        model._default_manager.filter(pk__in=changed).order_by("pk").select_for_update(of=("self",))
    ):
        put(survivor, changed[survivor.pk])
        save(survivor)
    return sorted(changed)
