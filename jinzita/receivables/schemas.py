"""What the endpoints of receivables take and give."""

from datetime import date
from typing import Annotated

from ninja import Field, Schema
from pydantic import RootModel, Tag

from jinzita.kernel.wire import ONE_OR_BATCH, BatchIn, Day, FactIn, FactOut, Id, Money, MoneyIn, PageOut


class InvoiceIn(FactIn):
    """A request for payment."""

    issued_on: Day
    due_on: Day
    amount: MoneyIn


class InvoiceBatch(BatchIn):
    items: list[InvoiceIn] = Field(min_length=1, max_length=1000)


_InvoiceBody = Annotated[InvoiceIn, Tag("one")] | Annotated[InvoiceBatch, Tag("batch")]


class InvoicesIn(RootModel[Annotated[_InvoiceBody, ONE_OR_BATCH]]):
    """One invoice, or a batch of up to 1,000."""


class InvoiceOut(FactOut):
    issued_on: date
    due_on: date
    amount: Money | None


class InvoicePage(PageOut):
    items: list[InvoiceOut]


class ReceiptIn(FactIn):
    """Money that came in; it may name the invoice it pays."""

    received_on: Day
    amount: MoneyIn
    invoice_id: Id | None = None


class ReceiptBatch(BatchIn):
    items: list[ReceiptIn] = Field(min_length=1, max_length=1000)


_ReceiptBody = Annotated[ReceiptIn, Tag("one")] | Annotated[ReceiptBatch, Tag("batch")]


class ReceiptsIn(RootModel[Annotated[_ReceiptBody, ONE_OR_BATCH]]):
    """One receipt, or a batch of up to 1,000."""


class InvoiceRef(Schema):
    id: int
    source_key: str = Field(description="The invoice's own number at its source")


class ReceiptOut(FactOut):
    received_on: date
    amount: Money | None
    invoice_id: int | None
    invoice: InvoiceRef | None = Field(description="The invoice it pays, when known")


class ReceiptPage(PageOut):
    items: list[ReceiptOut]
