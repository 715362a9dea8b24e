"""How records are judged, on the wire."""

from datetime import datetime
from typing import Any, Literal

from ninja import Field, Schema

from jinzita.kernel.wire import Strict, Text
from jinzita.quality.models import PolicyVersion
from jinzita.quality.schemas.scores import QualityWordsOut
from jinzita.quality.selectors.policies import Policy

Grade = Literal["vip", "important", "ordinary", "small", "prospect"]
Stage = Literal["suspect", "prospect", "customer", "member", "fan", "dormant", "lost"]


class QualityFreshness(Strict):
    """Days after which a record costs something, and after which it costs everything."""

    fresh_days: int = Field(ge=0, le=10_000)
    stale_days: int = Field(ge=1, le=10_000)


class QualityImportantField(Strict):
    """A field a record should have; empty kind, grades, stages: of all."""

    code: Text = Field(max_length=60)
    weight: int = Field(1, ge=1, le=10)
    kind: Literal["", "organisation", "person"] = ""
    grades: list[Grade] = Field([], max_length=5)
    stages: list[Stage] = Field([], max_length=7)


class QualityPolicyDocument(Strict):
    """A whole policy: the parts come to 100 points together."""

    completeness: int = Field(ge=0, le=100)
    validity: int = Field(ge=0, le=100)
    freshness: int = Field(ge=0, le=100)
    duplicates: int = Field(ge=0, le=100)
    fresh_days: int = Field(ge=0, le=10_000)
    stale_days: int = Field(ge=1, le=10_000)
    fresh_of: dict[Grade, QualityFreshness] = Field({}, description="Other days for single grades")
    nonsense: list[Text] = Field([], max_length=200, description="Texts that say nothing")
    important: list[QualityImportantField] = Field([], max_length=200)


class QualityPolicyVersionOut(Schema):
    id: int
    number: int
    note: str
    published_by: str
    published_at: datetime


class QualityPolicyVersionDetail(QualityPolicyVersionOut):
    document: QualityPolicyDocument


class QualityPolicyOut(Schema):
    """`document` is the draft, else what is in force, else what is proposed."""

    current: QualityPolicyVersionOut | None
    is_draft: bool
    drafted_by: str
    drafted_at: datetime | None
    document: QualityPolicyDocument


class QualityAskableOut(Schema):
    """A field that a record can be asked for."""

    code: str
    label: QualityWordsOut


class QualityPolicyPublishIn(Strict):
    note: Text = Field("", max_length=300)


class QualityPolicyTryIn(Strict):
    """A policy to try, and the score below which a record counts as bad."""

    document: QualityPolicyDocument
    bound: int = Field(60, ge=1, le=100)


class QualityTriedOut(Schema):
    """Mean scores and the records below the bound, before and after."""

    customers: int
    before: float
    after: float
    below_before: int
    below_after: int


class QualityTriedDepartmentOut(QualityTriedOut):
    id: int | None
    name: str


class QualityPolicyTriedOut(Schema):
    customers: int
    sampled: int | None = Field(description="So many customers were looked at; null: all")
    bound: int
    total: QualityTriedOut | None
    departments: list[QualityTriedDepartmentOut]


def version_out(one: PolicyVersion) -> dict[str, Any]:
    return {
        "id": one.pk, "number": one.number, "note": one.note, "published_at": one.published_at,
        "published_by": one.published_by.shown_name if one.published_by else "", "document": one.document,
    }  # fmt: skip


def policy_out(one: Policy) -> dict[str, Any]:
    draft = one.draft
    return {
        "current": version_out(one.current) if one.current else None, "is_draft": draft is not None,
        "drafted_by": draft.drafted_by.shown_name if draft and draft.drafted_by else "",
        "drafted_at": draft.drafted_at if draft else None, "document": one.document,
    }  # fmt: skip
