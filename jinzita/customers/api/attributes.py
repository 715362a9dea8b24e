"""Doors of the company's attributes."""

from datetime import UTC, datetime
from typing import Any

from django.http import HttpRequest
from ninja import Path, Router, Status

from jinzita.customers import schemas, selectors
from jinzita.customers.services.attributes import definitions as services
from jinzita.kernel.api import responses, viewer_of

router = Router(tags=["customers"])
Code = Path(..., max_length=40)


@router.get(
    "/attributes",
    response=responses(list[schemas.AttributeOut]),
    summary="The company's attributes of customers",
)
def get_attributes(request: HttpRequest) -> Any:
    return [schemas.attribute_out(one) for one in selectors.attribute_definitions(viewer_of(request))]


@router.get(
    "/attributes/setup",
    response=responses(list[schemas.AttributeSetupOut]),
    summary="Every attribute with all that is decided about it, archived ones too",
)
def get_attribute_setup(request: HttpRequest) -> Any:
    found = selectors.attributes.all_definitions(viewer_of(request))
    size = selectors.attributes.estimated_customers()
    return [schemas.attribute_setup_out(one, size) for one in found]


@router.get("/attributes/usage", response=responses(schemas.UsageOut), summary="How often each is used")
def get_attribute_usage(request: HttpRequest) -> Any:
    found = selectors.attributes.usage(viewer_of(request))
    return {"counts": found.counts, "exact": found.exact}


@router.post("/attributes", response=responses(schemas.AttributeSetupOut, 201), summary="Define an attribute")
def post_attribute(request: HttpRequest, data: schemas.AttributeIn) -> Status[Any]:
    values = schemas.attribute_values({"type": data.type, **data.dict(exclude_unset=True)})
    done = services.define_attribute(by=viewer_of(request), code=data.code, **values)
    return Status(201, _changed(done))


@router.post(
    "/attributes/formula", response=responses(schemas.FormulaOut), summary="Try a formula on one customer"
)
def post_formula(request: HttpRequest, data: schemas.FormulaIn) -> Any:
    viewer = viewer_of(request)
    attributes, fixed = selectors.formula_inputs(viewer, data.customer_id)
    value = services.try_formula(
        by=viewer, formula=data.formula, code=data.code, attributes=attributes, fixed=fixed
    )
    return {"value": value, "inputs": {**attributes, **{f"customer.{k}": v for k, v in fixed.items()}}}


@router.patch(
    "/attributes/{code}", response=responses(schemas.AttributeSetupOut), summary="Change an attribute"
)
def patch_attribute(request: HttpRequest, data: schemas.AttributeChangeIn, code: str = Code) -> Any:
    changes = schemas.attribute_values(data.dict(exclude_unset=True))
    return _changed(
        services.change_attribute(by=viewer_of(request), code=code, changes=changes, renamed=data.renamed)
    )


@router.delete("/attributes/{code}", response=responses(None, 204), summary="Delete an attribute nobody has")
def delete_attribute(request: HttpRequest, code: str = Code) -> Status[None]:
    services.delete_attribute(by=viewer_of(request), code=code)
    return Status(204, None)


@router.post(
    "/attributes/{code}/archive", response=responses(schemas.AttributeSetupOut),
    summary="Put an attribute away, or fetch it back",
)  # fmt: skip
def post_archive(request: HttpRequest, data: schemas.ArchiveIn, code: str = Code) -> Any:
    one = services.archive_attribute(
        by=viewer_of(request), code=code, archived=data.archived, now=datetime.now(UTC)
    )
    return _changed(services.Changed(one))


@router.post(
    "/attributes/{code}/index", response=responses(schemas.AttributeSetupOut),
    summary="Have an index of its own built, or dropped",
)  # fmt: skip
def post_index(request: HttpRequest, data: schemas.IndexIn, code: str = Code) -> Any:
    return _changed(services.want_index(by=viewer_of(request), code=code, wanted=data.indexed))


def _changed(done: services.Changed) -> dict[str, Any]:
    size = selectors.attributes.estimated_customers()
    return schemas.attribute_setup_out(done.definition, size, done.job.pk if done.job else None)
