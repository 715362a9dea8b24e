"""Working on the policy, and bringing it into force."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max

from jinzita.customers.selectors import filling
from jinzita.kernel import audit, events, values
from jinzita.kernel.access import Permission, Viewer
from jinzita.kernel.errors import Conflict
from jinzita.quality.events import QualityPolicyPublished
from jinzita.quality.fields import read
from jinzita.quality.models import PolicyDraft, PolicyVersion

SUBJECT = "quality_policy"


@transaction.atomic
def save_draft(*, by: Viewer, document: Mapping[str, Any], now: datetime) -> None:
    """Keep what somebody works on; nothing follows from it yet. Raises Forbidden, Invalid."""
    by.require(Permission.MANAGE_SETUP)
    terms = read(document, known=filling.known_codes())
    PolicyDraft.objects.update_or_create(
        pk=1, defaults={"document": terms.document(), "drafted_by_id": by.user_id, "drafted_at": now}
    )
    audit.record(by=by, action="draft", subject_type=SUBJECT)


@transaction.atomic
def discard_draft(*, by: Viewer) -> None:
    """Work on it no more; what is in force stays."""
    by.require(Permission.MANAGE_SETUP)
    PolicyDraft.objects.all().delete()
    audit.record(by=by, action="discard_draft", subject_type=SUBJECT)


@transaction.atomic
def publish(*, by: Viewer, note: str, now: datetime) -> PolicyVersion:
    """Bring the draft into force as a new version; all records are scored by it. Raises Conflict without a
    draft, Invalid when it asks for what is no more.
    """
    by.require(Permission.MANAGE_SETUP)
    draft = PolicyDraft.objects.select_for_update().first()
    if draft is None:
        raise Conflict("There is no draft to publish.", code="no_draft")
    terms = read(draft.document, known=filling.known_codes())
    last = PolicyVersion.objects.aggregate(last=Max("number"))["last"] or 0
    made = PolicyVersion.objects.create(
        number=last + 1, document=terms.document(), published_by_id=by.user_id, published_at=now,
        note=values.plain_text(note, "note", longest=300).strip(),
    )  # fmt: skip
    draft.delete()
    audit.record(
        by=by, action="publish", subject_type=SUBJECT, subject_id=made.pk,
        changes={"version": made.number, "note": made.note},
    )  # fmt: skip
    events.publish(QualityPolicyPublished(version_id=made.pk))
    return made
