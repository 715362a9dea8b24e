"""A declared field for each attribute the company defined."""

from decimal import Decimal

from jinzita.customers.models import AttributeDefinition, IndexState, Mandatory
from jinzita.kernel.access import Viewer
from jinzita.kernel.records import Choice, Field, FieldType
from jinzita.kernel.values import LARGEST_AMOUNT

PREFIX = "attributes."


def attribute_field(definition: AttributeDefinition, role: str | None = None) -> Field:
    """The field ``attributes.CODE`` of a company-defined attribute, as people of a role have it."""
    numeric = definition.numeric
    kind = FieldType(definition.type)
    editable = definition.edited_by(role)
    mandatory = definition.mandatory
    return Field(
        f"{PREFIX}{definition.code}",
        kind,
        definition.label_en,
        definition.label_zh,
        path=f"attributes__{definition.code}",
        choices=tuple(Choice(one["value"], one["en"], one["zh"]) for one in definition.choices),
        references=definition.references,
        unit=definition.unit,
        editable=editable,
        importable=editable,
        sortable=kind not in (FieldType.CHOICES, FieldType.REFERENCE),
        listed=definition.listed,
        minimum=_bound(definition.minimum, -LARGEST_AMOUNT) if numeric else None,
        maximum=_bound(definition.maximum, LARGEST_AMOUNT) if numeric else None,
        max_length=None if numeric else 200,
        pattern=definition.pattern,
        synonyms=(definition.code, *definition.synonyms),
        indexed=definition.index_state == IndexState.READY,
        mandatory=definition.mandatory_stage if mandatory == Mandatory.FROM_STAGE else
        Mandatory.ALWAYS if mandatory == Mandatory.ALWAYS else "",
        applies_to=definition.applies_to,
        formula=definition.formula,
        section=definition.section,
        help_en=definition.help_en,
        help_zh=definition.help_zh,
    )  # fmt: skip


def attribute_fields(viewer: Viewer | None = None) -> tuple[Field, ...]:
    """The fields of all attributes that a viewer sees."""
    role = role_of(viewer)
    rows = AttributeDefinition.objects.filter(archived_at=None)
    return tuple(attribute_field(one, role) for one in rows if one.shown_to(role))


def role_of(viewer: Viewer | None) -> str | None:
    """The role that decides what is shown; None for the system."""
    return None if viewer is None or viewer.user_id is None else viewer.role


def _bound(own: Decimal | None, widest: Decimal) -> Decimal:
    return widest if own is None else own
