"""Contacts on the wire."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, Literal

from ninja import Field, Schema

from jinzita.customers.models import Contact, Position
from jinzita.customers.schemas.channels import ChannelIn, ChannelOut
from jinzita.customers.schemas.customers import MergedFromOut
from jinzita.customers.schemas.grades import GradedOut, graded
from jinzita.customers.selectors.channels import Way
from jinzita.customers.selectors.contact_duplicates import Alike, ToldApart
from jinzita.kernel.wire import Day, Id, PageOut, Strict, Text

Role = Literal[
    "", "decision_maker", "influencer", "sponsor", "purchaser", "technical", "finance", "user", "gatekeeper"
]
Gender = Literal["", "female", "male"]


class PositionChangeIn(Strict):
    """What somebody is at a customer."""

    title: Text = Field("", max_length=100)
    role: Role = Field("", description="Part taken when the customer decides to buy")
    influence: int | None = Field(None, ge=1, le=5)
    is_primary: bool = False
    since: Day | None = None
    until: Day | None = None


class PositionIn(PositionChangeIn):
    customer_id: Id


class ContactFields(Strict):
    salutation: Text = Field("", max_length=40)
    gender: Gender = ""
    birthday: Day | None = None
    department: Text = Field("", max_length=100)
    title: Text = Field("", max_length=100)
    phone: Text = Field("", max_length=40, description="The primary one")
    email: Text = Field("", max_length=254, description="The primary one")
    notes: Text = Field("", max_length=4000)
    channels: list[ChannelIn] | None = Field(
        None, max_length=50, description="The whole list; instead of phone and email"
    )


class ContactIn(ContactFields):
    name: Text = Field(min_length=1, max_length=100, examples=["王建国"])
    positions: list[PositionIn] = Field(min_length=1, max_length=50)
    tags: list[Text] = Field(default_factory=list, max_length=50)
    source: Text | None = Field(None, min_length=1, max_length=50)
    source_key: Text | None = Field(None, min_length=1, max_length=120)


class ContactChangeIn(ContactFields):
    name: Text = Field("", max_length=100)
    tags: list[Text] = Field(
        default_factory=list, max_length=2500, description="At most 50, or fewer of those it has by a merge"
    )
    version: int | None = Field(None, ge=1, description="Of the contact as it was read")


class AtCustomer(GradedOut):
    id: int
    name: str


class PositionOut(Schema):
    id: int
    customer: AtCustomer
    title: str
    role: str
    influence: int | None
    is_primary: bool
    since: date | None
    until: date | None


class ContactOut(Schema):
    id: int
    name: str
    salutation: str
    gender: str
    birthday: date | None
    department: str
    title: str
    phone: str
    email: str
    notes: str
    tags: list[str]
    version: int
    source: str
    source_key: str
    created_at: datetime
    updated_at: datetime
    erased_at: datetime | None = Field(None, description="Since then nothing personal is known")
    positions: list[PositionOut] = Field(description="At the customers you may see, the primary one first")
    added: dict[str, Any] = Field(
        {}, description="What other capabilities know of them, by field: do_not_contact"
    )


class ContactDetailOut(ContactOut):
    channels: list[ChannelOut]


class ContactRecordOut(ContactDetailOut):
    merged_from: list[MergedFromOut] = Field(description="The contacts that became part of it")


class ContactNamed(Schema):
    id: int
    name: str
    title: str


class AlikeContactsOut(Schema):
    """Contacts at a customer that may be one person."""

    customer_id: int
    contacts: list[ContactNamed]
    shared: list[str] = Field(description="What they have in common: name, phone, email")


class ContactsApartIn(Strict):
    ids: list[Id] = Field(min_length=2, max_length=50, description="Contacts that are different people")


class ToldApartOut(Schema):
    """A contact of whom somebody said that it is another person."""

    contact: ContactNamed
    by: str
    at: datetime


class ContactPage(PageOut):
    items: list[ContactOut]


def contact_out(one: Contact) -> dict[str, Any]:
    """A contact as lists show it."""
    seats: Sequence[Position] = one.seen_positions  # type: ignore[attr-defined]
    names = (
        "name", "salutation", "gender", "birthday", "department", "title", "phone", "email", "notes", "tags",
        "version", "source", "source_key", "created_at", "updated_at",
        "erased_at",
    )  # fmt: skip
    return {
        "id": one.pk,
        **{name: getattr(one, name) for name in names},
        "added": getattr(one, "shown_added", {}),
        "positions": [
            {
                "id": seat.pk,
                "customer": {
                    "id": seat.customer_id,
                    "name": seat.customer.name,
                    **graded(seat.customer.standing),
                },
                "title": seat.title,
                "role": seat.role,
                "influence": seat.influence,
                "is_primary": seat.is_primary,
                "since": seat.since,
                "until": seat.until,
            }
            for seat in seats
        ],
    }


def alike_contacts_out(one: Alike) -> dict[str, Any]:
    """Contacts that may be one."""
    people = [_named(each) for each in one.contacts]
    return {"customer_id": one.customer_id, "contacts": people, "shared": list(one.shared)}


def told_apart_out(one: ToldApart) -> dict[str, Any]:
    """A contact that is another person, and who said so."""
    return {"contact": _named(one.contact), "by": one.by_name, "at": one.at}


def _named(one: Contact) -> dict[str, Any]:
    return {"id": one.pk, "name": one.name, "title": one.title}


def contact_detail_out(one: Contact, ways: Sequence[Way]) -> dict[str, Any]:
    """A contact with the ways to reach it."""
    return {**contact_out(one), "channels": [vars(way) for way in ways]}
