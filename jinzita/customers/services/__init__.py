"""Writes of customers."""

from jinzita.customers.selectors.references import treat as treat_in_merges
from jinzita.customers.services import merging
from jinzita.customers.services.channels import replace_channels
from jinzita.customers.services.completion import complete_new
from jinzita.customers.services.contacts import (
    add_position,
    change_position,
    create_contact,
    remove_position,
    restore_contact,
    trash_contact,
    update_contact,
)
from jinzita.customers.services.customers import create_customer, follow_owner, update_customer
from jinzita.customers.services.recording import FactTable, Recorded, record
from jinzita.customers.services.standings import clear_standings, record_standing, record_standings

__all__ = [
    "FactTable",
    "Recorded",
    "add_position",
    "change_position",
    "clear_standings",
    "complete_new",
    "create_contact",
    "create_customer",
    "follow_owner",
    "merging",
    "record",
    "record_standing",
    "record_standings",
    "remove_position",
    "replace_channels",
    "restore_contact",
    "trash_contact",
    "treat_in_merges",
    "update_contact",
    "update_customer",
]
