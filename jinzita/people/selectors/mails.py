"""Mails as those who manage people see them."""

from django.db.models import QuerySet

from jinzita.kernel.access import Permission, Viewer
from jinzita.kernel.errors import NotFound
from jinzita.people.models import Mail


def all_mails(viewer: Viewer) -> QuerySet[Mail]:
    """Mails, newest first."""
    viewer.require(Permission.MANAGE_PEOPLE)
    return Mail.objects.order_by("-id")


def get_mail(viewer: Viewer, mail_id: int) -> Mail:
    found = all_mails(viewer).filter(pk=mail_id).first()
    if found is None:
        raise NotFound(f"There is no mail {mail_id}.")
    return found
