"""Customers: who they are, where each of them stands, and by what they are found."""

from jinzita.customers.models.attributes import AttributeDefinition, AttributeType
from jinzita.customers.models.bulk import BulkAction
from jinzita.customers.models.customers import Customer, Grade, Kind, SearchKey, Standing

__all__ = [
    "AttributeDefinition",
    "AttributeType",
    "BulkAction",
    "Customer",
    "Grade",
    "Kind",
    "SearchKey",
    "Standing",
]
