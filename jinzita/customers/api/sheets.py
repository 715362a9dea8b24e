"""Doors of a customer's sheet."""

from datetime import UTC, datetime
from typing import Literal

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router, Status

from jinzita.customers.services import sheets as services
from jinzita.kernel.api import responses, viewer_of
from jinzita.kernel.wire import PathId

router = Router(tags=["customers"])


@router.get("/customers/{customer_id}/sheet.pdf", response=responses(None), summary="Its sheet as a PDF")
def get_sheet(
    request: HttpRequest, customer_id: int = PathId,
    language: Literal["en", "zh"] = Query("en", description="Of its words"),
) -> HttpResponse:  # fmt: skip
    content = services.sheet_as_pdf(
        by=viewer_of(request), customer_id=customer_id, language=language, now=datetime.now(UTC)
    )
    headers = {
        "Content-Disposition": f'attachment; filename="customer-{customer_id}.pdf"',
        "Cache-Control": "private, no-store",
    }
    return HttpResponse(content, content_type="application/pdf", headers=headers)


@router.post(
    "/customers/{customer_id}/sheet/printed", response=responses(None, 204),
    summary="Note that the sheet is printed from the browser",
)  # fmt: skip
def note_printing(request: HttpRequest, customer_id: int = PathId) -> Status[None]:
    services.note_printing(by=viewer_of(request), customer_id=customer_id)
    return Status(204, None)
