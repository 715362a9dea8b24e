"""Writes of assignment."""

from jinzita.assignment.services import falling, handing_over, pool, postponing, rules
from jinzita.assignment.services.deactivation import HandedOver, deactivate_user

__all__ = ["HandedOver", "deactivate_user", "falling", "handing_over", "pool", "postponing", "rules"]
