"""News of how customers are treated."""

from dataclasses import dataclass

from jinzita.kernel.events import Event


@dataclass(frozen=True)
class TreatmentPublished(Event):
    """A new version of what each grade of a value model is owed is in force."""

    model_id: int
    version_id: int


@dataclass(frozen=True)
class SponsorNamed(Event):
    """A customer has another sponsor, or none."""

    customer_id: int
    user_id: int | None
