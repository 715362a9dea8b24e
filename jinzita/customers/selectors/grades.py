"""A customer's grade, wherever one is shown: with the decision that stands above the score."""

from typing import Any

from jinzita.customers.models import Standing


def graded(one: Standing) -> dict[str, Any]:
    """The grade that counts, the one the score says, and why they differ."""
    return {
        "grade": one.grade, "computed_grade": one.computed_grade or one.grade, "override": one.override,
    }  # fmt: skip
