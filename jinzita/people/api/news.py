"""The stream of news to open pages."""

from datetime import UTC, datetime

from asgiref.sync import sync_to_async
from django.db import connections
from django.http import HttpRequest, StreamingHttpResponse
from ninja import Router

from jinzita.kernel.access import Viewer
from jinzita.kernel.api import viewer_of
from jinzita.kernel.stream import switchboard
from jinzita.people.selectors import signin as reads

router = Router(tags=["people"])


@router.get("/stream", summary="News as server-sent events: job, score, run, notice")
def stream(request: HttpRequest) -> StreamingHttpResponse:
    viewer = viewer_of(request)
    session_key = request.session.session_key or ""
    key = request.headers.get("Authorization", "").partition(" ")[2].strip()

    def renewed() -> Viewer | None:
        try:
            return reads.renewed(viewer, session_key=session_key, api_key=key, now=datetime.now(UTC))
        finally:
            connections.close_all()  # a page that is open all day keeps no line to the database

    listening = switchboard.subscribe(viewer, sync_to_async(renewed, thread_sensitive=False))
    answer = StreamingHttpResponse(listening, content_type="text/event-stream")
    answer["Cache-Control"] = "no-store"
    answer["X-Accel-Buffering"] = "no"
    return answer
