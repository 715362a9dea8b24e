"""The team of a customer on the wire."""

from datetime import datetime
from typing import Any

from ninja import Field, Schema

from jinzita.customers.selectors.team import Team
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
    photo: str | None = Field(description="Address of the photo, for those signed in")
    part: str
    since: datetime


class TeamOut(Schema):
    items: list[TeamMemberOut]
    version: str
    may_change: bool
    parts: list[str] = Field(description="What people do in other teams, to choose from")


def team_out(team: Team) -> dict[str, Any]:
    """A team, its fingerprint, and what may be done with it."""
    items = [
        {
            "user": {"id": one.user_id, "name": one.name}, "photo": team.photos.get(one.user_id),
            "part": one.part, "since": one.since,
        }
        for one in team.members
    ]  # fmt: skip
    return {"items": items, "version": team.version, "may_change": team.may_change, "parts": team.parts}
