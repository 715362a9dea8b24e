"""Doors of duties: the catalogue, who holds them, who relies on them."""

from datetime import UTC, datetime
from typing import Any

from django.http import HttpRequest
from ninja import Router, Status

from jinzita.kernel.api import responses, viewer_of
from jinzita.kernel.wire import PathId
from jinzita.people.schemas import duties as wire
from jinzita.people.selectors import cards
from jinzita.people.selectors import duties as reads
from jinzita.people.services import duties as services

router = Router(tags=["people map"])
_CATALOGUE, _HELD = "/people/duties", "/people/held-duties/{held_id}"
_OF = "/people/{person_id}/duties"


@router.get(_CATALOGUE, response=responses(list[wire.JobDutyOut]), summary="The catalogue of duties")
def list_job_duties(request: HttpRequest) -> Any:
    return [wire.job_duty_out(one) for one in reads.catalogue(viewer_of(request))]


@router.post(_CATALOGUE, response=responses(wire.JobDutyOut, 201), summary="Put a duty into the catalogue")
def create_job_duty(request: HttpRequest, data: wire.JobDutyIn) -> Status[Any]:
    return Status(201, wire.job_duty_out(services.create_job_duty(by=viewer_of(request), **data.dict())))


@router.patch(
    f"{_CATALOGUE}/{{duty_id}}", response=responses(wire.JobDutyOut), summary="Rename or archive a duty"
)
def patch_job_duty(request: HttpRequest, data: wire.JobDutyChangeIn, duty_id: int = PathId) -> Any:
    changes = data.dict(exclude_unset=True)
    return wire.job_duty_out(
        services.update_job_duty(by=viewer_of(request), duty_id=duty_id, changes=changes)
    )


@router.delete(
    f"{_CATALOGUE}/{{duty_id}}", response=responses(None, 204), summary="Delete a duty nobody ever held"
)
def delete_job_duty(request: HttpRequest, duty_id: int = PathId) -> Status[None]:
    services.delete_job_duty(by=viewer_of(request), duty_id=duty_id)
    return Status(204, None)


@router.get(
    "/people/left-behind", response=responses(list[wire.HeldDutyOut]),
    summary="Duties of people who left, to be given to somebody else",
)  # fmt: skip
def list_left_behind(request: HttpRequest) -> Any:
    return [wire.held_out(one) for one in reads.left_behind(viewer_of(request))]


@router.get(
    _OF, response=responses(wire.PersonDutiesOut), summary="A person's duties, and whose the person needs"
)
def list_duties_of(request: HttpRequest, person_id: int = PathId) -> Any:
    viewer = viewer_of(request)
    person = cards.one(viewer, person_id)
    return {
        "holds": [wire.held_out(one) for one in reads.duties_of(viewer, person)],
        "relies_on": [wire.held_out(one) for one in reads.relied_on_by(viewer, person)],
    }


@router.post(_OF, response=responses(wire.HeldDutyOut, 201), summary="Note that a person has a duty")
def hold_duty(request: HttpRequest, data: wire.HeldDutyIn, person_id: int = PathId) -> Status[Any]:
    made = services.hold(by=viewer_of(request), person_id=person_id, now=datetime.now(UTC), **data.dict())
    return Status(201, wire.held_out(made))


@router.patch(_HELD, response=responses(wire.HeldDutyOut), summary="Say what a duty means")
def patch_held_duty(request: HttpRequest, data: wire.HeldDutyChangeIn, held_id: int = PathId) -> Any:
    return wire.held_out(services.describe(by=viewer_of(request), held_id=held_id, **data.dict()))


@router.delete(_HELD, response=responses(None, 204), summary="The person does this no more")
def end_held_duty(request: HttpRequest, held_id: int = PathId) -> Status[None]:
    services.end(by=viewer_of(request), held_id=held_id, now=datetime.now(UTC))
    return Status(204, None)


@router.put(
    f"{_HELD}/internal-customers", response=responses(wire.HeldDutyOut), summary="Say who relies on a duty"
)
def put_internal_customers(
    request: HttpRequest, data: wire.InternalCustomersIn, held_id: int = PathId
) -> Any:
    return wire.held_out(
        services.set_internal_customers(by=viewer_of(request), held_id=held_id, **data.dict())
    )


@router.post(
    f"{_HELD}/hand-over", response=responses(wire.HeldDutyOut), summary="Give a duty to somebody else"
)
def hand_over_duty(request: HttpRequest, data: wire.HandOverDutyIn, held_id: int = PathId) -> Any:
    return wire.held_out(
        services.hand_over(by=viewer_of(request), held_id=held_id, now=datetime.now(UTC), **data.dict())
    )
