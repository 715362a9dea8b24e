"""Declared fields on the wire."""

from typing import Any

from ninja import Field, Schema

from jinzita.kernel.records import Field as DeclaredField


class Label(Schema):
    en: str
    zh: str


class ChoiceOut(Schema):
    value: str
    label: Label


class FieldOut(Schema):
    """A declared field of a kind of record."""

    code: str = Field(examples=["attributes.region"])
    type: str = Field(description="text, number, money, date, datetime, choice, yes_no or reference")
    label: Label
    choices: list[ChoiceOut]
    filterable: bool
    sortable: bool
    listed: bool
    exportable: bool
    importable: bool
    editable: bool
    access: str = Field(description="Of the viewer's role: edit, see or masked; hidden fields are left out")
    required: bool
    unit: str
    references: str | None = Field(description="Of a reference: the kind of record it names")
    synonyms: list[str]


def field_out(one: DeclaredField) -> dict[str, Any]:
    """The field as the browser reads it."""
    return {
        "code": one.code,
        "type": one.type.value,
        "label": {"en": one.en, "zh": one.zh},
        "choices": [{"value": each.value, "label": {"en": each.en, "zh": each.zh}} for each in one.choices],
        "filterable": one.filterable,
        "sortable": one.sortable,
        "listed": one.listed,
        "exportable": one.exportable,
        "importable": one.importable,
        "editable": one.editable,
        "access": one.access.value,
        "required": one.required,
        "unit": one.unit,
        "references": one.references or None,
        "synonyms": list(one.synonyms),
    }
