"""What customers' endpoints take and give."""

from jinzita.customers.schemas.attributes import AttributeOut, attribute_out
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
from jinzita.customers.schemas.merging import (
    MergeIn,
    MergeOut,
    MergePage,
    MergePreviewOut,
    PartingOut,
    UndoMergeIn,
    merge_out,
    merged_from_out,
    parting_out,
    preview_out,
)
from jinzita.customers.schemas.timeline import TimelineEntryOut, TimelinePage, entry_out

__all__ = [
    "AttributeOut",
    "ChoiceOut",
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
    "MergeIn",
    "MergeOut",
    "MergePage",
    "MergePreviewOut",
    "PartingOut",
    "TimelineEntryOut",
    "TimelinePage",
    "UndoMergeIn",
    "attribute_out",
    "customer_out",
    "entry_out",
    "field_out",
    "found_out",
    "merge_out",
    "merged_from_out",
    "parting_out",
    "preview_out",
]
