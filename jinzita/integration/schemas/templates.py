"""Templates of imports on the wire."""

from typing import Any

from ninja import Field, Schema

from jinzita.integration.models import ImportTemplate
from jinzita.integration.schemas.imports import ChoicesIn
from jinzita.kernel.access import Viewer
from jinzita.kernel.wire import Named, Text


class TemplateIn(ChoicesIn):
    name: Text = Field(max_length=100, examples=["ERP 客户月报"])
    shared: bool = Field(False, description="With everybody who imports")


class TemplateOut(Schema):
    id: int
    name: str
    kind: str
    shared: bool
    own: bool
    by: Named | None
    choices: dict[str, Any] = Field(description="As they are given to an import: source, mapping and so on")


def template_out(one: ImportTemplate, viewer: Viewer) -> dict[str, Any]:
    by = one.created_by
    return {
        "id": one.pk, "name": one.name, "kind": one.kind, "shared": one.shared,
        "own": one.created_by_id == viewer.user_id, "choices": one.choices,
        "by": {"id": by.pk, "name": by.shown_name} if by else None,
    }  # fmt: skip
