"""The quality of the data on the wire."""

from jinzita.quality.schemas.duplicates import (
    CheckIn,
    CheckOut,
    DecidedOut,
    DecideIn,
    GroupOut,
    GroupPage,
    JobOut,
    PolicyIn,
    PolicyOut,
    SummaryOut,
    group_out,
    likely_out,
)

__all__ = [
    "CheckIn", "CheckOut", "DecideIn", "DecidedOut", "GroupOut", "GroupPage", "JobOut", "PolicyIn",
    "PolicyOut",
    "SummaryOut",
    "group_out", "likely_out",
]  # fmt: skip
