"""Whom customers of a file stand under: groups stay trees, whatever the rows say.

Rows are tried one by one on the groups as they come to be. What cannot be yet is tried again when others have
moved: a parent and its subsidiary may change places in one file.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

import pyarrow as pa
from django.db import connection

from jinzita.customers.models import Customer, Kind
from jinzita.customers.selectors.groups import DEEPEST, MOST_MEMBERS
from jinzita.customers.services.groups import one_at_a_time
from jinzita.kernel import undo

COLUMN = "parent_id"
# Instead of an id: the parent comes in later with the same file.
COMES_LATER = 0
CIRCLE, NO_ORGANISATION = "group_circle", "not_an_organisation"
TOO_DEEP, TOO_LARGE = "group_too_deep", "group_too_large"
REFUSED = (CIRCLE, NO_ORGANISATION, TOO_DEEP, TOO_LARGE)

# The whole groups of some customers.
_GROUPS = """
    WITH RECURSIVE up AS (
        SELECT id, parent_id FROM customers_customer WHERE id = ANY(%s)
        UNION SELECT c.id, c.parent_id FROM customers_customer c JOIN up ON c.id = up.parent_id
    ), down AS (
        SELECT id, parent_id FROM up WHERE parent_id IS NULL
        UNION SELECT c.id, c.parent_id FROM customers_customer c JOIN down ON c.parent_id = down.id
    ) SELECT id, parent_id FROM down
"""
_PUT = """
    UPDATE customers_customer c SET parent_id = n.parent_id, version = c.version + 1, updated_at = now()
    FROM unnest(%s::bigint[], %s::bigint[]) n (id, parent_id) WHERE c.id = n.id
"""


def parents_of(rows: pa.Table, *, clear: bool) -> tuple[pa.Table, dict[int, int | None]]:
    """The rows without their parents, and these by number; a blank is told where it is to `clear`."""
    if COLUMN not in rows.column_names:
        return rows, {}
    pairs = zip(rows["number"].to_pylist(), rows[COLUMN].to_pylist(), strict=True)
    wanted = {number: one for number, one in pairs if one != COMES_LATER and (one or clear)}
    return rows.drop_columns([COLUMN]), wanted


def moving(customers: Mapping[int, int], wanted: Mapping[int, int | None]) -> set[int]:
    """The rows that change under whom their customer stands; `customers` are those known, by row."""
    present = dict(Customer.objects.filter(pk__in=customers.values()).values_list("pk", COLUMN))
    return {
        number for number, parent in wanted.items()
        if parent != (present[customers[number]] if number in customers else None)
    }  # fmt: skip


def put_under(items: Mapping[int, int | None]) -> dict[int, str]:
    """Put customers under others, or under nobody; answers those that cannot be, and why."""
    if not items:
        return {}
    one_at_a_time()
    groups = _Groups({*items, *filter(None, items.values())})
    waiting, why = dict(items), dict[int, str]()
    while waiting:
        why = {one: code for one, parent in waiting.items() if (code := groups.put(one, parent))}
        if len(why) == len(waiting):
            break
        waiting = {one: items[one] for one in why}
    _write({one: parent for one, parent in items.items() if one not in why})
    return why


def _write(items: Mapping[int, int | None]) -> None:
    undo.changing(Customer._meta.db_table, sorted(items))
    with connection.cursor() as cursor:
        cursor.execute(_PUT, [list(items), list(items.values())])


class _Groups:
    """The groups some customers stand in, and what becomes of them."""

    def __init__(self, ids: Iterable[int]) -> None:
        with connection.cursor() as cursor:
            cursor.execute(_GROUPS, [list(ids)])
            self.above: dict[int, int | None] = dict(cursor.fetchall())
        self.below: dict[int, set[int]] = defaultdict(set)
        self.sizes: dict[int, int] = defaultdict(int)
        for one, parent in self.above.items():
            if parent:
                self.below[parent].add(one)
            self.sizes[self._line(one)[-1]] += 1
        organisations = Customer.objects.filter(pk__in=ids, kind=Kind.ORGANISATION)
        self.organisations = set(organisations.values_list("pk", flat=True))

    def put(self, one: int, parent: int | None) -> str | None:
        """Put one under another; answers why not, when that cannot be."""
        if parent and parent not in self.organisations:
            return NO_ORGANISATION
        levels = list(self._levels(one))
        size, line = sum(map(len, levels)), self._line(parent) if parent else []
        root, top = self._line(one)[-1], line[-1] if line else one
        if one in line:
            return CIRCLE
        if len(line) + len(levels) > DEEPEST:
            return TOO_DEEP
        if parent and top != root and self.sizes[top] + size > MOST_MEMBERS:
            return TOO_LARGE
        if former := self.above[one]:
            self.below[former].discard(one)
        if parent:
            self.below[parent].add(one)
        self.above[one] = parent
        self.sizes[root] -= size
        self.sizes[top] += size
        return None

    def _line(self, one: int) -> list[int]:
        """One and those above it, to the top."""
        line = [one]
        while above := self.above[line[-1]]:
            line.append(above)
        return line

    def _levels(self, one: int) -> Iterator[set[int]]:
        """One, those under it, those under these."""
        level = {one}
        while level:
            yield level
            level = {each for above in level for each in self.below[above]}
