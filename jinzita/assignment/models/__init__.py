"""Assignment: the rules of the public pool, who was warned, what was handed over."""

from jinzita.assignment.models.handing_over import HandOver, HandOverPart
from jinzita.assignment.models.pool import PoolLimits, PoolRule, PoolWarning

__all__ = ["HandOver", "HandOverPart", "PoolLimits", "PoolRule", "PoolWarning"]
