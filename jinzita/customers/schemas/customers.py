"""Customers on the wire."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from ninja import Field, Schema

from jinzita.customers.models import Customer, Position
from jinzita.customers.schemas.classification import ClassOut
from jinzita.customers.schemas.grades import GradedOut, OverrideOut, graded
from jinzita.customers.selectors import Found
from jinzita.kernel.wire import Id, Named, PageOut, Strict, Text


class CustomerOut(GradedOut):
    id: int
    name: str
    kind: str = Field(description="organisation or person")
    stage: str | None = Field(
        None, description="Of its life: suspect, prospect, customer, member, fan, dormant, lost"
    )
    score: float | None = Field(description="0-100; null for a prospect")
    score_as_of: date | None
    quality: int | None = Field(None, description="How well the record is kept, 0 to 100")
    owner: Named | None
    department: Named | None
    team: list[Named] = Field(description="Who works for it beside the owner")
    parent: Named | None = Field(None, description="The customer it stands under, where you may see that one")
    phone: str
    email: str
    region: str | None
    industry: str | None
    source: str
    source_key: str
    created_at: datetime
    updated_at: datetime
    attributes: dict[str, Any]
    classes: dict[str, list[ClassOut]] = Field(description="The categories it belongs to, by dimension")
    tags: list[str]
    added: dict[str, Any] = Field(
        {}, description="What other capabilities know of it, by field: do_not_contact"
    )
    version: int = Field(description="Grows with every change; send it back with PATCH")
    erased_at: datetime | None = Field(None, description="Since then nothing personal is known")


class CustomerPage(PageOut):
    items: list[CustomerOut]


class CountsOut(Schema):
    """How many records of each kind a customer has."""

    transactions: int = 0
    invoices: int = 0
    receipts: int = 0
    interactions: int = 0
    opportunities: int = 0


class MergedFromOut(Schema):
    """A record that is part of this one now."""

    id: int
    name: str
    merge_id: int
    at: datetime
    by: str


class CustomerDetailOut(CustomerOut):
    """One customer. Asked for by the id of a merged one, it is the survivor: `id` says so."""

    counts: CountsOut
    merged_from: list[MergedFromOut] = Field(description="Records merged into this one")


_ACCEPT = Field(
    False, description="Save although rules of entry warn, which is answered with 422 entry_warnings"
)

_OVER = Field(
    False,
    description="Although its owner may not hold as many, which is answered with 409 receiver_full",
)


class CustomerIn(Strict):
    name: Text = Field(min_length=1, max_length=200, examples=["北京华宇科技有限公司"])
    kind: Text = Field("organisation", description="organisation or person")
    phone: Text = Field("", max_length=40)
    email: Text = Field("", max_length=254)
    attributes: dict[str, Any] = Field(default_factory=dict, examples=[{"region": "Beijing", "listed": True}])
    owner_id: Id | None = None
    tags: list[Text] = Field(default_factory=list, max_length=50)
    source: Text | None = Field(None, min_length=1, max_length=50)
    source_key: Text | None = Field(None, min_length=1, max_length=120)
    accept_warnings: bool = _ACCEPT
    over_capacity: bool = _OVER


class CustomerChangeIn(Strict):
    name: Text = Field("", max_length=200)
    kind: Text = ""
    phone: Text = Field("", max_length=40)
    email: Text = Field("", max_length=254)
    attributes: dict[str, Any] = Field(default_factory=dict, description="null removes an attribute")
    tags: list[Text] = Field(
        default_factory=list, max_length=2500, description="At most 50, or fewer of those it has by a merge"
    )
    owner_id: Id | None = None
    version: int | None = Field(
        None, ge=1, description="The version the change was made on: a field that somebody else changed "
        "since is answered with 409 changed_meanwhile",
    )  # fmt: skip
    accept_warnings: bool = _ACCEPT
    over_capacity: bool = _OVER


class ExportIn(Strict):
    """Which records of a list as a file, and how; the same words as of GET."""

    ids: list[Id] | None = Field(None, min_length=1, max_length=5000, description="Of a selection")
    format: Text = Field("csv", max_length=10, description="csv, xlsx or parquet")
    fields: Text | None = Field(None, max_length=4000, description="Codes, comma separated; all when empty")
    filter: Text | None = None
    q: Text | None = Field(None, max_length=100)
    sort: Text | None = Field(None, max_length=200)
    language: Text = Field("en", max_length=10, description="Of the headings: en or zh")
    bom: bool = Field(True, description="A byte-order mark, by which spreadsheets know UTF-8")


class CountOut(Schema):
    count: int
    exact: bool = Field(description="false when only counted up to a limit")


class FoundOut(Schema):
    type: str = Field("customer", description="customer or contact")
    id: int
    name: str
    grade: str | None = Field(description="Of a contact: of its customer")
    computed_grade: str | None
    override: OverrideOut | None
    score: float | None
    matched: str = Field(description="name, pinyin, initials, phone, email, id, former (name before a merge)")
    customer: Named | None = Field(None, description="Of a contact: where it is")


def customer_out(one: Customer) -> dict[str, Any]:
    """A customer as lists show it."""
    return {
        "id": one.pk,
        "name": one.name,
        "kind": one.kind,
        **graded(one.standing),
        "stage": one.lifecycle.stage if hasattr(one, "lifecycle") else "suspect",
        "score": one.standing.score,
        "score_as_of": one.standing.as_of,
        "quality": one.standing.quality,
        "owner": {"id": one.owner.pk, "name": one.owner.shown_name} if one.owner else None,
        "department": {"id": one.department.pk, "name": one.department.name} if one.department else None,
        "team": getattr(one, "shown_team", []),
        "parent": getattr(one, "shown_parent", None),
        "phone": one.phone,
        "email": one.email,
        "region": one.attributes.get("region"),
        "industry": one.attributes.get("industry"),
        "source": one.source,
        "source_key": one.source_key,
        "created_at": one.created_at,
        "updated_at": one.updated_at,
        "attributes": one.attributes,
        "classes": getattr(one, "shown_classes", {}),
        "tags": one.tags,
        "added": getattr(one, "shown_added", {}),
        "version": one.version,
        "erased_at": one.erased_at,
    }


def found_out(found: Found) -> dict[str, Any]:
    """A customer or contact found by the search box."""
    one = found.one
    if isinstance(one, Customer):
        return {
            "type": "customer", "id": one.pk, "name": one.name, **graded(one.standing),
            "score": one.standing.score, "matched": found.matched, "customer": None,
        }  # fmt: skip
    seats: Sequence[Position] = one.seen_positions  # type: ignore[attr-defined]
    at = seats[0].customer if seats else None
    ungraded = {"grade": None, "computed_grade": None, "override": None}
    return {
        "type": "contact", "id": one.pk, "name": one.name, **(graded(at.standing) if at else ungraded),
        "score": at.standing.score if at else None, "matched": found.matched,
        "customer": {"id": at.pk, "name": at.name} if at else None,
    }  # fmt: skip
