"""Merging records and taking it back."""

from jinzita.customers.services.merging.merge import Proposal, likely_survivor, merge, propose
from jinzita.customers.services.merging.mergeable import Mergeable, mergeable, register
from jinzita.customers.services.merging.strays import gather_strays
from jinzita.customers.services.merging.unmerge import FieldBack, Parting, preview, unmerge

__all__ = [
    "FieldBack", "Mergeable", "Parting", "Proposal", "gather_strays", "likely_survivor", "merge", "mergeable",
    "preview", "propose", "register", "unmerge",
]  # fmt: skip
