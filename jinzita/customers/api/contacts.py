"""Doors of contacts and their positions."""

from datetime import UTC, datetime
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from ninja import Query, Router, Status

from jinzita.customers import schemas, selectors, services
from jinzita.customers.api.today import today
from jinzita.customers.fields.contacts import CONTACTS
from jinzita.customers.schemas import bulk as wire
from jinzita.customers.selectors import contact_duplicates
from jinzita.customers.selectors import contacts as reading
from jinzita.customers.selectors.channels import ways_of_contacts
from jinzita.customers.selectors.contact_groups import contact_tags, grouped_contacts
from jinzita.customers.selectors.subjects import CONTACT
from jinzita.kernel import export, idempotency
from jinzita.kernel.access import Viewer
from jinzita.kernel.api import responses, viewer_of
from jinzita.kernel.wire import (
    Cursor,
    Filter,
    GroupBy,
    IdempotencyKey,
    Limit,
    Offset,
    PathId,
    Sort,
    ValueCountOut,
)

router = Router(tags=["contacts"])
Words = Query(None, max_length=100, description="Part of a name, pinyin, a phone or an e-mail")
Role = Query(None, max_length=20, description="Role in decisions at some customer")


@router.get("/contacts", response=responses(schemas.ContactPage), summary="Contacts by name")
def list_contacts(
    request: HttpRequest, filter: str | None = Filter, q: str | None = Words, role: str | None = Role,
    sort: str | None = Sort, limit: int = Limit, cursor: str | None = Cursor,
    offset: int = Offset,
) -> Any:  # fmt: skip
    page = reading.page(
        viewer_of(request), filter=filter, q=q, role=role, sort=sort, limit=limit, cursor=cursor,
        offset=offset,
    )  # fmt: skip
    return {"items": [schemas.contact_out(one) for one in page.items], "next": page.next}


@router.get("/contacts/count", response=responses(schemas.CountOut), summary="How many contacts fit")
def count_contacts(
    request: HttpRequest, filter: str | None = Filter, q: str | None = Words, role: str | None = Role
) -> Any:
    return {
        "count": reading.matching(viewer_of(request), filter=filter, q=q, role=role).count(),
        "exact": True,
    }


@router.get("/contacts/groups", response=responses(list[ValueCountOut]), summary="How many of each value")
def get_groups(
    request: HttpRequest, by: str = GroupBy, filter: str | None = Filter,
    q: str | None = Words,
) -> Any:  # fmt: skip
    return grouped_contacts(viewer_of(request), by=by, filter=filter, q=q)


@router.get(
    "/contacts/tags", response=responses(list[wire.ContactTagOut]), summary="The tags of contacts in use"
)  # fmt: skip
def get_tags(request: HttpRequest) -> Any:
    return contact_tags(viewer_of(request))


@router.get("/contacts/export", response=responses(None), summary="The contacts as CSV or a workbook")
def export_contacts(
    request: HttpRequest, format: str = Query("csv", description="csv, xlsx or parquet"),
    fields: str | None = Query(None, max_length=4000, description="Codes, comma separated; all when empty"),
    filter: str | None = Filter, q: str | None = Words, role: str | None = Role, sort: str | None = Sort,
    language: str = Query("en", max_length=10, description="Of the headings: en or zh"),
    bom: bool = Query(True, description="A byte-order mark, by which spreadsheets know UTF-8"),
) -> HttpResponseBase:  # fmt: skip
    wanted = schemas.ExportIn.model_construct(
        ids=None, format=format, fields=fields, filter=filter, q=q, sort=sort, language=language, bom=bom
    )
    return _export(request, wanted, role=role)


@router.post("/contacts/export", response=responses(None), summary="A selection as CSV or a workbook")
def export_chosen_contacts(request: HttpRequest, data: schemas.ExportIn) -> HttpResponseBase:
    return _export(request, data)


def _export(request: HttpRequest, wanted: schemas.ExportIn, *, role: str | None = None) -> HttpResponseBase:
    viewer = viewer_of(request)
    of = {"filter": wanted.filter, "q": wanted.q, "role": role}
    shown = export.chosen(CONTACTS.read_fields(viewer), wanted.fields)
    return export.send(
        request, reading.ordered(viewer, **of, sort=wanted.sort, shown=shown, ids=wanted.ids), by=viewer,
        name="contacts", fields=shown,
        form=wanted.format, language=wanted.language, read=reading.reader_of,
        note={**of, **({"ids": wanted.ids} if wanted.ids else {})}, bom=wanted.bom,
    )  # fmt: skip


@router.post("/contacts", response=responses(schemas.ContactDetailOut, 201), summary="Make a contact")
def create_contact(
    request: HttpRequest, data: schemas.ContactIn, idempotency_key: str | None = IdempotencyKey
) -> Status[Any]:
    viewer = viewer_of(request)

    def work() -> dict[str, Any]:
        made = services.create_contact(by=viewer, today=today(), **data.dict())
        return _detail(viewer, made.pk)

    body = idempotency.hash_of(request.body)
    return Status(201, idempotency.once(viewer, idempotency_key, "POST /contacts", body, work))


@router.get(
    "/contacts/{contact_id}", response=responses(schemas.ContactRecordOut), summary="One contact"
)  # fmt: skip
def get_contact(request: HttpRequest, contact_id: int = PathId) -> Any:
    viewer = viewer_of(request)
    one = reading.contact_or_survivor(viewer, contact_id)
    merged = selectors.merging.merged_from(viewer, "contact", one.pk)
    return {**_detail(viewer, one.pk), "merged_from": [schemas.merged_from_out(*each) for each in merged]}


@router.patch(
    "/contacts/{contact_id}", response=responses(schemas.ContactDetailOut), summary="Change a contact"
)
def patch_contact(request: HttpRequest, data: schemas.ContactChangeIn, contact_id: int = PathId) -> Any:
    changes = data.dict(exclude_unset=True)
    version = changes.pop("version", None)
    viewer = viewer_of(request)
    services.update_contact(by=viewer, contact_id=contact_id, changes=changes, version=version, today=today())
    return _detail(viewer, contact_id)


@router.get(
    "/contacts/{contact_id}/changes", response=responses(wire.ChangePage), summary="What was changed, by whom"
)
def list_contact_changes(
    request: HttpRequest, contact_id: int = PathId, limit: int = Limit, cursor: str | None = Cursor,
    field: str | None = Query(None, max_length=100, examples=["title"]),
) -> Any:  # fmt: skip
    found, following = selectors.history.changes(
        viewer_of(request), contact_id, of=CONTACT, named=field, limit=limit, cursor=cursor
    )
    return {"items": [wire.change_out(one) for one in found], "next": following}


@router.post(
    "/contacts/{contact_id}/changes/{entry_id}/restore", response=responses(schemas.ContactDetailOut),
    summary="Set a field back to what it was before a change",
)  # fmt: skip
def restore_contact_field(
    request: HttpRequest, entry_id: str, data: wire.RestoreFieldIn, contact_id: int = PathId
) -> Any:
    viewer = viewer_of(request)
    services.restore_contact_field(
        by=viewer, contact_id=contact_id, entry_id=entry_id, field=data.field, today=today()
    )
    return _detail(viewer, contact_id)


@router.delete("/contacts/{contact_id}", response=responses(None, 204), summary="Put a contact in the trash")
def delete_contact(request: HttpRequest, contact_id: int = PathId) -> Status[None]:
    services.trash_contact(by=viewer_of(request), contact_id=contact_id, now=datetime.now(UTC))
    return Status(204, None)


@router.post(
    "/contacts/{contact_id}/restore",
    response=responses(schemas.ContactDetailOut),
    summary="Take a contact out of the trash",
)
def restore_contact(request: HttpRequest, contact_id: int = PathId) -> Any:
    viewer = viewer_of(request)
    services.restore_contact(by=viewer, contact_id=contact_id)
    return _detail(viewer, contact_id)


@router.get(
    "/customers/{customer_id}/contacts",
    response=responses(list[schemas.ContactDetailOut]),
    summary="A customer's contacts, who decides first",
)
def list_contacts_of_customer(request: HttpRequest, customer_id: int = PathId) -> Any:
    found = reading.contacts_of(viewer_of(request), customer_id)
    return [schemas.contact_detail_out(one, ways) for one, ways in found]


@router.get(
    "/customers/{customer_id}/contacts/alike",
    response=responses(list[schemas.AlikeContactsOut]),
    summary="Contacts of a customer that may be one person",
)
def list_alike_contacts(request: HttpRequest, customer_id: int = PathId) -> Any:
    found = contact_duplicates.alike_at(viewer_of(request), customer_id)
    return [schemas.alike_contacts_out(one) for one in found]


@router.get(
    "/contacts/{contact_id}/alike",
    response=responses(list[schemas.AlikeContactsOut]),
    summary="Contacts that may be the same person",
)
def list_alike_to_contact(request: HttpRequest, contact_id: int = PathId) -> Any:
    found = contact_duplicates.alike_to(viewer_of(request), contact_id)
    return [schemas.alike_contacts_out(one) for one in found]


@router.post(
    "/contacts/{contact_id}/positions",
    response=responses(schemas.ContactDetailOut, 201),
    summary="A contact is at one more customer",
)
def create_position(request: HttpRequest, data: schemas.PositionIn, contact_id: int = PathId) -> Status[Any]:
    viewer = viewer_of(request)
    services.add_position(by=viewer, contact_id=contact_id, item=data.dict())
    return Status(201, _detail(viewer, contact_id))


@router.patch(
    "/positions/{position_id}",
    response=responses(schemas.ContactDetailOut),
    summary="Change what a contact is at a customer",
)
def patch_position(request: HttpRequest, data: schemas.PositionChangeIn, position_id: int = PathId) -> Any:
    viewer = viewer_of(request)
    changes = data.dict(exclude_unset=True)
    one = services.change_position(by=viewer, position_id=position_id, changes=changes)
    return _detail(viewer, one.pk)


@router.delete(
    "/positions/{position_id}",
    response=responses(None, 204),
    summary="A contact is no more at a customer",
)
def delete_position(request: HttpRequest, position_id: int = PathId) -> Status[None]:
    services.remove_position(by=viewer_of(request), position_id=position_id)
    return Status(204, None)


def _detail(viewer: Viewer, contact_id: int) -> dict[str, Any]:
    one = selectors.contact(viewer, contact_id)
    return schemas.contact_detail_out(one, ways_of_contacts([one], viewer)[one.pk])
