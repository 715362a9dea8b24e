"""Customers about to fall back to the pool."""

from dataclasses import dataclass

from django.db.models import QuerySet

from jinzita.assignment.fields import WARNINGS
from jinzita.assignment.models import PoolWarning
from jinzita.customers.selectors import require_visible, visible_to
from jinzita.customers.selectors.kept_back import kept_back
from jinzita.customers.selectors.words import found_by
from jinzita.kernel.access import Viewer
from jinzita.kernel.field_access import by_code
from jinzita.kernel.records import filters, listing
from jinzita.people.selectors.grouping import Group, groups_of


def standing() -> QuerySet[PoolWarning]:
    """The warnings that count: those of customers who are still that owner's, without a break."""
    return PoolWarning.objects.filter(ownership__until=None)


@dataclass(frozen=True)
class Part:
    """The part of the list that concerns the viewer: the own customers, or what others ask more time for."""

    mine: bool = False
    asked: bool = False


def matching(
    viewer: Viewer, *, filter: str | None = None, q: str | None = None, part: Part = Part()
) -> QuerySet[PoolWarning]:
    """The warnings of visible customers that fit a filter and that the words find. Raises Invalid."""
    seen = visible_to(viewer)
    if q and q.strip():
        seen = seen.filter(found_by(q, kept=kept_back(viewer, "customers")))
    rows = standing().filter(filters.where(by_code(viewer, WARNINGS), filter), customer__in=seen)
    if part.mine:
        rows = rows.filter(ownership__owner_id=viewer.user_id)
    if part.asked:
        rows = rows.filter(asked_until__isnull=False).exclude(asked_by_id=viewer.user_id)
    return rows


def of_customer(viewer: Viewer, customer_id: int) -> PoolWarning | None:
    """The warning that counts for one customer. Raises NotFound when the customer is hidden."""
    require_visible(viewer, customer_id)
    return _with_names(standing().filter(pk=customer_id)).first()


def page(
    viewer: Viewer, *, filter: str | None = None, q: str | None = None, part: Part = Part(),
    sort: str | None = None, limit: int = 50, cursor: str | None = None, offset: int = 0,
) -> listing.Page[PoolWarning]:  # fmt: skip
    """A page of them, the soonest first unless `sort` says otherwise. Raises Invalid."""
    rows = _with_names(matching(viewer, filter=filter, q=q, part=part))
    return listing.page(
        rows, by_code(viewer, WARNINGS), default_sort=WARNINGS.default_sort, sort=sort, limit=limit,
        cursor=cursor, offset=offset,
    )  # fmt: skip


def grouped(
    viewer: Viewer, *, by: str, filter: str | None = None, q: str | None = None, part: Part = Part()
) -> list[Group]:
    """They in groups by a field. Raises Invalid."""
    rows = matching(viewer, filter=filter, q=q, part=part)
    return groups_of(rows, by_code(viewer, WARNINGS), by=by)


def _with_names(rows: QuerySet[PoolWarning]) -> QuerySet[PoolWarning]:
    return rows.select_related(
        "customer__standing", "customer__department", "ownership__owner", "asked_by", "approved_by"
    )
