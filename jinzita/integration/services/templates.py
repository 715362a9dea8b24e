"""Writes of templates of imports."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from jinzita.integration.models import ImportTemplate
from jinzita.integration.selectors import templates
from jinzita.integration.services.plan import record_kind
from jinzita.kernel import audit
from jinzita.kernel.access import Permission, Viewer
from jinzita.kernel.errors import Forbidden, Invalid, NotFound

MOST_TEMPLATES = 200


@transaction.atomic
def save_template(
    *, by: Viewer, name: str, kind: str, choices: Mapping[str, Any], shared: bool = False
) -> ImportTemplate:
    """Keep choices under a name; one of one's own with that name is replaced. Raises Forbidden, Invalid."""
    by.require(Permission.IMPORT)
    name = name.strip()
    if not name:
        raise Invalid.at("name", "required", "A template has a name.")
    own = ImportTemplate.objects.select_for_update().filter(created_by_id=by.user_id)
    if own.count() >= MOST_TEMPLATES and not own.filter(name=name).exists():
        raise Invalid.at("name", "too_many", f"There are at most {MOST_TEMPLATES} templates of one person.")
    one, made = ImportTemplate.objects.update_or_create(
        created_by_id=by.user_id, name=name,
        defaults={"kind": record_kind(kind).code, "choices": dict(choices), "shared": shared},
    )  # fmt: skip
    audit.record(
        by=by, action="create" if made else "update", subject_type="import_template", subject_id=one.pk,
        changes={"name": name, "kind": kind, "shared": shared},
    )  # fmt: skip
    return one


@transaction.atomic
def delete_template(*, by: Viewer, template_id: int) -> None:
    """Forget a template: one's own, or, who sets up the house, a shared one. Raises NotFound, Forbidden."""
    one = templates(by).filter(pk=template_id).first()
    if one is None:
        raise NotFound(f"There is no template {template_id}.")
    if one.created_by_id != by.user_id and Permission.MANAGE_SETUP not in by.permissions:
        raise Forbidden("Only who made a template, or an administrator, may delete it.")
    one.delete()
    audit.record(
        by=by, action="delete", subject_type="import_template", subject_id=template_id,
        changes={"name": one.name},
    )  # fmt: skip
