"""The list of accounts: everybody who can sign in, also those who left."""

from collections import Counter

from django.db.models import Count, Q, QuerySet

from jinzita.kernel.access import Viewer
from jinzita.kernel.field_access import by_code
from jinzita.kernel.records import Field, filters, grouping, listing
from jinzita.people.fields import USERS
from jinzita.people.models import User
from jinzita.people.selectors import users
from jinzita.people.selectors.grouping import Group, groups_of


def matching(viewer: Viewer, *, filter: str | None = None, q: str | None = None) -> QuerySet[User]:
    """The accounts that fit a filter, by words of the name, the user name or the e-mail. Raises Invalid."""
    rows = users(viewer).filter(filters.where(by_code(viewer, USERS), filter))
    if not (q and (words := q.strip())):
        return rows
    return rows.filter(Q(name__icontains=words) | Q(username__icontains=words) | Q(email__icontains=words))


def page(
    viewer: Viewer, *, filter: str | None = None, q: str | None = None, sort: str | None = None,
    limit: int = 50, cursor: str | None = None, offset: int = 0,
) -> listing.Page[User]:  # fmt: skip
    """A page of the list, by user name unless `sort` says otherwise. Raises Invalid."""
    return listing.page(
        matching(viewer, filter=filter, q=q), by_code(viewer, USERS), default_sort=USERS.default_sort,
        sort=sort, limit=limit, cursor=cursor, offset=offset,
    )  # fmt: skip


def grouped(viewer: Viewer, *, by: str, filter: str | None = None, q: str | None = None) -> list[Group]:
    """The list in groups by a field. Raises Invalid."""
    return groups_of(matching(viewer, filter=filter, q=q), by_code(viewer, USERS), by=by, own=_by_department)


def _by_department(rows: QuerySet[User], field: Field) -> grouping.Counts | None:
    """Everybody counts in the own department and in those above it: so does the filter find them."""
    if not field.belongs:
        return None
    numbers: Counter[int | None] = Counter()
    paths = rows.order_by().values("department__path").annotate(n=Count("pk"))
    for path, n in paths.values_list("department__path", "n"):
        numbers.update({int(above): n for above in path.strip("/").split("/")} if path else {None: n})
    return grouping.by_number(numbers)
