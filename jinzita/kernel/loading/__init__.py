"""Bulk writing: many rows into one table, created, changed or left alone by their natural key."""

from jinzita.kernel.loading.target import Reference, Target, target_of
from jinzita.kernel.loading.upsert import (
    AS_THEY_ARE,
    MOST_CUSTOMERS_NAMED,
    Loaded,
    Manner,
    last_of_each,
    load,
)

__all__ = [
    "AS_THEY_ARE",
    "MOST_CUSTOMERS_NAMED",
    "Loaded",
    "Manner",
    "Reference",
    "Target",
    "last_of_each",
    "load",
    "target_of",
]
