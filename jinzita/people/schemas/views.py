"""Saved views on the wire."""

from typing import Any, Literal

from ninja import Field, Schema

from jinzita.kernel.wire import Id, Named, Strict, Text
from jinzita.people.models import SavedView, ViewChoice

Sharing = Literal["private", "department", "role", "everybody"]


class ViewOut(Schema):
    id: int
    kind: str
    name: str
    owner: Named
    mine: bool
    shared: str
    department_id: int | None
    role: str | None
    content: dict[str, Any] = Field(description="filter, q, sort, columns, group_by")
    pinned: bool
    is_default: bool
    position: int


class ViewsOut(Schema):
    items: list[ViewOut]


class ViewIn(Strict):
    kind: Text = Field(max_length=40, examples=["customers"])
    name: Text = Field(max_length=80)
    content: dict[str, Any] = Field(default_factory=dict)
    shared: Sharing = "private"
    department_id: Id | None = None
    role: Text | None = Field(None, max_length=40)


class ViewChangeIn(Strict):
    name: Text = Field("", max_length=80)
    content: dict[str, Any] = Field(default_factory=dict)
    shared: Sharing = "private"
    department_id: Id | None = None
    role: Text | None = Field(None, max_length=40)
    position: int = Field(0, ge=-10_000, le=10_000)


class ViewChoiceIn(Strict):
    pinned: bool = False
    is_default: bool = False


def view_out(one: SavedView, choice: ViewChoice | None, user_id: int | None) -> dict[str, Any]:
    """A view, and what the asker does with it."""
    return {
        "id": one.pk, "kind": one.kind, "name": one.name,
        "owner": {"id": one.owner_id, "name": one.owner.shown_name}, "mine": one.owner_id == user_id,
        "shared": one.shared, "department_id": one.department_id, "role": one.role or None,
        "content": one.content, "pinned": bool(choice and choice.pinned),
        "is_default": bool(choice and choice.is_default), "position": one.position,
    }  # fmt: skip
