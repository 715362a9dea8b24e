"""Webhooks and their deliveries on the wire."""

from datetime import datetime
from typing import Any, Literal

from ninja import Field, Schema

from jinzita.integration.models import Webhook, WebhookDelivery
from jinzita.integration.services import webhooks as services
from jinzita.kernel.wire import Id, Moment, PageOut, Strict, Text


class WebhookOut(Schema):
    id: int
    name: str
    url: str
    events: list[str]
    active: bool
    stopped: str = Field(description="Why it was stopped by itself; empty otherwise")
    created_by: str
    created_at: datetime
    waiting: int = Field(description="Deliveries not yet made")
    failed: int
    last_done: datetime | None = Field(description="When something last arrived")


class AnnouncedOut(Schema):
    code: str = Field(examples=["customer.changed"])
    label: dict[str, str]
    data: dict[str, str] = Field(description="Fields of `data`, with their meaning")


class WebhooksOut(Schema):
    items: list[WebhookOut]
    events: list[AnnouncedOut] = Field(description="What a webhook can be told of")


class WebhookIn(Strict):
    name: Text = Field(max_length=100, examples=["ERP"])
    url: Text = Field(max_length=500, examples=["https://erp.example.com/hooks/crm"])
    events: list[Text] = Field(max_length=100, examples=[["customer.changed"]])


class WebhookChangeIn(Strict):
    name: Text | None = Field(None, max_length=100)
    url: Text | None = Field(None, max_length=500)
    events: list[Text] | None = Field(None, max_length=100)
    active: bool | None = None


class WebhookMadeOut(WebhookOut):
    secret: str = Field(description="Signs the deliveries; shown once")


class SecretOut(Schema):
    secret: str = Field(description="Shown once")


class DeliveryOut(Schema):
    id: int
    payload_id: str = Field(description="The same at every attempt and replay")
    event: str
    at: datetime
    state: str = Field(description="waiting, done or failed")
    attempts: int
    due_at: datetime | None = Field(description="When it is tried again")
    tried_at: datetime | None
    status: int | None = Field(description="HTTP status of the last answer; null when nothing answered")
    seconds: float | None
    failure: Literal["", "private", "no_answer", "no_name", "certificate", "failed"] = Field(
        description="Why nothing answered; empty when something did"
    )


class DeliveryFullOut(DeliveryOut):
    request: str = Field(description="Body of the request")
    answer: str = Field(description="Beginning of the last answer, or why there was none")


class DeliveryPage(PageOut):
    items: list[DeliveryOut]


class ReplayIn(Strict):
    delivery_id: Id | None = Field(None, description="Only this one; otherwise all that failed")
    since: Moment | None = Field(None, description="Only those that failed since")


class ReplayedOut(Schema):
    count: int


def webhook(one: Webhook, standing: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": one.pk,
        "name": one.name,
        "url": one.url,
        "events": one.events,
        "active": one.active,
        "stopped": one.stopped,
        "created_by": one.created_by.shown_name if one.created_by else "",
        "created_at": one.created_at,
        "waiting": standing.get("waiting", 0),
        "failed": standing.get("failed", 0),
        "last_done": standing.get("last_done"),
    }


def delivery(one: WebhookDelivery) -> dict[str, Any]:
    names = ("event", "at", "state", "attempts", "due_at", "tried_at", "status", "seconds", "failure")
    return {"id": one.pk, "payload_id": str(one.payload_id), **{name: getattr(one, name) for name in names}}


def full_delivery(one: WebhookDelivery) -> dict[str, Any]:
    return {**delivery(one), "request": services.body_of(one).decode(), "answer": one.answer}
