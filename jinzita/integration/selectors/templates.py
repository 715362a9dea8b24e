"""Templates of imports: one's own and those shared."""

from django.db.models import Q, QuerySet

from jinzita.integration.models import ImportTemplate
from jinzita.kernel.access import Permission, Viewer


def templates(viewer: Viewer) -> QuerySet[ImportTemplate]:
    """The templates a viewer may use, by name."""
    viewer.require(Permission.IMPORT)
    found = ImportTemplate.objects.select_related("created_by").order_by("name", "pk")
    return found.filter(Q(created_by_id=viewer.user_id) | Q(shared=True))
