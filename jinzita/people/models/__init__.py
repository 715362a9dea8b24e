"""People: users with a role and a department, the keys that act for them, and what they are told."""

from jinzita.people.models.cards import PersonCard
from jinzita.people.models.departments import Department
from jinzita.people.models.duties import HeldDuty, InternalCustomer, JobDuty
from jinzita.people.models.keys import ApiKey
from jinzita.people.models.notices import CompanySetting, Mail, Notice, NoticeDelivery, NoticeSettings
from jinzita.people.models.ratings import Rating, RatingRound
from jinzita.people.models.roles import Role
from jinzita.people.models.signin import Invitation, SignInLock
from jinzita.people.models.users import User, UserManager
from jinzita.people.models.views import SavedView, ViewChoice

__all__ = [
    "ApiKey",
    "CompanySetting",
    "Department",
    "HeldDuty",
    "InternalCustomer",
    "Invitation",
    "JobDuty",
    "Mail",
    "Notice",
    "NoticeDelivery",
    "NoticeSettings",
    "PersonCard",
    "Rating",
    "RatingRound",
    "Role",
    "SavedView",
    "SignInLock",
    "User",
    "UserManager",
    "ViewChoice",
]
