"""What quality declares: the document of a policy, and the fields of duplicates."""

from jinzita.quality.fields.policies import (
    MANDATORY_WEIGHT,
    PARTS,
    READY,
    Asked,
    Freshness,
    Terms,
    field_of,
    monday,
    read,
)

__all__ = ["MANDATORY_WEIGHT", "PARTS", "READY", "Asked", "Freshness", "Terms", "field_of", "monday", "read"]
