"""Reads of activities."""

from jinzita.activities.selectors.interactions import (
    counts_by_kind,
    first_contact_since,
    last_contact,
    last_contact_until,
    still_there,
    told_between,
)

__all__ = [
    "counts_by_kind",
    "first_contact_since",
    "last_contact",
    "last_contact_until",
    "still_there",
    "told_between",
]
