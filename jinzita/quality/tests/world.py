"""A policy for tests."""

from datetime import UTC, datetime
from typing import Any

from jinzita.kernel.access import system
from jinzita.quality.fields import READY
from jinzita.quality.models import PolicyVersion
from jinzita.quality.services import policies


def document(**changes: Any) -> dict[str, Any]:
    return {**READY.document(), **changes}


def judge(**changes: Any) -> PolicyVersion:
    """Bring the proposed policy into force, with these changes."""
    by, now = system("test"), datetime(2026, 5, 1, tzinfo=UTC)
    policies.save_draft(by=by, document=document(**changes), now=now)
    return policies.publish(by=by, note="", now=now)
