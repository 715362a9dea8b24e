"""Groups and relations on the wire."""

from datetime import date
from typing import Any, Literal

from ninja import Field, Schema

from jinzita.customers.schemas.contacts import AtCustomer
from jinzita.customers.schemas.grades import GradedOut, graded
from jinzita.customers.selectors.groups import Group
from jinzita.customers.selectors.relations import Seen
from jinzita.kernel.wire import Day, Id, Strict, Text


class MemberOut(GradedOut):
    id: int
    name: str
    score: float | None
    parent_id: int | None = Field(description="The nearest one above that you may see")


class GroupOut(Schema):
    """The group of a customer, from its top; a customer that belongs to none is alone in it."""

    root_id: int
    members: list[MemberOut]
    hidden: int = Field(description="Members that are not yours to see")


class ParentIn(Strict):
    parent_id: Id | None


class RelationIn(Strict):
    kind: Literal["referred_by", "partner_of", "competitor_of", "agent_of", "supplier_of"]
    other_id: Id
    since: Day | None = None
    note: Text = Field("", max_length=400)


class RelationOut(Schema):
    id: int
    kind: str
    word: str = Field(description="The kind, with “_inverse” when it was entered from the other side")
    customer: AtCustomer
    since: date | None
    note: str


def group_out(one: Group) -> dict[str, Any]:
    """A group as a list of members that name their parents."""
    return {
        "root_id": one.root_id,
        "hidden": one.hidden,
        "members": [
            {
                "id": each.customer.pk, "name": each.customer.name, "parent_id": each.parent_id,
                **graded(each.customer.standing), "score": each.customer.standing.score,
            }
            for each in one.members
        ],
    }  # fmt: skip


def relation_out(one: Seen) -> dict[str, Any]:
    """A relation from one side."""
    at = one.customer
    return {
        "id": one.id, "kind": one.kind, "word": one.word, "since": one.since, "note": one.note,
        "customer": {"id": at.pk, "name": at.name, **graded(at.standing)},
    }  # fmt: skip
