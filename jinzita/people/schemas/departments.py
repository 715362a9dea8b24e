"""Departments on the wire."""

from ninja import Field, Schema

from jinzita.kernel.wire import Id, Strict


class DepartmentOut(Schema):
    id: int
    name: str
    parent_id: int | None
    path: str = Field(description="Ids from the root down", examples=["/1/4/"])
    members: int = Field(description="People directly in it")


class DepartmentIn(Strict):
    name: str = Field(max_length=100)
    parent_id: Id | None = None


class DepartmentChangeIn(Strict):
    name: str | None = Field(None, max_length=100)
    parent_id: Id | None = None
