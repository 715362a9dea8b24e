"""Doors of products."""

from typing import Any

from django.http import HttpRequest
from ninja import Query, Router

from jinzita.kernel.api import responses, viewer_of
from jinzita.kernel.wire import Cursor, Limit, PathId, Sort
from jinzita.products import schemas, selectors

router = Router(tags=["products"])


@router.get("/products", response=responses(schemas.ProductPage), summary="Products, by name")
def list_products(
    request: HttpRequest, filter: str | None = Query(None, description="As for customers"),
    q: str | None = Query(None, max_length=100, description="Part of the name"), sort: str | None = Sort,
    limit: int = Limit, cursor: str | None = Cursor,
) -> Any:  # fmt: skip
    return selectors.products(viewer_of(request), filter=filter, q=q, sort=sort, limit=limit, cursor=cursor)


@router.get("/products/{product_id}", response=responses(schemas.ProductOut), summary="One product")
def get_product(request: HttpRequest, product_id: int = PathId) -> Any:
    return selectors.product(viewer_of(request), product_id)
