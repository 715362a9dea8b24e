"""Reads of treatment."""

from jinzita.treatment.selectors.customers import treatment_of

__all__ = ["treatment_of"]
