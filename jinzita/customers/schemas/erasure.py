"""Erasure on the wire."""

from ninja import Field

from jinzita.kernel.wire import Strict, Text


class EraseIn(Strict):
    reason: Text = Field(min_length=1, max_length=400, description="Why; kept in the audit log")
