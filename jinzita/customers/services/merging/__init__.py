"""Merging records and taking it back."""

from jinzita.customers.services.merging.merge import Proposal, merge, side_by_side
from jinzita.customers.services.merging.mergeable import Mergeable, mergeable, register
from jinzita.customers.services.merging.strays import gather_strays
from jinzita.customers.services.merging.unmerge import FieldBack, Parting, preview, unmerge

__all__ = [
    "FieldBack", "Mergeable", "Parting", "Proposal", "gather_strays", "merge", "mergeable",
    "preview", "register", "side_by_side", "unmerge",
]  # fmt: skip
