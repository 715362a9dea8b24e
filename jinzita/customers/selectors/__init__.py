"""Reads of customers."""

from jinzita.customers.selectors import attributes, classification, history, merging, timeline
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
    several,
    value_of,
    visible_ids,
    visible_to,
    within_reach,
)
from jinzita.customers.selectors.grouping import grouped, tags
from jinzita.customers.selectors.search import Found, search
from jinzita.customers.selectors.trash import purge_on, trash

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
    "grouped",
    "history",
    "ids_by_key",
    "matching",
    "merging",
    "of_visible",
    "ordered",
    "page",
    "present_id",
    "present_ids",
    "purge_on",
    "require_visible",
    "search",
    "several",
    "tags",
    "timeline",
    "trash",
    "value_of",
    "visible_ids",
    "visible_to",
    "within_reach",
]
