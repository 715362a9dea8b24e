"""How allauth behaves here: nobody signs up alone; an administrator makes the accounts."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class ClosedAccountAdapter(DefaultAccountAdapter):
    """Accounts are made under People, never by signing up."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False
