"""Doors of merging: side by side, merge, and taking it back; and of contacts that are no double."""

from datetime import UTC, datetime
from typing import Any

from django.http import HttpRequest
from ninja import Query, Router, Status

from jinzita.customers import schemas, selectors, services
from jinzita.customers.selectors import contact_duplicates, contacts
from jinzita.customers.services import contacts_apart
from jinzita.kernel import idempotency
from jinzita.kernel.access import Permission, Viewer
from jinzita.kernel.api import responses, viewer_of
from jinzita.kernel.errors import Invalid
from jinzita.kernel.wire import LARGEST_ID, Cursor, IdempotencyKey, Limit, PathId

router = Router(tags=["merging"])
MOST = 50


Ids = Query(..., max_length=1100, description="2 to 50 ids, comma separated", examples=["17,42"])
Survivor = Query(None, ge=1, le=LARGEST_ID, description="Proposed when left out")


@router.get(
    "/customers/merge-preview", response=responses(schemas.MergePreviewOut), summary="Customers side by side"
)
def preview_merge(request: HttpRequest, ids: str = Ids, survivor_id: int | None = Survivor) -> Any:
    viewer = viewer_of(request)
    viewer.require(Permission.MERGE)
    rows = selectors.several(viewer, _ids(ids))
    selectors.require_reached(viewer, *(one.pk for one in rows))
    records = [schemas.customer_out(one) for one in rows]
    return _side_by_side(viewer, "customer", records, survivor_id)


@router.get(
    "/contacts/merge-preview",
    response=responses(schemas.ContactMergePreviewOut),
    summary="Contacts side by side",
)
def preview_contact_merge(request: HttpRequest, ids: str = Ids, survivor_id: int | None = Survivor) -> Any:
    viewer = viewer_of(request)
    viewer.require(Permission.MERGE)
    records = [schemas.contact_out(one) for one in contacts.several(viewer, _ids(ids))]
    return _side_by_side(viewer, "contact", records, survivor_id)


def _side_by_side(
    viewer: Viewer, what: str, records: list[dict[str, Any]], survivor_id: int | None
) -> dict[str, Any]:
    ids = [one["id"] for one in records]
    counts = selectors.merging.reference_counts(viewer, what, ids)
    survivor, fields, proposals = services.merging.side_by_side(
        by=viewer, what=what, ids=ids, survivor_id=survivor_id, counts=counts
    )
    return schemas.preview_out(records, fields, proposals, counts, survivor)


def _ids(text: str) -> list[int]:
    parts = [part.strip() for part in text.split(",") if part.strip()]
    if not all(part.isascii() and part.isdigit() and 0 < int(part) <= LARGEST_ID for part in parts):
        raise Invalid.at("ids", "not_an_id", "ids are whole numbers, comma separated.")
    found = list(dict.fromkeys(map(int, parts)))
    if not 2 <= len(found) <= MOST:
        raise Invalid.at("ids", "wrong_count", f"Name 2 to {MOST} records.", most=MOST)
    return found


@router.get(
    "/contacts/{contact_id}/told-apart",
    response=responses(list[schemas.ToldApartOut]),
    summary="Contacts that look alike and are different people",
)
def list_told_apart(request: HttpRequest, contact_id: int = PathId) -> Any:
    found = contact_duplicates.told_apart(viewer_of(request), contact_id)
    return [schemas.told_apart_out(one) for one in found]


@router.post(
    "/contacts/tell-apart", response=responses(None, 204), summary="Say that contacts are different people"
)
def tell_contacts_apart(request: HttpRequest, data: schemas.ContactsApartIn) -> Status[None]:
    contacts_apart.tell_apart(by=viewer_of(request), contact_ids=data.ids, now=datetime.now(UTC))
    return Status(204, None)


@router.post(
    "/contacts/tell-apart/undo", response=responses(None, 204), summary="Contacts may be one person after all"
)
def tell_contacts_apart_no_more(request: HttpRequest, data: schemas.ContactsApartIn) -> Status[None]:
    contacts_apart.tell_apart_no_more(by=viewer_of(request), contact_ids=data.ids)
    return Status(204, None)


@router.post("/customers/merge", response=responses(schemas.MergeOut), summary="Merge customers into one")
def merge_customers(
    request: HttpRequest, data: schemas.MergeIn, idempotency_key: str | None = IdempotencyKey
) -> Any:
    return _merge(request, "customer", data, idempotency_key)


@router.post("/contacts/merge", response=responses(schemas.MergeOut), summary="Merge contacts into one")
def merge_contacts(
    request: HttpRequest, data: schemas.MergeIn, idempotency_key: str | None = IdempotencyKey
) -> Any:
    return _merge(request, "contact", data, idempotency_key)


def _merge(request: HttpRequest, what: str, data: schemas.MergeIn, key: str | None) -> Any:
    viewer = viewer_of(request)

    def work() -> dict[str, Any]:
        return schemas.merge_out(services.merging.merge(by=viewer, what=what, **data.dict()))

    return idempotency.once(viewer, key, f"POST /{what}s/merge", idempotency.hash_of(request.body), work)


@router.get("/merges", response=responses(schemas.MergePage), summary="Merges, the newest first")
def list_merges(
    request: HttpRequest,
    customer_id: int | None = Query(None, ge=1, le=LARGEST_ID, description="Of this customer, either way"),
    contact_id: int | None = Query(None, ge=1, le=LARGEST_ID, description="Of this contact, either way"),
    limit: int = Limit, cursor: str | None = Cursor,
) -> Any:  # fmt: skip
    page = selectors.merging.merge_page(
        viewer_of(request), customer_id=customer_id, contact_id=contact_id, limit=limit, cursor=cursor
    )
    return {"items": [schemas.merge_out(one) for one in page.items], "next": page.next}


@router.get("/merges/{merge_id}", response=responses(schemas.MergeOut), summary="One merge")
def get_merge(request: HttpRequest, merge_id: int = PathId) -> Any:
    return schemas.merge_out(selectors.merging.merge(viewer_of(request), merge_id))


@router.get(
    "/merges/{merge_id}/undo-preview",
    response=responses(schemas.PartingOut),
    summary="What taking it back brings",
)
def preview_undo(request: HttpRequest, merge_id: int = PathId) -> Any:
    return schemas.parting_out(services.merging.preview(by=viewer_of(request), merge_id=merge_id))


@router.post("/merges/{merge_id}/undo", response=responses(schemas.PartingOut), summary="Take a merge back")
def undo_merge(request: HttpRequest, data: schemas.UndoMergeIn, merge_id: int = PathId) -> Any:
    parted = services.merging.unmerge(
        by=viewer_of(request), merge_id=merge_id, now=datetime.now(UTC), choices=data.choices
    )
    return schemas.parting_out(parted)
