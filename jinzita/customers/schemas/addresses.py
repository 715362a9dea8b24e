"""Addresses on the wire."""

from collections.abc import Sequence
from datetime import date
from typing import Any, Literal

from ninja import Field, Schema

from jinzita.customers.fields.regions import PROVINCES, one_line
from jinzita.customers.schemas.fields import Label
from jinzita.customers.selectors.addresses import Place
from jinzita.kernel.wire import Day, Strict, Text

Kind = Literal["registered", "office", "delivery", "billing", "home"]


class AddressIn(Strict):
    kind: Kind = "office"
    country: Text = Field("CN", min_length=2, max_length=2, description="ISO 3166, two letters")
    province: Text = Field("", max_length=60, examples=["广东省"])
    city: Text = Field("", max_length=60, examples=["深圳市"])
    district: Text = Field("", max_length=60, examples=["南山区"])
    street: Text = Field("", max_length=200)
    postcode: Text = Field("", max_length=12)
    valid_from: Day | None = None
    until: Day | None = None


class AddressesIn(Strict):
    """The whole list, in the order it is to be shown."""

    items: list[AddressIn] = Field(max_length=50)
    version: Text | None = Field(None, max_length=40, description="Of the list as it was read")


class AddressOut(Schema):
    kind: str
    country: str
    province: str
    city: str
    district: str
    street: str
    postcode: str
    valid_from: date | None
    until: date | None
    line: Label = Field(description="On one line: from large to small in Chinese, the other way in English")


class AddressesOut(Schema):
    items: list[AddressOut]
    version: str


class ProvinceOut(Schema):
    """A province of China by GB/T 2260; `label.zh` is what an address holds."""

    code: str
    label: Label


def addresses_out(places: Sequence[Place], version: str) -> dict[str, Any]:
    """The list of addresses."""
    return {"items": [{**vars(one), "line": one_line(vars(one))} for one in places], "version": version}


def provinces_out() -> list[dict[str, Any]]:
    """The provinces, in the order of their codes."""
    return [{"code": code, "label": {"zh": zh, "en": en}} for code, zh, en in PROVINCES]
