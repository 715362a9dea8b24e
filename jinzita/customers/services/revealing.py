"""Showing what a role masks, for a reason that is written down."""

from typing import Any

from django.db import transaction

from jinzita.customers.fields import CUSTOMERS
from jinzita.customers.selectors.access import stored_value
from jinzita.customers.selectors.visible import require_visible
from jinzita.kernel import audit, values
from jinzita.kernel.access import FieldAccess, Permission, Viewer
from jinzita.kernel.errors import Invalid
from jinzita.kernel.field_access import restrictable


@transaction.atomic
def reveal(*, by: Viewer, customer_id: int, field: str, reason: str) -> Any:
    """The value of a masked field. Raises Forbidden, NotFound, Invalid; what is hidden does not exist."""
    require_visible(by, customer_id)
    by.require(Permission.REVEAL)
    declared = CUSTOMERS.field(field, by)
    if declared is None or not restrictable(declared) or declared.access is FieldAccess.HIDDEN:
        raise Invalid.at("field", "unknown_field", "There is no masked field of this name.")
    reason = values.plain_text(reason, "reason", longest=300).strip()
    if len(reason) < 2:
        raise Invalid.at("reason", "required", "Say why you need to see it.")
    audit.record(
        by=by, action="reveal", subject_type="customer", subject_id=customer_id,
        changes={"field": field, "reason": reason},
    )  # fmt: skip
    return stored_value(by, customer_id, field)
