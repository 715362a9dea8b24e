"""The filter language: a JSON tree of all / any / not over conditions on declared fields and related records.

`reading` checks a text against the declared fields and makes a tree of it; `sql` makes that tree a condition
of Django, `lake` one of Ibis. Both choose the same records: a condition on an unknown value is false, and
``ne``, ``has_none`` and ``not`` are true of it.
"""

from jinzita.kernel.records.filters import lake
from jinzita.kernel.records.filters.reading import (
    DEEPEST,
    LONGEST_FILTER,
    MOST_CONDITIONS,
    MOST_VALUES,
    OPERATORS,
    choices_required,
    read,
)
from jinzita.kernel.records.filters.related import related_kinds
from jinzita.kernel.records.filters.sql import where
from jinzita.kernel.records.parsing import json_value

__all__ = [
    "DEEPEST", "LONGEST_FILTER", "MOST_CONDITIONS", "MOST_VALUES", "OPERATORS", "choices_required",
    "json_value", "lake", "read", "related_kinds", "where",
]  # fmt: skip
