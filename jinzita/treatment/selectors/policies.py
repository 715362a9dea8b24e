"""The policies of the value models, and which of them holds for a customer."""

from dataclasses import dataclass
from typing import Any

from jinzita.kernel.access import Permission, Viewer, system
from jinzita.kernel.errors import Invalid
from jinzita.people import selectors as people
from jinzita.treatment.fields import READY, Rules, read
from jinzita.treatment.models import Policy, PolicyVersion
from jinzita.value.selectors.models import current_document, value_model, value_models


@dataclass(frozen=True)
class PolicyOf:
    """A value model's policy: what is in force, what somebody works on, and the document to begin with."""

    model_id: int
    code: str
    name: dict[str, str]
    current: PolicyVersion | None
    draft: dict[str, Any] | None
    drafted_by: str
    drafted_at: Any
    document: dict[str, Any]


def policies(viewer: Viewer) -> list[PolicyOf]:
    """The policies of all value models. `document` is the draft, else what is in force, else the proposal."""
    viewer.require(Permission.READ)
    known = Policy.objects.select_related("current__published_by", "drafted_by").in_bulk()
    return [_of(model, known.get(model.pk)) for model in value_models(viewer)]


def policy(viewer: Viewer, model_id: int) -> PolicyOf:
    """The policy of one model. Raises NotFound."""
    model = value_model(viewer, model_id)
    known = Policy.objects.select_related("current__published_by", "drafted_by").filter(pk=model.pk).first()
    return _of(model, known)


def versions(viewer: Viewer, model_id: int) -> list[PolicyVersion]:
    """The published versions of a model's policy, newest first."""
    model = value_model(viewer, model_id)
    rows = PolicyVersion.objects.filter(model_id=model.pk).select_related("published_by")
    return list(rows.order_by("-number")[:200])


def in_force() -> dict[int, PolicyVersion]:
    """The versions in force, by value model."""
    rows = Policy.objects.filter(current__isnull=False).select_related("current")
    return {one.pk: one.current for one in rows if one.current}


def rules_of(version: PolicyVersion) -> Rules:
    return read(version.document)


def check_roles(rules: Rules) -> None:
    """Raise Invalid for a sponsor's role that there is not."""
    known = {one.code for one in people.roles(system("treatment"))}
    for grade, terms in rules.grades.items():
        for role in terms.sponsor_roles:
            if role not in known:
                raise Invalid.at(
                    f"grades.{grade}.sponsor_roles", "unknown_choice", f"There is no role {role}."
                )


def _of(model: Any, known: Policy | None) -> PolicyOf:
    title = current_document(model)
    current = known.current if known else None
    draft = known.draft if known else None
    return PolicyOf(
        model.pk, model.code, {one: title.title(one) for one in ("en", "zh")}, current, draft,
        known.drafted_by.shown_name if known and known.drafted_by else "",
        known.drafted_at if known else None,
        draft or (current.document if current else READY.document()),
    )  # fmt: skip
