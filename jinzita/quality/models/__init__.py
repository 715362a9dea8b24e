"""What is known of the quality of the data."""

from jinzita.quality.models.duplicates import Match, MatchPolicy

__all__ = ["Match", "MatchPolicy"]
