"""What a customer and its group are worth, line by line; scores are 0-100."""

from datetime import date, datetime
from typing import Any

from ninja import Field, Schema

from jinzita.kernel.access import Viewer
from jinzita.kernel.wire import Money
from jinzita.value.schemas.overrides import GradeOverrideOut, override_out
from jinzita.value.schemas.references import VersionRef, Words


class ExplainedOut(Schema):
    """What one indicator adds to a customer's score."""

    key: str = Field(description="Code, with @MONTHS when it has a window", examples=["revenue@12"])
    code: str
    window_months: int | None
    label: Words
    family: str
    unit: str
    value: float | str | None
    points: float | None
    weight: float
    contribution: float | None = Field(description="Contributions add up to the score")
    grade_average_points: float | None
    grade_average_contribution: float | None
    missing: bool
    kept_back: bool = Field(False, description="Your role keeps it back; it counts in the score all the same")


class HistoryOut(Schema):
    at: datetime
    as_of: date
    score: float | None
    grade: str
    cause: str = Field(examples=["transaction"])


class CustomerValueOut(Schema):
    """Null where the customer has no score: a prospect, or nothing was run yet."""

    score: float | None
    grade: str = Field(description="The one that counts")
    computed_grade: str = Field(description="What the score says")
    override: GradeOverrideOut | None = Field(None, description="Why the grade is not the computed one")
    asked: GradeOverrideOut | None = Field(None, description="Another grade that is asked for")
    model_id: int | None = None
    version: VersionRef | None = None
    run_id: int | None = None
    as_of: date | None = None
    scored_at: datetime | None = None
    cause: str | None = Field(None, description="What the present score came from: run, transaction, facts …")
    indicators: list[ExplainedOut]
    history: list[HistoryOut] = Field(description="Oldest first")
    bounds: dict[str, float | None] | None = None


class MemberValueOut(Schema):
    id: int
    revenue: Money | None
    profit: Money | None


class TogetherOut(Schema):
    """All members taken for one customer."""

    score: float | None
    grade: str
    as_of: date
    revenue: Money | None
    profit: Money | None


class GroupValueOut(Schema):
    members: list[MemberValueOut] = Field(description="Those you may see")
    revenue: Money | None
    profit: Money | None
    together: TogetherOut | None = Field(description="Null for a customer alone, or before the first run")


class RecordOut(Schema):
    kind: str = Field(examples=["transaction"])
    id: int
    at: str | None
    amount: Money | None
    note: str | None = Field(description="The kind or state of the record")


class RecordsOut(Schema):
    items: list[RecordOut] = Field(description="Newest first, at most 500")
    count: int
    sum: Money | None


def customer_value_out(viewer: Viewer, found: dict[str, Any]) -> dict[str, Any]:
    told = {
        name: override_out(viewer, found[name]) if found[name] else None for name in ("override", "asked")
    }
    return {**found, **told}
