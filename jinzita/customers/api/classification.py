"""Doors of the classification."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from ninja import Path, Router, Status

from jinzita.customers import schemas, selectors
from jinzita.customers.services import classification as services
from jinzita.kernel.api import responses, viewer_of
from jinzita.kernel.wire import PathId

router = Router(tags=["customers"])
Code = Path(..., max_length=40)


@router.get(
    "/dimensions", response=responses(list[schemas.DimensionOut]), summary="How customers are classified"
)
def get_dimensions(request: HttpRequest) -> Any:
    return [schemas.dimension_out(one) for one in selectors.classification.dimensions(viewer_of(request))]


@router.post("/dimensions", response=responses(schemas.DimensionOut, 201), summary="Make a dimension")
def post_dimension(request: HttpRequest, data: schemas.DimensionIn) -> Status[Any]:
    values = schemas.classification_values(data.dict(exclude_unset=True))
    return Status(201, schemas.dimension_out(services.create_dimension(by=viewer_of(request), **values)))


@router.patch(
    "/dimensions/{dimension_code}", response=responses(schemas.DimensionOut), summary="Change a dimension"
)
def patch_dimension(request: HttpRequest, data: schemas.DimensionChangeIn, dimension_code: str = Code) -> Any:
    changes = schemas.classification_values(data.dict(exclude_unset=True))
    return schemas.dimension_out(
        services.update_dimension(by=viewer_of(request), code=dimension_code, changes=changes)
    )


@router.delete(
    "/dimensions/{dimension_code}", response=responses(None, 204), summary="Delete a dimension nobody is in"
)
def delete_dimension(request: HttpRequest, dimension_code: str = Code) -> Status[None]:
    services.delete_dimension(by=viewer_of(request), code=dimension_code)
    return Status(204, None)


@router.get(
    "/dimensions/{dimension_code}/counts", response=responses(list[schemas.CategoryCountOut]),
    summary="How many customers each category has",
)  # fmt: skip
def get_counts(request: HttpRequest, dimension_code: str = Code) -> Any:
    counts = selectors.class_counts(viewer_of(request), dimension_code)
    return [{"category_id": pk, "customers": count} for pk, count in counts.items()]


@router.post(
    "/dimensions/{dimension_code}/categories", response=responses(schemas.CategoryOut, 201),
    summary="Make a category",
)  # fmt: skip
def post_category(request: HttpRequest, data: schemas.CategoryIn, dimension_code: str = Code) -> Status[Any]:
    values = schemas.classification_values(data.dict(exclude_unset=True))
    made = services.create_category(by=viewer_of(request), dimension=dimension_code, **values)
    return Status(201, schemas.category_out(made))


@router.patch(
    "/categories/{category_id}", response=responses(schemas.CategoryOut), summary="Change or move a category"
)
def patch_category(request: HttpRequest, data: schemas.CategoryChangeIn, category_id: int = PathId) -> Any:
    changes = schemas.classification_values(data.dict(exclude_unset=True))
    return schemas.category_out(
        services.update_category(by=viewer_of(request), category_id=category_id, changes=changes)
    )


@router.delete("/categories/{category_id}", response=responses(None, 204), summary="Delete an empty category")
def delete_category(request: HttpRequest, category_id: int = PathId) -> Status[None]:
    services.delete_category(by=viewer_of(request), category_id=category_id)
    return Status(204, None)


@router.put(
    "/customers/{customer_id}/classes/{dimension_code}", response=responses(schemas.CustomerOut),
    summary="Put a customer into categories of a dimension",
)  # fmt: skip
def put_classes(
    request: HttpRequest, data: schemas.ClassesIn, customer_id: int = PathId, dimension_code: str = Code
) -> Any:
    viewer = viewer_of(request)
    today = datetime.now(settings.COMPANY_TIME_ZONE).date()
    services.set_classes(
        by=viewer,
        customer_id=customer_id,
        dimension=dimension_code,
        category_ids=data.categories,
        seen=data.seen,
        today=today,
    )
    return schemas.customer_out(selectors.customer(viewer, customer_id))
