"""The quality of the data on the wire."""

from jinzita.quality.schemas.duplicates import (
    DuplicateCheckIn,
    DuplicateCheckOut,
    DuplicateCountOut,
    DuplicateDecidedOut,
    DuplicateDecideIn,
    DuplicateGroupOut,
    DuplicateGroupPage,
    DuplicatePolicyIn,
    DuplicatePolicyOut,
    DuplicateSummaryOut,
    group_out,
    likely_out,
)

__all__ = [
    "DuplicateCheckIn",
    "DuplicateCheckOut",
    "DuplicateCountOut",
    "DuplicateDecideIn",
    "DuplicateDecidedOut",
    "DuplicateGroupOut",
    "DuplicateGroupPage",
    "DuplicatePolicyIn",
    "DuplicatePolicyOut",
    "DuplicateSummaryOut",
    "group_out",
    "likely_out",
]
