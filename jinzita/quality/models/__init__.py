"""What is known of the quality of the data."""

from jinzita.quality.models.duplicates import Match, MatchPolicy
from jinzita.quality.models.rules import Rule
from jinzita.quality.models.scores import NONSENSE_WORDS, History, Important, Policy, Score, Verified
from jinzita.quality.models.weekly import WeeklyItem, WeeklyList

__all__ = [
    "NONSENSE_WORDS",
    "History",
    "Important",
    "Match",
    "MatchPolicy",
    "Policy",
    "Rule",
    "Score",
    "Verified",
    "WeeklyItem",
    "WeeklyList",
]
