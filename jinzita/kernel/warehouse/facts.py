"""What an owner declares about its facts, so that they can be read as the tables of the value model."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

# id: int64 · text · day: date · moment: instant (timestamptz) · money: numeric(18,4), also for quantities
# number: double · yes_no: boolean
Kind = Literal["id", "text", "day", "moment", "money", "number", "yes_no"]

FACTS = (
    "customers",
    "products",
    "transactions",
    "transaction_lines",
    "invoices",
    "receipts",
    "interactions",
    "opportunities",
    "contacts",
    "classes",
)


@dataclass(frozen=True)
class Column:
    """A column of a fact table: its name there, the SQL that yields it from the owner's table, its kind.

    The SQL must yield the kind's PostgreSQL type (bigint, text, date, timestamptz, numeric(18,4),
    double precision, boolean) or null. A customer's attribute is called ``attribute:NAME``.
    """

    name: str
    sql: str
    kind: Kind


@dataclass(frozen=True)
class FactSource:
    """One fact table and how its owner's rows become it.

    fact      name of the fact table (`FACTS`; the value model's page says which columns it must have)
    table     what stands behind FROM: the owner's table, with joins where needed
    columns   the columns; a callable when they depend on data (attributes the company defined)
    customer  SQL of the customer's id, by which one customer's rows are found (its index serves it)
    month     SQL of the date or timestamptz that says which month a row lies in; None for small tables
              that are exported whole (customers, products, opportunities)
    month_is  whether `month` is a "moment" (timestamptz: month of the company's time zone) or a "day"
    """

    fact: str
    table: str
    columns: Sequence[Column] | Callable[[], Sequence[Column]]
    customer: str | None
    month: str | None = None
    month_is: Literal["moment", "day"] = "moment"

    def read_columns(self) -> tuple[Column, ...]:
        """The columns as they are now."""
        return tuple(self.columns() if callable(self.columns) else self.columns)


_sources: dict[str, FactSource] = {}


def register(source: FactSource) -> None:
    """Make a fact known; called once by its owner when Django is ready.

    Raises ValueError for a fact that is not one of `FACTS` or that another owner registered.
    """
    if source.fact not in FACTS:
        raise ValueError(f"there is no fact table {source.fact!r}; known are {', '.join(FACTS)}")
    if _sources.get(source.fact, source) != source:
        raise ValueError(f"the fact table {source.fact!r} is registered twice")
    _sources[source.fact] = source


def sources() -> dict[str, FactSource]:
    """All registered facts by name, in the order of `FACTS`."""
    return {fact: _sources[fact] for fact in FACTS if fact in _sources}
