"""Tables of privacy: what people allowed, and how long they are kept."""

from jinzita.privacy.models.consent import (
    EVERY,
    Consent,
    ConsentPurpose,
    ConsentState,
    ContactHours,
    ContactPreference,
    Origin,
    Way,
)
from jinzita.privacy.models.retention import ErasureWork, Overdue, Postponement, RetentionRule

__all__ = [
    "EVERY",
    "Consent",
    "ConsentPurpose",
    "ConsentState",
    "ContactHours",
    "ContactPreference",
    "ErasureWork",
    "Origin",
    "Overdue",
    "Postponement",
    "RetentionRule",
    "Way",
]
