"""Doors of a customer's addresses, identifiers, group and relations."""

from typing import Any

from django.http import HttpRequest
from ninja import Router, Status

from jinzita.customers import schemas
from jinzita.customers.selectors import addresses, groups, identifiers, relations
from jinzita.customers.services.addresses import replace_addresses
from jinzita.customers.services.groups import set_parent
from jinzita.customers.services.identifiers import replace_identifiers
from jinzita.customers.services.relations import add_relation, remove_relation
from jinzita.kernel.access import Permission
from jinzita.kernel.api import responses, viewer_of
from jinzita.kernel.wire import PathId

router = Router(tags=["customers"])
_OF = "/customers/{customer_id}"


@router.get("/provinces", response=responses(list[schemas.ProvinceOut]), summary="The provinces of China")
def list_provinces(request: HttpRequest) -> Any:
    viewer_of(request).require(Permission.READ)
    return schemas.provinces_out()


@router.get(f"{_OF}/addresses", response=responses(schemas.AddressesOut), summary="A customer's addresses")
def get_addresses(request: HttpRequest, customer_id: int = PathId) -> Any:
    return schemas.addresses_out(*addresses.addresses(viewer_of(request), customer_id))


@router.put(
    f"{_OF}/addresses", response=responses(schemas.AddressesOut), summary="Replace a customer's addresses"
)
def put_addresses(request: HttpRequest, data: schemas.AddressesIn, customer_id: int = PathId) -> Any:
    items = [one.dict() for one in data.items]
    replace_addresses(
        by=viewer_of(request), customer_id=customer_id, items=items, version=data.version
    )  # fmt: skip
    return get_addresses(request, customer_id)


@router.get(
    f"{_OF}/identifiers", response=responses(schemas.IdentifiersOut), summary="A customer's identifiers"
)
def get_identifiers(request: HttpRequest, customer_id: int = PathId) -> Any:
    found, version = identifiers.identifiers(viewer_of(request), customer_id)
    return {"items": [vars(one) for one in found], "version": version}


@router.put(
    f"{_OF}/identifiers",
    response=responses(schemas.IdentifiersOut),
    summary="Replace a customer's identifiers",
)
def put_identifiers(request: HttpRequest, data: schemas.IdentifiersIn, customer_id: int = PathId) -> Any:
    items = [one.dict() for one in data.items]
    replace_identifiers(by=viewer_of(request), customer_id=customer_id, items=items, version=data.version)
    return get_identifiers(request, customer_id)


@router.get(f"{_OF}/group", response=responses(schemas.GroupOut), summary="The group a customer belongs to")
def get_group(request: HttpRequest, customer_id: int = PathId) -> Any:
    return schemas.group_out(groups.group(viewer_of(request), customer_id))


@router.put(f"{_OF}/parent", response=responses(schemas.GroupOut), summary="Put a customer under another one")
def put_parent(request: HttpRequest, data: schemas.ParentIn, customer_id: int = PathId) -> Any:
    viewer = viewer_of(request)
    set_parent(by=viewer, customer_id=customer_id, parent_id=data.parent_id)
    return schemas.group_out(groups.group(viewer, customer_id))


@router.get(
    f"{_OF}/relations",
    response=responses(list[schemas.RelationOut]),
    summary="How a customer stands to others",
)
def list_relations(request: HttpRequest, customer_id: int = PathId) -> Any:
    return [schemas.relation_out(one) for one in relations.relations(viewer_of(request), customer_id)]


@router.post(
    f"{_OF}/relations",
    response=responses(list[schemas.RelationOut], 201),
    summary="Say how a customer stands to another",
)
def create_relation(request: HttpRequest, data: schemas.RelationIn, customer_id: int = PathId) -> Status[Any]:
    add_relation(by=viewer_of(request), customer_id=customer_id, **data.dict())
    return Status(201, list_relations(request, customer_id))


@router.delete("/relations/{relation_id}", response=responses(None, 204), summary="Take a relation away")
def delete_relation(request: HttpRequest, relation_id: int = PathId) -> Status[None]:
    remove_relation(by=viewer_of(request), relation_id=relation_id)
    return Status(204, None)
