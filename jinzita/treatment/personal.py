"""What of the duties is personal: why one was excused."""

from jinzita.kernel import personal


def declare_personal() -> None:
    """Called when Django is ready."""
    personal.declare("treatment.Duty", word="duty", erased=("excuse",), kept=("grade",))
    personal.declare("treatment.Sponsor")
    personal.unrelated("treatment.Policy", "treatment.PolicyVersion")
