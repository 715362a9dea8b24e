"""The audit log on the wire."""

from datetime import datetime
from typing import Any

from ninja import Schema


class AuditOut(Schema):
    id: int
    at: datetime
    actor: str
    via: str
    action: str
    subject_type: str
    subject_id: int | None
    changes: dict[str, Any]


class AuditPage(Schema):
    items: list[AuditOut]
    next: str | None
