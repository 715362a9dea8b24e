"""The field by which customers are found that one piece of work changed."""

from collections.abc import Sequence

from django.db.models import Exists, OuterRef, Q

from jinzita.customers.models import Customer
from jinzita.kernel.models import ChangedRow
from jinzita.kernel.records import Field, FieldType
from jinzita.kernel.values import LARGEST_ID


def _changed_by(numbers: Sequence[str] | None) -> Q:
    rows = ChangedRow.objects.filter(table=Customer._meta.db_table, row_id=OuterRef("pk"))
    if numbers is not None:
        known = [int(one) for one in numbers if one.isascii() and one.isdigit() and int(one) <= LARGEST_ID]
        rows = rows.filter(change_set_id__in=known)
    return Q(Exists(rows))


CHANGE_SET = Field(
    "change_set", FieldType.CHOICES, "Changed together, by number", "批量操作编号",
    belongs=_changed_by, max_length=19, listed=False, importable=False, exportable=False,
)  # fmt: skip
