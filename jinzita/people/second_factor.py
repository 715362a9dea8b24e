"""What the house notes of second factors at the door."""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.mfa.signals import authentication_failed
from django.dispatch import receiver
from django.http import HttpRequest

from jinzita.people.models import User
from jinzita.people.services import signin


@receiver(authentication_failed)
def note_wrong_code(request: HttpRequest, user: User, **_: Any) -> None:
    signin.wrong_code(person=user, ip=get_adapter().get_client_ip(request))
