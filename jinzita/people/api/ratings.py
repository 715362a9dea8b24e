"""Doors of ratings by internal customers."""

from datetime import UTC, date, datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from ninja import Router, Status

from jinzita.kernel.api import responses, viewer_of
from jinzita.kernel.wire import PathId
from jinzita.people.schemas import ratings as wire
from jinzita.people.selectors import ratings as reads
from jinzita.people.services import ratings as services

router = Router(tags=["people map"])
_ROUNDS, _SETTINGS = "/people/rating-rounds", "/people/rating-settings"


@router.get(
    _ROUNDS, response=responses(list[wire.RatingRoundOut]), summary="Rounds of ratings, the latest first"
)
def list_rounds(request: HttpRequest) -> Any:
    found = list(reads.rounds(viewer_of(request)))
    counts = reads.answers(found)
    return [wire.round_out(one, counts) for one in found]


@router.post(
    _ROUNDS, response=responses(wire.RatingRoundOut, 201), summary="Ask for ratings of the last quarter now"
)
def open_round(request: HttpRequest) -> Status[Any]:
    made = services.open_round(by=viewer_of(request), today=_today())
    return Status(201, wire.round_out(made, reads.answers([made])))


@router.get(
    _SETTINGS, response=responses(wire.RatingSettingsOut), summary="When rounds open, and for how long"
)
def get_settings(request: HttpRequest) -> Any:
    return reads.settings_of_company(viewer_of(request))


@router.put(
    _SETTINGS, response=responses(wire.RatingSettingsOut), summary="Set when rounds open, and for how long"
)
def put_settings(request: HttpRequest, data: wire.RatingSettingsIn) -> Any:
    return services.save_settings(by=viewer_of(request), **data.dict())


@router.get("/me/ratings", response=responses(list[wire.RatingOut]), summary="What I am asked to rate")
def list_mine(request: HttpRequest) -> Any:
    return [wire.rating_out(one) for one in reads.to_rate(viewer_of(request), today=_today())]


@router.put(
    "/me/ratings/{rating_id}",
    response=responses(wire.RatingOut),
    summary="Give, change or take back a rating",
)
def put_rating(request: HttpRequest, data: wire.RatingIn, rating_id: int = PathId) -> Any:
    return wire.rating_out(
        services.rate(
            by=viewer_of(request), rating_id=rating_id, today=_today(), now=datetime.now(UTC), **data.dict()
        )
    )


@router.get(
    "/people/{person_id}/ratings", response=responses(list[wire.RoundResultOut]),
    summary="What internal customers say of a person; for the person and those above",
)  # fmt: skip
def list_results(request: HttpRequest, person_id: int = PathId) -> Any:
    return [wire.result_out(one) for one in reads.results(viewer_of(request), person_id)]


def _today() -> date:
    return datetime.now(settings.COMPANY_TIME_ZONE).date()
