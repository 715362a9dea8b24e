"""Doors of declared fields."""

from typing import Any

from django.http import HttpRequest
from ninja import Path, Router

from jinzita.customers import schemas
from jinzita.kernel.access import Permission
from jinzita.kernel.api import responses, viewer_of
from jinzita.kernel.errors import NotFound
from jinzita.kernel.records import filters, kind
from jinzita.kernel.records.arranging import arranged_list

router = Router(tags=["customers"])


@router.get(
    "/fields/{kind_code}",
    response=responses(list[schemas.FieldOut]),
    summary="The fields of a kind of record",
)
def get_fields(request: HttpRequest, kind_code: str = Path(..., max_length=40)) -> Any:
    viewer = viewer_of(request)
    viewer.require(Permission.READ)
    found = kind(kind_code) or arranged_list(kind_code)
    if found is None:
        raise NotFound(f"There is no kind of record {kind_code}.")
    viewer.require(found.permission)
    return [schemas.field_out(one) for one in found.read_fields(viewer)]


@router.get(
    "/related/{kind_code}",
    response=responses(list[schemas.RelatedOut]),
    summary="The kinds of records that belong to a kind, by which it can be filtered",
)
def get_related(request: HttpRequest, kind_code: str = Path(..., max_length=40)) -> Any:
    viewer = viewer_of(request)
    viewer.require(Permission.READ)
    if kind(kind_code) is None:
        raise NotFound(f"There is no kind of record {kind_code}.")
    return [
        schemas.related_out(code, one, name, viewer)
        for code, (one, name) in sorted(filters.related_kinds(kind_code).items())
    ]
