"""Showing what a role masks, for a reason that is written down."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from jinzita.customers.selectors.access import stored_value
from jinzita.customers.selectors.channels import Way
from jinzita.customers.selectors.subjects import Subject
from jinzita.kernel import audit, values
from jinzita.kernel.access import FieldAccess, Permission, Viewer
from jinzita.kernel.errors import Invalid
from jinzita.kernel.field_access import restrictable
from jinzita.kernel.records import kind


@dataclass(frozen=True)
class Revealed:
    """A value in plain; of a telephone or an e-mail with all the channels that the role masks with it."""

    value: Any
    channels: Sequence[Way]


@transaction.atomic
def reveal(*, by: Viewer, of: Subject, record_id: int, field: str, reason: str) -> Revealed:
    """A masked field of a customer or contact. Raises Forbidden, NotFound, Invalid; what is hidden does not
    exist.
    """
    of.require(by, record_id)
    by.require(Permission.REVEAL)
    kept_of = kind(of.kind)
    declared = kept_of.field(field, by) if kept_of else None
    if declared is None or not restrictable(declared) or declared.access is FieldAccess.HIDDEN:
        raise Invalid.at("field", "unknown_field", "There is no masked field of this name.")
    reason = values.plain_text(reason, "reason", longest=300).strip()
    if len(reason) < 2:
        raise Invalid.at("reason", "required", "Say why you need to see it.")
    audit.record(
        by=by, action="reveal", subject_type=of.word, subject_id=record_id,
        changes={"field": field, "reason": reason},
    )  # fmt: skip
    return Revealed(*stored_value(of, record_id, declared))
