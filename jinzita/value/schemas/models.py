"""Value models and their versions on the wire."""

from datetime import date, datetime
from typing import Any

from ninja import Field, Schema

from jinzita.analytics.documents import write_toml
from jinzita.analytics.value_model import ValueModel as Document
from jinzita.kernel.wire import Strict, Text
from jinzita.value.models import ModelVersion, Run, ValueModel
from jinzita.value.schemas.references import VersionRef, Words, both
from jinzita.value.selectors.models import current_document, document_of


class CurrentVersion(VersionRef):
    published_at: datetime
    by: str | None


class LastRun(Schema):
    id: int
    as_of: date
    finished_at: datetime
    customers: int


class ModelOut(Schema):
    """A value model as it is published now, and its run in force."""

    id: int
    code: str = Field(examples=["general"])
    name: Words = Field(examples=[{"en": "General default", "zh": "通用默认模型"}])
    priority: int = Field(
        description="The model of the lowest number whose population includes a customer grades it"
    )
    population: dict[str, Any] = Field(description="source: list of sources; kind: organisation or person")
    as_of: str = Field(description="today or data")
    current_version: CurrentVersion
    last_run: LastRun | None
    has_customers: bool = Field(description="Whether it grades anybody at present")


class VersionOut(VersionRef):
    state: str = Field("published", description="Published versions never change")
    created_at: datetime
    published_at: datetime
    by: str | None
    note: str


class VersionDetail(VersionOut):
    document: dict[str, Any] = Field(description="The model")
    toml: str = Field(description="The same as TOML, as it was written")


class DifferenceOut(Schema):
    path: str = Field(examples=["indicator.revenue.weight"])
    before: Any = None
    after: Any = None


class ModelIn(Strict):
    """A model, as its document or as TOML."""

    document: dict[str, Any] | None = Field(None, description="name, population, as_of, bands, indicators")
    toml: Text | None = None


class PublishIn(ModelIn):
    note: Text = Field("", max_length=300, description="Why it was changed")


class DocumentIn(Strict):
    document: dict[str, Any]


class ModelText(Schema):
    document: dict[str, Any]
    toml: str


class IndicatorOut(Schema):
    code: str = Field(examples=["revenue"])
    family: str
    label: Words
    definition: Words
    unit: str = Field(description="money, ratio, days, count or number")
    better: str
    windowed: bool = Field(description="Whether a window in months changes what it counts")


def model_out(model: ValueModel, last_run: Run | None, has_customers: bool) -> dict[str, Any]:
    document, version = current_document(model), model.current_version
    assert version is not None
    return {
        "id": model.pk, "code": model.code, "name": both(document), "priority": model.priority,
        "population": document.to_document()["population"], "as_of": document.as_of,
        "current_version": {
            "id": version.pk, "number": version.number, "published_at": version.published_at,
            "by": _by(version),
        },
        "last_run": last_run and {
            "id": last_run.pk, "as_of": last_run.as_of, "finished_at": last_run.finished_at,
            "customers": last_run.counts.get("scored", 0),
        },
        "has_customers": has_customers,
    }  # fmt: skip


def version_out(version: ModelVersion) -> dict[str, Any]:
    return {
        "id": version.pk, "number": version.number, "created_at": version.published_at,
        "published_at": version.published_at, "by": _by(version), "note": version.note,
    }  # fmt: skip


def version_detail(version: ModelVersion) -> dict[str, Any]:
    return {**version_out(version), "document": document_of(version).to_document(), "toml": version.toml}


def model_text(document: Document, toml: str | None = None) -> dict[str, Any]:
    return {"document": document.to_document(), "toml": toml or write_toml(document)}


def _by(version: ModelVersion) -> str | None:
    return version.published_by.shown_name if version.published_by else None
