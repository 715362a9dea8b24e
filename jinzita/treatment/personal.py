"""What of duties is personal: why somebody was excused may name anybody."""

from jinzita.kernel import personal


def declare_personal() -> None:
    """Called when Django is ready."""
    personal.declare("treatment.Duty", word="duty", erased=("excuse",), kept=("item", "grade", "state"))
    personal.declare("treatment.Sponsor", removed=True)
    personal.unrelated("treatment.Policy", "treatment.PolicyVersion")
