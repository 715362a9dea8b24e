"""Declared fields on the wire."""

from typing import Any

from ninja import Field, Schema

from jinzita.kernel.access import Viewer
from jinzita.kernel.records import Field as DeclaredField
from jinzita.kernel.records import RecordKind


class Label(Schema):
    en: str
    zh: str


class ChoiceOut(Schema):
    value: str
    label: Label


class FieldOut(Schema):
    """A declared field of a kind of record."""

    code: str = Field(examples=["attributes.region"])
    type: str = Field(description="text, number, money, date, datetime, choice, choices, yes_no or reference")
    label: Label
    choices: list[ChoiceOut]
    filterable: bool
    sortable: bool
    listed: bool
    exportable: bool
    importable: bool
    editable: bool
    shared: bool = Field(description="Many records can be given the same value by a bulk edit")
    groupable: bool = Field(description="The list can be put in groups by it")
    access: str = Field(description="Of the viewer's role: edit, see or masked; hidden fields are left out")
    required: bool
    mandatory: str = Field(description="“always”, a stage of life from which on it is needed, or empty")
    unit: str
    share: bool = Field(description="A number from 0 to 1 that people read and write as percent")
    references: str | None = Field(description="Of a reference: the kind of record it names")
    synonyms: list[str]
    section: Label | None
    help: Label | None
    formula: bool = Field(description="Computed from others, never entered")
    applies_to: str | None = Field(description="organisation, person, or null for both")
    indexed: bool


class RelatedOut(Schema):
    """A kind of record by which another can be filtered: {"related": code, "having": {…}, "count": {…}}."""

    code: str = Field(examples=["transactions"])
    label: Label
    fields: list[FieldOut]


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
        "shared": one.shared,
        "groupable": one.groupable,
        "access": one.access.value,
        "required": one.required,
        "mandatory": one.mandatory,
        "unit": one.unit,
        "share": one.share,
        "references": one.references or None,
        "synonyms": list(one.synonyms),
        "section": {"en": one.section, "zh": one.section} if one.section else None,
        "help": {"en": one.help_en, "zh": one.help_zh} if one.help_en or one.help_zh else None,
        "formula": bool(one.formula),
        "applies_to": one.applies_to or None,
        "indexed": one.indexed or not one.in_attributes,
    }


def related_out(code: str, one: RecordKind, name: str, viewer: Viewer) -> dict[str, Any]:
    """A related kind with the fields to filter by; the one that names the record itself is left out."""
    fields = [each for each in one.read_fields(viewer) if each.filterable and each.code != name]
    return {
        "code": code, "label": {"en": one.en, "zh": one.zh}, "fields": [field_out(each) for each in fields]
    }  # fmt: skip
