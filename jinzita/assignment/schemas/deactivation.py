"""Somebody who leaves, on the wire."""

from ninja import Field, Schema

from jinzita.kernel.wire import Id, Strict, WorkOut


class DeactivationIn(Strict):
    hand_over_to: Id | None = Field(None, description="Who gets the person's customers; nobody when null")
    reason: str = Field(
        "", max_length=300, description="Why they are handed over; that the person leaves when empty"
    )


class DeactivationOut(Schema):
    customers: int = Field(description="How many customers are handed over")
    job: WorkOut | None = Field(description="The work that hands them over; it can be undone")
    keys: int = Field(description="How many API keys were revoked")
