"""What a customer allowed and refused, on its timeline."""

from django.db.models import Value
from django.db.models.functions import Coalesce

from jinzita.customers.selectors import timeline
from jinzita.customers.selectors.record_on_timeline import named
from jinzita.privacy.models import Consent


def consents(customer_id: int) -> timeline.Rows:
    """What it, or a contact at it, allowed and refused."""
    rows = Consent.objects.filter(customer_id=customer_id).annotate(
        contact_name=Coalesce("contact__name", Value(""))
    )
    return timeline.rows(
        rows, at="at", title="proof",
        detail={
            "channel": "channel", "purpose": "purpose", "state": "state", "origin": "origin",
            "until": "until", "contact": "contact_name",
        },
        by=named("by"), by_id="by_id",
    )  # fmt: skip
