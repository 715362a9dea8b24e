"""By which rules customers fall back to the pool, and what one person may take from it."""

from collections.abc import Collection

from jinzita.assignment.models import PoolLimits, PoolRule
from jinzita.kernel.access import Permission, Viewer


def limits() -> PoolLimits:
    """What one person may take, and who sees the pool."""
    return PoolLimits.objects.filter(pk=1).first() or PoolLimits()


def most_held(user_ids: Collection[int]) -> dict[int, int]:
    """How many customers each of these people may hold; who has no limit is left out."""
    capacity = limits().capacity
    return {} if capacity is None else dict.fromkeys(user_ids, capacity)


def rules(viewer: Viewer) -> list[PoolRule]:
    """When customers of each grade fall back, those of all departments first."""
    viewer.require(Permission.READ)
    return list(PoolRule.objects.select_related("department").order_by("department_id", "pk"))
