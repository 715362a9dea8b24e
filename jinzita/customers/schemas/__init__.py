"""What customers' endpoints take and give."""

from jinzita.customers.schemas.attributes import AttributeOut, attribute_out
from jinzita.customers.schemas.channels import ChannelIn, ChannelOut, ChannelsIn, ChannelsOut
from jinzita.customers.schemas.contacts import (
    ContactChangeIn,
    ContactDetailOut,
    ContactIn,
    ContactOut,
    ContactPage,
    PositionChangeIn,
    PositionIn,
    PositionOut,
    contact_detail_out,
    contact_out,
)
from jinzita.customers.schemas.customers import (
    CountOut,
    CountsOut,
    CustomerChangeIn,
    CustomerDetailOut,
    CustomerIn,
    CustomerOut,
    CustomerPage,
    FoundOut,
    customer_out,
    found_out,
)
from jinzita.customers.schemas.fields import ChoiceOut, FieldOut, Label, field_out
from jinzita.customers.schemas.timeline import TimelineEntryOut, TimelinePage, entry_out

__all__ = [
    "AttributeOut",
    "ChannelIn",
    "ChannelOut",
    "ChannelsIn",
    "ChannelsOut",
    "ChoiceOut",
    "ContactChangeIn",
    "ContactDetailOut",
    "ContactIn",
    "ContactOut",
    "ContactPage",
    "CountOut",
    "CountsOut",
    "CustomerChangeIn",
    "CustomerDetailOut",
    "CustomerIn",
    "CustomerOut",
    "CustomerPage",
    "FieldOut",
    "FoundOut",
    "Label",
    "PositionChangeIn",
    "PositionIn",
    "PositionOut",
    "TimelineEntryOut",
    "TimelinePage",
    "attribute_out",
    "contact_detail_out",
    "contact_out",
    "customer_out",
    "entry_out",
    "field_out",
    "found_out",
]
