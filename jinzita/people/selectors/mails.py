"""Mails as those who manage people see them."""

from django.db.models import QuerySet

from jinzita.kernel.access import Permission, Viewer
from jinzita.kernel.errors import Forbidden, NotFound
from jinzita.people.models import Mail
from jinzita.people.roles import ADMINISTRATOR

# Letters with a link that opens the account of the person they are for.
OPENING = ("invitation", "reset")


def all_mails(viewer: Viewer) -> QuerySet[Mail]:
    """Mails, newest first."""
    viewer.require(Permission.MANAGE_PEOPLE)
    return Mail.objects.order_by("-id")


def get_mail(viewer: Viewer, mail_id: int) -> Mail:
    found = all_mails(viewer).filter(pk=mail_id).first()
    if found is None:
        raise NotFound(f"There is no mail {mail_id}.")
    return found


def read_mail(viewer: Viewer, mail_id: int) -> Mail:
    """A mail to be read; one whose link opens an account, by administrators. Raises NotFound, Forbidden."""
    found = get_mail(viewer, mail_id)
    if found.kind in OPENING and viewer.role != ADMINISTRATOR:
        raise Forbidden("The link in this letter opens an account; an administrator can read it.")
    return found
