"""Door of the personal data held about a customer."""

from django.http import FileResponse, HttpRequest
from ninja import Router

from jinzita.kernel.api import responses, viewer_of
from jinzita.kernel.wire import PathId
from jinzita.privacy.services.personal_data import give_out

router = Router(tags=["privacy"])


@router.get(
    "/customers/{customer_id}/personal-data", response=responses(None),
    summary="Everything held about a customer, as a zip archive",
)  # fmt: skip
def get_personal_data(request: HttpRequest, customer_id: int = PathId) -> FileResponse:
    archive = give_out(by=viewer_of(request), customer_id=customer_id)
    name = f"personal-data-{customer_id}.zip"
    return FileResponse(archive, as_attachment=True, filename=name, content_type="application/zip")
