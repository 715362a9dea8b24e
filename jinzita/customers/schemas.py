"""What customers' endpoints take and give."""

from datetime import date, datetime
from typing import Any

from ninja import Field, Schema

from jinzita.customers.models import AttributeDefinition, Customer
from jinzita.customers.selectors import Found
from jinzita.customers.selectors.timeline import Entry
from jinzita.kernel.records import Field as DeclaredField
from jinzita.kernel.wire import Id, Money, Named, PageOut, Strict, Text


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
    required: bool
    unit: str
    references: str | None = Field(description="Of a reference: the kind of record it names")
    synonyms: list[str]


class AttributeOut(Schema):
    """A characteristic the company keeps of its customers."""

    code: str
    label: Label
    type: str
    unit: str
    choices: list[ChoiceOut]
    applies_to: str | None = Field(description="organisation, person, or null for both")


class CustomerOut(Schema):
    id: int
    name: str
    kind: str = Field(description="organisation or person")
    grade: str = Field(description="vip, important, ordinary, small or prospect")
    score: float | None = Field(description="0-100; null for a prospect")
    score_as_of: date | None
    owner: Named | None
    department: Named | None
    phone: str
    email: str
    region: str | None
    industry: str | None
    source: str
    source_key: str
    created_at: datetime
    updated_at: datetime
    attributes: dict[str, Any]


class CustomerPage(PageOut):
    items: list[CustomerOut]


class CountsOut(Schema):
    """How many records of each kind a customer has."""

    transactions: int = 0
    invoices: int = 0
    receipts: int = 0
    interactions: int = 0
    opportunities: int = 0


class CustomerDetailOut(CustomerOut):
    counts: CountsOut


class CustomerIn(Strict):
    name: Text = Field(min_length=1, max_length=200, examples=["北京华宇科技有限公司"])
    kind: Text = Field("organisation", description="organisation or person")
    phone: Text = Field("", max_length=40)
    email: Text = Field("", max_length=254)
    attributes: dict[str, Any] = Field(default_factory=dict, examples=[{"region": "Beijing", "listed": True}])
    owner_id: Id | None = None
    source: Text | None = Field(None, min_length=1, max_length=50)
    source_key: Text | None = Field(None, min_length=1, max_length=120)


class CustomerChangeIn(Strict):
    name: Text = Field("", max_length=200)
    kind: Text = ""
    phone: Text = Field("", max_length=40)
    email: Text = Field("", max_length=254)
    attributes: dict[str, Any] = Field(default_factory=dict, description="null removes an attribute")
    owner_id: Id | None = None


class CountOut(Schema):
    count: int
    exact: bool = Field(description="false when only counted up to a limit")


class TimelineEntryOut(Schema):
    kind: str = Field(examples=["transaction"])
    id: int
    at: datetime
    title: str
    amount: Money | None
    currency: str
    detail: dict[str, Any]
    by: str = Field(description="The colleague, when known")


class TimelinePage(PageOut):
    items: list[TimelineEntryOut]


class FoundOut(Schema):
    type: str = "customer"
    id: int
    name: str
    grade: str
    score: float | None
    matched: str = Field(description="name, pinyin, initials or phone")


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
        "required": one.required,
        "unit": one.unit,
        "references": one.references or None,
        "synonyms": list(one.synonyms),
    }


def customer_out(one: Customer) -> dict[str, Any]:
    """A customer as lists show it."""
    return {
        "id": one.pk,
        "name": one.name,
        "kind": one.kind,
        "grade": one.standing.grade,
        "score": one.standing.score,
        "score_as_of": one.standing.as_of,
        "owner": {"id": one.owner.pk, "name": one.owner.shown_name} if one.owner else None,
        "department": {"id": one.department.pk, "name": one.department.name} if one.department else None,
        "phone": one.phone,
        "email": one.email,
        "region": one.attributes.get("region"),
        "industry": one.attributes.get("industry"),
        "source": one.source,
        "source_key": one.source_key,
        "created_at": one.created_at,
        "updated_at": one.updated_at,
        "attributes": one.attributes,
    }


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


def entry_out(one: Entry, currency: str) -> dict[str, Any]:
    """An entry of the timeline."""
    return {
        "kind": one.kind, "id": one.id, "at": one.at, "title": one.title, "amount": one.amount,
        "currency": currency, "detail": one.detail, "by": one.by,
    }  # fmt: skip


def found_out(one: Found) -> dict[str, Any]:
    """A customer found by the search box."""
    standing = one.customer.standing
    return {
        "type": "customer", "id": one.customer.pk, "name": one.customer.name, "grade": standing.grade,
        "score": standing.score, "matched": one.matched,
    }  # fmt: skip
