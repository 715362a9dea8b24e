"""Ratings on the wire: what one is asked, and what came of it."""

from datetime import date, datetime
from typing import Any

from ninja import Field, Schema

from jinzita.kernel.wire import Strict, Text
from jinzita.people.models import Rating, RatingRound
from jinzita.people.schemas.cards import PersonOut, person_out
from jinzita.people.selectors.ratings import DutyResult, RoundResult


class RatingRoundOut(Schema):
    id: int
    year: int
    quarter: int
    opens_on: date
    closes_on: date
    closed: bool
    asked: int
    answered: int


class RatingSettingsOut(Schema):
    enabled: bool = Field(description="Whether rounds open by themselves at each quarter's start")
    days: int = Field(description="For how many days a round is open")


class RatingSettingsIn(Strict):
    enabled: bool
    days: int = Field(ge=1, le=60)


class RatingOut(Schema):
    """One duty of a colleague that the asker relies on and may rate."""

    id: int
    year: int
    quarter: int
    closes_on: date
    person: PersonOut
    duty: str
    statement: str
    mark: int | None
    comment: str
    rated_at: datetime | None


class RatingIn(Strict):
    mark: int | None = Field(None, ge=1, le=5, description="1 to 5, the best; null takes it back")
    comment: Text = Field("", max_length=1000)


class DutyResultOut(Schema):
    held_id: int
    duty: str
    asked: int
    answered: int
    shown: bool = Field(description="False while fewer than three people have rated it")
    average: float | None
    marks: list[int] = Field(description="How many gave 1, 2, 3, 4 and 5; empty when not shown")
    comments: list[str] = Field(description="Without names, in no order; empty when not shown")


class RoundResultOut(Schema):
    year: int
    quarter: int
    closed_at: datetime
    average: float | None = Field(description="Over the duties that are shown")
    duties: list[DutyResultOut]


def round_out(one: RatingRound, counts: dict[int, tuple[int, int]]) -> dict[str, Any]:
    asked, answered = counts.get(one.pk, (0, 0))
    return {
        "id": one.pk, "year": one.year, "quarter": one.quarter, "opens_on": one.opens_on,
        "closes_on": one.closes_on, "closed": one.closed_at is not None, "asked": asked, "answered": answered,
    }  # fmt: skip


def rating_out(one: Rating) -> dict[str, Any]:
    return {
        "id": one.pk, "year": one.round.year, "quarter": one.round.quarter,
        "closes_on": one.round.closes_on, "person": person_out(one.held.person),
        "duty": one.held.duty.name, "statement": one.held.statement, "mark": one.mark,
        "comment": one.comment, "rated_at": one.rated_at,
    }  # fmt: skip


def result_out(one: RoundResult) -> dict[str, Any]:
    return {
        "year": one.round.year, "quarter": one.round.quarter, "closed_at": one.round.closed_at,
        "average": one.average, "duties": [_duty_out(each) for each in one.duties],
    }  # fmt: skip


def _duty_out(one: DutyResult) -> dict[str, Any]:
    return {
        "held_id": one.held_id, "duty": one.duty, "asked": one.asked, "answered": one.answered,
        "shown": one.shown, "average": one.average,
        "marks": [one.marks.count(mark) for mark in range(1, 6)] if one.shown else [],
        "comments": one.comments,
    }  # fmt: skip
