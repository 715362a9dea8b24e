"""Filters of populations: the language of lists, asked of the lake by a run, of tables by a re-score."""

from datetime import date

import ibis
from django.db.models import Q

from jinzita.analytics.value_model import Population
from jinzita.customers.fields import CUSTOMERS
from jinzita.kernel import warehouse
from jinzita.kernel.errors import Invalid, Problem
from jinzita.kernel.records import filters
from jinzita.kernel.records.filters import sql
from jinzita.kernel.records.filters.tree import Node, fact_tables


def read_filter(text: str, *, today: date | None = None) -> Node:
    """The tree of a population's filter. Raises Invalid."""
    fields = {one.code: one for one in CUSTOMERS.read_fields()}
    return filters.read(fields, text, kind="customers", today=today)


def fitting(population: Population, *, today: date | None = None) -> Q:
    """The condition on customers that a population's filter states."""
    return sql.compiled(read_filter(population.filter, today=today), "customers")


def chosen_by(population: Population) -> set[str]:
    """The fact tables beside the customers' own that a population's filter asks, such as contacts."""
    return fact_tables(read_filter(population.filter)) if population.filter else set()


def check_filter(population: Population) -> None:
    """Raise Invalid for a filter with a fault, or with a field that the lake does not have."""
    if not population.filter:
        return
    try:
        node = read_filter(population.filter)
        shapes = {fact: ibis.Schema.from_pyarrow(warehouse.shape_of(fact)) for fact in warehouse.sources()}
        filters.lake.chosen(node, "customers", {fact: ibis.table(one) for fact, one in shapes.items()})
    except Invalid as error:
        problems = [
            Problem(f"population.{one.where}", one.code, one.message, one.params) for one in error.problems
        ]
        raise Invalid(error.message, problems=problems) from error
