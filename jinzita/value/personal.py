"""What of scores is personal: categories that came from attributes; they are scored anew."""

from jinzita.kernel import personal

NOTHING = "array_fill(NULL::text, ARRAY[cardinality(texts)])"


def declare_personal() -> None:
    """Called when Django is ready."""
    personal.declare(
        "value.CustomerScore", kept=("grade",),
        instead={"texts": f"CASE WHEN texts IS NOT NULL THEN {NOTHING} END"},
    )  # fmt: skip
    personal.declare(
        "value.GradeOverride",
        word="grade_override",
        erased=("reason", "answer", "ended_why"),
        kept=("grade",),
    )
    personal.declare("value.ScoreHistory", kept=("grade", "cause"))
    personal.mentions("value.Run", "summary", "error")
    personal.unrelated("value.ValueModel", "value.ModelVersion")
