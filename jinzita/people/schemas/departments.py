"""Departments on the wire."""

from ninja import Field, Schema

from jinzita.kernel.wire import Id, Named, Strict


class DepartmentOut(Schema):
    id: int
    name: str
    parent_id: int | None
    path: str = Field(description="Ids from the root down", examples=["/1/4/"])
    head: Named | None
    members: int = Field(description="People directly in it")


class DepartmentIn(Strict):
    name: str = Field(max_length=100)
    parent_id: Id | None = None
    head_id: Id | None = Field(None, description="Manages those who have no manager of their own")


class DepartmentChangeIn(Strict):
    name: str | None = Field(None, max_length=100)
    parent_id: Id | None = None
    head_id: Id | None = None
