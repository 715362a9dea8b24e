"""What of the quality of records is personal: nothing but codes; matches go as a whole."""

from jinzita.kernel import personal


def declare_personal() -> None:
    """Called when Django is ready."""
    personal.declare("quality.Score", kept=("missing", "faults", "grade"))
    personal.declare("quality.Verified")
    personal.declare("quality.WeeklyItem", kept=("codes", "done"))
    personal.mentions("quality.Match", "reasons")
    personal.unrelated(
        "quality.MatchPolicy",
        "quality.PolicyVersion",
        "quality.PolicyDraft",
        "quality.History",
        "quality.Rule",
        "quality.WeeklyList",
    )
