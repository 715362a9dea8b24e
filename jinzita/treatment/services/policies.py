"""Working on a policy, and bringing it into force."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max

from jinzita.kernel import audit, values
from jinzita.kernel.access import Permission, Viewer
from jinzita.kernel.errors import Conflict
from jinzita.kernel.events import publish as tell
from jinzita.treatment import fields
from jinzita.treatment.events import TreatmentPublished
from jinzita.treatment.models import Policy, PolicyVersion
from jinzita.treatment.selectors import policies as reads
from jinzita.value.selectors.models import value_model


@transaction.atomic
def save_draft(*, by: Viewer, model_id: int, document: Mapping[str, Any], now: datetime) -> Policy:
    """Keep what somebody works on; nothing follows from it yet. Raises Forbidden, NotFound, Invalid."""
    by.require(Permission.MANAGE_SETUP)
    one = _locked(by, model_id)
    rules = fields.read(document)
    reads.check_roles(rules)
    one.draft, one.drafted_by_id, one.drafted_at = rules.document(), by.user_id, now
    one.save()
    audit.record(by=by, action="draft", subject_type="treatment_policy", subject_id=model_id)
    return one


@transaction.atomic
def discard_draft(*, by: Viewer, model_id: int) -> Policy:
    """Work on it no more; what is in force stays."""
    by.require(Permission.MANAGE_SETUP)
    one = _locked(by, model_id)
    one.draft = one.drafted_by_id = one.drafted_at = None
    one.save()
    audit.record(by=by, action="discard_draft", subject_type="treatment_policy", subject_id=model_id)
    return one


@transaction.atomic
def publish(*, by: Viewer, model_id: int, note: str, now: datetime) -> PolicyVersion:
    """Bring the draft into force as a new version; duties follow it. Raises Conflict without a draft."""
    by.require(Permission.MANAGE_SETUP)
    one = _locked(by, model_id)
    if one.draft is None:
        raise Conflict("There is no draft to publish.", code="no_draft")
    rules = fields.read(one.draft)
    reads.check_roles(rules)
    return _publish(by, one, rules, values.plain_text(note, "note", longest=300).strip(), now)


@transaction.atomic
def publish_ready(*, by: Viewer, model_id: int, rules: fields.Rules, now: datetime) -> PolicyVersion | None:
    """Bring a ready policy into force where a model has none, for the demo; None when it has one."""
    by.require(Permission.MANAGE_SETUP)
    one = _locked(by, model_id)
    return None if one.current_id else _publish(by, one, rules, "", now)


def _publish(by: Viewer, one: Policy, rules: fields.Rules, note: str, now: datetime) -> PolicyVersion:
    last = PolicyVersion.objects.filter(model_id=one.pk).aggregate(last=Max("number"))["last"] or 0
    version = PolicyVersion.objects.create(
        model_id=one.pk, number=last + 1, document=rules.document(), note=note, published_by_id=by.user_id,
        published_at=now,
    )  # fmt: skip
    one.current, one.draft, one.drafted_by_id, one.drafted_at = version, None, None, None
    one.save()
    audit.record(
        by=by, action="publish", subject_type="treatment_policy", subject_id=one.pk,
        changes={"version": version.number, "note": note},
    )  # fmt: skip
    tell(TreatmentPublished(model_id=one.pk, version_id=version.pk))
    return version


def _locked(by: Viewer, model_id: int) -> Policy:
    model = value_model(by, model_id)
    Policy.objects.get_or_create(pk=model.pk)
    return Policy.objects.select_for_update(of=("self",)).get(pk=model.pk)
