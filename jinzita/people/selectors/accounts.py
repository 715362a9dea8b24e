"""The list of accounts: everybody who can sign in, also those who left."""

from django.db.models import Q, QuerySet

from jinzita.kernel.access import Viewer
from jinzita.kernel.field_access import by_code
from jinzita.kernel.records import filters, listing
from jinzita.people.fields import USERS
from jinzita.people.models import User
from jinzita.people.selectors import users


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
