"""Reads of customers."""

from jinzita.customers.selectors import attributes, classification, merging, timeline
from jinzita.customers.selectors.contacts import contact
from jinzita.customers.selectors.customers import (
    attribute_definitions,
    class_counts,
    count,
    customer,
    customer_or_survivor,
    fields_named,
    formula_inputs,
    ids_by_key,
    matching,
    of_visible,
    ordered,
    page,
    present_id,
    present_ids,
    require_visible,
    value_of,
    visible_ids,
    visible_to,
)
from jinzita.customers.selectors.search import Found, search

__all__ = [
    "Found",
    "attribute_definitions",
    "attributes",
    "class_counts",
    "classification",
    "contact",
    "count",
    "customer",
    "customer_or_survivor",
    "fields_named",
    "formula_inputs",
    "ids_by_key",
    "matching",
    "merging",
    "of_visible",
    "ordered",
    "page",
    "present_id",
    "present_ids",
    "require_visible",
    "search",
    "timeline",
    "value_of",
    "visible_ids",
    "visible_to",
]
