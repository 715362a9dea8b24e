"""Doors of the rules of entry."""

from typing import Any

from django.http import HttpRequest
from ninja import Router, Status

from jinzita.kernel.api import responses, viewer_of
from jinzita.kernel.wire import PathId
from jinzita.quality.schemas import rules as schemas
from jinzita.quality.selectors import rules as selectors
from jinzita.quality.services import rules as services

router = Router(tags=["quality"])


@router.get("/quality/rules", response=responses(list[schemas.EntryRuleOut]), summary="The rules of entry")
def list_entry_rules(request: HttpRequest) -> Any:
    return schemas.rules_out(selectors.rules_for(viewer_of(request)))


@router.post("/quality/rules", response=responses(schemas.EntryRuleOut, 201), summary="Make a rule of entry")
def create_entry_rule(request: HttpRequest, data: schemas.EntryRuleIn) -> Status[Any]:
    made = services.save_rule(by=viewer_of(request), rule_id=None, values=data.values())
    return Status(201, schemas.rules_out([made])[0])


@router.post(
    "/quality/rules/breaking",
    response=responses(schemas.BreakingOut),
    summary="How many customers would break a rule that is not saved yet",
)
def count_breaking_draft(request: HttpRequest, data: schemas.EntryRuleIn) -> Any:
    return {"customers": services.count_draft(by=viewer_of(request), values=data.values())}


@router.post(
    "/quality/rules/try", response=responses(schemas.FormTryOut), summary="Whether a text has a form"
)
def try_form(request: HttpRequest, data: schemas.FormTryIn) -> Any:
    return {"fits": selectors.has_form(viewer_of(request), data.pattern, data.text)}


@router.put(
    "/quality/rules/{rule_id}", response=responses(schemas.EntryRuleOut), summary="Change a rule of entry"
)
def put_entry_rule(request: HttpRequest, data: schemas.EntryRuleIn, rule_id: int = PathId) -> Any:
    saved = services.save_rule(by=viewer_of(request), rule_id=rule_id, values=data.values())
    return schemas.rules_out([saved])[0]


@router.delete("/quality/rules/{rule_id}", response=responses(None, 204), summary="Remove a rule of entry")
def delete_entry_rule(request: HttpRequest, rule_id: int = PathId) -> Status[None]:
    services.remove_rule(by=viewer_of(request), rule_id=rule_id)
    return Status(204, None)


@router.get(
    "/quality/rules/{rule_id}/breaking",
    response=responses(schemas.BreakingOut),
    summary="How many customers break a rule",
)
def count_breaking(request: HttpRequest, rule_id: int = PathId) -> Any:
    viewer = viewer_of(request)
    return {"customers": selectors.breaking(viewer, selectors.rule_for(viewer, rule_id))}
