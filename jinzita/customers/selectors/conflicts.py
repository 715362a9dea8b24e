"""What could not be taken back, as far as a viewer sees it."""

from collections.abc import Iterable
from typing import Any

from jinzita.customers.models import Position
from jinzita.customers.selectors.history import hidden_attributes
from jinzita.customers.selectors.unseen import unseen
from jinzita.kernel import undo
from jinzita.kernel.access import Viewer
from jinzita.kernel.errors import NotFound
from jinzita.kernel.models import ChangedRow


def conflicts(
    viewer: Viewer, set_id: int, *, after: int, limit: int
) -> tuple[list[dict[str, Any]], int | None]:
    """Columns of rows that were not taken back as a whole, and after which row the next page begins.

    Of customers out of the viewer's reach nothing but the number is told (`unseen`). Raises NotFound.
    """
    one = undo.change_sets(viewer).filter(pk=set_id).first()
    if one is None:
        raise NotFound(f"There is no change set {set_id}.")
    found = undo.conflicts_of(one, after=after, limit=limit)
    rows = {each["row"].pk: each["row"] for each in found}
    hidden, kept = unseen(viewer, rows.values()), hidden_attributes(viewer)
    seated = _seated(rows.values())
    told = [
        {**each, "unseen": each["row"].pk in hidden, "contact": seated.get(each["row"].pk)}
        for each in found
        if each["field"] not in kept
    ]
    return told, max(rows) if len(rows) == limit else None


def _seated(rows: Iterable[ChangedRow]) -> dict[int, tuple[int, str]]:
    """By changed row of a position the contact it is of: its id and name."""
    seats = {row.row_id: row.pk for row in rows if row.table == Position._meta.db_table}
    found = Position.objects.filter(pk__in=seats).values_list("pk", "contact_id", "contact__name")
    return {seats[pk]: (contact_id, name) for pk, contact_id, name in found}
