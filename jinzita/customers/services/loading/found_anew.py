"""People and companies are found by what hangs on them: when it is taken back, their search keys follow."""

from functools import partial

from django.db import models

from jinzita.customers.models import Channel, Identifier
from jinzita.customers.services.completion import complete_contacts, complete_new
from jinzita.kernel import undo
from jinzita.kernel.access import Viewer
from jinzita.kernel.models import ChangedRow


def _follow(model: type[models.Model], by: Viewer, what: undo.Followed) -> None:
    rows = model._default_manager.filter(pk__in=[*what.changed, *what.back], customer__isnull=False)
    owners = set(rows.values_list("customer_id", flat=True))
    gone = ChangedRow.objects.filter(
        table=model._meta.db_table, row_id__in=what.gone, after__isnull=False
    )  # fmt: skip
    owners |= {one for one in gone.values_list("after__customer_id", flat=True) if one}
    complete_new(sorted(owners))
    if model is Channel:
        _follow_contacts(what)


def _follow_contacts(what: undo.Followed) -> None:
    there = Channel.objects.filter(pk__in=[*what.changed, *what.back], contact__isnull=False)
    owners = set(there.values_list("contact_id", flat=True))
    gone = ChangedRow.objects.filter(
        table=Channel._meta.db_table, row_id__in=what.gone, after__isnull=False
    )  # fmt: skip
    owners |= {one for one in gone.values_list("after__contact_id", flat=True) if one}
    complete_contacts(sorted(owners))


_followers = {model._meta.label: partial(_follow, model) for model in (Identifier, Channel)}


def follow_undo() -> None:
    """Called when Django is ready."""
    for label, follower in _followers.items():
        undo.follow(label, follower)
