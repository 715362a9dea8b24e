"""Whoever sees the own customers alone brings in own customers, as many as one person may hold."""

from collections.abc import Sequence

import pyarrow as pa
from django.db.models import QuerySet

from jinzita.customers.models import Customer
from jinzita.customers.services import capacity
from jinzita.customers.services.loading.by_rules import Refused, numbers_of
from jinzita.kernel.access import Reach, Viewer
from jinzita.people.selectors import user

NO_ROOM = "no room"


def give_to_importer(by: Viewer, ids: Sequence[int]) -> None:
    """Whoever brings customers in must see them: they are the department's, or the salesperson's own."""
    if by.reach is Reach.ALL or not by.user_id:
        return
    changes: dict[str, int | None] = {"department_id": user(by, by.user_id).department_id}
    if _own(by):
        changes["owner_id"] = by.user_id
    _homeless(ids).update(**changes)


def require_room(by: Viewer, source: str, rows: pa.Table, ids: Sequence[int]) -> None:
    """Refuse the last rows whose customers, brought in just now, the importer has no room for."""
    room = _room(by)
    if room is None:
        return
    coming = list(_homeless(ids).values_list("pk", flat=True))
    over = len(coming) - room
    if over > 0:
        numbers = sorted(numbers_of(source, rows, dict.fromkeys(coming, NO_ROOM)))
        raise Refused(dict.fromkeys(numbers[-over:], NO_ROOM))


def without_room(by: Viewer, keys: Sequence[str]) -> set[str]:
    """The last of these keys of new customers, for which the importer has no room."""
    room = _room(by)
    return set() if room is None else set(keys[room:])


def _own(by: Viewer) -> bool:
    return by.reach in (Reach.OWN, Reach.TEAM)


def _room(by: Viewer) -> int | None:
    return capacity.room([by.user_id]).get(by.user_id) if by.user_id and _own(by) else None


def _homeless(ids: Sequence[int]) -> QuerySet[Customer]:
    return Customer.objects.filter(pk__in=ids, owner=None, department=None)
