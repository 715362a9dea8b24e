"""Reads of customers."""

from jinzita.customers.selectors import timeline
from jinzita.customers.selectors.contacts import contact
from jinzita.customers.selectors.customers import (
    attribute_definitions,
    count,
    customer,
    fields_named,
    ids_by_key,
    matching,
    of_visible,
    ordered,
    page,
    require_visible,
    value_of,
    visible_ids,
    visible_to,
)
from jinzita.customers.selectors.search import Found, search

__all__ = [
    "Found",
    "attribute_definitions",
    "contact",
    "count",
    "customer",
    "fields_named",
    "ids_by_key",
    "matching",
    "of_visible",
    "ordered",
    "page",
    "require_visible",
    "search",
    "timeline",
    "value_of",
    "visible_ids",
    "visible_to",
]
