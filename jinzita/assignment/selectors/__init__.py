"""Reads of assignment."""

from jinzita.assignment.selectors import capacity, handing_over, pool, rules, warnings

__all__ = ["capacity", "handing_over", "pool", "rules", "warnings"]
