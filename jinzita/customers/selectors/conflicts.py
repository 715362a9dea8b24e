"""What could not be taken back, as far as a viewer sees it."""

from typing import Any

from jinzita.customers.selectors.history import hidden_attributes
from jinzita.customers.selectors.unseen import unseen
from jinzita.kernel import undo
from jinzita.kernel.access import Viewer
from jinzita.kernel.errors import NotFound


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
    told = [{**each, "unseen": each["row"].pk in hidden} for each in found if each["field"] not in kept]
    return told, max(rows) if len(rows) == limit else None
