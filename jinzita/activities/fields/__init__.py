"""Fields of activities."""

from jinzita.activities.fields.interactions import INTERACTIONS, KINDS

__all__ = ["INTERACTIONS", "KINDS"]
