"""Reads of customers."""

from jinzita.customers.selectors import (
    attributes,
    classification,
    duplicates,
    filling,
    history,
    merging,
    owners,
    timeline,
    trash,
)
from jinzita.customers.selectors.attributes import attribute_definitions
from jinzita.customers.selectors.conflicts import conflicts
from jinzita.customers.selectors.contacts import contact
from jinzita.customers.selectors.customers import (
    by_ids,
    class_counts,
    count,
    customer,
    customer_or_survivor,
    fields_named,
    formula_inputs,
    ids_by_key,
    matching,
    ordered,
    page,
    reader_of,
    several,
)
from jinzita.customers.selectors.grouping import grouped, tags
from jinzita.customers.selectors.names import names_of
from jinzita.customers.selectors.search import Found, search
from jinzita.customers.selectors.trash import purge_on
from jinzita.customers.selectors.visible import (
    of_visible,
    present_id,
    present_ids,
    require_reached,
    require_visible,
    visible_ids,
    visible_to,
    within_reach,
)

__all__ = [
    "Found",
    "attribute_definitions",
    "attributes",
    "by_ids",
    "class_counts",
    "classification",
    "conflicts",
    "contact",
    "count",
    "customer",
    "customer_or_survivor",
    "duplicates",
    "fields_named",
    "filling",
    "formula_inputs",
    "grouped",
    "history",
    "ids_by_key",
    "matching",
    "merging",
    "names_of",
    "of_visible",
    "ordered",
    "owners",
    "page",
    "present_id",
    "present_ids",
    "purge_on",
    "reader_of",
    "require_reached",
    "require_visible",
    "search",
    "several",
    "tags",
    "timeline",
    "trash",
    "visible_ids",
    "visible_to",
    "within_reach",
]
