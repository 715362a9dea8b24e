"""Model documents read and compared; the engine's errors in the house's shape."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

from jinzita.analytics.documents import read_document, read_toml, write_toml
from jinzita.analytics.errors import AnalyticsError
from jinzita.analytics.value_model import Population, ValueModel
from jinzita.kernel.errors import Invalid, Problem
from jinzita.value.selectors.populations import check_filter

MAX_INDICATORS = 200
MAX_TOML = 200_000


@contextmanager
def said_plainly() -> Iterator[None]:
    """Errors of the engine inside become Invalid, with their places and codes."""
    try:
        yield
    except AnalyticsError as error:
        problems = [Problem(one.where, one.code, one.message, one.params) for one in error.details]
        raise Invalid(error.message, problems=problems) from error


def read(*, document: Mapping[str, Any] | None = None, toml: str | None = None) -> tuple[ValueModel, str]:
    """A model from its JSON document or its TOML, and its TOML text (the given one, comments kept).

    Raises Invalid whose problems name every fault, such as ``indicator[3].weight``.
    """
    if (document is None) == (toml is None):
        raise Invalid.at("document", "one_of_two", "Send the model either as “document” or as “toml”.")
    if toml is not None and len(toml) > MAX_TOML:
        raise Invalid.at("toml", "too_long", f"A model has at most {MAX_TOML} characters.", limit=MAX_TOML)
    with said_plainly():
        model = read_toml(toml) if toml is not None else read_document(document or {})
    check_filter(model.population)
    if len(model.indicators) > MAX_INDICATORS:
        raise Invalid.at(
            "indicator", "too_many", f"A model has at most {MAX_INDICATORS} indicators.", limit=MAX_INDICATORS
        )
    return model, toml if toml is not None else write_toml(model)


@lru_cache(maxsize=256)
def read_published(toml: str) -> ValueModel:
    """The model of a published version's TOML, which is known to be right."""
    return read_toml(toml)


def differences(before: ValueModel, after: ValueModel) -> list[dict[str, Any]]:
    """What changed from one model to another, as ``{"path", "before", "after"}``, by path."""
    old, new = _flat(before), _flat(after)
    return [
        {"path": path, "before": old.get(path), "after": new.get(path)}
        for path in sorted({*old, *new})
        if old.get(path) != new.get(path)
    ]


def earlier_populations(models: list[tuple[int, ValueModel]], priority: int) -> list[Population]:
    """The populations that come before a model's own, out of all (priority, model) pairs."""
    return [model.population for rank, model in models if rank < priority]


def _flat(model: ValueModel) -> dict[str, Any]:
    document = model.to_document()
    flat: dict[str, Any] = {"name": document["name"], "as_of": document["as_of"]}
    flat["leave_out_empty"] = document.get("leave_out_empty", False)
    flat |= {f"population.{name}": value for name, value in document["population"].items()}
    flat |= {f"bands.{name}": value for name, value in document["bands"].items()}
    for indicator, shown in zip(model.indicators, document["indicators"], strict=True):
        flat |= {
            f"indicator.{indicator.key}.{name}": v
            for name, v in shown.items()
            if name != "code" and v is not None
        }
    return flat
