"""What the endpoints of agreements take and give."""

from datetime import datetime
from typing import Annotated, Any, Literal

from ninja import Field, Schema
from pydantic import RootModel, Tag

from jinzita.agreements.models import Transaction
from jinzita.kernel.wire import (
    ONE_OR_BATCH,
    BatchIn,
    FactIn,
    FactOut,
    Moment,
    Money,
    MoneyIn,
    Named,
    PageOut,
    Text,
)  # fmt: skip


class TransactionIn(FactIn):
    """A sale, or a return with the absolute amount given back."""

    occurred_at: Moment = Field(examples=["2024-05-31T09:30:00+08:00"])
    kind: Literal["sale", "return"] = "sale"
    amount: MoneyIn
    cost: MoneyIn | None = None
    note: Text = Field("", max_length=4000)


class TransactionBatch(BatchIn):
    items: list[TransactionIn] = Field(min_length=1, max_length=1000)


_Body = Annotated[TransactionIn, Tag("one")] | Annotated[TransactionBatch, Tag("batch")]


class TransactionsIn(RootModel[Annotated[_Body, ONE_OR_BATCH]]):
    """One transaction, or a batch of up to 1,000."""


class TransactionOut(FactOut):
    occurred_at: datetime
    kind: str
    amount: Money | None
    cost: Money | None
    note: str


class LineOut(Schema):
    """One product of a transaction; negative on what was given back."""

    id: int
    product: Named
    quantity: Money
    amount: Money | None


class TransactionDetailOut(TransactionOut):
    lines: list[LineOut]


class TransactionPage(PageOut):
    items: list[TransactionOut]


def transaction_detail(one: Transaction) -> dict[str, Any]:
    """A transaction with its lines."""
    shown = TransactionOut.from_orm(one).dict()
    return {**shown, "lines": list(one.lines.all())}
