"""The fields of the lists of people."""

from jinzita.kernel.records.arranging import arranged
from jinzita.people.fields.accounts import USERS
from jinzita.people.fields.log import LOG

__all__ = ["LOG", "USERS", "declare_lists"]


def declare_lists() -> None:
    """Make the lists of people known to saved views."""
    arranged(LOG)
    arranged(USERS)
