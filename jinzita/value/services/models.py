"""Publishing versions of value models."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import Max

from jinzita.analytics.documents import DEFAULT_MODELS, default_toml
from jinzita.kernel import audit
from jinzita.kernel.access import Permission, Viewer
from jinzita.kernel.errors import Invalid
from jinzita.kernel.events import publish as tell
from jinzita.value.events import ModelPublished
from jinzita.value.models import ModelVersion, ValueModel
from jinzita.value.selectors.documents import read
from jinzita.value.selectors.models import value_model

# Models of one population come before the one for everybody.
PRIORITY = {"carrier": 10, "retail": 20, "general": 1000}
MAX_NOTE = 300


@transaction.atomic
def install_default_models(*, by: Viewer) -> list[ValueModel]:
    """The models that come with the program, each as version 1 where it is missing; answers the new ones."""
    made = []
    for code in DEFAULT_MODELS:
        model, is_new = ValueModel.objects.get_or_create(code=code, defaults={"priority": PRIORITY[code]})
        if is_new:
            _publish(model, toml=default_toml(code), note="", by=by)
            made.append(model)
    return made


@transaction.atomic
def publish_version(
    *,
    by: Viewer,
    model_id: int,
    document: Mapping[str, Any] | None = None,
    toml: str | None = None,
    note: str = "",
) -> ModelVersion:
    """Publish a new version of a model from its document or TOML; a run by it starts of itself.

    Published versions never change. Raises Invalid naming every fault of the document.
    """
    by.require(Permission.EDIT_MODEL)
    _, text = read(document=document, toml=toml)
    note = note.strip()
    if "\0" in note or len(note) > MAX_NOTE:
        raise Invalid.at(
            "note", "bad_text", f"A note has at most {MAX_NOTE} printable characters.", limit=MAX_NOTE
        )
    model = value_model(by, model_id)
    return _publish(ValueModel.objects.select_for_update().get(pk=model.pk), toml=text, note=note, by=by)


def _publish(model: ValueModel, *, toml: str, note: str, by: Viewer) -> ModelVersion:
    last = ModelVersion.objects.filter(model=model).aggregate(last=Max("number"))["last"] or 0
    version = ModelVersion.objects.create(
        model=model, number=last + 1, toml=toml, note=note, published_by_id=by.user_id
    )
    version.refresh_from_db(fields=["published_at"])
    model.current_version = version
    model.save(update_fields=["current_version"])
    audit.record(
        by=by, action="publish", subject_type="value_model", subject_id=model.pk,
        changes={"version": version.number, "note": note},
    )  # fmt: skip
    tell(ModelPublished(model_id=model.pk, version_id=version.pk, number=version.number))
    return version
