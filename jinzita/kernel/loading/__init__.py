"""Bulk writing: many rows into one table, created, changed or left alone by their natural key."""

from jinzita.kernel.loading.load import Loaded, load
from jinzita.kernel.loading.target import Reference, Target, target_of

__all__ = ["Loaded", "Reference", "Target", "load", "target_of"]
