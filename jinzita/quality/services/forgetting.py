"""An erased customer is nobody's double."""

from django.db.models import Q

from jinzita.kernel.personal import Erased
from jinzita.quality.models import Match


def forget(erased: Erased) -> None:
    ids = list(erased.customer_ids)
    Match.objects.filter(Q(left__in=ids) | Q(right__in=ids)).delete()
