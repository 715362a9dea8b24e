"""What records are made of on the wire: texts without NUL bytes, exact money, days that can be meant."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any

from ninja import Field, Header, Path, Query, Schema
from pydantic import AfterValidator, ConfigDict, Discriminator, PlainSerializer, RootModel, field_validator
from pydantic_core import PydanticCustomError

from jinzita.kernel import values
from jinzita.kernel.errors import Invalid
from jinzita.kernel.records.listing import DEEPEST_OFFSET, LARGEST_PAGE

MOST_ITEMS = 1000
LARGEST_ID = values.LARGEST_ID


def _no_nul(text: str) -> str:
    if "\x00" in text:
        raise PydanticCustomError("nul_byte", "The text contains a NUL byte.")
    return text


def _day(value: date) -> date:
    return _checked(values.in_bounds, value)


def _moment(value: datetime) -> datetime:
    return _checked(values.moment, value)


def _checked(check: Any, value: Any) -> Any:
    try:
        return check(value, "The value")
    except Invalid as error:
        raise PydanticCustomError(error.problems[0].code, "{sentence}", {"sentence": error.message}) from None


Text = Annotated[str, AfterValidator(_no_nul)]
Id = Annotated[int, Field(ge=1, le=LARGEST_ID)]
Day = Annotated[date, AfterValidator(_day)]
# Without an offset it is the company's local time.
Moment = Annotated[datetime, AfterValidator(_moment)]
# Parameters that many doors share.
PathId = Path(..., ge=1, le=LARGEST_ID)
Limit = Query(50, ge=1, le=LARGEST_PAGE)
Cursor = Query(None, max_length=2000, description="`next` of the page before")
Sort = Query(None, max_length=200, description="Fields to sort by, comma separated; a minus for descending")
Offset = Query(0, ge=0, le=DEEPEST_OFFSET)
Filter = Query(
    None,
    description="JSON tree of all / any / not over {field, op, value}",
    examples=['{"all":[{"field":"grade","op":"in","value":["vip"]}]}'],
)
GroupBy = Query(..., max_length=60, description="Code of the field whose values make the groups")
IdempotencyKey = Header(
    None,
    alias="Idempotency-Key",
    description="Of a program: the same key again repeats the answer, not the work",
)
# Written as text, since numbers of JSON are not exact; read from either.
Money = Annotated[Decimal, PlainSerializer(lambda value: f"{value:f}", return_type=str)]
MoneyIn = Annotated[Decimal, Field(ge=0, max_digits=18, decimal_places=4, examples=["1250.00"])]


class Strict(Schema):
    """Base of inputs: a misspelt field is an error, not silence; no text holds a NUL byte."""

    model_config = ConfigDict(extra="forbid")

    @field_validator("*", mode="before")
    @classmethod
    def _texts(cls, value: Any) -> Any:
        return _no_nul(value) if isinstance(value, str) else value


class Named(Schema):
    """A person or a department."""

    id: int
    name: str


class CustomerKey(Strict):
    """A customer by its key at a source."""

    source: Text = Field(max_length=50, examples=["billing"])
    key: Text = Field(max_length=120, examples=["C-10432"])


class FactIn(Strict):
    """What all recorded facts share: whose they are, and by what they are known where they come from."""

    customer_id: Id | None = None
    customer: CustomerKey | None = Field(None, description="Instead of customer_id")
    source: Text | None = Field(
        None, min_length=1, max_length=50, description="Where it comes from", examples=["billing"]
    )
    source_key: Text | None = Field(
        None, min_length=1, max_length=120, description="Its key there; the same key again changes the record"
    )


class BatchIn(Strict):
    """Several records at once: all of them are recorded, or none."""


# A body is one record, or an object with `items`; problems are then named `amount` or `items[3].amount`.
ONE_OR_BATCH = Discriminator(lambda body: "batch" if isinstance(body, dict) and "items" in body else "one")


def items_of(body: RootModel[Any]) -> tuple[list[dict[str, Any]], bool]:
    """The records of a body, with the fields it names alone, and whether it was a batch."""
    batch = isinstance(body.root, BatchIn)
    several = body.root.items if batch else [body.root]
    return [one.model_dump(exclude_unset=True) for one in several], batch


class FactOut(Schema):
    """What all facts show."""

    id: int
    customer_id: int
    source: str
    source_key: str


class RecordedItem(Schema):
    index: int = Field(description="Place in the request, from 0")
    id: int
    status: str = Field(description="created, updated or unchanged")


class RecordedOut(Schema):
    """What became of the records."""

    created: int
    updated: int
    unchanged: int
    items: list[RecordedItem]


class PageOut(Schema):
    """The end of every page of a list."""

    next: str | None = Field(description="Cursor of the next page; null on the last")


class ValueCountOut(Schema):
    """A group of a list: the rows that have a value in common."""

    value: Any
    label: dict[str, str] | None = Field(description="The value in words, by language")
    count: int


class ProblemOut(Schema):
    """One thing wrong with the input."""

    where: str = Field(description="Path of the field, such as items[3].amount", examples=["items[3].amount"])
    code: str = Field(description="Code to translate by", examples=["not_a_number"])
    message: str = Field(description="English sentence")
    params: dict[str, Any] = Field(default_factory=dict, description="Values the sentence mentions")


class ErrorOut(Schema):
    """The one shape of an error."""

    code: str = Field(examples=["invalid"])
    message: str = Field(examples=["The request has 1 problem."])
    details: list[ProblemOut] = Field(default_factory=list)


class WorkOut(Schema):
    """Long work that was begun; GET /jobs/{id} says how far it is."""

    id: int
    kind: str
    state: str
    progress: int
    total: int | None
    message: str
    result: dict[str, Any]
    error: str = Field(description="English sentence; empty unless it failed")
    failure: ErrorOut | None = Field(description="The same in the shape of an error, to translate by")
    created_at: datetime
    started_at: datetime | None
    finished_at: datetime | None
