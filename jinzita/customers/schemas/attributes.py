"""The company's attributes on the wire."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from ninja import Field, Schema

from jinzita.customers.models import AttributeDefinition, IndexState
from jinzita.customers.schemas.fields import ChoiceOut, Label
from jinzita.customers.selectors.attributes import WORTH_AN_INDEX
from jinzita.kernel.wire import Id, Money, Strict, Text


class AttributeOut(Schema):
    """A characteristic the company keeps of its customers."""

    code: str
    label: Label
    type: str
    unit: str
    choices: list[ChoiceOut]
    references: str | None = Field(description="Of a reference: customers or users")
    applies_to: str | None = Field(description="organisation, person, or null for both")
    section: str
    help: Label
    mandatory: str = Field(description="never, always or from_stage")
    mandatory_stage: str
    formula: str


class AttributeSetupOut(AttributeOut):
    """A definition with all that is decided about it."""

    synonyms: list[str]
    minimum: Money | None
    maximum: Money | None
    pattern: str
    visible_to: list[str]
    editable_by: list[str]
    listed: bool
    personal: bool = Field(description="Erased with the person it is about")
    position: int
    index_state: str = Field(description="none, building, ready or failed")
    index_proposed: bool = Field(description="The company is so large that an index would pay")
    archived_at: datetime | None
    job_id: int | None = Field(description="The job that brings the customers' values after the change")


class UsageOut(Schema):
    """How many customers have each attribute."""

    counts: dict[str, int]
    exact: bool = Field(description="false when a part of a large company was looked at")


class LabelIn(Strict):
    en: Text = Field(min_length=1, max_length=120)
    zh: Text = Field(min_length=1, max_length=120)


class HelpIn(Strict):
    en: Text = Field("", max_length=500)
    zh: Text = Field("", max_length=500)


class ChoiceIn(Strict):
    value: Text = Field(min_length=1, max_length=200)
    label: LabelIn


class AttributeChangeIn(Strict):
    label: LabelIn = Field(None)  # type: ignore[assignment]
    type: Text = Field("text", max_length=10)
    unit: Text = Field("", max_length=20)
    choices: list[ChoiceIn] = Field(default_factory=list, max_length=500)
    renamed: dict[str, Text] = Field(
        default_factory=dict, description="Of a choice: old value → new value; the customers' values follow"
    )
    references: Text | None = Field(None, max_length=20)
    synonyms: list[Text] = Field(default_factory=list, max_length=50)
    applies_to: Text | None = Field(None, max_length=12)
    section: Text = Field("", max_length=80)
    help: HelpIn = HelpIn(en="", zh="")
    mandatory: Text = Field("never", max_length=10)
    mandatory_stage: Text = Field("", max_length=20)
    minimum: Decimal | None = Field(None, max_digits=18, decimal_places=4)
    maximum: Decimal | None = Field(None, max_digits=18, decimal_places=4)
    pattern: Text = Field("", max_length=200, description="A regular expression (RE2) a text must match")
    visible_to: list[Text] = Field(default_factory=list, max_length=100, description="Roles; empty: all")
    editable_by: list[Text] = Field(default_factory=list, max_length=100, description="Roles; empty: all")
    formula: Text = Field("", max_length=2000, examples=["attribute.annual_sales / attribute.staff"])
    listed: bool = False
    personal: bool = Field(True, description="Erased with the person it is about")
    position: int = Field(0, ge=-1_000_000, le=1_000_000)


class AttributeIn(AttributeChangeIn):
    code: Text = Field(pattern="^[a-z][a-z0-9_]{0,39}$", examples=["staff"])
    label: LabelIn


class ArchiveIn(Strict):
    archived: bool = True


class IndexIn(Strict):
    indexed: bool = True


class FormulaIn(Strict):
    """A formula to be tried on one customer."""

    formula: Text = Field(max_length=2000)
    code: Text = Field("", max_length=40, description="The attribute it is for")
    customer_id: Id | None = None


class FormulaOut(Schema):
    value: float | None
    inputs: dict[str, Any]


def attribute_out(one: AttributeDefinition) -> dict[str, Any]:
    """An attribute's definition."""
    return {
        "code": one.code,
        "label": {"en": one.label_en, "zh": one.label_zh},
        "type": one.type,
        "unit": one.unit,
        "choices": [{"value": c["value"], "label": {"en": c["en"], "zh": c["zh"]}} for c in one.choices],
        "references": one.references or None,
        "applies_to": one.applies_to or None,
        "section": one.section,
        "help": {"en": one.help_en, "zh": one.help_zh},
        "mandatory": one.mandatory,
        "mandatory_stage": one.mandatory_stage,
        "formula": one.formula,
    }


def attribute_setup_out(
    one: AttributeDefinition, customers: int, job_id: int | None = None
) -> dict[str, Any]:
    """A definition with all that is decided about it; `customers` is the size of the company."""
    missing = one.index_state in (IndexState.NONE, IndexState.FAILED) and one.type != "choices"
    names = (
        "synonyms", "minimum", "maximum", "pattern", "visible_to", "editable_by", "listed", "personal",
        "position", "index_state", "archived_at",
    )  # fmt: skip
    return {
        **attribute_out(one),
        **{name: getattr(one, name) for name in names},
        "index_proposed": missing and not one.archived_at and customers >= WORTH_AN_INDEX,
        "job_id": job_id,
    }


def attribute_values(given: Mapping[str, Any]) -> dict[str, Any]:
    """What a body says, in the names of the definition."""
    values = {
        name: value for name, value in given.items() if name not in ("label", "help", "renamed", "code")
    }
    for name in ("label", "help"):
        if given.get(name):
            values |= {f"{name}_{language}": given[name].get(language, "") for language in ("en", "zh")}
    for name in ("references", "applies_to"):
        if name in values:
            values[name] = values[name] or ""
    if "choices" in values:
        values["choices"] = [
            {"value": one["value"], "en": one["label"]["en"], "zh": one["label"]["zh"]}
            for one in values["choices"]
        ]
    return values
