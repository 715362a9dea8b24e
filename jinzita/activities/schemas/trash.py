"""The trash of a customer on the wire."""

from datetime import datetime
from typing import Literal

from ninja import Field, Schema


class RemovedOut(Schema):
    kind: Literal["note", "file"]
    id: int
    title: str = Field(description="The note's text or the file's name")
    by: str = Field(description="Who wrote or brought it")
    trashed_at: datetime
    gone_at: datetime = Field(description="From then on it may be removed for good")
