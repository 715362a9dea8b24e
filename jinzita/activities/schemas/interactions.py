"""Interactions on the wire."""

from datetime import datetime
from typing import Annotated, Literal

from ninja import Field
from pydantic import RootModel, Tag

from jinzita.activities.models import Interaction
from jinzita.kernel.wire import ONE_OR_BATCH, BatchIn, FactIn, FactOut, Moment, Named, PageOut, Text

Kind = Literal["task", "process", "praise", "complaint", "suggestion", "enquiry", "fault", "visit", "call"]


class InteractionIn(FactIn):
    """A contact with a customer."""

    occurred_at: Moment = Field(examples=["2024-05-31T09:30:00+08:00"])
    kind: Kind
    subject: Text = Field("", max_length=200)
    note: Text = Field("", max_length=4000)


class InteractionBatch(BatchIn):
    items: list[InteractionIn] = Field(min_length=1, max_length=1000)


_Body = Annotated[InteractionIn, Tag("one")] | Annotated[InteractionBatch, Tag("batch")]


class InteractionsIn(RootModel[Annotated[_Body, ONE_OR_BATCH]]):
    """One interaction, or a batch of up to 1,000."""


class InteractionOut(FactOut):
    occurred_at: datetime
    kind: str
    subject: str
    note: str
    by: Named | None

    @staticmethod
    def resolve_by(one: Interaction) -> dict[str, object] | None:
        return {"id": one.by.pk, "name": one.by.shown_name} if one.by else None


class InteractionPage(PageOut):
    items: list[InteractionOut]
