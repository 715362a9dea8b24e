"""What is known of the quality of the data."""

from jinzita.quality.models.duplicates import Match, MatchPolicy
from jinzita.quality.models.policies import PolicyDraft, PolicyVersion
from jinzita.quality.models.rules import Rule
from jinzita.quality.models.scores import History, Score, Verified
from jinzita.quality.models.weekly import WeeklyItem, WeeklyList

__all__ = [
    "History",
    "Match",
    "MatchPolicy",
    "PolicyDraft",
    "PolicyVersion",
    "Rule",
    "Score",
    "Verified",
    "WeeklyItem",
    "WeeklyList",
]
