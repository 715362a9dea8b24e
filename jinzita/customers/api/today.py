"""The company's day, read at the door."""

from datetime import date, datetime

from django.conf import settings


def today() -> date:
    """The calendar day it is now in the company's time zone."""
    return datetime.now(settings.COMPANY_TIME_ZONE).date()
