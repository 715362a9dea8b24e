"""The team of a customer on the wire."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from ninja import Field, Schema

from jinzita.customers.selectors.team import Member
from jinzita.kernel.wire import Id, Named, Strict, Text


class TeamMemberIn(Strict):
    user_id: Id
    part: Text = Field("", max_length=60, description="What the person does there", examples=["售前"])


class TeamIn(Strict):
    """The whole team."""

    items: list[TeamMemberIn] = Field(max_length=30)
    version: Text | None = Field(None, max_length=40, description="Of the team as it was read")


class TeamMemberOut(Schema):
    user: Named
    part: str
    since: datetime


class TeamOut(Schema):
    items: list[TeamMemberOut]
    version: str
    may_change: bool
    parts: list[str] = Field(description="What people do in other teams, to choose from")


def team_out(members: Sequence[Member], version: str, *, may_change: bool, parts: list[str]) -> dict[str, Any]:
    """A team, its fingerprint, and what may be done with it."""
    items = [
        {"user": {"id": one.user_id, "name": one.name}, "part": one.part, "since": one.since}
        for one in members
    ]
    return {"items": items, "version": version, "may_change": may_change, "parts": parts}
