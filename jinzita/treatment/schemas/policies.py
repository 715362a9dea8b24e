"""Policies on the wire."""

from datetime import datetime
from typing import Any

from ninja import Field, Schema

from jinzita.kernel.wire import Id, Strict, Text
from jinzita.treatment.models import PolicyVersion
from jinzita.treatment.selectors.load import Load
from jinzita.treatment.selectors.policies import PolicyOf


class TreatmentTerms(Strict):
    """What customers of a grade are owed; null: nothing of the kind."""

    visit_days: int | None = Field(None, ge=1, le=1830, description="A visit at least every so many days")
    contact_days: int | None = Field(None, ge=1, le=1830, description="A visit or call every so many days")
    answer_hours: int | None = Field(
        None, ge=1, le=720, description="Complaints, enquiries and faults are answered within so many hours"
    )
    sponsor_days: int | None = Field(None, ge=1, le=1830, description="Days within which a sponsor is named")
    sponsor_roles: list[Text] = Field([], max_length=20, description="Roles of the owner or the sponsor")
    discount_percent: str | None = Field(None, max_length=20, examples=["12.5"])
    credit_days: int | None = Field(None, ge=0, le=1830)
    priority: int | None = Field(None, ge=1, le=9, description="In the service; 1 comes first")


class TreatmentDocument(Strict):
    """A whole policy."""

    escalate_after_days: int = Field(3, ge=1, le=365)
    grades: dict[str, TreatmentTerms] = Field(
        description="By grade: vip, important, ordinary, small, prospect"
    )


class TreatmentVersionOut(Schema):
    id: int
    number: int
    note: str
    published_by: str
    published_at: datetime


class TreatmentVersionDetail(TreatmentVersionOut):
    document: TreatmentDocument


class TreatmentPolicyOut(Schema):
    """A value model's policy; `document` is the draft, else what is in force, else what is proposed."""

    model_id: int
    code: str
    name: dict[str, str]
    current: TreatmentVersionOut | None
    is_draft: bool
    drafted_by: str
    drafted_at: datetime | None
    document: TreatmentDocument


class TreatmentPublishIn(Strict):
    note: Text = Field("", max_length=300)


class TreatmentLoadIn(Strict):
    """Numbers to try."""

    model_id: Id
    document: TreatmentDocument


class TreatmentGradeLoad(Schema):
    grade: str
    customers: int
    unowned: int
    duties: dict[str, float] = Field(description="A month, by item")


class TreatmentPersonLoad(Schema):
    id: int
    name: str
    customers: int
    duties: dict[str, float]
    total: float


class TreatmentLoadOut(Schema):
    """What it would ask a month, and what was done a month in the last three."""

    grades: list[TreatmentGradeLoad]
    people: list[TreatmentPersonLoad]
    owners: int
    duties: dict[str, float]
    lately: dict[str, float]


def version_out(one: PolicyVersion) -> dict[str, Any]:
    return {
        "id": one.pk, "number": one.number, "note": one.note, "published_at": one.published_at,
        "published_by": one.published_by.shown_name if one.published_by else "",
        "document": one.document,
    }  # fmt: skip


def policy_out(one: PolicyOf) -> dict[str, Any]:
    return {
        "model_id": one.model_id, "code": one.code, "name": one.name,
        "current": version_out(one.current) if one.current else None, "is_draft": one.draft is not None,
        "drafted_by": one.drafted_by, "drafted_at": one.drafted_at, "document": one.document,
    }  # fmt: skip


def load_out(one: Load) -> dict[str, Any]:
    return {
        "grades": [vars(each) for each in one.grades],
        "people": [{**vars(each), "total": each.total} for each in one.people],
        "owners": one.owners, "duties": one.duties, "lately": one.lately,
    }  # fmt: skip
