"""Jinzita 金字塔: the customer-value CRM."""

__version__ = "0.1.0"
