"""The company's attributes on the wire."""

from typing import Any

from ninja import Field, Schema

from jinzita.customers.models import AttributeDefinition
from jinzita.customers.schemas.fields import ChoiceOut, Label


class AttributeOut(Schema):
    """A characteristic the company keeps of its customers."""

    code: str
    label: Label
    type: str
    unit: str
    choices: list[ChoiceOut]
    applies_to: str | None = Field(description="organisation, person, or null for both")


def attribute_out(one: AttributeDefinition) -> dict[str, Any]:
    """An attribute's definition."""
    return {
        "code": one.code,
        "label": {"en": one.label_en, "zh": one.label_zh},
        "type": one.type,
        "unit": one.unit,
        "choices": [{"value": c["value"], "label": {"en": c["en"], "zh": c["zh"]}} for c in one.choices],
        "applies_to": one.applies_to or None,
    }
