"""Customers that may be one, on the wire."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any, Literal

from ninja import Field, Schema

from jinzita.analytics.linkage import words
from jinzita.customers.schemas import CustomerOut, customer_out
from jinzita.kernel.wire import Id, PageOut, Strict, Text, WorkOut
from jinzita.quality.models import Match
from jinzita.quality.selectors.duplicates import Group, Likely


class DuplicateWordsOut(Schema):
    en: str
    zh: str


class DuplicateReasonOut(Schema):
    """What one comparison found, and how strongly it speaks."""

    comparison: str = Field(examples=["phone"])
    level: str = Field(examples=["same"])
    subject: DuplicateWordsOut
    outcome: DuplicateWordsOut
    bits: float = Field(description="For (+) or against (-): one bit is twice as likely", examples=[13.0])


class DuplicateCheckIn(Strict):
    """A customer as far as it is typed."""

    name: Text = Field("", max_length=200, examples=["北京华宇科技有限公司"])
    kind: Literal["organisation", "person"] = "organisation"
    phone: Text = Field("", max_length=400, description="Several are separated by commas")
    email: Text = Field("", max_length=1000)
    code: Text = Field("", max_length=400, description="统一社会信用代码 and other identifiers")
    address: Text = Field("", max_length=400)
    without: Id | None = Field(None, description="The customer that is being changed")


class DuplicateCandidateOut(Schema):
    """A customer there is. Of one the viewer may not see only the owner and the department are told."""

    id: int | None
    name: str | None
    kind: str | None
    phone: str | None
    email: str | None
    grade: str | None
    owner: str | None = Field(description="Whom to ask")
    department: str | None
    visible: bool
    probability: float
    verdict: str = Field(description="same or look")
    reasons: list[DuplicateReasonOut] = Field(description="The strongest first; none of a hidden customer")


class DuplicateCheckOut(Schema):
    items: list[DuplicateCandidateOut]


class DuplicateMatchOut(Schema):
    """Two customers that may be one."""

    id: int
    left: int
    right: int
    probability: float
    verdict: str
    state: str
    found_at: datetime | None = Field(description="null of those found before this was noted")
    decided_by: str | None
    decided_at: datetime | None
    reasons: list[DuplicateReasonOut]


class DuplicateGroupOut(Schema):
    id: int
    probability: float = Field(description="Of the strongest match")
    verdict: str
    customers: list[CustomerOut]
    matches: list[DuplicateMatchOut]


class DuplicateGroupPage(PageOut):
    items: list[DuplicateGroupOut]


class DuplicateCountOut(Schema):
    count: int


class DuplicateSummaryOut(Schema):
    """How many groups are open, in all and of each verdict, how many matches are decided, the last job."""

    open: int
    same: int
    look: int
    later: int
    different: int
    job: WorkOut | None


class DuplicateDecideIn(Strict):
    matches: list[Id] = Field(min_length=1, max_length=500)
    state: Literal["different", "later", "open"]


class DuplicateDecidedOut(Schema):
    changed: int


class DuplicatePolicyOut(Schema):
    same: float = Field(description="From this probability on two customers are taken to be one")
    look: float = Field(description="From this on they are worth a look")


class DuplicatePolicyIn(Strict):
    same: float = Field(gt=0, lt=1)
    look: float = Field(ge=0.05, lt=1)


_SHOWN = ("name", "kind", "phone", "email")


def _reason(one: Mapping[str, Any]) -> dict[str, Any]:
    comparison, level = one["comparison"], one["level"]
    return {**one, "subject": words.subject(comparison), "outcome": words.outcome(comparison, level)}


def likely_out(one: Likely) -> dict[str, Any]:
    """A candidate while typing."""
    candidate, scored = one.candidate, one.scored
    shown: dict[str, Any] = {
        "id": candidate.id, **{name: candidate.record[name] for name in _SHOWN}, "grade": candidate.grade,
        "reasons": [_reason(asdict(reason)) for reason in scored.reasons],
    } if candidate.visible else {
        "id": None, "name": None, "kind": None, "phone": None, "email": None, "grade": None, "reasons": [],
    }  # fmt: skip
    return {
        **shown, "owner": candidate.owner or None, "department": candidate.department or None,
        "visible": candidate.visible, "probability": scored.probability, "verdict": one.verdict,
    }  # fmt: skip


def group_out(one: Group) -> dict[str, Any]:
    """A group of customers that may be one."""
    return {
        "id": one.id, "probability": one.matches[0].probability, "verdict": one.matches[0].verdict,
        "customers": list(map(customer_out, one.customers)), "matches": list(_matches(one.matches)),
    }  # fmt: skip


def _matches(some: Iterable[Match]) -> Iterable[dict[str, Any]]:
    for one in some:
        yield {
            "id": one.pk, "left": one.left, "right": one.right, "probability": one.probability,
            "verdict": one.verdict, "state": one.state, "reasons": list(map(_reason, one.reasons)),
            "found_at": one.found_at, "decided_at": one.decided_at,
            "decided_by": one.decided_by.shown_name if one.decided_by else None,
        }  # fmt: skip
