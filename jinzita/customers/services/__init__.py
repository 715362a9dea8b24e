"""Writes of customers."""

from jinzita.customers.services.completion import complete_new
from jinzita.customers.services.standings import clear_standings, record_standing, record_standings

__all__ = ["clear_standings", "complete_new", "record_standing", "record_standings"]
