"""Customers: who they are, where each of them stands, and by what they are found."""

from jinzita.customers.models.attributes import AttributeDefinition, AttributeType
from jinzita.customers.models.customers import Customer, Grade, Kind, SearchKey, Standing
from jinzita.customers.models.merging import Merge, MergePart, NamedAs

__all__ = [
    "AttributeDefinition", "AttributeType", "Customer", "Grade", "Kind", "Merge", "MergePart", "NamedAs",
    "SearchKey", "Standing",
]  # fmt: skip
