"""What of the tables of privacy is personal: proofs, reasons, and how somebody likes to be reached."""

from jinzita.kernel import personal


def declare_personal() -> None:
    """Called when Django is ready."""
    personal.declare(
        "privacy.Consent", erased=("proof",), kept=("source", "channel", "purpose"),
        # The source may know somebody by a telephone number.
        instead={"source_key": "'erased-' || id"},
    )  # fmt: skip
    personal.declare("privacy.ContactPreference", removed=True)
    personal.declare("privacy.Overdue")
    personal.declare("privacy.Postponement", erased=("reason",), kept=("by_name",))
    personal.unrelated(
        "privacy.ConsentPurpose", "privacy.ContactHours", "privacy.RetentionRule", "privacy.ErasureWork"
    )
