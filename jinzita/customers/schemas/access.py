"""Why somebody sees a customer, on the wire."""

from typing import Any

from ninja import Field, Schema

from jinzita.customers.schemas.channels import ChannelOut
from jinzita.customers.selectors.access import Reason, Seen
from jinzita.kernel.wire import Strict, Text


class AccessReasonOut(Schema):
    code: str = Field(description="owner, team, department, in_team or sees_all")
    params: dict[str, Any]


class CustomerAccessOut(Schema):
    """Why the viewer sees a customer, and who else can."""

    reasons: list[AccessReasonOut]
    others: list[AccessReasonOut] = Field(description="With the count of people for each reason")
    kept_back: list[str] = Field(description="Fields the viewer's role masks or hides")


class RevealIn(Strict):
    field: Text = Field(max_length=100, examples=["phone"])
    reason: Text = Field(max_length=300, examples=["Returning the customer's call"])


class RevealedOut(Schema):
    field: str
    value: Any
    channels: list[ChannelOut] = Field(description="Of phone and email: all that the role masks with it")


def access_out(seen: Seen) -> dict[str, Any]:
    def out(one: Reason) -> dict[str, Any]:
        return {"code": one.code, "params": one.params}

    return {
        "reasons": [out(one) for one in seen.reasons],
        "others": [out(one) for one in seen.others],
        "kept_back": seen.kept_back,
    }
