"""Bulk writing: many rows into one table, created, changed or left alone by their natural key."""

from jinzita.kernel.loading.target import Reference, Target, target_of
from jinzita.kernel.loading.upsert import MOST_CUSTOMERS_NAMED, Loaded, load

__all__ = ["MOST_CUSTOMERS_NAMED", "Loaded", "Reference", "Target", "load", "target_of"]
