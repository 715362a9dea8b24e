"""The field by which customers are found that came to their owner in a time."""

from django.db.models import Exists, OuterRef, Q

from jinzita.customers.models import Ownership
from jinzita.kernel.records import Field, FieldType


def _of_open(found: Q) -> Q:
    return Q(Exists(Ownership.objects.filter(found, customer=OuterRef("pk"), until=None)))


OWNED_SINCE = Field(
    "owned_since", FieldType.DATETIME, "With its owner since", "现负责人接手时间",
    path="since", through=_of_open, listed=False, importable=False, exportable=False,
)  # fmt: skip
