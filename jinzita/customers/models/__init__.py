"""Customers: who they are, where each of them stands, and by what they are found."""

from jinzita.customers.models.attributes import AttributeDefinition, AttributeType, IndexState, Mandatory
from jinzita.customers.models.classification import Category, Classified, Dimension
from jinzita.customers.models.customers import Customer, Grade, Kind, SearchKey, Standing

__all__ = [
    "AttributeDefinition",
    "AttributeType",
    "Category",
    "Classified",
    "Customer",
    "Dimension",
    "Grade",
    "IndexState",
    "Kind",
    "Mandatory",
    "SearchKey",
    "Standing",
]
