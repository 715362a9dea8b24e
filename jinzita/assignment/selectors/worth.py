"""What customers bring in, as far as a capability above knows it."""

from collections.abc import Callable

from jinzita.kernel.access import Viewer

# SQL of the revenue of a customer `c`, for a viewer; None when the viewer does not see it.
Revenue = Callable[[Viewer], str | None]
_known: list[Revenue] = []


def register(revenue: Revenue) -> None:
    """Where revenue is read; called once by the capability that knows it, when Django is ready."""
    if revenue not in _known:
        _known.append(revenue)


def revenue_sql(viewer: Viewer) -> str | None:
    """SQL of the revenue of customer `c`; None when nobody knows it or the viewer does not see it."""
    return _known[0](viewer) if _known else None
