"""What of the interactions is personal: what was said. That there was one stays."""

from jinzita.kernel import personal


def declare_personal() -> None:
    """Called when Django is ready."""
    personal.declare(
        "activities.Interaction", word="interaction",
        erased=("subject", "note"), kept=("source", "source_key"),
    )  # fmt: skip
