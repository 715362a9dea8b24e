"""What of activities is personal: what was said and written. That there was an interaction stays."""

from jinzita.kernel import personal


def declare_personal() -> None:
    """Called when Django is ready."""
    personal.declare(
        "activities.Interaction", word="interaction",
        erased=("subject", "note"), kept=("source", "source_key"),
    )  # fmt: skip
    personal.declare("activities.Note", removed=True, word="note")
    personal.declare("activities.File", removed=True, word="file")
    personal.unrelated("activities.FileContent")
