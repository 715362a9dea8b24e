"""Identifiers on the wire."""

from typing import Literal

from ninja import Field, Schema

from jinzita.kernel.wire import Strict, Text


class IdentifierIn(Strict):
    kind: Literal["credit_code", "tax", "vat", "duns", "external"]
    source: Text = Field("", max_length=50, description="Of an external id: which system")
    value: Text = Field(max_length=120, examples=["91350100M000100Y43"])


class IdentifiersIn(Strict):
    """The whole list, in the order it is to be shown."""

    items: list[IdentifierIn] = Field(max_length=50)
    version: Text | None = Field(None, max_length=40, description="Of the list as it was read")


class IdentifierOut(Schema):
    kind: str
    source: str
    value: str


class IdentifiersOut(Schema):
    items: list[IdentifierOut]
    version: str
