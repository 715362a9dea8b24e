"""The stream of news to open pages."""

from django.http import HttpRequest, StreamingHttpResponse
from ninja import Router

from jinzita.kernel.api import viewer_of
from jinzita.kernel.stream import switchboard

router = Router(tags=["people"])


@router.get("/stream", summary="News as server-sent events: job, score, run, notice")
def stream(request: HttpRequest) -> StreamingHttpResponse:
    answer = StreamingHttpResponse(
        switchboard.subscribe(viewer_of(request)), content_type="text/event-stream"
    )
    answer["Cache-Control"] = "no-store"
    answer["X-Accel-Buffering"] = "no"
    return answer
