"""The words in which it is said how customers come to owners, and why nobody has them."""

from jinzita.customers.models import Cause, Reason

__all__ = ["Cause", "Reason"]
