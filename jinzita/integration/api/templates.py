"""Doors of templates of imports."""

from typing import Any

from django.http import HttpRequest
from ninja import Router, Status

from jinzita.integration import selectors
from jinzita.integration.schemas.templates import TemplateIn, TemplateOut, template_out
from jinzita.integration.services import templates
from jinzita.kernel.api import responses, viewer_of
from jinzita.kernel.wire import PathId

router = Router(tags=["integration"])


@router.get(
    "/import-templates", response=responses(list[TemplateOut]), summary="Ways to import, one's own and shared"
)
def list_templates(request: HttpRequest) -> list[dict[str, Any]]:
    viewer = viewer_of(request)
    return [template_out(one, viewer) for one in selectors.templates(viewer)]


@router.post(
    "/import-templates",
    response=responses(TemplateOut, 201),
    summary="Keep choices of an import under a name",
)
def save_template(request: HttpRequest, data: TemplateIn) -> Status[Any]:
    viewer = viewer_of(request)
    choices = {
        name: value for name, value in data.choices().items() if name not in ("name", "shared", "kind")
    }
    one = templates.save_template(
        by=viewer, name=data.name, kind=data.kind, shared=data.shared, choices=choices
    )  # fmt: skip
    return Status(201, template_out(one, viewer))


@router.delete("/import-templates/{template_id}", response=responses(None, 204), summary="Forget a template")
def delete_template(request: HttpRequest, template_id: int = PathId) -> Status[None]:
    templates.delete_template(by=viewer_of(request), template_id=template_id)
    return Status(204, None)
