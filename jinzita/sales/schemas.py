"""What the endpoints of sales take and give."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from ninja import Field
from pydantic import RootModel, Tag

from jinzita.kernel.wire import ONE_OR_BATCH, BatchIn, Day, FactIn, FactOut, Money, MoneyIn, PageOut, Text


class OpportunityIn(FactIn):
    """A deal that may come."""

    name: Text = Field(min_length=1, max_length=200)
    status: Literal["open", "won", "lost"] = "open"
    amount: MoneyIn
    probability: Decimal = Field(ge=0, le=1, max_digits=5, decimal_places=4, examples=["0.6"])
    expected_on: Day | None = None
    closed_on: Day | None = None


class OpportunityBatch(BatchIn):
    items: list[OpportunityIn] = Field(min_length=1, max_length=1000)


_Body = Annotated[OpportunityIn, Tag("one")] | Annotated[OpportunityBatch, Tag("batch")]


class OpportunitiesIn(RootModel[Annotated[_Body, ONE_OR_BATCH]]):
    """One opportunity, or a batch of up to 1,000."""


class OpportunityOut(FactOut):
    name: str
    status: str
    amount: Money | None
    probability: float | None
    expected_on: date | None
    closed_on: date | None


class OpportunityPage(PageOut):
    items: list[OpportunityOut]
