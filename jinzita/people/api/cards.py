"""Doors of the people map: everybody by department or search, one person, photos."""

from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponseBase
from ninja import Query, Router, Status

from jinzita.kernel.api import responses, viewer_of
from jinzita.kernel.wire import LARGEST_ID, PathId
from jinzita.people import selectors
from jinzita.people.schemas import cards as wire
from jinzita.people.selectors import cards as reads
from jinzita.people.selectors import photos as pictures
from jinzita.people.selectors import ratings
from jinzita.people.services import cards as services
from jinzita.people.services import photos

router = Router(tags=["people map"])
_ONE = "/people/{person_id}"
# The body is the picture itself.
_PICTURE = {
    "requestBody": {
        "required": True,
        "content": {
            kind: {"schema": {"type": "string", "format": "binary"}} for kind in pictures.TYPES.values()
        },
    }
}


@router.get(
    "/people/map",
    response=responses(wire.PeopleMapOut),
    summary="The tree of departments with its people's numbers",
)
def get_map(request: HttpRequest) -> Any:
    tree, without = reads.departments(viewer_of(request))
    return {"departments": [wire.department_out(one) for one in tree], "without_department": without}


@router.get("/people", response=responses(wire.PersonCardPage), summary="People of a department, or found")
def list_people(
    request: HttpRequest,
    department_id: int | None = Query(
        None, ge=1, le=LARGEST_ID, description="Those directly in it; without one, everybody"
    ),
    without_department: bool = Query(False, description="Those who belong to none"),
    q: str | None = Query(None, max_length=100, description="Name, pinyin, duty, skill, or “who does …?”"),
    limit: int = Query(100, ge=1, le=200),
    cursor: int | None = Query(None, ge=1, le=LARGEST_ID),
) -> Any:
    viewer = viewer_of(request)
    if q and q.strip():
        return {"items": [wire.card_out(one) for one in reads.search(viewer, q)], "next": None}
    people, after = reads.people_of(
        viewer, department_id=department_id, without=without_department, limit=limit, after=cursor
    )
    return {"items": [wire.card_out(one) for one in people], "next": str(after) if after else None}


@router.get(_ONE, response=responses(wire.PersonDetailOut), summary="One person of the map")
def get_person(request: HttpRequest, person_id: int = PathId) -> Any:
    viewer = viewer_of(request)
    return _detail(viewer, reads.one(viewer, person_id))


@router.patch(
    f"{_ONE}/card",
    response=responses(wire.PersonDetailOut),
    summary="Change what colleagues know of a person",
)
def patch_card(request: HttpRequest, data: wire.CardChangeIn, person_id: int = PathId) -> Any:
    viewer = viewer_of(request)
    changes = data.dict(exclude_unset=True)
    return _detail(viewer, services.update_card(by=viewer, person_id=person_id, changes=changes))


@router.get(f"{_ONE}/photo", response=responses(None), summary="A person's photo")
def get_photo(request: HttpRequest, person_id: int = PathId) -> HttpResponseBase:
    path, kind = pictures.photo_of(viewer_of(request), person_id)
    return FileResponse(
        path.open("rb"), content_type=kind,
        headers={
            "Cache-Control": "private, max-age=31536000, immutable",
            "Content-Disposition": "inline",
            "Content-Security-Policy": "default-src 'none'; sandbox",
            "X-Content-Type-Options": "nosniff",
            "Cross-Origin-Resource-Policy": "same-origin",
        },
    )  # fmt: skip


@router.put(
    f"{_ONE}/photo", response=responses(wire.PhotoOut), summary="Give a person a photo",
    openapi_extra=_PICTURE,
)  # fmt: skip
def put_photo(request: HttpRequest, person_id: int = PathId) -> Any:
    viewer = viewer_of(request)
    photos.set_photo(by=viewer, person_id=person_id, content=request.body)
    return {"photo": wire.photo_address(reads.one(viewer, person_id))}


@router.delete(f"{_ONE}/photo", response=responses(None, 204), summary="Take a person's photo away")
def delete_photo(request: HttpRequest, person_id: int = PathId) -> Status[None]:
    photos.remove_photo(by=viewer_of(request), person_id=person_id)
    return Status(204, None)


def _detail(viewer: Any, person: Any) -> dict[str, Any]:
    (found,) = reads.with_duties([person])
    return wire.detail_out(
        found, selectors.manager_of(person), may_edit=reads.may_keep(viewer, person),
        may_see_ratings=ratings.may_see(viewer, person),
    )  # fmt: skip
