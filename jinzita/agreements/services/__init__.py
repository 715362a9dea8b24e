"""Writes of agreements."""

from jinzita.agreements.services.lines import load_lines
from jinzita.agreements.services.recording import load_transactions, record_transactions

__all__ = ["load_lines", "load_transactions", "record_transactions"]
