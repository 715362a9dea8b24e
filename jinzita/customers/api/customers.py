"""Doors of customers: the list, one customer, search."""

from datetime import UTC, datetime
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from ninja import Query, Router, Status

from jinzita.customers import schemas, selectors, services
from jinzita.customers.fields import CUSTOMERS
from jinzita.kernel import export, idempotency
from jinzita.kernel.api import responses, viewer_of
from jinzita.kernel.wire import Cursor, Filter, IdempotencyKey, Limit, Offset, PathId, Sort

router = Router(tags=["customers"])
# What is said about a change, beside the change.
_SAID = ("version", "accept_warnings", "over_capacity")

Words = Query(None, max_length=100, description="Part of a name, pinyin, initials, or digits of a phone")


@router.get("/customers", response=responses(schemas.CustomerPage), summary="Customers, the best first")
def list_customers(
    request: HttpRequest, filter: str | None = Filter, q: str | None = Words, sort: str | None = Sort,
    limit: int = Limit, cursor: str | None = Cursor, offset: int = Offset,
) -> Any:  # fmt: skip
    page = selectors.page(
        viewer_of(request), filter=filter, q=q, sort=sort, limit=limit, cursor=cursor, offset=offset
    )  # fmt: skip
    return {"items": [schemas.customer_out(one) for one in page.items], "next": page.next}


@router.get("/customers/count", response=responses(schemas.CountOut), summary="How many customers fit")
def count_customers(request: HttpRequest, filter: str | None = Filter, q: str | None = Words) -> Any:
    return {"count": selectors.count(viewer_of(request), filter=filter, q=q), "exact": True}


@router.get("/customers/export", response=responses(None), summary="The list as CSV or a workbook")
def export_customers(
    request: HttpRequest, format: str = Query("csv", description="csv, xlsx or parquet"),
    fields: str | None = Query(None, max_length=4000, description="Codes, comma separated; all when empty"),
    filter: str | None = Filter, q: str | None = Words, sort: str | None = Sort,
    language: str = Query("en", max_length=10, description="Of the headings: en or zh"),
    bom: bool = Query(True, description="A byte-order mark, by which spreadsheets know UTF-8"),
) -> HttpResponseBase:  # fmt: skip
    wanted = schemas.ExportIn.model_construct(
        ids=None, format=format, fields=fields, filter=filter, q=q, sort=sort, language=language, bom=bom
    )
    return _export(request, wanted)


@router.post("/customers/export", response=responses(None), summary="A selection as CSV or a workbook")
def export_selection(request: HttpRequest, data: schemas.ExportIn) -> HttpResponseBase:
    return _export(request, data)


def _export(request: HttpRequest, wanted: schemas.ExportIn) -> HttpResponseBase:
    viewer = viewer_of(request)
    shown = export.chosen(CUSTOMERS.read_fields(viewer), wanted.fields)
    of = {"filter": wanted.filter, "q": wanted.q}
    return export.send(
        request,
        selectors.ordered(viewer, **of, sort=wanted.sort, shown=shown, ids=wanted.ids),
        by=viewer, name="customers", fields=shown, form=wanted.format, language=wanted.language,
        read=selectors.reader_of, note={**of, **({"ids": wanted.ids} if wanted.ids else {})}, bom=wanted.bom,
    )  # fmt: skip


@router.post("/customers", response=responses(schemas.CustomerOut, 201), summary="Make a customer")
def create_customer(
    request: HttpRequest, data: schemas.CustomerIn,
    idempotency_key: str | None = IdempotencyKey,
) -> Status[Any]:  # fmt: skip
    viewer = viewer_of(request)

    def work() -> dict[str, Any]:
        return schemas.customer_out(services.create_customer(by=viewer, **data.dict()))

    body = idempotency.hash_of(request.body)
    return Status(201, idempotency.once(viewer, idempotency_key, "POST /customers", body, work))


@router.get("/customers/{customer_id}", response=responses(schemas.CustomerDetailOut), summary="One customer")
def get_customer(request: HttpRequest, customer_id: int = PathId) -> Any:
    viewer = viewer_of(request)
    one = selectors.customer_or_survivor(viewer, customer_id)
    merged = selectors.merging.merged_from(viewer, "customer", one.pk)
    return {
        **schemas.customer_out(one),
        "counts": selectors.timeline.counts(viewer, one.pk),
        "merged_from": [schemas.merged_from_out(*each) for each in merged],
    }


@router.patch(
    "/customers/{customer_id}", response=responses(schemas.CustomerOut), summary="Change a customer"
)
def patch_customer(request: HttpRequest, data: schemas.CustomerChangeIn, customer_id: int = PathId) -> Any:
    changes = data.dict(exclude_unset=True)
    said = {name: changes.pop(name) for name in _SAID if name in changes}
    return schemas.customer_out(
        services.update_customer(by=viewer_of(request), customer_id=customer_id, changes=changes, **said)
    )


@router.delete("/customers/{customer_id}", response=responses(None, 204), summary="Into the trash")
def delete_customer(request: HttpRequest, customer_id: int = PathId) -> Status[None]:
    services.trash_customer(by=viewer_of(request), customer_id=customer_id, now=datetime.now(UTC))
    return Status(204, None)


@router.get("/search", response=responses(list[schemas.FoundOut]), summary="Find a customer by a few letters")
def search(request: HttpRequest, q: str = Query(..., max_length=100, examples=["bjhy"])) -> Any:
    return [schemas.found_out(one) for one in selectors.search(viewer_of(request), q)]
