"""Value models and their versions, and which of them grades a customer."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from jinzita.analytics.catalogue import CATALOGUE, KnownIndicator
from jinzita.analytics.value_model import ValueModel as Model
from jinzita.customers.selectors.visible import visible_to
from jinzita.kernel.access import Permission, Viewer, system
from jinzita.kernel.errors import NotFound
from jinzita.value.models import ModelVersion, Run, ValueModel
from jinzita.value.selectors.documents import differences, read, read_published
from jinzita.value.selectors.populations import chosen_by, fitting


def value_models(viewer: Viewer) -> list[ValueModel]:
    """All models that have a published version, in the order in which they claim customers."""
    viewer.require(Permission.READ)
    return list(
        ValueModel.objects.filter(current_version__isnull=False)
        .select_related("current_version__published_by")
        .order_by("priority")
    )


def value_model(viewer: Viewer, model_id: int | None) -> ValueModel:
    """One model; None means the first that has a run in force, else the first at all."""
    models = value_models(viewer)
    if model_id is None:
        scored = set(Run.objects.filter(in_force=True).values_list("model_id", flat=True))
        models = sorted(models, key=lambda one: one.pk not in scored)
    found = next((one for one in models if model_id in (None, one.pk)), None)
    if found is None:
        raise NotFound(
            "There is no value model yet." if model_id is None else f"There is no value model {model_id}."
        )
    return found


def document_of(version: ModelVersion) -> Model:
    """The model a version holds."""
    return read_published(version.toml)


def current_document(model: ValueModel) -> Model:
    """The model as it is published now."""
    assert model.current_version is not None
    return document_of(model.current_version)


def versions(viewer: Viewer, model_id: int) -> QuerySet[ModelVersion]:
    """The versions of a model, newest first."""
    model = value_model(viewer, model_id)
    return ModelVersion.objects.filter(model=model).select_related("published_by").order_by("-number")


def version(viewer: Viewer, version_id: int) -> ModelVersion:
    viewer.require(Permission.READ)
    found = ModelVersion.objects.select_related("published_by", "model").filter(pk=version_id).first()
    if found is None:
        raise NotFound(f"There is no version {version_id} of a value model.")
    return found


def version_differences(viewer: Viewer, before_id: int, after_id: int) -> list[dict[str, Any]]:
    """What changed between two versions."""
    return differences(document_of(version(viewer, before_id)), document_of(version(viewer, after_id)))


def checked(
    viewer: Viewer, *, document: Mapping[str, Any] | None = None, toml: str | None = None
) -> tuple[Model, str]:
    """A model somebody works on, with its TOML. Raises Invalid naming every fault."""
    viewer.require(Permission.READ)
    return read(document=document, toml=toml)


def catalogue(viewer: Viewer) -> list[KnownIndicator]:
    """The indicators the engine knows."""
    viewer.require(Permission.READ)
    return list(CATALOGUE.values())


def model_of_customer(
    customer_id: int, *, source: str | None, kind: str | None, today: date | None = None
) -> ValueModel | None:
    """The model that grades a customer with this source and kind: the first whose population includes it."""
    published = ValueModel.objects.filter(current_version__isnull=False).select_related("current_version")
    for model in published.order_by("priority"):
        population = current_document(model).population
        if population.includes(source=source, kind=kind) and (
            not population.filter
            or visible_to(system("value")).filter(fitting(population, today=today), pk=customer_id).exists()
        ):
            return model
    return None


def has_customers(model: ValueModel) -> bool:
    """Whether anybody belongs to this model and to none that comes before it."""
    return customers_of(model).exists()


def customers_of(model: ValueModel, *, today: date | None = None) -> QuerySet[Any]:
    """The customers that belong to this model and to none that comes before it."""
    rows = visible_to(system("value")).filter(_members(current_document(model), today))
    for earlier in ValueModel.objects.filter(priority__lt=model.priority, current_version__isnull=False):
        rows = rows.exclude(_members(current_document(earlier), today))
    return rows


def _members(document: Model, today: date | None) -> Q:
    population = document.population
    members = Q(source__in=population.source) if population.source else Q()
    if population.filter:
        members &= fitting(population, today=today)
    return members & Q(kind=population.kind) if population.kind else members


def models_touching(sources: set[str] | None) -> list[ValueModel]:
    """The models that may grade customers of these sources (None = of any)."""
    found, left = [], sources
    for model in ValueModel.objects.filter(current_version__isnull=False).order_by("priority"):
        population = current_document(model).population
        if left is None or not population.source or left & set(population.source):
            found.append(model)
            if left is not None and population.source and population.kind is None and not population.filter:
                left = left - set(population.source)
                if not left:
                    break
    return found


def any_chosen_by(fact: str) -> bool:
    """Whether a published model chooses whom it grades by these facts, such as contacts or classes."""
    published = ValueModel.objects.filter(current_version__isnull=False).select_related("current_version")
    return any(fact in chosen_by(current_document(one).population) for one in published)
