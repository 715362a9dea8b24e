"""Ways to reach somebody on the wire."""

from datetime import date
from typing import Literal

from ninja import Field, Schema

from jinzita.kernel.wire import Strict, Text


class ChannelIn(Strict):
    kind: Literal["phone", "email", "wechat", "web", "fax"]
    value: Text = Field(max_length=254, examples=["138 0013 8000"])
    label: Literal["", "mobile", "work", "reception", "service", "home", "other"] = ""
    validity: Literal["unknown", "valid", "invalid"] = "unknown"
    validity_reason: Text = Field("", max_length=200)
    is_primary: bool = Field(False, description="Of its kind; the first one when none is")


class ChannelsIn(Strict):
    """The whole list, in the order it is to be shown."""

    items: list[ChannelIn] = Field(max_length=50)
    version: Text | None = Field(
        None, max_length=40, description="Of the list as it was read; an older one is refused"
    )


class ChannelOut(Schema):
    kind: str
    value: str
    normal: str = Field(description="E.164 of a phone, a folded e-mail")
    label: str
    validity: str
    validity_on: date | None
    validity_reason: str
    is_primary: bool


class ChannelsOut(Schema):
    items: list[ChannelOut]
    version: str
