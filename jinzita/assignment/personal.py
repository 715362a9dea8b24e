"""What of the tables of assignment is personal: why somebody asked that a customer stays, or hands over."""

from jinzita.kernel import personal


def declare_personal() -> None:
    """Called when Django is ready."""
    personal.declare("assignment.PoolWarning", erased=("asked_why",))
    personal.mentions("assignment.HandOver", "wanted", "reason")
    # A part of a hand-over names customers by plain ids, and is gone when that is done.
    personal.unrelated("assignment.HandOverPart", "assignment.PoolRule", "assignment.PoolLimits")
