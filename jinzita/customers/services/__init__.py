"""Writes of customers."""

from jinzita.customers.services.completion import complete_new
from jinzita.customers.services.customers import create_customer, follow_owner, update_customer
from jinzita.customers.services.recording import FactTable, Recorded, record
from jinzita.customers.services.standings import clear_standings, record_standing, record_standings

__all__ = [
    "FactTable", "Recorded", "clear_standings", "complete_new", "create_customer", "follow_owner", "record",
    "record_standing", "record_standings", "update_customer",
]  # fmt: skip
