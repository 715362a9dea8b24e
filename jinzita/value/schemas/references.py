"""How models, versions and runs are named where others speak of them."""

from datetime import date, datetime

from ninja import Schema

from jinzita.analytics.value_model import ValueModel as Document
from jinzita.value.models import Run, ValueModel
from jinzita.value.selectors.models import current_document

Words = dict[str, str]


class VersionRef(Schema):
    id: int
    number: int


class ModelRef(Schema):
    id: int
    code: str
    name: Words


class RunRef(Schema):
    id: int
    as_of: date | None
    finished_at: datetime | None
    state: str
    in_force: bool


def both(document: Document) -> Words:
    """A model's name in both languages."""
    return {"en": document.title("en"), "zh": document.title("zh")}


def model_ref(model: ValueModel) -> ModelRef:
    return ModelRef(id=model.pk, code=model.code, name=both(current_document(model)))


def run_ref(run: Run) -> RunRef:
    return RunRef(
        id=run.pk, as_of=run.as_of, finished_at=run.finished_at, state=run.state, in_force=run.in_force
    )
