"""The door to whose customer it was."""

from typing import Any

from django.http import HttpRequest
from ninja import Router

from jinzita.customers import selectors
from jinzita.customers.schemas.owners import OwnershipOut, ownership_out
from jinzita.kernel.api import responses, viewer_of
from jinzita.kernel.wire import PathId

router = Router(tags=["customers"])


@router.get("/customers/{customer_id}/owners", response=responses(list[OwnershipOut]), summary="Whose it was")
def list_owners(request: HttpRequest, customer_id: int = PathId) -> Any:
    return [ownership_out(one) for one in selectors.owners.ownerships(viewer_of(request), customer_id)]
