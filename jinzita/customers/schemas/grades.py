"""A customer's grade on the wire, wherever one is shown: with the decision that stands above the score."""

from datetime import date

from ninja import Field, Schema

from jinzita.customers.selectors.grades import graded

__all__ = ["GradedOut", "OverrideOut", "graded"]


class OverrideOut(Schema):
    """A colleague's decision that stands above the computed grade."""

    id: int
    reason: str
    until: date = Field(description="The last day on which it counts")
    asked_by: str
    approved_by: str


class GradedOut(Schema):
    """What has a grade."""

    grade: str = Field(description="vip, important, ordinary, small or prospect: the one that counts")
    computed_grade: str = Field(description="What the score says; another one while an override is in force")
    override: OverrideOut | None = Field(None, description="Why the grade is not the computed one")
