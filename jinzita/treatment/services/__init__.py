"""Writes of treatment."""

from jinzita.treatment.services.duties import excuse, name_sponsor, take_excuse_back
from jinzita.treatment.services.escalating import escalate
from jinzita.treatment.services.policies import discard_draft, publish, publish_ready, save_draft
from jinzita.treatment.services.settling import look_overdue, settle, settle_all

__all__ = [
    "discard_draft",
    "escalate",
    "excuse",
    "look_overdue",
    "name_sponsor",
    "publish",
    "publish_ready",
    "save_draft",
    "settle",
    "settle_all",
    "take_excuse_back",
]
