"""The warehouse: where the facts that capabilities own are read as tables, in bulk and for one customer.

Owners declare their facts once (`facts.FactSource`, registered when Django is ready) and `touch` the months
they write; `value` reads them without knowing the owners.
"""

from jinzita.kernel.warehouse.engines import rows_of_customers, tables
from jinzita.kernel.warehouse.facts import Column, FactSource, register, sources
from jinzita.kernel.warehouse.lake import bring_up_to_date, is_behind, row_counts
from jinzita.kernel.warehouse.reading import bulk_connection, shape_of
from jinzita.kernel.warehouse.touched import month_of, touch

__all__ = [
    "Column",
    "FactSource",
    "bring_up_to_date",
    "bulk_connection",
    "is_behind",
    "month_of",
    "register",
    "row_counts",
    "rows_of_customers",
    "shape_of",
    "sources",
    "tables",
    "touch",
]
