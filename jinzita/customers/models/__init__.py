"""Customers: who they are, where each of them stands, and by what they are found."""

from jinzita.customers.models.addresses import Address, AddressKind
from jinzita.customers.models.attributes import AttributeDefinition, AttributeType, IndexState, Mandatory
from jinzita.customers.models.bulk import BulkAction
from jinzita.customers.models.channels import Channel, ChannelKind, ChannelLabel, Validity
from jinzita.customers.models.classification import Category, Classified, Dimension
from jinzita.customers.models.contacts import (
    Contact,
    ContactKey,
    ContactsApart,
    DecisionRole,
    Gender,
    Position,
)
from jinzita.customers.models.customers import Customer, Grade, Kind, SearchKey, Standing
from jinzita.customers.models.erasure import ErasedKey
from jinzita.customers.models.identifiers import Identifier, IdentifierKind
from jinzita.customers.models.lifecycle import Lifecycle, Stage, StageChange, StageRule
from jinzita.customers.models.merging import Merge, MergePart, NamedAs
from jinzita.customers.models.ownership import POOLED, Ownership, Reason
from jinzita.customers.models.pool import Cause, Pooled
from jinzita.customers.models.relations import Relation, RelationKind
from jinzita.customers.models.team import TeamMember

__all__ = [
    "POOLED",
    "Address",
    "AddressKind",
    "AttributeDefinition",
    "AttributeType",
    "BulkAction",
    "Category",
    "Cause",
    "Channel",
    "ChannelKind",
    "ChannelLabel",
    "Classified",
    "Contact",
    "ContactKey",
    "ContactsApart",
    "Customer",
    "DecisionRole",
    "Dimension",
    "ErasedKey",
    "Gender",
    "Grade",
    "Identifier",
    "IdentifierKind",
    "IndexState",
    "Kind",
    "Lifecycle",
    "Mandatory",
    "Merge",
    "MergePart",
    "NamedAs",
    "Ownership",
    "Pooled",
    "Position",
    "Reason",
    "Relation",
    "RelationKind",
    "SearchKey",
    "Stage",
    "StageChange",
    "StageRule",
    "Standing",
    "TeamMember",
    "Validity",
]
